using Disclosure.Formats;
using Disclosure.Rules;
using Disclosure.Rules.Examples;

namespace Disclosure.Tests.Rules;

/// <summary>Faults put into the clean report, one to eight at a time: each is found, and nothing is said that none of them brings about.</summary>
public class MutationTests
{
    /// <summary>What each breaking example brings about by itself, by the rule's code and the example's number.</summary>
    private static readonly Dictionary<string, string[]> _alone = RuleBook.Rules
        .Where(rule => rule.Breaks is { Year: ExampleReport.Year, Form: null })
        .SelectMany(rule => rule.AlsoBreaks.Prepend(rule.Breaks).Select((example, i) => (Key: $"{rule.Code} {i}", Rule: rule, Example: example)))
        .ToDictionary(item => item.Key, item => Codes(item.Example), StringComparer.Ordinal);

    private static readonly Dictionary<string, Example> _examples = RuleBook.Rules
        .SelectMany(rule => rule.AlsoBreaks.Prepend(rule.Breaks).Select((example, i) => ($"{rule.Code} {i}", example)))
        .ToDictionary(item => item.Item1, item => item.example, StringComparer.Ordinal);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(8)]
    public void Every_fault_is_found_among_others_and_nothing_else_is(int faults)
    {
        var random = new Random(faults);
        for (var round = 0; round < 40; round++)
        {
            var picked = Pick(random, faults);
            var together = new Example([.. picked.SelectMany(key => _examples[key].Changes)]);
            var found = Codes(together);

            Assert.Equal("", string.Join(' ', picked.Select(key => key.Split(' ')[0]).Except(found, StringComparer.Ordinal).Select(code => $"{code} of {string.Join(", ", picked)}")));
            Assert.Equal("", string.Join(' ', found.Except(picked.SelectMany(key => _alone[key]), StringComparer.Ordinal).Select(code => $"{code} by {string.Join(", ", picked)}")));
        }
    }

    [Fact]
    public void A_wrong_number_anywhere_in_a_sum_is_found_and_its_right_value_is_hinted()
    {
        var clean = ExampleReport.For(ExampleReport.Year, Format2021.Value);
        foreach (var cell in new[] { "applications", "disputes" }.SelectMany(table => Format2021.Value.Table(table).Cells))
        {
            var right = clean.Content.Cell(cell.Address)!.Value;
            var wrong = new RuleInput(clean.Year, clean.Filing with { Content = clean.Content.With(cell.Address, right + 1000) }, clean.Surroundings);
            var sums = RuleBook.Assess(wrong).Findings.Where(finding => finding.Code is "T3-001" or "T3-002" or "T3-003" or "T4-001").ToList();

            Assert.NotEmpty(sums);
            Assert.All(sums, finding => Assert.Contains(new Hint(cell.Address.Pointer, right), finding.Hints));
        }
    }

    /// <summary>Faults that do not touch the same places: two changes of one place are one fault, not two.</summary>
    private static List<string> Pick(Random random, int faults)
    {
        var (picked, touched) = (new List<string>(), new HashSet<string>(StringComparer.Ordinal));
        var keys = _alone.Keys.ToArray();
        random.Shuffle(keys);
        foreach (var key in keys)
        {
            // These weigh whole texts against tables and other texts, so whatever else changes may heal them: they are tried alone.
            var isWhole = key.StartsWith("TX-", StringComparison.Ordinal) || key.StartsWith("DUP-", StringComparison.Ordinal);
            if (isWhole && picked.Count > 0)
            {
                continue;
            }
            var places = _examples[key].Changes.SelectMany(change => Rooms(change.Path)).ToHashSet(StringComparer.Ordinal);
            if (RuleBook.Find(key.Split(' ')[0])!.Needs.Count > 0)
            {
                places.Add("surroundings");
            }
            if (picked.Count < faults && !places.Overlaps(touched))
            {
                picked.Add(key);
                touched.UnionWith(places);
            }
            if (isWhole)
            {
                break;
            }
        }
        return picked;
    }

    /// <summary>What a change may disturb: a whole table, a whole section, or what is around the filing. A compiled report's figures are all compared with its members'.</summary>
    private static string[] Rooms(string path) => string.Join('/', path.Split('/').SkipWhile(part => part is "" or "readings").Take(2)) switch
    {
        "surroundings/members" => ["surroundings", .. KnownFormats.TableKeys.Select(table => $"tables/{table}")],
        "surroundings/enforcement" => ["surroundings", "tables/proactive"],
        "printedDate" => ["printedDate", "surroundings"],
        "sections/disputes" => ["sections/disputes", "tables/disputes"],
        var room when room.StartsWith("surroundings", StringComparison.Ordinal) => ["surroundings"],
        var room when room.StartsWith("source", StringComparison.Ordinal) || room.StartsWith("forms", StringComparison.Ordinal) => ["source"],
        var room => [room],
    };

    private static string[] Codes(Example example) => [.. RuleBook.Assess(example.Input()).Findings.Select(finding => finding.Code).Distinct()];
}
