using System.Globalization;
using Disclosure.Agencies;
using Disclosure.Rules.Examples;

namespace Disclosure.Rules.Publishing;

/// <summary>PUB-001 to PUB-004, PUB-009: when the report became public. Drafts are not judged: nobody can acknowledge a day that has not come.</summary>
internal static class PublicationRules
{
    private const string Article = "《中华人民共和国政府信息公开条例》第四十九条";

    /// <summary>Month and day of the year after by which a compiled report is due, by the level of the government.</summary>
    private static readonly Dictionary<AgencyLevel, (int Month, int Day)> _governmentsDue = new()
    {
        [AgencyLevel.County] = (2, 20),
        [AgencyLevel.Prefecture] = (3, 10),
        [AgencyLevel.Province] = (3, 31),
    };

    public static IReadOnlyList<Rule> All { get; } =
    [
        new("PUB-001", Severity.Warning,
            new("部门逾期", "Department late"),
            new("部门、乡镇等的年报未在次年1月31日前（含当日）提交并公布；公布时判断", "The report of a department or township was not submitted and published by 31 January; judged when it is published"),
            Article + "第一款；国办公开办函〔2021〕30号二（一）", Department)
        {
            Needs = [Need.Agency, Need.Publication],
            Holds = Example.Of(("/surroundings/publication/on", "2024-01-31"), ("/surroundings/publication/localDue", null), ("/printedDate", null)),
            Breaks = Example.Of(("/surroundings/publication/on", "2024-02-01"), ("/surroundings/publication/localDue", null), ("/printedDate", null)),
        },
        new("PUB-002", Severity.Warning,
            new("政府汇总年报逾期", "Government late"),
            new("政府汇总年报未在规定日期前公布：县级2月20日，地级3月10日，省级3月31日；法定期限为3月31日",
                "A government's compiled report was not published by its date: county 20 February, prefecture 10 March, province 31 March; the law's bound is 31 March"),
            Article + "第二款；国办公开办函〔2021〕30号二（二）", Government)
        {
            Needs = [Need.Agency, Need.Publication],
            Holds = Late("2024-02-20"),
            Breaks = Late("2024-02-21"),
        },
        new("PUB-003", Severity.Warning,
            new("地方期限", "Local date"),
            new("未在主管部门规定的更早日期前公布；没有规定的不判断", "Not published by the earlier date that the supervising office set; not judged where none is known"),
            "主管部门的通知", Local)
        {
            Needs = [new(input => input.Surroundings.Publication?.LocalDue is not null, new("没有已知的地方期限", "No local date is known"))],
            Holds = Example.Of(("/surroundings/publication/localDue", "2024-01-20")),
            Breaks = Example.Of(("/surroundings/publication/localDue", "2024-01-19")),
        },
        new("PUB-004", Severity.Error,
            new("报告期未满", "Year not over"),
            new("在报告年度结束之前公布", "Published before the report year was over"),
            Article, TooEarly)
        {
            Needs = [Need.Publication],
            Holds = Example.Of(("/surroundings/publication/on", "2024-01-01")),
            Breaks = Example.Of(("/surroundings/publication/on", "2023-12-31")),
        },
        new("PUB-009", Severity.Info,
            new("落款日期", "Printed date"),
            new("落款日期与公布日期相差超过31天", "The date printed in the report is more than 31 days from the day of publication"),
            "年报前后一致", PrintedDate)
        {
            Needs = [Need.Publication],
            Holds = Example.Of(("/printedDate", "2023-12-20")),
            Breaks = Example.Of(("/printedDate", "2023-12-19")),
        },
    ];

    /// <summary>The last day on which the report of this body is in time; null where none is known.</summary>
    public static DateOnly? Due(Agency agency, int year) => agency.Kind != AgencyKind.Government
        ? new DateOnly(year + 1, 1, 31)
        : _governmentsDue.TryGetValue(agency.Level, out var due) ? new DateOnly(year + 1, due.Month, due.Day) : null;

    private static IEnumerable<Flaw> Department(RuleInput input)
    {
        var publication = input.Surroundings.Publication!;
        var due = new DateOnly(input.Year + 1, 1, 31);
        if (input.Surroundings.Agency!.Kind != AgencyKind.Government && (publication.On > due || publication.SubmittedOn > due))
        {
            yield return new Flaw($"未在1月31日前提交并公布（{Day(publication.On)}公布）", $"Not submitted and published by 31 January (published {Day(publication.On)})", "/title");
        }
    }

    private static IEnumerable<Flaw> Government(RuleInput input)
    {
        var (agency, publication) = (input.Surroundings.Agency!, input.Surroundings.Publication!);
        if (agency.Kind == AgencyKind.Government && Due(agency, input.Year) is { } due && publication.On > due)
        {
            yield return new Flaw($"未在{Day(due)}前公布（法定期限3月31日）", $"Not published by {Day(due)} (statutory bound 31 March)", "/title");
        }
    }

    private static IEnumerable<Flaw> Local(RuleInput input)
    {
        if (input.Surroundings.Publication is { LocalDue: { } due, On: var on } && on > due)
        {
            yield return new Flaw($"未按本地要求时间（{Day(due)}）公布", $"Missed the local date {Day(due)}", "/title");
        }
    }

    private static IEnumerable<Flaw> TooEarly(RuleInput input)
    {
        if (input.Surroundings.Publication!.On.Year <= input.Year)
        {
            yield return new Flaw($"报告期未满：{Day(input.Surroundings.Publication.On)}公布了{input.Year}年年报", $"The year is not over: the {input.Year} report was published on {Day(input.Surroundings.Publication.On)}", "/title");
        }
    }

    private static IEnumerable<Flaw> PrintedDate(RuleInput input)
    {
        if (input.Content.PrintedDate is { } printed && Math.Abs(printed.DayNumber - input.Surroundings.Publication!.On.DayNumber) is > 31 and var days)
        {
            yield return new Flaw($"落款日期与公布日期相差{days}天", $"The printed date is {days} days from the day of publication", "/printedDate");
        }
    }

    private static Example Late(string on) => Example.Of(
        ("/surroundings/agency/kind", "government"), ("/surroundings/publication/on", on), ("/surroundings/publication/localDue", null), ("/printedDate", null));

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
