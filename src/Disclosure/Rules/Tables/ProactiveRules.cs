using Disclosure.Agencies;
using Disclosure.Formats;
using Disclosure.Rules.Examples;

namespace Disclosure.Rules.Tables;

/// <summary>T2-005 to T2-008, T2-011 and T2-012: what the figures of the 2021 form's table 2 say of each other, of the body and of last year.</summary>
internal static class ProactiveRules
{
    private const string Columns = "国办公开办函〔2021〕30号附件表格各栏含义";

    private static readonly Need _region = new(
        input => input.Surroundings.Agency is { } agency && Regions.Find(agency.Region) is not null,
        new("登记的行政区划代码不在GB/T 2260中，无法判断规章制定权", "The registered region is not in GB/T 2260, so the power to make 规章 is not known"));

    private static readonly Need _lastYearsForm = new(
        input => input.LastYear("proactive", "normativeDocuments", "inForce") is not null || input.LastYear("proactive", "fees", "amount") is not null,
        new("上年年报未采用30号格式，口径不同", "Last year's report does not follow the 2021 form, so its table 2 cannot be compared"));

    private static readonly Need _enforcement = new(
        input => input.Surroundings.Enforcement is not null,
        new("没有该机关公布的行政执法年度数据", "The agency's published figures on enforcement are not known here"));

    private static readonly Need _enforcementBody = new(
        input => input.Surroundings.Agency is { } agency && Words.HasAny(agency.Name, "行政执法", "城市管理", "公安", "市场监督管理"),
        new("未登记为行政执法机关", "The agency is not known to be an enforcement body"));

    public static IReadOnlyList<Rule> All { get; } =
    [
        new("T2-005", Severity.WaivableError,
            new("无规章制定权", "No power to make 规章"),
            new("县级及以下机关、地方各级政府部门填有规章。有规章制定权的政府及其办公厅（室）不在此列；行政区划不明的不判断",
                "A body at county level or below, or a local department, reports 规章. Governments with the power and their general offices may; where the region is not known, nothing is judged"),
            "《中华人民共和国立法法》第九十一条、第九十三条", Regulations)
        {
            Needs = [Need.Agency, _region],
            Holds = Example.Of(("/surroundings/agency/region", "230109")),
            Breaks = Example.Of(
                ("/surroundings/agency/region", "230109"), ("/tables/proactive/governmentRules/made", "1"),
                ("/tables/proactive/governmentRules/inForce", "1")),
        },
        new("T2-006", Severity.Warning,
            new("现行有效少于制发", "Fewer in force than made"),
            new("现行有效件数加本年废止件数小于本年制发件数（当年制发又废止的不算错）", "In force and repealed together are less than made this year; what was made and repealed in the same year is no fault"),
            Columns, input => Documents(input, (made, repealed, inForce) => inForce + repealed < made, "现行有效件数小于本年制发件数", "fewer in force than were made this year"))
        {
            Implies = ["XY-003"],
            Holds = Example.Of(),
            Breaks = Example.Of(("/tables/proactive/normativeDocuments/inForce", "1")),
        },
        new("T2-007", Severity.Warning,
            new("废止超过总数", "More repealed than existed"),
            new("本年废止件数大于上年现行有效件数加本年制发件数", "Repealed this year is more than in force last year and made this year together"),
            Columns, Repealed)
        {
            Needs = [Need.Previous, _lastYearsForm],
            Implies = ["XY-003"],
            Holds = Example.Of(),
            Breaks = Example.Of(("/tables/proactive/normativeDocuments/repealed", "40")),
        },
        new("T2-008", Severity.Warning,
            new("收费金额单位", "Unit of fees"),
            new("行政事业性收费与上年之比不小于1000或不大于1/1000，疑似把元填成万元", "Fees are at least 1,000 times last year's or at most a thousandth of them, as if 元 stood for 万元"),
            "国办公开办函〔2021〕30号：单位万元", FeeUnit)
        {
            Needs = [Need.Previous, _lastYearsForm],
            Holds = Example.Of(("/tables/proactive/fees/amount", "13000")),
            Breaks = Example.Of(("/tables/proactive/fees/amount", "145000")),
        },
        new("T2-011", Severity.Info,
            new("执法机关三项为零", "Enforcement body with zeros"),
            new("名称表明承担行政执法的机关，行政许可、行政处罚、行政强制均为0", "A body whose name tells that it enforces reports no licence, no penalty and no compulsory measure"),
            "报告应当真实准确", NoEnforcement)
        {
            Needs = [Need.Agency, _enforcementBody],
            Holds = Example.Of(("/surroundings/agency/name", "云州市桂山区城市管理局"), ("/agencyName", "云州市桂山区城市管理局")),
            Breaks = Example.Of(
                ("/surroundings/agency/name", "云州市桂山区工业和信息化局（城市管理局）"),
                ("/tables/proactive/licensing/decisions", "0"), ("/tables/proactive/penalties/decisions", "0"), ("/tables/proactive/compulsoryMeasures/decisions", "0")),
        },
        new("T2-012", Severity.Info,
            new("与行政执法年度数据不一致", "Differs from enforcement statistics"),
            new("行政许可、行政处罚、行政强制与该机关公布的行政执法年度数据不一致", "Licences, penalties or compulsory measures differ from the figures on enforcement that the agency published"),
            "行政执法公示制度", Enforcement)
        {
            Needs = [_enforcement],
            Holds = Example.Of(("/surroundings/enforcement/tables/proactive/penalties/decisions", "40")),
            Breaks = Example.Of(("/surroundings/enforcement/tables/proactive/penalties/decisions", "41")),
        },
    ];

