using System.Globalization;
using Disclosure.Prose;

namespace DisclosureApi.Searching;

/// <summary>What is searched for, in the words of the index.</summary>
/// <param name="Terms">Folded; each must be found.</param>
/// <param name="Year">The year that the search is narrowed to; null for all.</param>
/// <param name="Places">What the index calls the places that the search is narrowed to, the year among them.</param>
internal sealed record SearchQuestion(IReadOnlyList<string> Terms, int? Year, string[] Places)
{
    /// <summary>What holds of all that is found, and of some that is not: the index can tell it by itself.</summary>
    public string Gathering { get; } = string.Join(" & ", Terms.Select(SearchWords.Gathering));

    public string Condition { get; } = string.Join(" & ", Terms.Select(term => $"({SearchWords.Condition(term)})"));

    /// <param name="region">What the codes of the region begin with.</param>
    public static SearchQuestion Of(IReadOnlyList<string> terms, int? year, string? region, string? level, string? kind, string? agency)
    {
        (string Sign, string? Value)[] places = [("y", year?.ToString(CultureInfo.InvariantCulture)), ("r", region), ("l", level), ("k", kind), ("a", agency)];
        return new SearchQuestion(terms, year, [.. places.Where(place => place.Value is not null).Select(place => place.Sign + place.Value)]);
    }
}
