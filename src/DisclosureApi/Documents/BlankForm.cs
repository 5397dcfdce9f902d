using System.Text;
using Disclosure.Contents;
using Disclosure.Formats;

namespace DisclosureApi.Documents;

/// <summary>The form of a year with nothing filled in, made from the form's own tables.</summary>
internal static class BlankForm
{
    // Spreadsheet programs take a file for UTF-8 only with this mark.
    private const string ByteOrderMark = "\uFEFF";

    private static readonly string[] _columns = ["pointer", "table", "block", "row", "column", "unit", "value"];

    /// <summary>A filing that can be filled in and sent back: every text and every cell of the form, null where a value belongs.</summary>
    public static byte[] Json(ReportFormat format, int year)
    {
        var content = KnownFormats.TableKeys.Aggregate(ReportContent.Empty, (form, table) => form.With($"/forms/{table}", format.Key))
            .With("/period/from", $"{year:D4}-01-01").With("/period/to", $"{year:D4}-12-31");
        return Http.Json.Bytes(writer => FilingWriter.Write(writer, new Filing(null, year, content, Filing.NoReadings, [])));
    }

    /// <summary>A line for each number of the form, with the pointer it has in JSON and the labels it has on paper.</summary>
    public static byte[] Csv(ReportFormat format)
    {
        var lines = new StringBuilder(ByteOrderMark);
        Append(lines, _columns);
        foreach (var (table, cell) in format.Tables.SelectMany(table => table.Cells.Select(cell => (table, cell))))
        {
            Append(
                lines, cell.Address.Pointer, table.Caption, cell.Block.Caption, string.Join(" / ", [.. cell.Row.Under, cell.Row.Label]),
                cell.Column.Under is { } under ? $"{under} / {cell.Column.Label}" : cell.Column.Label, cell.Column.Unit ?? table.Unit, "");
        }
        return Encoding.UTF8.GetBytes(lines.ToString());
    }

    /// <summary>RFC 4180, every field in quotes.</summary>
    private static void Append(StringBuilder lines, params ReadOnlySpan<string?> fields)
    {
        for (var i = 0; i < fields.Length; i++)
        {
            lines.Append(i == 0 ? "\"" : ",\"").Append(fields[i]?.Replace("\"", "\"\"", StringComparison.Ordinal)).Append('"');
        }
        lines.Append("\r\n");
    }
}
