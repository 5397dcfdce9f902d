using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Disclosure.Agencies;
using Disclosure.Formats;

namespace DisclosureApi.Http;

/// <summary>Parameters that choose among the items of a list. One that cannot be read is refused: a filter passed over would answer another question.</summary>
public static partial class Filter
{
    /// <summary>The longest range of years that is answered at once.</summary>
    public const int MostYears = 30;

    private const int LongestShown = 40;

    /// <summary>Refuses a parameter that the operation does not have.</summary>
    public static void RequireKnown(HttpRequest request, IReadOnlySet<string> known)
    {
        if (request.Query.Keys.FirstOrDefault(name => !known.Contains(name)) is { } unknown)
        {
            var shown = unknown.Length > LongestShown ? $"{unknown[..LongestShown]}…" : unknown;
            throw Page.Wrong($"没有参数“{shown}”；可用的参数为{string.Join('、', known)}", $"There is no parameter \"{shown}\"; those of this address are {string.Join(", ", known)}.");
        }
    }

    public static int? Year(HttpRequest request, string name = "year") => Of(request, name, text => text.Length == 4 && text.All(char.IsAsciiDigit) && int.Parse(text, CultureInfo.InvariantCulture) >= KnownFormats.FirstYear,
        $"{KnownFormats.FirstYear}年起的年份", $"a year from {KnownFormats.FirstYear} on") is { } year ? int.Parse(year, CultureInfo.InvariantCulture) : null;

    /// <summary>What the codes of all regions within this one begin with (GB/T 2260: pairs of zeros stand for the whole).</summary>
    public static string? RegionPrefix(HttpRequest request) => RegionPrefix(Region(request, "region"));

    /// <summary>The same of a code that came another way.</summary>
    public static string? RegionPrefix(string? region) => region switch
    {
        { Length: 6 } code when code.EndsWith("0000", StringComparison.Ordinal) => code[..2],
        { Length: 6 } code when code.EndsWith("00", StringComparison.Ordinal) => code[..4],
        var code => code,
    };

    public static bool IsRegion(string code) => RegionCode().IsMatch(code);

    public static string? Region(HttpRequest request, string name) => Of(request, name, RegionCode().IsMatch, "6位或9位行政区划代码", "a region's code of 6 or 9 digits");

    public static string? Code(HttpRequest request, string name) => Of(request, name, UnifiedCode.IsValid, "统一社会信用代码", "a unified social credit code");

    /// <summary>A count of events, or an event's position.</summary>
    public static long? Number(HttpRequest request, string name) =>
        Of(request, name, text => text.Length is >= 1 and <= 15 && text.All(char.IsAsciiDigit), "不超过15位的自然数", "a whole number of at most 15 digits") is { } number
            ? long.Parse(number, CultureInfo.InvariantCulture) : null;

    public static string? Choice<T>(HttpRequest request, string name)
        where T : struct, Enum => Choice(request, name, [.. Enum.GetNames<T>().Select(JsonNamingPolicy.CamelCase.ConvertName)]);

    public static string? Choice(HttpRequest request, string name, params IReadOnlyList<string> choices) =>
        Of(request, name, choices.Contains, $"{string.Join('、', choices)}之一", $"one of {string.Join(", ", choices)}");

    /// <summary>A point in the order of events, by its position or by a time (RFC 3339); both null when none is named.</summary>
    public static (long? Position, DateTimeOffset? Time) AsOf(HttpRequest request) =>
        Of(request, "asOf", text => PositionOf(text) is not null || TimeOf(text) is not null, "事件位置或RFC 3339时间（如2024-03-31T16:00:00Z；地址中的+写作%2B）", "a position, or a time such as 2024-03-31T16:00:00Z (RFC 3339; in an address + is written %2B)") switch
        {
            null => (null, null),
            var text when PositionOf(text) is { } position => (position, null),
            var text => (null, TimeOf(text)),
        };

    /// <summary>A day as the calendar of Shanghai has it.</summary>
    public static DateOnly? Day(HttpRequest request, string name) => Of(request, name, text => DayOf(text) is not null, "日期（yyyy-MM-dd）", "a date (yyyy-MM-dd)") is { } day ? DayOf(day) : null;

    /// <summary>One year, or the years from one to another; null where neither is given. With only one end, that year alone.</summary>
    public static (int From, int To)? Years(HttpRequest request)
    {
        var (year, from, to) = (Year(request), Year(request, "from"), Year(request, "to"));
        if (year is not null && (from ?? to) is not null)
        {
            throw Impossible("year与from、to只能给出一种", "Give year, or from and to, not both.");
        }
        (int From, int To)? years = year is { } one ? (one, one) : from is { } first ? (first, to ?? first) : to is { } last ? (last, last) : null;
        return years is var (start, end) && (end < start || end - start >= MostYears)
            ? throw Impossible($"to不得早于from，且最多{MostYears}年", $"to must not lie before from, and {MostYears} years are the most.")
            : years;
    }

    /// <summary>Several of a few words, with commas between; null when none is given.</summary>
    public static IReadOnlyList<string>? Several(HttpRequest request, string name, int most, params IReadOnlyList<string> choices) =>
        Of(request, name, text => text.Split(',') is var words && words.Length <= most && words.All(choices.Contains) && words.Distinct(StringComparer.Ordinal).Count() == words.Length,
            choices.Count > 20 ? $"/v1/statistics/indicators中的代码，以逗号分隔，最多{most}个" : $"{string.Join('、', choices)}中的若干个，以逗号分隔",
            choices.Count > 20 ? $"codes of /v1/statistics/indicators with commas between, {most} at most" : $"some of {string.Join(", ", choices)}, with commas between")?.Split(',');

    public static ProblemException Impossible(string zh, string en) => new(new Problem(ProblemTypes.ImpossibleQuery, new(zh, en)));

    private static DateOnly? DayOf(string text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    private static long? PositionOf(string text) =>
        text.Length is > 0 and <= 18 && text.All(char.IsAsciiDigit) ? long.Parse(text, CultureInfo.InvariantCulture) : null;

    private static DateTimeOffset? TimeOf(string text) =>
        Rfc3339().IsMatch(text) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out var time) ? time : null;

    private static string? Of(HttpRequest request, string name, Func<string, bool> isRight, string zh, string en) => request.Query[name] switch
    {
        [] => null,
        [{ } text] when isRight(text) => text,
        _ => throw Page.Wrong($"{name}应为{zh}，且只给一次", $"{name} must be {en}, given once."),
    };

    [GeneratedRegex("^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}([.][0-9]{1,6})?(Z|[+-][0-9]{2}:[0-9]{2})$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Rfc3339();

    [GeneratedRegex("^[0-9]{6}([0-9]{3})?$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex RegionCode();
}
