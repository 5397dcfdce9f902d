using Disclosure.Formats;
using Disclosure.Rules.Examples;

namespace Disclosure.Rules.Tables;

/// <summary>T4-003 to T4-007: what the figures of table 4 say of each other, of table 3, of last year and of the prose.</summary>
internal static class DisputeRules
{
    private const string Honest = "报告应当真实准确";
    private const int ReviewFirstSince = 2024;
    private static readonly string[] _groups = ["reconsideration", "litigation", "litigationAfterReconsideration"];
    private static readonly string[] _open = ["corrected", "pending"];
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
            new("正文称复议、诉讼均获维持或零败诉，而表四有结果纠正或尚未审结", "The prose says that all were upheld, but table 4 has cases corrected or pending"),
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

    private static IEnumerable<Flaw> AllUpheld(RuleInput input)
    {
        if (!Words.HasAny(input.AllProse, "均获维持", "均予维持", "全部维持", "均被维持", "全部予以维持", "结果均为维持", "零败诉", "无一败诉", "无一纠错", "零纠错"))
        {
            yield break;
        }
        var cells = (from row in input.Table("disputes").Rows
                     from column in _open
                     where input.Disputes(row.Key, column) > 0
                     select new CellAddress("disputes", row.Key, column)).ToList();
        if (cells.Count > 0)
        {
            var sum = cells.Sum(cell => input.Content.Cell(cell));
            yield return new Flaw($"正文称均维持，表格有{sum}件纠正或未审结", $"The text says all were upheld; the table shows {sum} corrected or pending", [.. cells.Select(cell => cell.Pointer)]);
        }
    }

    private static string Total(string group) => new CellAddress("disputes", group, "total").Pointer;

    private static Example Group(string group, int upheld, int corrected, int other, int pending) => Example.Of(
        ($"/tables/disputes/{group}/upheld", $"{upheld}"), ($"/tables/disputes/{group}/corrected", $"{corrected}"),
        ($"/tables/disputes/{group}/otherResult", $"{other}"), ($"/tables/disputes/{group}/pending", $"{pending}"),
        ($"/tables/disputes/{group}/total", $"{upheld + corrected + other + pending}"));

    private static (string Path, string? Value)[] PreviousGroup(string group, string column, int value) =>
        [($"/surroundings/previous/tables/disputes/{group}/{column}", $"{value}")];
}
