using Disclosure.Formats;
using Disclosure.Rules;
using Disclosure.Rules.Examples;

namespace Disclosure.Tests.Rules;

/// <summary>The examples that the catalogue shows are carried out: what is said to break breaks, and nothing else does.</summary>
public class ExampleTests
{
    public static TheoryData<string> Codes => [.. RuleBook.Rules.Select(rule => rule.Code)];

    public static TheoryData<int, string> CleanReports => new()
    {
        { 2019, "2019" }, { 2020, "2019" }, { 2021, "2021" }, { 2022, "2021" }, { 2023, "2021" }, { 2024, "2021" }, { 2025, "2021" },
    };

    [Theory]
    [MemberData(nameof(CleanReports))]
    public void No_rule_has_anything_to_say_on_the_clean_report(int year, string form) =>
        Assert.Equal(year == 2021 ? ["XY-007"] : [], RuleBook.Assess(ExampleReport.For(year, KnownFormats.ByKey(form)!)).Findings.Select(finding => finding.Code));

    [Theory]
    [MemberData(nameof(Codes))]
    public void The_breaking_example_breaks_its_rule_and_nothing_that_the_catalogue_does_not_name(string code)
    {
        var rule = RuleBook.Find(code)!;
        Assert.All(rule.AlsoBreaks.Prepend(rule.Breaks), example =>
        {
            var findings = RuleBook.Assess(example.Input()).Findings;

            Assert.Contains(findings, finding => finding.Code == code);
            Assert.Equal([], findings.Where(finding => finding.Code != code && !rule.Implies.Contains(finding.Code)).Select(finding => $"{finding.Code} {finding.Messages.En}"));
            Assert.All(findings.Where(finding => finding.Code == code), finding => Assert.Contains(finding.Severity, rule.OtherSeverities.Prepend(rule.Severity)));
            Assert.All(findings, finding => Assert.NotEqual(finding.Messages.Zh, finding.Messages.En));
        });
    }

    [Theory]
    [MemberData(nameof(Codes))]
    public void The_holding_example_breaks_nothing(string code) => Assert.Equal([], Told(RuleBook.Find(code)!.Holds.Input()));

    [Fact]
    public void On_the_clean_report_everything_is_assessed_but_what_its_kind_excludes() =>
        Assert.Equal(
            ["AGG-001", "AGG-002", "AGG-003", "AGG-004", "AGG-005", "AGG-006", "AGG-007", "AGG-008", "T2-005", "T2-011", "T2-012"],
            RuleBook.Assess(ExampleReport.For(2023, Format2021.Value)).NotAssessed.Select(rule => rule.Code).Order(StringComparer.Ordinal));

    [Fact]
    public void What_is_implied_does_happen_in_some_example()
    {
        var seen = RuleBook.Rules.SelectMany(rule => rule.AlsoBreaks.Prepend(rule.Breaks).SelectMany(example => Pairs(rule, example))).ToHashSet();
        var mutual = RuleBook.Rules.SelectMany(rule => rule.Implies.Select(code => (rule.Code, code))).Where(pair => !seen.Contains(pair) && !seen.Contains((pair.code, pair.Code)));

        Assert.Equal("", string.Join("; ", mutual.Select(pair => $"{pair.Code} implies {pair.code}")));
    }

    [Fact]
    public void Codes_are_given_once_and_belong_to_a_family()
    {
        Assert.Equal(RuleBook.Rules.Count, RuleBook.Rules.Select(rule => rule.Code).Distinct().Count());
        Assert.All(RuleBook.Rules, rule => Assert.NotEmpty(rule.Family.Title.Zh));
    }

    [Fact]
    public void What_a_rule_implies_is_a_rule_of_the_book() =>
        Assert.All(RuleBook.Rules.SelectMany(rule => rule.Implies), code => Assert.NotNull(RuleBook.Find(code)));

    private static IEnumerable<(string, string)> Pairs(Rule rule, Example example) =>
        RuleBook.Assess(example.Input()).Findings.Select(finding => (rule.Code, finding.Code));

    private static IEnumerable<string> Told(RuleInput input) =>
        RuleBook.Assess(input).Findings.Select(finding => $"{finding.Code} {finding.Messages.En}");
}
