using System.Globalization;
using Disclosure.Prose;

namespace DisclosureApi.Searching;

/// <summary>What is searched for, in the words of the index.</summary>
/// <param name="Terms">Folded; each must be found.</param>
/// <param name="Places">What the index calls the places that the search is narrowed to.</param>
internal sealed record SearchQuestion(IReadOnlyList<string> Terms, string[] Places)
{
    public string Condition { get; } = string.Join(" & ", Terms.Select(term => $"({SearchWords.Condition(term)})"));

    /// <param name="region">What the codes of the region begin with.</param>
    public static SearchQuestion Of(IReadOnlyList<string> terms, int? year, string? region, string? level, string? kind, string? agency)
    {
        (string Sign, string? Value)[] places = [("y", year?.ToString(CultureInfo.InvariantCulture)), ("r", region), ("l", level), ("k", kind), ("a", agency)];
        return new SearchQuestion(terms, [.. places.Where(place => place.Value is not null).Select(place => place.Sign + place.Value)]);
    }
}
