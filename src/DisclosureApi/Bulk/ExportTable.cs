using System.Globalization;
using System.Text;
using System.Text.Json;
using Disclosure.Formats;

namespace DisclosureApi.Bulk;

/// <summary>Reports as comma-separated values (RFC 4180): a row for each, with a column for each cell of any form, or a row for each cell that is given.</summary>
internal static class ExportTable
{
    private const string ByteOrderMark = "\uFEFF";

    /// <summary>Every cell of every form, the newest form's first, so that tables of all years have the same columns.</summary>
    private static readonly CellAddress[] _cells = [.. KnownFormats.All.SelectMany(format => format.Tables).SelectMany(table => table.Cells).Select(cell => cell.Address).Distinct()];

    private static readonly string[] _agency = ["code", "name", "region", "level", "kind"];
    private static readonly string[] _report = ["year", "revision", "publishedAt", "publishedOn", "sourceUrl", "lastEvent", "contentHash"];

    public static byte[] Head(bool byCells, bool withMark) => Encoding.UTF8.GetBytes((withMark ? ByteOrderMark : "") + Line(byCells
        ? ["agency", "year", "revision", "table", "row", "column", "value"]
        : [.. _agency.Select(member => $"agency.{member}"), .. _report, "title", .. _cells.Select(cell => $"{cell.Table}.{cell.Row}.{cell.Column}")]));

    public static (byte[] Bytes, int Lines) Of(byte[] report, bool byCells)
    {
        using var read = JsonDocument.Parse(report);
        var (root, content) = (read.RootElement, read.RootElement.GetProperty("content"));
        var agency = root.GetProperty("agency");
        if (!byCells)
        {
            return (Encoding.UTF8.GetBytes(Line(
                [.. _agency.Select(member => Field(agency, member)), .. _report.Select(member => Field(root, member)), Field(content, "title"), .. _cells.Select(cell => Number(content, cell))])), 1);
        }
        var (text, lines) = (new StringBuilder(), 0);
        foreach (var cell in _cells)
        {
            if (Number(content, cell) is { Length: > 0 } number)
            {
                lines++;
                text.Append(Line([Field(agency, "code"), Field(root, "year"), Field(root, "revision"), cell.Table, cell.Row, cell.Column, number]));
            }
        }
        return (Encoding.UTF8.GetBytes(text.ToString()), lines);
    }

    /// <summary>A text that a spreadsheet would take for a formula is led by an apostrophe; a number stays a number.</summary>
    public static string Text(string text)
    {
        var isFormula = text.Length > 0 && text[0] is '=' or '+' or '-' or '@' or '\t' or '\r' && !decimal.TryParse(text, NumberStyles.Number, CultureInfo.InvariantCulture, out _);
        var shown = isFormula ? $"'{text}" : text;
        return shown.AsSpan().IndexOfAny(",\"\r\n") < 0 ? shown : $"\"{shown.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }

    private static string Line(IEnumerable<string> fields) => $"{string.Join(',', fields)}\r\n";

    private static string Field(JsonElement parent, string member) => parent.TryGetProperty(member, out var value) ? Field(value) : "";

    private static string Field(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => Text(value.GetString()!),
        JsonValueKind.Null => "",
        _ => value.GetRawText(),
    };

    private static string Number(JsonElement content, CellAddress cell) =>
        content.GetProperty("tables").TryGetProperty(cell.Table, out var table) && table.TryGetProperty(cell.Row, out var row) ? Field(row, cell.Column) : "";
}
