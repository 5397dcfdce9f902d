using Disclosure.Formats;
using Disclosure.Prose;
using Disclosure.Rules.Examples;

namespace Disclosure.Rules.Likenesses;

/// <summary>The family DUP: prose and figures that are those of last year's report or of another body's.</summary>
internal static class LikenessRules
{
    private const string Notice = "国办公开办函〔2021〕30号：不得年年雷同、敷衍塞责";
    private const string How = "。比对第一、五部分和表旁文字，除去数字、名称、书名和法定用语后按连续四字片段计算，过短的不比对";
    private const string HowEn = ". Compared are sections one and five and what stands beside the tables, by runs of four characters, without figures, names, titles and the words of the law; texts too short are left alone";
    private const double NearlySame = 0.95;
    private const double VeryLike = 0.80;
    private const double LikeOthers = 0.90;
    private const int FewestFigures = 10;
    private const string Overview = "/sections/overview";
    private const string Problems = "/sections/problems";

    public static IReadOnlyList<Rule> All { get; } =
    [
        new("DUP-001", Severity.WaivableError,
            new("与上年年报雷同", "Same as last year's report"),
            new("正文与本机关上年年报相似度不低于95%" + How, "The prose is at least 95 % like the body's own report of last year" + HowEn),
            Notice, SameAsLastYear)
        {
            Needs = [Need.Previous],
            Implies = ["DUP-005"],
            Holds = Example.Clean,
            Breaks = PreviousYear(ProseExamples.Overview2023, ProseExamples.Problems2023),
        },
        new("DUP-002", Severity.Warning,
            new("与上年年报高度相似", "Very like last year's report"),
            new("正文与本机关上年年报相似度在80%至95%之间" + How, "The prose is between 80 and 95 % like the body's own report of last year" + HowEn),
            Notice, LikeLastYear)
        {
            Needs = [Need.Previous],
            Implies = ["DUP-005"],
            Holds = Example.Clean,
            Breaks = PreviousYear(ProseExamples.Overview2023 + "\n（六）联席会议情况。与有关部门建立按月会商制度，研究解决重点难点事项。", ProseExamples.Problems2023),
        },
        new("DUP-003", Severity.Warning,
            new("与其他机关年报雷同", "Same as another body's report"),
            new("正文与同年度其他机关已公布的年报相似度不低于90%" + How, "The prose is at least 90 % like another body's published report of the same year" + HowEn),
            Notice, LikeAnothers)
        {
            Needs = [Need.Others],
            Holds = Example.Clean,
            Breaks = Example.Of(("/surroundings/similar", "云州市桂山区民政局")),
        },
        new("DUP-004", Severity.Warning,
            new("全部数据与上年相同", "All figures as last year"),
            new("三张表中非零数字不少于10个，且每一个都与上年年报相同；两年采用不同格式的不比对", "The tables have at least ten figures that are not 0, and each equals last year's; years of different forms are not compared"),
            Notice, SameFigures)
        {
            Needs = [Need.Previous],
            Implies = ["XY-002", "XY-003"],
            Holds = Example.Of(("/tables/proactive/licensing/decisions", "9241")),
            Breaks = SameFiguresAsThisYear(),
        },
        new("DUP-005", Severity.Warning,
            new("问题与改进与上年相同", "Section five as last year"),
            new("第五部分除数字、名称外与上年年报完全相同", "Section five is that of last year's report but for figures and names"),
            "《中华人民共和国政府信息公开条例》第五十条第一款第四项", SameProblems)
        {
            Needs = [Need.Previous],
            Holds = Example.Clean,
            Breaks = Example.Of(("/surroundings/previous" + Problems, ProseExamples.Problems2023)),
        },
    ];

    private static Example PreviousYear(string overview, string problems) =>
        Example.Of(("/surroundings/previous" + Overview, overview), ("/surroundings/previous" + Problems, problems));

    private static Example SameFiguresAsThisYear() => Example.Of(
        [.. ExampleReport.For(ExampleReport.Year, Format2021.Value).Content.Cells
            .OrderBy(cell => cell.Key.Pointer, StringComparer.Ordinal)
            .Select(cell => ("/surroundings/previous" + cell.Key.Pointer, (string?)cell.Value.ToString(System.Globalization.CultureInfo.InvariantCulture)))]);

    private static IEnumerable<Flaw> SameAsLastYear(RuleInput input) => AgainstLastYear(input, NearlySame, double.MaxValue, "内容雷同", "Near-identical to");

    private static IEnumerable<Flaw> LikeLastYear(RuleInput input) => AgainstLastYear(input, VeryLike, NearlySame, "高度相似", "Very similar to");

    private static IEnumerable<Flaw> AgainstLastYear(RuleInput input, double least, double below, string zh, string en)
    {
        if (input.LikenessToLastYear is { } likeness && likeness >= least && likeness < below)
        {
            yield return new Flaw($"与上年年报{zh}（{Percent(likeness)}%）", $"{en} last year's report ({Percent(likeness)} %)", Overview, Problems) { Stated = Percent(likeness) };
        }
    }

    private static IEnumerable<Flaw> LikeAnothers(RuleInput input)
    {
        if (input.OwnWords.Count < Likeness.FewestRuns)
        {
            yield break;
        }
        foreach (var other in input.Surroundings.Similar!.Where(other => other.Agency != input.Surroundings.Agency?.Code && other.Year == input.Year))
        {
            var likeness = input.OwnWords.To(other.Words);
            if (likeness >= LikeOthers)
            {
                yield return new Flaw($"与“{other.AgencyName}”年报雷同（{Percent(likeness)}%）", $"Near-identical to the report of {other.AgencyName} ({Percent(likeness)} %)", Overview, Problems) { Stated = Percent(likeness) };
            }
        }
    }

    private static IEnumerable<Flaw> SameFigures(RuleInput input)
    {
        if (input.Surroundings.Previous?.Content is not { } before)
        {
            yield break;
        }
        var figures = input.Content.Cells.Where(cell => cell.Value != 0).ToList();
        if (figures.Count >= FewestFigures && figures.Count == before.Cells.Count(cell => cell.Value != 0) && figures.All(cell => before.Cell(cell.Key) == cell.Value))
        {
            yield return new Flaw("全部数据与上年年报相同", "All figures equal last year's", "/tables");
        }
    }

    private static IEnumerable<Flaw> SameProblems(RuleInput input)
    {
        if (input.Surroundings.Previous is { } previous && HaveLikeLengths(input.Content.Section("problems"), previous.Content.Section("problems")) && OwnWords.OfProblems(input.Content, input.Filing.AgencyName) is { Count: > 0 } own
            && own.To(OwnWords.OfProblems(previous.Content, previous.AgencyName)) >= 1)
        {
            yield return new Flaw("问题与改进情况与上年年报相同", "Section five is unchanged from last year", Problems);
        }
    }

    /// <summary>Names and figures make a text a little longer or shorter, not by half; most pairs are told apart here.</summary>
    private static bool HaveLikeLengths(string? one, string? other) =>
        one is { Length: > 0 } && other is { Length: > 0 } && 2 * Math.Min(one.Length, other.Length) >= Math.Max(one.Length, other.Length);

    private static decimal Percent(double likeness) => decimal.Round((decimal)likeness * 100, 1);
}
