using System.Buffers;
using Disclosure.Prose;
using Disclosure.Rules.Examples;

namespace Disclosure.Rules.Bodies;

/// <summary>ID-004, ID-006, ID-009, ID-010, ID-012: what the prose says of the report's name, its years and the contact.</summary>
internal static class NamesInProseRules
{
    private const string Article = "《中华人民共和国政府信息公开条例》第四十九条";
    private const string Title = "政府信息公开工作年度报告";
    private const string Preamble = "/sections/preamble";
    private const int NameStart = 4;
    private const int LongestName = 14;

    private static readonly SearchValues<char> _marks = SearchValues.Create("。、,;()《》“”\n");
    private static readonly Phrases _issues = new("现发布", "现公布", "现将", "特发布", "特公布");
    private static readonly Phrases _plans = new("将深入", "将继续", "将进一步", "将持续", "将认真", "将严格", "将着力", "将重点", "将不断", "将加大", "将加强", "将全面", "将坚持", "将围绕", "将积极", "将大力", "将切实", "将努力", "将紧紧");

    /// <summary>What the year is said of here is what was found in it, and not the plan.</summary>
    private static readonly Phrases _found = new("问题", "短板", "不足", "反馈", "指出", "暴露", "发现", "基础");
    private const string Next = "下一步,";

    /// <summary>Behind these 将 tells what was taken as what, and not what will be.</summary>
    private static readonly Phrases _takes = new("作为", "纳入", "列入", "列为", "摆在", "摆上", "放在");

    public static IReadOnlyList<Rule> All { get; } =
    [
        new("ID-004", Severity.Warning,
            new("所称报告名称", "Report named otherwise"),
            new("正文“现发布《…年度报告》”所称机关与标题的机关不同；简称、去掉地名或者补全地名的不算", "The text issues a report under the name of another body than the title's; short forms and names with or without the place do not count"),
            Article, OtherReport)
        {
            Holds = Example.Of((Preamble, ProseExamples.Preamble + "现发布《桂山区工业和信息化局2023年政府信息公开工作年度报告》。")),
            Breaks = Example.Of((Preamble, ProseExamples.Preamble + "现发布《桂山区2023年政府信息公开工作年度报告》。")),
        },
        new("ID-006", Severity.Info,
            new("机关名称不一致", "Name not used consistently"),
            new("正文出现与标题机关名称开头和结尾相同、中间不同的名称", "The prose has a name that begins and ends as the title's does and differs in between"),
            Article, OtherSpelling)
        {
            Holds = ProseExamples.Problems("区工信局、市工业和信息化局高度重视。"),
            Breaks = ProseExamples.Problems("桂山区工业和信息局高度重视。"),
        },
        new("ID-009", Severity.Info,
            new("统计期限重复", "Period stated twice"),
            new("同一统计期限在正文中出现两次", "The prose states the period twice"),
            "年报前后一致", TwoPeriods)
        {
            Holds = Example.Of((Preamble, ProseExamples.Preamble + "本报告于2024年1月15日完成。")),
            Breaks = Example.Of((Preamble, ProseExamples.Preamble + "数据期限为2023年1月1日至2023年12月31日。")),
        },
        new("ID-010", Severity.Warning,
            new("年份疑似有误", "Year out of place"),
            new("第五部分把报告年度或上一年度写作今后打算的年份（“{报告年度}年，我局将继续…”）", "Section five dates a plan for the future with the report year or the one before"),
            "年报前后一致", PlansOfTheYear)
        {
            Holds = ProseExamples.Problems("2023年，我局将公开工作纳入考核。2024年，我局将继续加强培训。"),
            Breaks = ProseExamples.Problems("2023年，我局将继续加强培训。"),
        },
        new("ID-012", Severity.Warning,
            new("联系方式格式", "Malformed contact"),
            new("电话位数不足或过多，邮编不是6位数字，或网址不在gov.cn之下；仅有空格的为提示",
                "The telephone has too few or too many digits, the postcode is not of 6, or the site is not under gov.cn; a mere blank is only told"),
            "国办发〔2017〕47号《政府网站发展指引》", Malformed)
        {
            OtherSeverities = [Severity.Info],
            Holds = Example.Of(("/contact/telephone", "（0999）8123456、8123457转802")),
            Breaks = Example.Of(("/contact/postcode", "99010")),
        },
    ];

    private static IEnumerable<Flaw> OtherReport(RuleInput input)
    {
        var agency = Plain(input.Filing.AgencyName ?? "");
        return from passage in input.Passages
               from citation in passage.Citations
               where agency.Length > 0 && citation.Title.EndsWith(Title, StringComparison.Ordinal)
                   && _issues.In(passage.Span(Math.Max(passage.SentenceAt(citation.From).From, citation.From - 10), citation.From))
               let named = Plain(Named(citation.Title))
               where named.Length > 1 && !(named[^1] == agency[^1] && ShortForm.IsOf(named, agency)) && !named.EndsWith(agency, StringComparison.Ordinal)
                   && !named.StartsWith('我') && !named.StartsWith('本')
               select passage.Flaw(citation.From, citation.To, $"正文所称报告名称与标题不一致：{passage.Quote(citation.From, citation.To)}", $"The text names a different report: {passage.Quote(citation.From, citation.To)}");
    }

