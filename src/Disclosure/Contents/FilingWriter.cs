using System.Text.Json;
using Disclosure.Formats;

namespace Disclosure.Contents;

/// <summary>Writes filings and their content as JSON, members always in the same order, so that equal content gives equal bytes.</summary>
public static class FilingWriter
{
    /// <summary>The cells of each table in the order they are written, for each form that it may follow, or for none.</summary>
    private static readonly Dictionary<(string Table, string? Form), List<(JsonEncodedText Row, PlacedCell[] Cells)>> _layouts =
        KnownFormats.TableKeys
            .SelectMany(table => KnownFormats.All.Append(null).Select(format => (Table: table, Format: format)))
            .ToDictionary(key => (key.Table, key.Format?.Key), key => Layout(key.Table, key.Format));

    /// <summary>The words of each object that holds nothing else, under their names in it.</summary>
    private static readonly Dictionary<string, (JsonEncodedText Name, string Path)[]> _words =
        ContentShape.Slots.Select(slot => slot.Path.Split('/')).Where(path => path.Length == 3)
            .GroupBy(path => path[1], StringComparer.Ordinal)
            .ToDictionary(room => room.Key, room => room.Select(path => (JsonEncodedText.Encode(path[2]), string.Join('/', path))).ToArray(), StringComparer.Ordinal);

    private static readonly JsonEncodedText _year = JsonEncodedText.Encode("year");

    /// <summary>A cell where it is written, under the name of its column.</summary>
    private sealed record PlacedCell(int Index, JsonEncodedText Column, bool IsInForm);

    public static void Write(Utf8JsonWriter writer, Filing filing)
    {
        writer.WriteStartObject();
        WriteMembers(writer, filing);
        writer.WriteEndObject();
    }

    /// <summary>The members of a filing, for an answer that tells more beside them.</summary>
    public static void WriteMembers(Utf8JsonWriter writer, Filing filing)
    {
        writer.WriteString("agencyName", filing.AgencyName);
        WriteNumber(writer, _year, filing.Year);
        writer.WritePropertyName("content");
        WriteContent(writer, filing.Content);
        ReadingsWriter.Write(writer, filing.Readings, filing.Notes);
    }

    public static void WriteContent(Utf8JsonWriter writer, ReportContent content)
    {
        writer.WriteStartObject();
        writer.WriteString("title", content.Title);
        writer.WriteString("printedDate", content.Word("/printedDate"));
        WriteWords(writer, content, "period");
        WriteWords(writer, content, "contact");
        WriteWords(writer, content, "sections");
        WriteWords(writer, content, "forms");
        writer.WriteStartObject("tables");
        foreach (var table in KnownFormats.TableKeys)
        {
            WriteTable(writer, content, table);
        }
        writer.WriteEndObject();
        WriteSource(writer, content);
        writer.WriteEndObject();
    }

    private static void WriteWords(Utf8JsonWriter writer, ReportContent content, string room)
    {
        writer.WriteStartObject(room);
        foreach (var (name, path) in _words[room])
        {
            writer.WriteString(name, content.Word(path));
        }
        writer.WriteEndObject();
    }

    /// <summary>Every cell of the form that the table follows is written, null where it is not given; cells of other forms only where given.</summary>
    private static void WriteTable(Utf8JsonWriter writer, ReportContent content, string table)
    {
        writer.WriteStartObject(table);
        foreach (var (row, cells) in _layouts[(table, content.FormOf(table)?.Key)])
        {
            var isOpen = false;
            foreach (var cell in cells)
            {
                var number = content.Cells.At(cell.Index);
                if (!cell.IsInForm && number is null)
                {
                    continue;
                }
                if (!isOpen)
                {
                    writer.WriteStartObject(row);
                    isOpen = true;
                }
                WriteNumber(writer, cell.Column, number);
            }
            if (isOpen)
            {
                writer.WriteEndObject();
            }
        }
        writer.WriteEndObject();
    }

    /// <summary>The rows of a table: those of the form it follows first, then what other forms have beside them.</summary>
    private static List<(JsonEncodedText Row, PlacedCell[] Cells)> Layout(string table, ReportFormat? followed) =>
    [
        .. KnownFormats.All
            .OrderByDescending(format => format == followed)
            .SelectMany(format => format.Table(table).Cells.Select(cell => (cell.Address, IsInForm: format == followed)))
            .DistinctBy(cell => cell.Address)
            .GroupBy(cell => cell.Address.Row, StringComparer.Ordinal)
            .Select(row => (
                JsonEncodedText.Encode(row.Key),
                row.Select(cell => new PlacedCell(KnownFormats.IndexOf(cell.Address), JsonEncodedText.Encode(cell.Address.Column), cell.IsInForm)).ToArray())),
    ];

    private static void WriteSource(Utf8JsonWriter writer, ReportContent content)
    {
        writer.WriteStartObject("source");
        WriteItems(writer, content, "headings", "section");
        WriteItems(writer, content, "labels", "at");
        writer.WriteStartArray("marks");
        for (var i = 0; content.Word($"/source/marks/{i}") is { } mark; i++)
        {
            writer.WriteStringValue(mark);
        }
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteItems(Utf8JsonWriter writer, ReportContent content, string list, string place)
    {
        writer.WriteStartArray(list);
        for (var i = 0; content.Word($"/source/{list}/{i}/{place}") is { } at; i++)
        {
            writer.WriteStartObject();
            writer.WriteString(place, at);
            writer.WriteString("printed", content.Word($"/source/{list}/{i}/printed"));
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }

    private static void WriteNumber(Utf8JsonWriter writer, JsonEncodedText name, decimal? number)
    {
        if (number is { } value && CellNumber.IsPlainCount(value))
        {
            writer.WriteNumber(name, (long)value);
        }
        else if (number is { } amount)
        {
            writer.WriteNumber(name, amount);
        }
        else
        {
            writer.WriteNull(name);
        }
    }
}
