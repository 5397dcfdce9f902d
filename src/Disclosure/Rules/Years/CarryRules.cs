using Disclosure.Contents;
using Disclosure.Formats;
using Disclosure.Rules.Examples;
using Disclosure.Rules.Tables;

namespace Disclosure.Rules.Years;

/// <summary>XY-001 to XY-004: figures that must go on from last year's.</summary>
internal static class CarryRules
{
    private const string Carried = "国办公开办函〔2021〕30号、〔2019〕60号附件表格“上年结转”“结转下年度”的含义";

    private static readonly Need _inForceLastYear = new(
        input => input.LastYear("proactive", "normativeDocuments", "inForce") is not null || input.LastYear("proactive", "governmentRules", "inForce") is not null,
        new("上年年报未采用30号格式，现行有效件数不能衔接", "Last year's report does not follow the 2021 form, so documents in force cannot be rolled forward"));

    public static IReadOnlyList<Rule> All { get; } =
    [
        new("XY-001", Severity.WaivableError,
            new("上年结转", "Carried in"),
            new("上年结转总计不等于上年年报的结转下年度总计；机构改革的，与各前身机关之和比较", "Requests carried in differ from those last year's report carried over; after a reorganisation, from the sum of the predecessors'"),
            Carried, Totals)
        {
            Needs = [Need.Previous],
            Implies = ["XY-002"],
            Holds = Example.Of(("/surroundings/previous/tables/applications/carriedOver/total", null)),
            Breaks = Example.Of(("/surroundings/previous/tables/applications/carriedOver/total", "99")),
            AlsoBreaks = [Example.Of(("/surroundings/previous/tables/applications/carriedOver/enterprise", "9"), ("/surroundings/previous/tables/applications/carriedOver/total", "20"))],
        },
        new("XY-002", Severity.Warning,
            new("分类上年结转", "Carried in by class"),
            new("某类申请人的上年结转不等于上年年报该类的结转下年度", "For a class of applicants, requests carried in differ from those last year's report carried over"),
            Carried, Classes)
        {
            Needs = [Need.Previous],
            Implies = ["XY-001"],
            Holds = Example.Of(),
            Breaks = Example.Of(("/surroundings/previous/tables/applications/carriedOver/enterprise", "9")),
        },
        new("XY-003", Severity.WaivableError,
            new("现行有效件数衔接", "Documents in force"),
            new("2022年起，现行有效件数不等于上年现行有效件数加本年制发减本年废止", "From 2022 on, documents in force differ from last year's plus made minus repealed"),
            "国办公开办函〔2021〕30号附件表格各栏含义", InForce)
        {
            FromYear = 2022,
            Needs = [Need.Previous, _inForceLastYear],
            Holds = Example.Of(),
            Breaks = Example.Of(("/tables/proactive/normativeDocuments/inForce", "90")),
        },
        new("XY-004", Severity.Warning,
            new("上一年项目数量", "Items of the year before"),
            new("2019年格式中，上一年项目数量不等于上年年报的上一年项目数量加本年增/减", "In the 2019 form, last year's items differ from what last year's report had plus its change"),
            "国办公开办函〔2019〕60号附件表格各栏含义", Items)
        {
            Needs = [Need.Previous],
            Holds = new Example([]) { Year = 2020 },
            Breaks = Example.Of(("/tables/proactive/penalties/previousItems", "99")) with { Year = 2020 },
        },
    ];

    private static IEnumerable<Flaw> Totals(RuleInput input) =>
        from column in input.Table("applications").Blocks[0].Columns
        where column.SumOf.Count > 0
        from flaw in CarriedIn(input, column, (stated, computed) => new(
            $"上年结转{stated}件与上年年报结转下年度{computed}件不一致", $"{stated} carried in, {computed} carried over by last year's report"))
        select flaw;

    private static IEnumerable<Flaw> Classes(RuleInput input) =>
        from column in input.Table("applications").Blocks[0].Columns
        where column.SumOf.Count == 0
        from flaw in CarriedIn(input, column, (stated, computed) => new(
            $"“{Labels.Zh(column)}”列上年结转{stated}件，上年年报结转下年度{computed}件", $"Column \"{column.Key}\": {stated} carried in, {computed} carried over last year"))
        select flaw;

    private static IEnumerable<Flaw> CarriedIn(RuleInput input, Column column, Func<decimal, decimal, Message> message)
    {
        if (input.Requests("carriedIn", column.Key) is { } stated && input.LastYear("applications", "carriedOver", column.Key) is { } computed && stated != computed)
        {
            yield return new Flaw(message(stated, computed), [new CellAddress("applications", "carriedIn", column.Key).Pointer])
            {
                Stated = stated,
                Computed = computed,
            };
        }
    }

    private static IEnumerable<Flaw> InForce(RuleInput input) =>
        from row in input.Table("proactive").Blocks[0].Rows
        let stated = input.Proactive(row.Key, "inForce")
        let computed = input.LastYear("proactive", row.Key, "inForce") + input.Proactive(row.Key, "made") - input.Proactive(row.Key, "repealed")
        where stated is not null && computed is not null && stated != computed
        select new Flaw(
            $"“{Labels.Zh(row)}”现行有效{stated}件，与上年衔接不上（应为{computed}件，差{stated - computed}）",
            $"{row.Key}: {stated} in force does not roll forward from last year, which gives {computed}",
            new CellAddress("proactive", row.Key, "inForce").Pointer, new CellAddress("proactive", row.Key, "made").Pointer, new CellAddress("proactive", row.Key, "repealed").Pointer)
        {
            Stated = stated,
            Computed = computed,
        };

    private static IEnumerable<Flaw> Items(RuleInput input) =>
        from row in input.Table("proactive").Rows
        let stated = input.Proactive(row.Key, "previousItems")
        let computed = input.LastYear("proactive", row.Key, "previousItems") + input.LastYear("proactive", row.Key, "change")
        where stated is not null && computed is not null && stated != computed
        select new Flaw(
            $"“{Labels.Zh(row)}”上一年项目数量{stated}与上年年报不衔接（应为{computed}）", $"{row.Key}: {stated} items of the year before, last year's report gives {computed}",
            new CellAddress("proactive", row.Key, "previousItems").Pointer)
        {
            Stated = stated,
            Computed = computed,
        };
}
