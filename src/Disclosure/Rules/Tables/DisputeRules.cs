using Disclosure.Formats;
using Disclosure.Prose;
using Disclosure.Rules.Examples;

namespace Disclosure.Rules.Tables;

/// <summary>T4-003 to T4-007: what the figures of table 4 say of each other, of table 3, of last year and of the prose.</summary>
internal static class DisputeRules
{
    private const string Honest = "报告应当真实准确";
    private const int ReviewFirstSince = 2024;
    private static readonly string[] _groups = ["reconsideration", "litigation", "litigationAfterReconsideration"];
    private static readonly string[] _reviews = _groups[..1];
    private static readonly string[] _suits = _groups[1..];
    private static readonly string[] _corrected = ["corrected"];
    private static readonly string[] _open = ["corrected", "pending"];

    /// <summary>What is said of how all cases ended, the results that it leaves no room for, and of which rows; null where the sentence tells.</summary>
    private static readonly (Phrases Words, string[] Columns, string[]? Rows)[] _outcomes =
    [
        (new("均获维持", "均予维持", "全部维持", "均被维持", "全部予以维持", "均为维持", "均维持", "全部获得维持", "全部获维持", "均获得维持"), _open, null),
        (new("零败诉", "无一败诉"), _corrected, _suits),
        (new("无一纠错", "零纠错"), _corrected, null),
    ];

    private static readonly string[] _refusals =
        [.. Format2021.Value.Table("applications").Rows.Select(row => row.Key).Where(key => key.StartsWith("refused.", StringComparison.Ordinal))];

    public static IReadOnlyList<Rule> All { get; } =
    [
        new("T4-003", Severity.Warning,
            new("有复议后起诉而无复议", "Suits after review without reviews"),
            new("复议后起诉总计大于0，而本年和上年行政复议总计均为0", "There are suits after review, but no review this year or last"),
            "《中华人民共和国行政复议法》《中华人民共和国行政诉讼法》", NoReview)
        {
            Needs = [Need.Previous],
            Holds = Group("reconsideration", 0, 0, 0, 0).And(PreviousGroup("reconsideration", "pending", 0)),
            Breaks = Group("reconsideration", 0, 0, 0, 0).And([.. PreviousGroup("reconsideration", "pending", 0), .. PreviousGroup("reconsideration", "total", 0)]),
        },
        new("T4-004", Severity.Info,
            new("应先复议", "Review comes first"),
            new("2024年及以后，有不予公开且未经复议直接起诉多于复议后起诉（仅提示：直接起诉也可能针对其他事项）",
                "From 2024 on, there are refusals and more direct suits than suits after review; only told, because direct suits may be about other matters"),
            "《中华人民共和国行政复议法》第二十三条第一款第四项", ReviewFirst)
        {
            FromYear = ReviewFirstSince,
            Holds = new Example([]) { Year = 2024 },
            Breaks = Group("litigation", 5, 2, 1, 0) with { Year = 2024 },
        },
        new("T4-005", Severity.Warning,
            new("复议诉讼量与办理量不相称", "Disputes out of proportion"),
            new("复议与诉讼之和不少于5件，且大于本年和上年办理总数之和的2倍", "Reviews and suits are at least 5 and more than twice the requests handled this year and last together"),
            Honest, OutOfProportion)
        {
            Needs = [Need.Previous],
            Holds = Example.Of(),
            Breaks = Group("reconsideration", 900, 900, 1, 1),
        },
        new("T4-006", Severity.Info,
            new("上年未审结案件", "Cases pending last year"),
            new("上年尚未审结的件数大于本年该组总计（未审结案件如何跨年统计没有统一规定，仅提示）",
                "More cases were pending last year than the group has in all this year; how such cases go on is ruled nowhere, so it is only told"),
            Honest, Pending)
        {
            Needs = [Need.Previous],
            Holds = Example.Of(),
            Breaks = Group("litigationAfterReconsideration", 0, 0, 0, 0),
        },
        new("T4-007", Severity.Warning,
            new("正文称均获维持", "Prose says all upheld"),
            new("正文称复议、诉讼均获维持，而表四有结果纠正或尚未审结；或者称零败诉、零纠错，而表四有结果纠正。只说复议或诉讼的，只核该行", "The prose says that all were upheld, but table 4 has cases corrected or pending; or that none was lost, but cases were corrected. What is said of reviews or suits alone is held against their rows"),
            Honest, AllUpheld)
        {
            Holds = Example.Of(("/sections/disputes", "部分案件结果维持。")),
            Breaks = Example.Of(("/sections/disputes", "全年行政诉讼案件均获维持。")),
        },
    ];

    private static IEnumerable<Flaw> NoReview(RuleInput input)
    {
        if (input.Disputes("litigationAfterReconsideration") is > 0 and var after && input.Disputes("reconsideration") == 0
            && input.LastYear("disputes", "reconsideration") == 0)
        {
            yield return new Flaw($"有复议后起诉{after}件，但本年和上年均无复议案件", $"{after} suits after review, but no reviews this year or last",
                Total("litigationAfterReconsideration"), Total("reconsideration"));
        }
    }

