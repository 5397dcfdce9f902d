using System.Globalization;
using Disclosure.Contents;
using Disclosure.Prose;
using Disclosure.Rules.Examples;

namespace Disclosure.Rules.Bodies;

/// <summary>ID-007, ID-008, ID-011: the period that the figures cover, and whom to ask.</summary>
internal static class PeriodRules
{
    private const string Article = "《中华人民共和国政府信息公开条例》第四十九条";
    private const int Introduction = 20;

    private static readonly Phrases _ofFigures = new("统计期限", "统计时限", "统计时间", "统计周期", "统计数据", "所列统计", "数据期限", "所列数据");

    public static IReadOnlyList<Rule> All { get; } =
    [
        new("ID-007", Severity.WaivableError,
            new("统计期限", "Period"),
            new("起止日期都已写明，或者正文写明了统计期限，但不是报告年度的1月1日至12月31日；当年设立或撤销的机关从其设立或到其撤销之日不算",
                "Both days of the period are given, or the prose states the period of the figures, and it is not from 1 January to 31 December of the report year; a body set up or dissolved in the year may begin or end with its own day"),
            Article, Period)
        {
            Holds = Example.Of(("/period/from", "2023-03-01"), ("/surroundings/agency/validFrom", "2023-03-01")),
            Breaks = Example.Of(("/period/to", "2023-12-07")),
        },
        new("ID-008", Severity.Warning,
            new("未说明统计期限", "Period not stated"),
            new("没有统计期限，正文中也没有提到", "No period is given, and the prose does not speak of one"),
            "年报通行写法", NoPeriod)
        {
            Holds = Example.Of(("/period/from", null), ("/period/to", null)),
            Breaks = Example.Of(("/period/from", null), ("/period/to", null), ("/sections/preamble", ExampleProse.Basis(ExampleReport.Year, hasPeriod: false))),
        },
        new("ID-011", Severity.Info,
            new("联系方式和查阅网址", "Contact and address"),
            new("没有联系方式，或者没有电子版的查阅网址", "No contact is given, or no address where the electronic copy is"),
            "年报通行写法", Contact)
        {
            Holds = Example.Of(("/contact/site", null)),
            Breaks = Example.Of(("/contact/telephone", null), ("/contact/address", null), ("/contact/email", null), ("/contact/office", null), ("/sections/preamble", ExampleProse.Basis(ExampleReport.Year))),
        },
    ];

    private static IEnumerable<Flaw> Period(RuleInput input)
    {
        if (input.Content.Period is ({ } from, { } to) && !IsRight(input, from, to))
        {
            var words = Wrong(input, from, to);
            yield return new Flaw(words.Zh, words.En, "/period/from", "/period/to");
            yield break;
        }
        var stated = (from passage in input.Passages
                      where passage.Section is "preamble" or "overview"
                      from period in PrintedDays.PeriodsIn(passage.Text)
                      where _ofFigures.In(passage.Span(Math.Max(passage.SentenceAt(period.At).From, period.At - Introduction), period.At))
                      select (Passage: passage, Period: period, IsRight: IsRight(input, period.From, period.To))).ToList();
        if (stated.Count > 0 && !stated.Exists(one => one.IsRight))
        {
            var (passage, period, _) = stated[0];
            var words = Wrong(input, period.From, period.To);
            yield return passage.Flaw(period.At, Sentence.ClauseEnd(passage.Text, period.At), words.Zh, words.En);
        }
    }

    private static bool IsRight(RuleInput input, DateOnly from, DateOnly to)
    {
        var agency = input.Surroundings.Agency;
        return (from == new DateOnly(input.Year, 1, 1) || (agency?.ValidFrom.Year == input.Year && from == agency.ValidFrom))
            && (to == new DateOnly(input.Year, 12, 31) || (agency?.ValidTo?.Year == input.Year && to == agency.ValidTo));
    }

    private static Message Wrong(RuleInput input, DateOnly from, DateOnly to) => new(
        $"统计期限应为{input.Year}年1月1日至12月31日，现为{Day(from)}至{Day(to)}", $"The period must be the full year {input.Year}; it is {Day(from)} to {Day(to)}");

    private static IEnumerable<Flaw> NoPeriod(RuleInput input)
    {
        if (input.Content.Period is (null, null) && !Words.HasAny(input.AllProse, "统计期限", "统计数据期限", "统计时限", "统计时间", "数据期限", "时间为", "1月1日", "一月一日", "12月31日"))
        {
            yield return new Flaw("未说明数据统计期限", "The period of the figures is not stated", "/period");
        }
    }

    private static IEnumerable<Flaw> Contact(RuleInput input)
    {
        string[] contacts = ["/contact/office", "/contact/address", "/contact/telephone", "/contact/email"];
        var hasContact = contacts.Any(path => !string.IsNullOrWhiteSpace(input.Content.Word(path))) || Words.HasAny(input.AllProse, "电话", "联系方式");
        var hasSite = !string.IsNullOrWhiteSpace(input.Content.Word("/contact/site")) || Words.HasAny(input.AllProse, "http", "www.", "网址", ".gov.cn");
        if (!hasContact || !hasSite)
        {
            var (zh, en) = (hasContact, hasSite) switch
            {
                (false, false) => ("联系方式和电子版查阅网址", "neither a contact nor the address of the electronic copy"),
                (false, true) => ("联系方式", "no contact"),
                _ => ("电子版查阅网址", "no address of the electronic copy"),
            };
            yield return new Flaw($"未提供{zh}", $"There is {en}", "/contact");
        }
    }

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
