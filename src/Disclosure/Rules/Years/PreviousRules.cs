using Disclosure.Contents;
using Disclosure.Formats;
using Disclosure.Rules.Examples;

namespace Disclosure.Rules.Years;

/// <summary>XY-005 to XY-008: which report of last year this one was compared with.</summary>
internal static class PreviousRules
{
    private const string Compared = "《中华人民共和国政府信息公开条例》第四十九条";

    private static readonly Need _predecessors = new(
        input => input.Surroundings.Predecessors is not null,
        new("前身机关的上年年报不全，未作跨年核对", "Last year's reports of the predecessors are not all known"));

    public static IReadOnlyList<Rule> All { get; } =
    [
        new("XY-005", Severity.Info,
            new("无上年年报", "No previous report"),
            new("系统中没有上年年报（2019年以前没有统一格式；当年设立的机关没有上年年报）", "Last year's report is not here. No report before 2019 has the form, and a body set up in the year has none"),
            Compared, NoPrevious)
        {
            FromYear = KnownFormats.FirstYear + 1,
            Holds = Example.Of(("/surroundings/previous", null), ("/surroundings/agency/validFrom", "2023-03-01")),
            Breaks = Example.Of(("/surroundings/previous", null)),
        },
        new("XY-006", Severity.Info,
            new("机构改革", "Reorganised body"),
            new("涉及机构改革，跨年数据按前身机关之和核对", "The body succeeded others; figures of last year are the sum of theirs"),
            Compared, Reorganised)
        {
            Needs = [_predecessors],
            Holds = Example.Of(),
            Breaks = Example.Of(("/surroundings/predecessor", "")),
        },
        new("XY-007", Severity.Info,
            new("口径变化", "Definitions changed"),
            new("上年年报采用另一格式，表二不可比（2021年起）", "Last year's report follows another form, so table 2 cannot be compared (2021 against 2020)"),
            "国办公开办函〔2021〕30号", Changed)
        {
            Needs = [Need.Previous],
            Holds = Example.Of(),
            Breaks = new Example([]) { Year = 2021 },
        },
        new("XY-008", Severity.Warning,
            new("上年年报已更正", "Last year's report was corrected"),
            new("校验之后，上年年报又有更正；更正后已按新数据重新校验", "Last year's report was corrected after this one was checked; it was checked again with the new figures"),
            Compared, Corrected)
        {
            Needs = [Need.Previous],
            Holds = Example.Of(("/surroundings/checkedAgainst", "2"), ("/surroundings/previous/revision", "2")),
            Breaks = Example.Of(("/surroundings/checkedAgainst", "1"), ("/surroundings/previous/revision", "2")),
        },
    ];

    private static IEnumerable<Flaw> NoPrevious(RuleInput input)
    {
        var isNew = input.Surroundings.Agency is { } agency && agency.ValidFrom.Year >= input.Year;
        if (!input.LastYears.Any() && !isNew)
        {
            yield return new Flaw($"未找到{input.Year - 1}年年报，未做跨年核对", $"The report of {input.Year - 1} is not known here; cross-year checks were skipped", "/tables");
        }
    }

    private static IEnumerable<Flaw> Reorganised(RuleInput input)
    {
        if (input.Surroundings.Predecessors is { Count: > 0 } bodies)
        {
            var names = bodies.Select(report => report.AgencyName).ToList();
            yield return new Flaw($"涉及机构改革，按前身机关（{string.Join("、", names)}）核对", $"Reorganised body: checked against {string.Join(", ", names)}", "/tables");
        }
    }

    private static IEnumerable<Flaw> Changed(RuleInput input)
    {
        var followed = input.Followed("proactive");
        if (input.LastYears.Any(report => Form(report.Content) is { } form && form != followed))
        {
            yield return new Flaw("表二口径变化，不作同比", "The definitions of table 2 changed; it was not compared", "/tables/proactive");
        }
    }

    private static ReportFormat? Form(ReportContent content) =>
        content.FormOf("proactive") ?? KnownFormats.All.FirstOrDefault(format => content.Cells.Keys.Any(address =>
            address.Table == "proactive" && format.Table("proactive").Find(address) is not null
            && KnownFormats.All.All(other => other == format || other.Table("proactive").Find(address) is null)));

    private static IEnumerable<Flaw> Corrected(RuleInput input)
    {
        if (input.Surroundings is { CheckedAgainst: { } then, Previous.Revision: var now } && now > then)
        {
            yield return new Flaw(
                $"上年年报已更正（第{then}版改为第{now}版），本报告已重新校验", $"Last year's report was corrected (revision {then} to {now}); this report was checked again", "/tables")
            {
                Stated = then,
                Computed = now,
            };
        }
    }
}
