using Disclosure.Formats;
using Disclosure.Rules.Examples;

namespace Disclosure.Rules.Tables;

/// <summary>T2-014 to T2-016: what the figures of the 2019 form's table 2 say of each other.</summary>
internal static class TrialProactiveRules
{
    private const string Columns = "国办公开办函〔2019〕60号附件表格各栏含义";
    private const int TrialYear = 2020;

    public static IReadOnlyList<Rule> All { get; } =
    [
        new("T2-014", Severity.Warning,
            new("公开总数小于新公开数", "Fewer public than newly public"),
            new("2019年格式中，对外公开总数量小于本年新公开数量", "In the 2019 form, total public is less than newly published this year"),
            Columns, TotalPublic)
        {
            Holds = Trial(("/tables/proactive/normativeDocuments/totalPublic", "4")),
            Breaks = Trial(("/tables/proactive/normativeDocuments/totalPublic", "3")),
        },
        new("T2-015", Severity.Error,
            new("项目数量为负", "Negative number of items"),
            new("2019年格式中，上一年项目数量加本年增/减小于0", "In the 2019 form, last year's items and this year's change add up to less than 0"),
            Columns, Items)
        {
            Holds = Trial(("/tables/proactive/fees/change", "-6")),
            Breaks = Trial(("/tables/proactive/fees/change", "-7")),
        },
        new("T2-016", Severity.Warning,
            new("采购项目与金额", "Purchases and their amount"),
            new("2019年格式中，采购项目数量和采购总金额一项为0而另一项不为0", "In the 2019 form, one of number and amount of purchases is 0 and the other is not"),
            Columns, Purchases)
        {
            Holds = Trial(("/tables/proactive/procurement/projects", "0"), ("/tables/proactive/procurement/amount", "0")),
            Breaks = Trial(("/tables/proactive/procurement/projects", "0")),
        },
    ];

    private static IEnumerable<Flaw> TotalPublic(RuleInput input) =>
        from row in input.Table("proactive").Blocks[0].Rows
        let total = input.Proactive(row.Key, "totalPublic")
        let fresh = input.Proactive(row.Key, "newlyPublished")
        where total < fresh
        select new Flaw(
            $"“{Labels.Zh(row)}”对外公开总数量{total}小于本年新公开数量{fresh}", $"{row.Key}: total public ({total}) is below newly published ({fresh})",
            $"/tables/proactive/{row.Key}/totalPublic", $"/tables/proactive/{row.Key}/newlyPublished")
        {
            Stated = total,
            Computed = fresh,
        };

    private static IEnumerable<Flaw> Items(RuleInput input) =>
        from row in input.Table("proactive").Rows
        let items = input.Proactive(row.Key, "previousItems") + input.Proactive(row.Key, "change")
        where items < 0
        select new Flaw(
            $"“{Labels.Zh(row)}”项目数量出现负值（{items}）", $"{row.Key}: the number of items would be {items}",
            $"/tables/proactive/{row.Key}/change", $"/tables/proactive/{row.Key}/previousItems");

    private static IEnumerable<Flaw> Purchases(RuleInput input)
    {
        if (input.Proactive("procurement", "projects") is { } projects && input.Proactive("procurement", "amount") is { } amount && (projects == 0) != (amount == 0))
        {
            yield return new Flaw(
                $"采购项目数量{projects}与采购总金额{amount}不匹配", $"Number ({projects}) and amount ({amount}) of purchases do not match",
                new CellAddress("proactive", "procurement", "projects").Pointer, new CellAddress("proactive", "procurement", "amount").Pointer);
        }
    }

    private static Example Trial(params IReadOnlyList<(string Path, string? Value)> changes) => Example.Of(changes) with { Year = TrialYear };
}
