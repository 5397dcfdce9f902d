using System.Globalization;
using System.Text;
using DisclosureApi.Http;

namespace DisclosureApi.Statistics;

/// <summary>Answers as comma-separated values (RFC 4180), as spreadsheet programs open them.</summary>
internal static class CsvTable
{
    // Spreadsheet programs take a file for UTF-8 only with this mark.
    private const string ByteOrderMark = "\uFEFF";

    public static string[] Formats { get; } = ["json", "csv"];

    /// <summary>Whether a request wants a table: by its parameter, else by what it accepts.</summary>
    public static bool IsWanted(HttpRequest request) => Filter.Choice(request, "format", Formats) switch
    {
        null => MediaTypes.Choose(request, Json.MediaType, Body.CsvType) == Body.CsvType,
        var format => format == "csv",
    };

    public static byte[] Write(IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<string?>> lines)
    {
        var text = new StringBuilder(ByteOrderMark);
        foreach (var line in lines.Prepend(columns))
        {
            text.AppendJoin(',', line.Select(Field)).Append("\r\n");
        }
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    public static string? Number(decimal? value) => value?.ToString(CultureInfo.InvariantCulture);

    /// <summary>A word that a spreadsheet would take for a formula is led by an apostrophe; a number stays a number.</summary>
    private static string Field(string? value)
    {
        var isFormula = value is { Length: > 0 } && value[0] is '=' or '+' or '-' or '@' or '\t' or '\r' && !decimal.TryParse(value, NumberStyles.Number, CultureInfo.InvariantCulture, out _);
        return value is null ? "" : $"\"{(isFormula ? "'" : "")}{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
