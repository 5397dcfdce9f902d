using System.Collections.Frozen;
using Disclosure.Agencies;
using Disclosure.Prose;
using Disclosure.Rules.Examples;

namespace Disclosure.Rules.Bodies;

/// <summary>ID-005: a report that speaks in the name of another place was copied from there.</summary>
internal static class ForeignPlaceRules
{
    private const int LongestPlace = 12;

    /// <summary>Behind these a place is the one that publishes or governs; elsewhere it may be named for any reason.</summary>
    private static readonly Phrases _authorities = new("人民政府门户网站", "人民政府网站", "政府门户网站", "政府网站", "政府信息公开", "政务公开");

    private static readonly FrozenDictionary<string, Region[]> _byName = Regions.All
        .Where(region => region.Name.Length >= 3 && region.Name != "市辖区")
        .GroupBy(region => region.Name, StringComparer.Ordinal)
        .ToFrozenDictionary(group => group.Key, group => group.ToArray(), StringComparer.Ordinal);

    private static readonly int[] _lengths = [.. _byName.Keys.Select(name => name.Length).Where(length => length <= LongestPlace).Distinct().OrderDescending()];

    public static IReadOnlyList<Rule> All { get; } =
    [
        new("ID-005", Severity.Warning,
            new("其他地区的名称", "Another place's name"),
            new("正文以其他省份地区的名义说明政府网站或信息公开（“宜宾市政府信息公开”）；学习考察等其他提及不算，本机关地区不在GB/T 2260中的不核",
                "The prose speaks of the government site or the disclosure of a place in another province; any other mention does not count, and nothing is judged where the body's own region is not in GB/T 2260"),
            "国办公开办函〔2021〕30号：不得雷同", OtherPlaces)
        {
            Needs = [Need.Agency],
            Holds = ProseExamples.Problems("赴宜宾市学习考察政务公开工作。"),
            Breaks = new Example([new ExampleChange("/surroundings/agency/region", "230109"), .. ProseExamples.Problems("公众可在宜宾市政府信息公开专栏查阅。").Changes]),
        },
    ];

    private static IEnumerable<Flaw> OtherPlaces(RuleInput input)
    {
        if (Regions.Find(input.Surroundings.Agency!.Region) is not { } own)
        {
            yield break;
        }
        foreach (var passage in input.Passages)
        {
            foreach (var (from, _) in _authorities.All(passage.Text))
            {
                if (PlaceBefore(passage.Text, from) is var (start, regions) && regions.All(region => region.Code[..2] != own.Code[..2]))
                {
                    yield return passage.Flaw(start, from, $"出现其他地区名称：“{passage.Quote(start, from)}”", $"Name of another place: \"{passage.Quote(start, from)}\"");
                }
            }
        }
    }

    private static (int Start, Region[] Regions)? PlaceBefore(string text, int end)
    {
        foreach (var length in _lengths)
        {
            if (end >= length && _byName.TryGetValue(text[(end - length)..end], out var regions))
            {
                return (end - length, regions);
            }
        }
        return null;
    }
}
