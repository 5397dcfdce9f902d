using System.Text.Json;
using Disclosure.Formats;
using DisclosureApi.Http;

namespace DisclosureApi.Documents;

/// <summary>GET /v1/formats: both official forms as data, and which documents this instance reads.</summary>
internal static class GetFormats
{
    public static readonly OperationContract Contract = new("list_formats", "Documents", "Read the official forms as data")
    {
        Description = "Tables, rows, columns, sums and balances with the official labels; the keys are those of a report's content.",
        Answers =
        [
            new(200, "Formats", "The forms") { Headers = ["ETag"] },
            new(304, null, "The reader already has these bytes") { Headers = ["ETag"] },
        ],
    };

    public static IResult Handle(DocumentReaders readers) => Answer.Public(writer => Write(writer, readers));

    private static void Write(Utf8JsonWriter writer, DocumentReaders readers)
    {
        writer.WriteStartObject();
        Strings(writer, "reads", readers.Installed);
        writer.WriteStartArray("sections");
        foreach (var section in Sections.All.Where(section => section.Heading is not null))
        {
            writer.WriteStartObject();
            writer.WriteString("key", section.Key);
            writer.WriteString("heading", section.Heading);
            Strings(writer, "aliases", section.Aliases);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WriteStartArray("formats");
        foreach (var format in KnownFormats.All)
        {
            Write(writer, format);
        }
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, ReportFormat format)
    {
        writer.WriteStartObject();
        writer.WriteString("key", format.Key);
        writer.WriteString("document", format.Document);
        writer.WriteStartObject("reportYears");
        writer.WriteNumber("from", format.FirstYear);
        if (format.LastYear is { } last)
        {
            writer.WriteNumber("to", last);
        }
        writer.WriteEndObject();
        writer.WriteNumber("numericCells", format.NumericCells);
        writer.WriteStartArray("tables");
        foreach (var table in format.Tables)
        {
            Write(writer, table);
        }
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, Table table)
    {
        writer.WriteStartObject();
        writer.WriteString("key", table.Key);
        writer.WriteString("caption", table.Caption);
        Optional(writer, "note", table.Note);
        Optional(writer, "unit", table.Unit);
        writer.WriteStartArray("blocks");
        foreach (var block in table.Blocks)
        {
            writer.WriteStartObject();
            Optional(writer, "caption", block.Caption);
            Optional(writer, "article", block.Article);
            Write(writer, block.Columns);
            Write(writer, block.Rows);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WriteStartArray("balances");
        foreach (var balance in table.Balances)
        {
            writer.WriteStartObject();
            Strings(writer, "left", balance.Left);
            Strings(writer, "right", balance.Right);
            writer.WriteString("every", "column");
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, IReadOnlyList<Column> columns)
    {
        writer.WriteStartArray("columns");
        foreach (var column in columns)
        {
            writer.WriteStartObject();
            writer.WriteString("key", column.Key);
            writer.WriteString("label", column.Label);
            Optional(writer, "under", column.Under);
            Optional(writer, "unit", column.Unit);
            writer.WriteNumber("decimals", column.Decimals);
            writer.WriteBoolean("signed", column.Signed);
            Strings(writer, "sumOf", column.SumOf);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter writer, IReadOnlyList<Row> rows)
    {
        writer.WriteStartArray("rows");
        foreach (var row in rows)
        {
            writer.WriteStartObject();
            writer.WriteString("key", row.Key);
            writer.WriteString("label", row.Label);
            Strings(writer, "under", row.Under);
            Optional(writer, "article", row.Article);
            Strings(writer, "sumOf", row.SumOf);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }

    private static void Optional(Utf8JsonWriter writer, string name, string? value)
    {
        if (value is not null)
        {
            writer.WriteString(name, value);
        }
    }

    private static void Strings(Utf8JsonWriter writer, string name, IReadOnlyList<string> values)
    {
        writer.WriteStartArray(name);
        foreach (var value in values)
        {
            writer.WriteStringValue(value);
        }
        writer.WriteEndArray();
    }
}
