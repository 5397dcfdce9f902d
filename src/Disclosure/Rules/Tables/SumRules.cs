using Disclosure.Contents;
using Disclosure.Formats;
using Disclosure.Rules.Examples;

namespace Disclosure.Rules.Tables;

/// <summary>T3-001 to T3-003 and T4-001: the sums that must hold, one flaw for each column or row in which one does not.</summary>
internal static class SumRules
{
    private const string Balance = "国办公开办函〔2021〕30号、〔2019〕60号附件表格表头：第一项加第二项之和，等于第三项加第四项之和";
    private const string Total = "国办公开办函〔2021〕30号、〔2019〕60号附件表格“总计”";

    public static IReadOnlyList<Rule> All { get; } =
    [
        new("T3-001", Severity.Error,
            new("勾稽关系", "Balance of requests"),
            new("每一列中，本年新收加上年结转不等于办理结果总计加结转下年度", "In a column, received + carried in differs from total handled + carried over"),
            Balance,
            Sums(input => Identities.OfBalances(input.Table("applications")), (cell, stated, computed) => new(
                $"“{Labels.Zh(cell.Column)}”列勾稽关系不成立：{stated}≠{computed}",
                $"Column \"{cell.Column.Key}\": received + carried in ({stated}) ≠ total handled + carried over ({computed})")))
        {
            Implies = ["T3-002", "T3-003", "TX-001", "TX-002"],
            Holds = Example.Of(),
            Breaks = Example.Of(("/tables/applications/received/legalService", "70")),
            AlsoBreaks = [Example.Of(("/tables/applications/totalHandled/legalService", "70")), TwoTotals],
        },
        new("T3-002", Severity.Error,
            new("办理结果总计", "Total of results"),
            new("每一列中，（七）总计不等于（一）至（六）各项之和", "In a column, the total handled differs from the sum of the results"),
            Total,
            Sums(input => Identities.OfColumns(input, "applications"), (cell, stated, computed) => new(
                $"“{Labels.Zh(cell.Column)}”列办理结果总计应为{computed}，实填{stated}",
                $"Column \"{cell.Column.Key}\": the results add up to {computed}, not {stated}")))
        {
            Implies = ["T3-001", "T3-003", "TX-001", "TX-002"],
            Holds = Example.Of(),
            Breaks = Example.Of(("/tables/applications/granted/legalService", "70")),
            AlsoBreaks = [TwoTotals],
        },
        new("T3-003", Severity.Error,
            new("申请人总计", "Total of applicants"),
            new("每一行中，总计不等于六类申请人之和", "In a row, the total differs from the sum of the six classes of applicants"),
            Total, Sums(input => Identities.OfRows(input.Table("applications")), RowTotal))
        {
            Implies = ["T3-001", "T3-002", "TX-001", "TX-002"],
            Holds = Example.Of(),
            Breaks = Example.Of(("/tables/applications/granted/total", "700")),
            AlsoBreaks = [TwoTotals],
        },
        new("T4-001", Severity.Error,
            new("复议、诉讼总计", "Total of disputes"),
            new("行政复议或行政诉讼的总计不等于维持、纠正、其他、未审结之和", "A group's total differs from upheld + corrected + other + pending"),
            Total, Sums(input => Identities.OfRows(input.Table("disputes")), RowTotal))
        {
            Holds = Example.Of(("/tables/disputes/litigation/pending", "2"), ("/tables/disputes/litigation/total", "5")),
            Breaks = Example.Of(("/tables/disputes/litigation/total", "9")),
        },
    ];

    /// <summary>Two wrong totals: the prose, which names both, then agrees with neither.</summary>
    private static Example TwoTotals => Example.Of(("/tables/applications/received/total", "700"), ("/tables/applications/totalHandled/total", "701"));

    private static Func<RuleInput, IEnumerable<Flaw>> Sums(
        Func<RuleInput, IReadOnlyList<Identity>> identities, Func<Cell, decimal, decimal, Message> message) =>
        input => Broken(identities(input), message, input);

    private static IEnumerable<Flaw> Broken(IReadOnlyList<Identity> identities, Func<Cell, decimal, decimal, Message> message, RuleInput input)
    {
        foreach (var identity in identities)
        {
            if (identity.Sums(input.Content) is var (stated, computed) && stated != computed)
            {
                yield return new Flaw(message(identity.Anchor, stated, computed), [.. identity.Left.Concat(identity.Right).Select(address => address.Pointer)])
                {
                    Stated = stated,
                    Computed = computed,
                    Hints = Mending.Of(identity, input),
                };
            }
        }
    }

    private static Message RowTotal(Cell cell, decimal stated, decimal computed) => new(
        $"“{Labels.Zh(cell.Row)}”行总计应为{computed}，实填{stated}",
        $"Row \"{cell.Row.Key}\": the total should be {computed}, not {stated}");
}
