namespace Disclosure.Rules;

/// <summary>The order in which findings are told: a rule whose breach brings others about stands before them.</summary>
internal static class CauseFirst
{
    /// <summary>
    /// The rules in the order of the book, but each after every rule that implies it and is not implied by it. Rules that
    /// imply each other keep the order of the book among themselves.
    /// </summary>
    public static IReadOnlyList<Rule> Order(IReadOnlyList<Rule> rules)
    {
        var causes = rules.ToDictionary(
            rule => rule.Code,
            rule => rules.Where(other => other.Implies.Contains(rule.Code, StringComparer.Ordinal) && !rule.Implies.Contains(other.Code, StringComparer.Ordinal)).ToList(),
            StringComparer.Ordinal);
        var ordered = new List<Rule>(rules.Count);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var rule in rules)
        {
            Place(rule, causes, seen, ordered);
        }
        return ordered;
    }

    private static void Place(Rule rule, Dictionary<string, List<Rule>> causes, HashSet<string> seen, List<Rule> ordered)
    {
        if (!seen.Add(rule.Code))
        {
            return;
        }
        foreach (var cause in causes[rule.Code])
        {
            Place(cause, causes, seen, ordered);
        }
        ordered.Add(rule);
    }
}
