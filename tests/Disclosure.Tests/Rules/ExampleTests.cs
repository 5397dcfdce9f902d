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
        Assert.Equal([], Told(ExampleReport.For(year, KnownFormats.ByKey(form)!)));

    [Theory]
    [MemberData(nameof(Codes))]
    public void The_breaking_example_breaks_its_rule_and_nothing_that_the_catalogue_does_not_name(string code)
    {
        var rule = RuleBook.Find(code)!;
        var findings = RuleBook.Assess(rule.Breaks.Input()).Findings;

        Assert.Contains(findings, finding => finding.Code == code);
        Assert.Equal([], findings.Where(finding => finding.Code != code && !rule.Implies.Contains(finding.Code)).Select(finding => $"{finding.Code} {finding.Messages.En}"));
        Assert.All(findings, finding =>
        {
            Assert.NotEmpty(finding.Basis);
            Assert.NotEqual(finding.Messages.Zh, finding.Messages.En);
            Assert.True(finding.Severity == rule.Severity || rule.OtherSeverities.Contains(finding.Severity) || finding.Code != code);
        });
    }

    [Theory]
    [MemberData(nameof(Codes))]
    public void The_holding_example_breaks_nothing(string code) => Assert.Equal([], Told(RuleBook.Find(code)!.Holds.Input()));

    [Fact]
    public void Codes_are_given_once_and_belong_to_a_family()
    {
        Assert.Equal(RuleBook.Rules.Count, RuleBook.Rules.Select(rule => rule.Code).Distinct().Count());
        Assert.All(RuleBook.Rules, rule => Assert.NotEmpty(rule.Family.Title.Zh));
    }

    [Fact]
    public void What_a_rule_implies_is_a_rule_of_the_book() =>
        Assert.All(RuleBook.Rules.SelectMany(rule => rule.Implies), code => Assert.NotNull(RuleBook.Find(code)));

    private static IEnumerable<string> Told(RuleInput input) =>
        RuleBook.Assess(input).Findings.Select(finding => $"{finding.Code} {finding.Messages.En}");
}
