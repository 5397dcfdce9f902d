using System.Globalization;
using System.Text.Json;
using Disclosure.Agencies;

namespace DisclosureApi.Statistics.Timeliness;

/// <summary>An earlier day that a supervising office set for bodies of a region. It makes nobody late by the regulation or by the notice.</summary>
/// <param name="Region">6 or 9 digits; holds for all within it.</param>
/// <param name="Level">Null for all levels.</param>
/// <param name="Kind">Null for all kinds.</param>
/// <param name="FromYear">First report year it holds for.</param>
/// <param name="Month">Of the year after the report year.</param>
public sealed record LocalDate(string Region, string? Level, string? Kind, int FromYear, int Month, int Day)
{
    public static IReadOnlyList<LocalDate> Read(IConfigurationSection section) => [.. section.GetChildren().Select(One)];

    public DateOnly In(int reportYear) => new(reportYear + 1, Month, Day);

    private static LocalDate One(IConfigurationSection entry)
    {
        var (region, date) = (entry["Region"], entry["Date"]);
        if (region is not { Length: 6 or 9 } || !region.All(char.IsAsciiDigit)
            || !DateOnly.TryParseExact($"2001-{date}", "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            || !IsOne<AgencyLevel>(entry["Level"]) || !IsOne<AgencyKind>(entry["Kind"]) || !int.TryParse(entry["FromYear"] ?? "2019", NumberStyles.None, CultureInfo.InvariantCulture, out var year))
        {
            throw new InvalidOperationException($"{entry.Path} must have a Region of 6 or 9 digits and a Date such as 01-28, and may have a Level, a Kind and a FromYear.");
        }
        return new LocalDate(region, entry["Level"], entry["Kind"], year, day.Month, day.Day);
    }

    private static bool IsOne<T>(string? word)
        where T : struct, Enum => word is null || Enum.GetNames<T>().Select(JsonNamingPolicy.CamelCase.ConvertName).Contains(word, StringComparer.Ordinal);
}
