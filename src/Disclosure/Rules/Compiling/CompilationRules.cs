using Disclosure.Formats;
using Disclosure.Rules.Examples;
using Disclosure.Rules.Tables;

namespace Disclosure.Rules.Compiling;

/// <summary>AGG-001 to AGG-008: a compiled report against the reports it adds up.</summary>
internal static class CompilationRules
{
    private const string Levels = "国办公开办函〔2021〕30号二（二）";

    /// <summary>Rows that are reported by the office and by the government at once: the same documents, counted once.</summary>
    private const string CountedOnce = "governmentRules";

    public static IReadOnlyList<Rule> All { get; } =
    [
        new("AGG-001", Severity.WaivableError,
            new("汇总数不符", "Sum of members"),
            new("某行的汇总数不等于本机关与各成员单位之和（加记录的调整）；成员单位年报不全或采用另一格式的行不判断，规章由AGG-005提示",
                "A compiled figure differs from own plus members plus recorded adjustments, one flaw a row; not judged where a member's report is missing or follows another form; 规章 are told by AGG-005"),
            Levels, Sums)
        {
            Needs = [Need.Compilation],
            Implies = ["AGG-006"],
            Holds = Example.Of(("/surroundings/members/1/tables/proactive/licensing/decisions", "5"), ("/surroundings/members/adjustments/tables/proactive/licensing/decisions", "0"), ("/surroundings/members/0/tables/proactive/licensing/decisions", "250")),
            Breaks = Example.Of(("/surroundings/members/1/tables/proactive/licensing/decisions", "5")),
        },
        new("AGG-002", Severity.Warning,
            new("成员单位未报送", "Members missing"),
            new("有成员单位尚未公布年报", "A member has not published its report"),
            "《中华人民共和国政府信息公开条例》第四十九条", Missing)
        {
            Needs = [Need.Compilation],
            Holds = Example.Of(("/surroundings/members", null)),
            Breaks = Example.Of(("/surroundings/members/1/report", null)),
        },
        new("AGG-003", Severity.Error,
            new("重复汇总", "Counted twice"),
            new("同一单位在一次汇总中属于两个汇总单位，或在成员名单中出现两次", "A body belongs to two compiling bodies, or stands twice among the members"),
            Levels, Twice)
        {
            Needs = [Need.Compilation],
            Holds = Example.Of(("/surroundings/members", null)),
            Breaks = Example.Of(("/surroundings/members/1/otherParents", "云州市")),
        },
        new("AGG-004", Severity.Warning,
            new("垂直管理部门", "Vertically led body"),
            new("垂直管理的单位计入了地方汇总；汇总机关自身属于垂直系统的不算", "A vertically led body stands in a regional total; not where the compiling body belongs to the line itself"),
            "《中华人民共和国政府信息公开条例》第三条第四款", Vertical)
        {
            Needs = [Need.Agency, Need.Compilation],
            Holds = Example.Of(("/surroundings/members", null)),
            Breaks = Example.Of(("/surroundings/members/1/agency/line", ExampleReport.ThirdAgency)),
        },
        new("AGG-005", Severity.Warning,
            new("规章重复计算", "规章 counted twice"),
            new("汇总数中的规章等于各成员单位之和，且不止一个成员单位填有规章（政府办公厅（室）与政府填报的是同一批规章）",
                "The compiled 规章 equal the sum of the members', and more than one member reports some: a general office reports those of its government"),
            "规章由政府制定，只计一次", Rules)
        {
            Needs = [Need.Compilation],
            Holds = Example.Of(("/surroundings/members", null)),
            Breaks = Example.Of(
                ("/tables/proactive/governmentRules/inForce", "26"), ("/surroundings/previous/tables/proactive/governmentRules/inForce", "26"),
                ("/surroundings/members/0/tables/proactive/governmentRules/inForce", "13"), ("/surroundings/members/1/tables/proactive/governmentRules/inForce", "13")),
        },
        new("AGG-006", Severity.WaivableError,
            new("汇总数小于成员单位", "Below one member"),
            new("某行的汇总数小于单个成员单位的数", "A compiled figure is less than that of a single member"),
            "汇总数为各成员单位之和", Below)
        {
            Needs = [Need.Compilation],
            Implies = ["AGG-001"],
            Holds = Example.Of(("/surroundings/members", null)),
            Breaks = Example.Of(("/surroundings/members/0/tables/proactive/licensing/decisions", "400")),
        },
        new("AGG-007", Severity.Warning,
            new("成员单位已更正", "Member corrected"),
            new("汇总之后成员单位的年报又有更正", "A member's report was corrected after it was added up"),
            Levels, Corrected)
        {
            Needs = [Need.Compilation],
            Holds = Example.Of(("/surroundings/members/0/compiledRevision", "1")),
            Breaks = Example.Of(("/surroundings/members/0/compiledRevision", "1"), ("/surroundings/members/0/revision", "2")),
        },
        new("AGG-008", Severity.Info,
            new("汇总范围变化", "Members changed"),
            new("成员单位名单与上年不同", "The list of members differs from last year's"),
            Levels, Changed)
        {
            Needs = [new(input => input.Surroundings.Compilation?.MembersLastYear is not null, new("上年的成员单位名单未知", "Last year's list of members is not known"))],
            Holds = Example.Of(("/surroundings/members/lastYear", $"{ExampleReport.ThirdAgency},{ExampleReport.OtherAgency}")),
            Breaks = Example.Of(("/surroundings/members/lastYear", ExampleReport.OtherAgency)),
        },
    ];