    private static IEnumerable<Flaw> Regulations(RuleInput input)
    {
        var agency = input.Surroundings.Agency!;
        var mayMake = agency.Level switch
        {
            AgencyLevel.National => true,
            AgencyLevel.Province or AgencyLevel.Prefecture => agency.Kind is AgencyKind.Government or AgencyKind.Office or AgencyKind.Authorised,
            // A city without counties is a prefecture by law whatever level it was registered at.
            _ => Regions.Find(agency.Region)!.Level != AgencyLevel.County,
        };
        var cells = mayMake ? [] : input.Table("proactive").Cells.Where(cell => cell.Row.Key == "governmentRules" && input.Content.Cell(cell.Address) > 0).ToList();
        if (cells.Count > 0)
        {
            yield return new Flaw(
                "本机关无规章制定权，规章数应为0", "This body cannot make 规章; the figures should be 0", [.. cells.Select(cell => cell.Address.Pointer)]);
        }
    }

    private static IEnumerable<Flaw> Documents(RuleInput input, Func<decimal, decimal, decimal, bool> isWrong, string zh, string en) =>
        from row in input.Table("proactive").Blocks[0].Rows
        let made = input.Proactive(row.Key, "made")
        let repealed = input.Proactive(row.Key, "repealed")
        let inForce = input.Proactive(row.Key, "inForce")
        where made is not null && repealed is not null && inForce is not null && isWrong(made.Value, repealed.Value, inForce.Value)
        select new Flaw(
            $"“{Labels.Zh(row)}”{zh}，请核对", $"{row.Key}: {en}; please check",
            Pointer(row, "inForce"), Pointer(row, "made"), Pointer(row, "repealed"))
        {
            Stated = inForce,
            Computed = made - repealed,
        };

    private static IEnumerable<Flaw> Repealed(RuleInput input) =>
        from row in input.Table("proactive").Blocks[0].Rows
        let repealed = input.Proactive(row.Key, "repealed")
        let most = input.LastYear("proactive", row.Key, "inForce") + input.Proactive(row.Key, "made")
        where repealed > most
        select new Flaw(
            $"“{Labels.Zh(row)}”本年废止{repealed}件，超过可废止总数{most}件", $"{row.Key}: {repealed} repealed, although only {most} existed",
            Pointer(row, "repealed"), Pointer(row, "made"))
        {
            Stated = repealed,
            Computed = most,
        };

    private static IEnumerable<Flaw> FeeUnit(RuleInput input)
    {
        if (input.Proactive("fees", "amount") is > 0 and var fees && input.LastYear("proactive", "fees", "amount") is > 0 and var last
            && (fees / last >= 1000 || last / fees >= 1000))
        {
            yield return new Flaw(
                $"收费金额{fees}万元，上年{last}万元，疑似单位错误（应为万元）", $"Fees of {fees} 万元 against {last} last year look like a unit error", "/tables/proactive/fees/amount")
            {
                Stated = fees,
                Computed = last,
            };
        }
    }

    private static IEnumerable<Flaw> NoEnforcement(RuleInput input)
    {
        var cells = Cells(input);
        if (cells.TrueForAll(cell => input.Content.Cell(cell.Address) == 0))
        {
            yield return new Flaw("执法机关三项均为0，请确认", "An enforcement body reports zero in all three", [.. cells.Select(cell => cell.Address.Pointer)]);
        }
    }

    private static IEnumerable<Flaw> Enforcement(RuleInput input) =>
        from cell in Cells(input)
        let published = input.Surroundings.Enforcement!.TryGetValue(cell.Address.Pointer, out var known) ? known : (decimal?)null
        let stated = input.Content.Cell(cell.Address)
        where published is not null && stated is not null && stated != published
        select new Flaw(
            $"“{Labels.Zh(cell)}”{stated}件，行政执法年度数据为{published}件", $"{Labels.En(cell)} is {stated}, the enforcement statistics say {published}", cell.Address.Pointer)
        {
            Stated = stated,
            Computed = published,
        };

    private static List<Cell> Cells(RuleInput input) =>
        [.. input.Table("proactive").Cells.Where(cell => cell.Column.Key == "decisions" && cell.Row.Key is "licensing" or "penalties" or "compulsoryMeasures")];

    private static string Pointer(Row row, string column) => new CellAddress("proactive", row.Key, column).Pointer;
}
