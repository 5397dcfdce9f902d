using System.Globalization;
using System.Text;
using System.Text.Json;
using Disclosure.Formats;

namespace DisclosureApi.Bulk;

/// <summary>Reports as comma-separated values (RFC 4180): a row for each, with a column for each cell of any form, or a row for each cell that is given.</summary>
internal static class ExportTable
{
    private const string ByteOrderMark = "\uFEFF";
    private const string LineEnd = "\r\n";

    /// <summary>Every row of every form with its columns, the newest form's first, so that tables of all years have the same columns.</summary>
    private static readonly (string Table, string Row, string[] Columns)[] _rows =
        [.. KnownFormats.All.SelectMany((format, age) => format.Tables.SelectMany(table => table.Cells).Select(cell => (cell.Address, Age: age))).DistinctBy(cell => cell.Address)
            .GroupBy(cell => (cell.Age, cell.Address.Table, cell.Address.Row), (row, cells) => (row.Table, row.Row, cells.Select(cell => cell.Address.Column).ToArray()))];

    private static readonly string[] _tables = [.. _rows.Select(row => row.Table).Distinct(StringComparer.Ordinal)];

    private static readonly string[] _agency = ["code", "name", "region", "level", "kind"];
    private static readonly string[] _report = ["year", "revision", "publishedAt", "publishedOn", "sourceUrl", "lastEvent", "contentHash"];

    public static byte[] Head(bool byCells, bool withMark) => Encoding.UTF8.GetBytes((withMark ? ByteOrderMark : "") + string.Join(',', byCells
        ? ["agency", "year", "revision", "table", "row", "column", "value", "form"]
        : [.. _agency.Select(member => $"agency.{member}"), .. _report, "title", .. _rows.SelectMany(row => row.Columns.Select(column => $"{row.Table}.{row.Row}.{column}")), .. _tables.Select(table => $"forms.{table}")]) + LineEnd);

    public static (byte[] Bytes, int Lines) Of(byte[] report, bool byCells)
    {
        using var read = JsonDocument.Parse(report);
        var (text, lines) = (new StringBuilder(), 1);
        if (byCells)
        {
            lines = WriteCells(text, read.RootElement);
        }
        else
        {
            WriteReport(text, read.RootElement);
        }
        return (Encoding.UTF8.GetBytes(text.ToString()), lines);
    }

    private static void WriteReport(StringBuilder text, JsonElement report)
    {
        var (agency, content) = (report.GetProperty("agency"), report.GetProperty("content"));
        text.AppendJoin(',', [.. _agency.Select(member => Field(agency, member)), .. _report.Select(member => Field(report, member)), Field(content, "title")]);
        var tables = content.GetProperty("tables");
        foreach (var (table, row, columns) in _rows)
        {
            var given = Row(tables, table, row);
            foreach (var column in columns)
            {
                text.Append(',').Append(Number(given, column));
            }
        }
        text.AppendJoin("", _tables.Select(table => $",{Form(content, table)}")).Append(LineEnd);
    }

    private static int WriteCells(StringBuilder text, JsonElement report)
    {
        var whose = $"{Field(report.GetProperty("agency"), "code")},{Field(report, "year")},{Field(report, "revision")}";
        var content = report.GetProperty("content");
        var (tables, lines) = (content.GetProperty("tables"), 0);
        foreach (var (table, row, columns) in _rows)
        {
            var given = Row(tables, table, row);
            foreach (var column in columns)
            {
                if (Number(given, column) is { Length: > 0 } number)
                {
                    lines++;
                    text.Append(whose).Append(',').Append(table).Append(',').Append(row).Append(',').Append(column).Append(',').Append(number).Append(',').Append(Form(content, table)).Append(LineEnd);
                }
            }
        }
        return lines;
    }

    /// <summary>A text that a spreadsheet would take for a formula is led by an apostrophe; a number stays a number.</summary>
    public static string Text(string text)
    {
        var isFormula = text.Length > 0 && text[0] is '=' or '+' or '-' or '@' or '\t' or '\r' && !decimal.TryParse(text, NumberStyles.Number, CultureInfo.InvariantCulture, out _);
        var shown = isFormula ? $"'{text}" : text;
        return shown.AsSpan().IndexOfAny(",\"\r\n") < 0 ? shown : $"\"{shown.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }

    /// <summary>The form that a table follows: figures of different forms under one name count different things.</summary>
    private static string Form(JsonElement content, string table) => content.TryGetProperty("forms", out var forms) ? Field(forms, table) : "";

    private static string Field(JsonElement parent, string member) => parent.TryGetProperty(member, out var value) ? Field(value) : "";

    private static string Field(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => Text(value.GetString()!),
        JsonValueKind.Null => "",
        _ => value.GetRawText(),
    };

    private static JsonElement? Row(JsonElement tables, string table, string row) =>
        tables.TryGetProperty(table, out var rows) && rows.TryGetProperty(row, out var given) ? given : null;

    private static string Number(JsonElement? row, string column) => row is { } given ? Field(given, column) : "";
}
