namespace Disclosure.Rules;

/// <summary>Every rule there is, in the order in which findings are told: what the form is, then its cells, then its sums.</summary>
public static class RuleBook
{
    /// <summary>The version under which results are stored. Any change of a code, a severity or a condition makes a new one.</summary>
    public const string Version = "2026.1";

    public static IReadOnlyList<Rule> Rules { get; } = [.. StructureRules.All, .. CellRules.All, .. SumRules.All];

    /// <summary>Judges a filing by every rule in one pass.</summary>
    public static Assessment Assess(RuleInput input) =>
        new(Version, [.. Rules.SelectMany(rule => rule.Check(input))], []);

    /// <summary>The findings on numbers that can stand in no report (negative counts, fractions); such numbers are refused at the door.</summary>
    public static IReadOnlyList<Finding> OutOfRange(RuleInput input) => [.. CellRules.OutOfRange(input)];
}
