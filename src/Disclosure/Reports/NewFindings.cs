using Disclosure.Rules;

namespace Disclosure.Reports;

/// <summary>What a later check says that an earlier one did not.</summary>
public static class NewFindings
{
    /// <summary>Findings of a rule at places where the earlier check had none of it; those that ask for nothing are not counted.</summary>
    public static int Count(Assessment seen, Assessment now)
    {
        var known = (seen.Findings ?? []).Select(Key).ToHashSet(StringComparer.Ordinal);
        return (now.Findings ?? []).Count(finding => finding.Severity != Severity.Info && !known.Contains(Key(finding)));
    }

    private static string Key(Finding finding) => $"{finding.Code} {string.Join(' ', finding.Pointers)}";
}
