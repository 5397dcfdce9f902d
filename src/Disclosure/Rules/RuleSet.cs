namespace Disclosure.Rules;

/// <summary>
/// The rules as they were in force together: which codes there were and how each weighed. A released set never changes;
/// a rule that comes, goes or weighs otherwise makes a new set.
/// </summary>
/// <param name="from">The day from which filings are judged by it.</param>
/// <param name="fromYear">The first report year it is for.</param>
public sealed class RuleSet(string version, DateOnly from, int fromYear, IReadOnlyDictionary<string, Severity> severities)
{
    public string Version => version;

    public DateOnly From => from;

    public int FromYear => fromYear;

    public IReadOnlyDictionary<string, Severity> Severities => severities;

    /// <summary>The rules of the set, causes before what they bring about, as each weighs in it.</summary>
    internal IReadOnlyList<(Rule Rule, Severity Severity)> Weighed =>
        field ??= [.. from rule in RuleBook.CausesFirst where severities.ContainsKey(rule.Code) select (rule, severities[rule.Code])];

    /// <summary>Every set there has been, the one in force last.</summary>
    public static IReadOnlyList<RuleSet> All { get; } =
    [
        new("2026.1", new DateOnly(2026, 1, 1), 2019, new Dictionary<string, Severity>(StringComparer.Ordinal)
        {
            ["STR-005"] = Severity.Error,
            ["STR-008"] = Severity.Error,
            ["STR-009"] = Severity.Error,
            ["T2-001"] = Severity.Error,
            ["T2-002"] = Severity.Warning,
            ["T2-009"] = Severity.Error,
            ["T3-001"] = Severity.Error,
            ["T3-002"] = Severity.Error,
            ["T3-003"] = Severity.Error,
            ["T3-004"] = Severity.Error,
            ["T3-005"] = Severity.WaivableError,
            ["T4-001"] = Severity.Error,
            ["T4-002"] = Severity.WaivableError,
        }),
        // The set in force weighs each rule as the rule itself says; when the next set comes, these become a list too.
        new("2026.2", new DateOnly(2026, 11, 1), 2019, RuleBook.Rules.ToDictionary(rule => rule.Code, rule => rule.Severity, StringComparer.Ordinal)),
    ];

    public static RuleSet Current => All[^1];
}
