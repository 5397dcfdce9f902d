using System.Text.RegularExpressions;
using Disclosure.Agencies;
using Disclosure.Contents;
using Disclosure.Formats;
using Disclosure.Rules.Examples;

namespace Disclosure.Tests;

/// <summary>Made-up reports whose numbers are not zero and whose sums hold.</summary>
public static class Samples
{
    public const string Agency = "11990102000001038J";
    public const string OtherAgency = "11990102000002049X";
    public const string Office = "11990000000001011Q";
    public const string AgencyName = "云州市桂山区工业和信息化局";

    /// <summary>The valid code of a made-up body, by a number of up to eight digits.</summary>
    public static string CodeOf(int number)
    {
        var body = number.ToString("D8");
        var code = $"11990102{body}{UnifiedCode.OrganisationCheckCharacter(body)}";
        return code + UnifiedCode.CheckCharacter(code);
    }

    /// <summary>The clean report of the catalogue: every cell given, and no rule with anything to say on it.</summary>
    public static ReportContent Whole(ReportFormat? format = null, int year = ExampleReport.Year) =>
        ExampleReport.For(year, format ?? Format2021.Value).Content;

    public static Filing Filing(int year = ExampleReport.Year, ReportFormat? format = null) =>
        new(AgencyName, year, Whole(format ?? KnownFormats.ForYear(year), year), Disclosure.Contents.Filing.NoReadings, []);

    /// <summary>A report that was made from the clean one, as it would be in another year: figures and words that were not changed are that year's.</summary>
    public static ReportContent InYear(ReportContent content, int year)
    {
        var (clean, theirs) = (Whole(), Whole(KnownFormats.ForYear(year), year));
        var words = theirs.Words.Aggregate(content, (all, word) => content.Word(word.Key) == clean.Word(word.Key) ? all.With(word.Key, word.Value) : all);
        return content.Cells.Count == clean.Cells.Count && content.Cells.All(cell => clean.Cell(cell.Key) == cell.Value) ? words with { Cells = theirs.Cells } : WithoutFigures(words);
    }

    /// <summary>The report as another body would write it, because bodies that publish one text are told so.</summary>
    public static ReportContent InItsWords(ReportContent content, string agency) =>
        content.Section("overview") is { } overview ? content.With("/sections/overview", InItsWords(overview, agency)) : content;

    /// <summary>A text with a passage on supervision that is the body's own.</summary>
    public static string InItsWords(string text, string agency)
    {
        const string Villages = "槐柳泉桥岭坪湾溪塘井坡沟屯寨堡店庙渡滩洼崖峪岗甸梁垣坞浦埠圩";
        var random = new Random(agency.Aggregate(7, (seed, c) => unchecked((seed * 31) + c)));
        var visited = Enumerable.Range(0, 90).Select(_ => $"{Villages[random.Next(Villages.Length)]}{Villages[random.Next(Villages.Length)]}村");
        return agency == Agency ? text : Regex.Replace(text, "（五）监督保障(情况)?。", $"$0先后到{string.Join('、', visited)}走访宣讲。", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));
    }

    /// <summary>Words that name no figure of the tables, for reports whose figures were changed.</summary>
    private static ReportContent WithoutFigures(ReportContent content)
    {
        var overview = content.Section("overview") ?? "";
        var (from, to) = (overview.IndexOf("全年新收政府信息公开申请", StringComparison.Ordinal), overview.IndexOf("均在法定期限内答复", StringComparison.Ordinal));
        content = from >= 0 && to > from ? content.With("/sections/overview", overview.Remove(from, to - from)) : content;
        return content.Section("otherMatters")?.Contains("收费通知", StringComparison.Ordinal) == true
            ? content.With("/sections/otherMatters", "本年度发出收费通知0件，收费通知总金额0元，实际收取信息处理费0元。")
            : content;
    }
}