    private static IEnumerable<Flaw> Sums(RuleInput input) =>
        from row in Rows(input)
        where row.Key != CountedOnce
        let wrong = (from cell in row
                     let stated = input.Content.Cell(cell.Address)
                     let computed = Computed(input.Surroundings.Compilation!, cell.Address)
                     where stated is not null && computed is not null && stated != computed
                     select (cell, stated, computed)).ToList()
        where wrong.Count > 0
        let last = wrong[^1]
        select new Flaw(
            $"“{Labels.Zh(last.cell)}”汇总数{last.stated}与下属单位之和{last.computed}不符（差{last.stated - last.computed}）",
            $"Compiled {Labels.En(last.cell)} is {last.stated}, its members add up to {last.computed}",
            [.. wrong.Select(item => item.cell.Address.Pointer)])
        {
            Stated = last.stated,
            Computed = last.computed,
        };

    /// <summary>Own, members and adjustments together; null while one of them is not known.</summary>
    private static decimal? Computed(Compilation compilation, CellAddress address)
    {
        decimal? sum = compilation.Adjustments.TryGetValue(address.Pointer, out var adjustment) ? adjustment : 0;
        sum += compilation.Own is { } own ? own.Cell(address) : 0;
        var reports = compilation.Counted.Where(member => member.Report is not null || !compilation.IsRecorded).Select(member => member.Report?.Content.Cell(address));
        return reports.Aggregate(sum, (total, figure) => total + figure);
    }

    private static IEnumerable<Flaw> Missing(RuleInput input)
    {
        var missing = input.Surroundings.Compilation!.Members.Where(member => member.Report is null).Select(member => member.Agency.Name).ToList();
        if (missing.Count > 0)
        {
            yield return new Flaw($"尚有{missing.Count}个单位未报送：{Some(missing)}", $"{missing.Count} members have not published: {Some(missing)}", "/tables");
        }
    }

    private static IEnumerable<Flaw> Twice(RuleInput input)
    {
        var members = input.Surroundings.Compilation!.Members;
        var repeated = members.GroupBy(member => member.Agency.Code, StringComparer.Ordinal).Where(same => same.Count() > 1 || same.First().OtherParents.Count > 0);
        return repeated.Select(same => new Flaw($"“{same.First().Agency.Name}”被重复汇总", $"\"{same.First().Agency.Name}\" is counted twice", "/tables"));
    }

    private static IEnumerable<Flaw> Vertical(RuleInput input) =>
        from member in input.Surroundings.Compilation!.Members
        where member.Agency.Line is { } line && line != input.Surroundings.Agency!.Line && line != input.Surroundings.Agency.Code
        select new Flaw($"“{member.Agency.Name}”为垂直管理部门，一般不计入本级汇总", $"\"{member.Agency.Name}\" is vertically led and normally left out", "/tables");

    private static IEnumerable<Flaw> Rules(RuleInput input)
    {
        var reporting = input.Surroundings.Compilation!.Counted.Where(member => member.Report?.Content.Cells.Any(cell => cell.Key.Row == CountedOnce && cell.Value > 0) == true).ToList();
        var cells = Rows(input).Where(row => row.Key == CountedOnce).SelectMany(row => row).ToList();
        var doubled = cells.Where(cell => input.Content.Cell(cell.Address) is > 0 and var stated && stated == Computed(input.Surroundings.Compilation, cell.Address)).ToList();
        if (reporting.Count > 1 && doubled.Count > 0)
        {
            yield return new Flaw("规章可能重复计算", "规章 may be counted twice", [.. doubled.Select(cell => cell.Address.Pointer)]);
        }
    }

    private static IEnumerable<Flaw> Below(RuleInput input) =>
        from row in Rows(input)
        let below = (from cell in row
                     where !cell.Column.Signed && input.Content.Cell(cell.Address) is { } stated
                         && input.Surroundings.Compilation!.Counted.Any(member => member.Report?.Content.Cell(cell.Address) > stated)
                     select cell).ToList()
        where below.Count > 0
        select new Flaw($"“{Labels.Zh(below[^1])}”汇总数小于单个成员单位", $"Compiled {Labels.En(below[^1])} is below one member's", [.. below.Select(cell => cell.Address.Pointer)]);

    private static IEnumerable<Flaw> Corrected(RuleInput input) =>
        from member in input.Surroundings.Compilation!.Members
        where member.Report?.Revision > member.CompiledRevision
        select new Flaw($"“{member.Agency.Name}”的年报已更正，汇总待更新", $"\"{member.Agency.Name}\" was corrected; compile again", "/tables");

    private static IEnumerable<Flaw> Changed(RuleInput input)
    {
        var compilation = input.Surroundings.Compilation!;
        var (now, then) = (compilation.Members.Select(member => member.Agency.Code).ToHashSet(StringComparer.Ordinal), compilation.MembersLastYear!);
        if (!now.SetEquals(then))
        {
            var (added, gone) = (now.Except(then, StringComparer.Ordinal).Count(), then.Except(now, StringComparer.Ordinal).Count());
            yield return new Flaw($"汇总单位范围与上年不同：新增{added}个，减少{gone}个", $"The members changed: {added} more, {gone} gone", "/tables");
        }
    }

    private static IEnumerable<IGrouping<string, Cell>> Rows(RuleInput input) =>
        KnownFormats.TableKeys.SelectMany(table => input.Table(table).Cells.GroupBy(cell => cell.Row.Key, StringComparer.Ordinal));

    private static string Some(List<string> names) => string.Join("、", names.Take(5)) + (names.Count > 5 ? "…" : "");
}