    /// <summary>The body in a report's name: what stands before the title's fixed words, without the year.</summary>
    private static string Named(string title)
    {
        var name = title[..^Title.Length];
        return PrintedDays.YearIn(name) is var (_, at, length) ? name.Remove(at, Math.Min(length, name.Length - at)).TrimStart('度') : name;
    }

    private static string Plain(string name) => FoldedText.Of(name).Text.Replace("人民政府", "", StringComparison.Ordinal).Replace("关于", "", StringComparison.Ordinal);

    private static IEnumerable<Flaw> OtherSpelling(RuleInput input)
    {
        var agency = FoldedText.Of(input.Filing.AgencyName ?? "").Text;
        var place = agency.LastIndexOfAny(['省', '市', '县', '区', '州', '旗'], Math.Max(0, agency.Length - 2)) + 1;
        var core = agency[place..];
        if (core.Length < NameStart + 2)
        {
            yield break;
        }
        var start = core[..NameStart];
        foreach (var passage in input.Passages)
        {
            for (var at = passage.Text.IndexOf(start, StringComparison.Ordinal); at >= 0; at = passage.Text.IndexOf(start, at + NameStart, StringComparison.Ordinal))
            {
                var end = passage.Text.IndexOf(core[^1], at + NameStart, Math.Min(LongestName - NameStart, passage.Text.Length - at - NameStart));
                var name = end < 0 ? core : passage.Text[at..(end + 1)];
                if (name != core && Math.Abs(name.Length - core.Length) <= 2 && name.Length > NameStart + 1 && !name.AsSpan().ContainsAny(_marks))
                {
                    yield return passage.Flaw(at, end + 1, $"机关名称前后不一致：“{name}”与“{core}”", $"Agency name not consistent: \"{name}\" and \"{core}\"");
                    break;
                }
            }
        }
    }

    private static IEnumerable<Flaw> TwoPeriods(RuleInput input)
    {
        var periods = (from passage in input.Passages
                       from period in PrintedDays.PeriodsIn(passage.Text)
                       where period.From == new DateOnly(input.Year, 1, 1) && period.To == new DateOnly(input.Year, 12, 31)
                       select (passage, period.At)).ToList();
        if (periods.Count > 1)
        {
            var (passage, at) = periods[1];
            yield return passage.Flaw(at, Sentence.ClauseEnd(passage.Text, at), "统计期限重复表述", "The period is stated twice");
        }
    }

    private static IEnumerable<Flaw> PlansOfTheYear(RuleInput input) =>
        from passage in input.Passages
        where passage.Section == "problems"
        from sentence in passage.Sentences
        let start = sentence.From + (passage.Span(sentence.From, sentence.To).StartsWith(Next) ? Next.Length : 0)
        let text = passage.Text[start..Math.Max(start, Math.Min(sentence.To, start + 24))]
        where (text.StartsWith($"{input.Year}年", StringComparison.Ordinal) || text.StartsWith($"{input.Year - 1}年", StringComparison.Ordinal)) && _plans.In(text)
        let end = start + _plans.First(text) + 1
        where !_takes.In(passage.Span(end, sentence.To)) && !_found.In(passage.Span(start, end))
        select passage.Flaw(start, end, $"年份疑似有误：“{passage.Quote(start, end)}”", $"Year looks wrong: \"{passage.Quote(start, end)}\"");

    private static IEnumerable<Flaw> Malformed(RuleInput input)
    {
        var content = input.Content;
        if (content.Word("/contact/telephone") is { } telephone && TelephoneFault(telephone) is { } severity)
        {
            yield return Contact("/contact/telephone", telephone) with { Severity = severity == Severity.Warning ? null : severity };
        }
        if (content.Word("/contact/postcode") is { } postcode && FoldedText.Of(postcode).Text.Replace(" ", "", StringComparison.Ordinal) is var digits && (digits.Length != 6 || digits.Any(c => !char.IsAsciiDigit(c))))
        {
            yield return Contact("/contact/postcode", postcode);
        }
        if (content.Word("/contact/site") is { } site && Host(site) is { } host && !host.EndsWith(".gov.cn", StringComparison.OrdinalIgnoreCase) && host != "gov.cn")
        {
            yield return Contact("/contact/site", site);
        }
    }

    /// <summary>Several numbers may stand side by side, each with its area code and extension.</summary>
    private static Severity? TelephoneFault(string telephone)
    {
        var numbers = FoldedText.Of(telephone).Text.Split(['、', ',', ';', '/', '或', '转'], StringSplitOptions.RemoveEmptyEntries);
        if (numbers.Length == 0 || !numbers[0].Any(char.IsAsciiDigit) || numbers[0].Count(char.IsAsciiDigit) is < 7 or > 12)
        {
            return numbers.Length > 0 && numbers[0].Count(char.IsAsciiDigit) is 5 or > 12 ? null : Severity.Warning;
        }
        return telephone.Trim().Any(char.IsWhiteSpace) ? Severity.Info : null;
    }

    private static string? Host(string site)
    {
        var address = FoldedText.Of(site).Text;
        address = address.Contains("://", StringComparison.Ordinal) ? address : "http://" + address;
        return Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Host.Contains('.', StringComparison.Ordinal) ? uri.Host : null;
    }

    private static Flaw Contact(string path, string printed) => new($"联系方式或网址格式有误：“{printed}”", $"Malformed contact or address: \"{printed}\"", path);
}
