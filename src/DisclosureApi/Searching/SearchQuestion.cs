using System.Globalization;
using Disclosure.Prose;

namespace DisclosureApi.Searching;

/// <summary>What is searched for, in the words of the index.</summary>
/// <param name="Terms">Folded; each must be found.</param>
/// <param name="Year">The year that the search is narrowed to; null for all.</param>
/// <param name="Share">About one in so many reports of the country belongs to the place or body that the search is narrowed to.</param>
/// <param name="Places">What the index calls the places that the search is narrowed to, the year among them.</param>
internal sealed record SearchQuestion(IReadOnlyList<string> Terms, int? Year, double Share, string[] Places)
{
    /// <summary>What holds of all that is found by names, and of some that is not: the index can tell it by itself.</summary>
    public string GatheringNames { get; } = string.Join(" & ", Terms.Select(term => SearchWords.Gathering(term, SearchWords.NameMark)));

    /// <summary>The same of what is found in prose: one term stands there, and each of the others there or in a name.</summary>
    public string GatheringProse { get; } = Terms.Count == 1
        ? SearchWords.Gathering(Terms[0])
        : string.Join(" & ", Terms.Select(term => $"(({SearchWords.Gathering(term)}) | ({SearchWords.Gathering(term, SearchWords.NameMark)}))")
            .Append($"({string.Join(" | ", Terms.Select(term => $"({SearchWords.Gathering(term)})"))})"));

    /// <summary>What must hold of a report's words for each term.</summary>
    public IReadOnlyList<string> Conditions { get; } = [.. Terms.Select(term => SearchWords.Condition(term))];

    public string Condition => string.Join(" & ", Conditions.Select(condition => $"({condition})"));

    /// <summary>A body's, or by what its codes begin with that of a province, prefecture, county or township, in round numbers.</summary>
    private static double ShareOf(string? region, string? agency) => agency is not null ? 200_000 : region?.Length switch { null => 1, 2 => 30, 4 => 300, 6 => 3_000, _ => 30_000 };

    /// <param name="region">What the codes of the region begin with.</param>
    public static SearchQuestion Of(IReadOnlyList<string> terms, int? year, string? region, string? level, string? kind, string? agency)
    {
        (string Sign, string? Value)[] places = [("y", year?.ToString(CultureInfo.InvariantCulture)), ("r", region), ("l", level), ("k", kind), ("a", agency)];
        return new SearchQuestion(terms, year, ShareOf(region, agency), [.. places.Where(place => place.Value is not null).Select(place => place.Sign + place.Value)]);
    }
}
