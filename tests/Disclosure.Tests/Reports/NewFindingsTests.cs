using Disclosure.Contents;
using Disclosure.Reports;
using Disclosure.Rules;

namespace Disclosure.Tests.Reports;

/// <summary>What counts as news to those who answer for a report.</summary>
public class NewFindingsTests
{
    [Fact]
    public void A_finding_is_new_where_its_rule_had_nothing_to_say_of_that_place_and_asks_for_something()
    {
        var seen = Said(("T3-001", Severity.Error, "/a"), ("T2-002", Severity.Warning, "/b"));

        Assert.Equal(0, NewFindings.Count(seen, seen));
        Assert.Equal(0, NewFindings.Count(seen, Said(("T2-002", Severity.Warning, "/b"))));
        Assert.Equal(0, NewFindings.Count(seen, Said(("FEE-002", Severity.Info, "/c"))));
        Assert.Equal(2, NewFindings.Count(seen, Said(("T3-001", Severity.Error, "/b"), ("XY-008", Severity.Warning, "/a"), ("T3-001", Severity.Error, "/a"))));
    }

    private static Assessment Said(params (string Code, Severity Severity, string Pointer)[] findings) =>
        new("2026.1", [.. findings.Select(finding => new Finding(finding.Code, finding.Severity, new Message("", ""), "", [finding.Pointer]))], []);
}
