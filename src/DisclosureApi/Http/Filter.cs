using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Disclosure.Agencies;
using Disclosure.Formats;

namespace DisclosureApi.Http;

/// <summary>Parameters that choose among the items of a list. One that cannot be read is refused: a filter passed over would answer another question.</summary>
public static partial class Filter
{
    public static int? Year(HttpRequest request) => Of(request, "year", text => text.Length == 4 && text.All(char.IsAsciiDigit) && int.Parse(text, CultureInfo.InvariantCulture) >= KnownFormats.FirstYear,
        $"{KnownFormats.FirstYear}年起的年份", $"a year from {KnownFormats.FirstYear} on") is { } year ? int.Parse(year, CultureInfo.InvariantCulture) : null;

    /// <summary>What the codes of all regions within this one begin with (GB/T 2260: pairs of zeros stand for the whole).</summary>
    public static string? RegionPrefix(HttpRequest request) => Of(request, "region", RegionCode().IsMatch, "6位或9位行政区划代码", "a region's code of 6 or 9 digits") switch
    {
        { Length: 6 } code when code.EndsWith("0000", StringComparison.Ordinal) => code[..2],
        { Length: 6 } code when code.EndsWith("00", StringComparison.Ordinal) => code[..4],
        var code => code,
    };

    public static string? Region(HttpRequest request, string name) => Of(request, name, RegionCode().IsMatch, "6位或9位行政区划代码", "a region's code of 6 or 9 digits");

    public static string? Code(HttpRequest request, string name) => Of(request, name, UnifiedCode.IsValid, "统一社会信用代码", "a unified social credit code");

    public static string? Choice<T>(HttpRequest request, string name)
        where T : struct, Enum => Choice(request, name, [.. Enum.GetNames<T>().Select(JsonNamingPolicy.CamelCase.ConvertName)]);

    public static string? Choice(HttpRequest request, string name, params IReadOnlyList<string> choices) =>
        Of(request, name, choices.Contains, $"{string.Join('、', choices)}之一", $"one of {string.Join(", ", choices)}");

    private static string? Of(HttpRequest request, string name, Func<string, bool> isRight, string zh, string en) => request.Query[name] switch
    {
        [] => null,
        [{ } text] when isRight(text) => text,
        _ => throw Page.Wrong($"{name}应为{zh}，且只给一次", $"{name} must be {en}, given once."),
    };

    [GeneratedRegex("^[0-9]{6}([0-9]{3})?$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex RegionCode();
}