    private static IEnumerable<Flaw> ReviewFirst(RuleInput input)
    {
        if (input.Disputes("litigation") is { } direct && input.Disputes("litigationAfterReconsideration") is { } after && direct > after
            && _refusals.Any(row => input.Requests(row) > 0))
        {
            yield return new Flaw("不予公开案件自2024年起应先复议，请核对直接起诉件数", "Since 2024 refusals go to reconsideration first; check the direct suits",
                Total("litigation"), Total("litigationAfterReconsideration"));
        }
    }

    private static IEnumerable<Flaw> OutOfProportion(RuleInput input)
    {
        if (_groups.Sum(group => input.Disputes(group)) is >= 5 and var disputes
            && input.Requests("totalHandled") + input.LastYear("applications", "totalHandled") is { } handled && disputes > 2 * handled)
        {
            yield return new Flaw($"复议诉讼共{disputes}件，与两年办理量{handled}件不相称", $"{disputes} disputes against {handled} requests handled in two years",
                [.. _groups.Select(Total), new CellAddress("applications", "totalHandled", "total").Pointer])
            {
                Stated = disputes,
                Computed = handled,
            };
        }
    }

    private static IEnumerable<Flaw> Pending(RuleInput input) =>
        from row in input.Table("disputes").Rows
        let pending = input.LastYear("disputes", row.Key, "pending")
        let total = input.Disputes(row.Key)
        where pending > total
        select new Flaw($"“{Labels.Zh(row)}”上年未审结{pending}件，本年总计仅{total}件", $"{row.Key}: {pending} pending last year, only {total} this year", Total(row.Key))
        {
            Stated = total,
            Computed = pending,
        };

    /// <summary>What prose says of how all cases ended.</summary>
    public static IReadOnlyList<SaidOutcome> OutcomesIn(IReadOnlyList<Passage> passages) =>
    [
        .. from passage in passages
           from outcome in _outcomes
           from said in outcome.Words.All(passage.Text)
           select new SaidOutcome(passage, said.From, said.To, outcome.Rows ?? RowsMeant(passage, said.From), outcome.Columns),
    ];

    private static IEnumerable<Flaw> AllUpheld(RuleInput input) =>
        from said in input.Wording.Outcomes
        let cells = (from row in said.Rows
                     from column in said.Against
                     let cell = new CellAddress("disputes", row, column)
                     where input.Content.Cell(cell) > 0
                     select cell).ToList()
        where cells.Count > 0
        let sum = cells.Sum(cell => input.Content.Cell(cell))
        let quote = said.Passage.Quote(said.From, said.To)
        let flaw = said.Passage.Flaw(said.From, said.To, $"正文称“{quote}”，表格有{sum}件纠正或未审结", $"The text says \"{quote}\"; the table shows {sum} corrected or pending")
        select flaw with { Pointers = [.. flaw.Pointers, .. cells.Select(cell => cell.Pointer)] };

    /// <summary>The rows of which a sentence speaks: reviews or suits where the clause, or else the sentence up to it, names them alone; all where it names both or neither.</summary>
    private static string[] RowsMeant(Passage passage, int at)
    {
        var sentence = passage.SentenceAt(at);
        foreach (var from in (int[])[Math.Max(sentence.From, Sentence.ClauseStart(passage.Text, at)), sentence.From])
        {
            var words = passage.Span(from, at);
            var (reviews, suits) = (words.Contains("复议", StringComparison.Ordinal), words.Contains("诉", StringComparison.Ordinal));
            if (reviews || suits)
            {
                return reviews && suits ? _groups : reviews ? _reviews : _suits;
            }
        }
        return passage.Has("复议") || passage.Has("诉讼") ? _groups : [];
    }

    private static string Total(string group) => new CellAddress("disputes", group, "total").Pointer;

    private static Example Group(string group, int upheld, int corrected, int other, int pending) => Example.Of(
        ($"/tables/disputes/{group}/upheld", $"{upheld}"), ($"/tables/disputes/{group}/corrected", $"{corrected}"),
        ($"/tables/disputes/{group}/otherResult", $"{other}"), ($"/tables/disputes/{group}/pending", $"{pending}"),
        ($"/tables/disputes/{group}/total", $"{upheld + corrected + other + pending}"));

    private static (string Path, string? Value)[] PreviousGroup(string group, string column, int value) =>
        [($"/surroundings/previous/tables/disputes/{group}/{column}", $"{value}")];
}

/// <summary>What prose says of how all cases of some rows ended.</summary>
/// <param name="Against">The columns that it leaves no room for.</param>
internal sealed record SaidOutcome(Passage Passage, int From, int To, IReadOnlyList<string> Rows, IReadOnlyList<string> Against);
