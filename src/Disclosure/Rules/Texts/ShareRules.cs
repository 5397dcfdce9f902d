using Disclosure.Prose;
using Disclosure.Rules.Examples;

namespace Disclosure.Rules.Texts;

/// <summary>TX-006 to TX-008, TX-012: percentages, parts of a whole, and changes against last year.</summary>
internal static class ShareRules
{
    private const string Notice = "国办公开办函〔2021〕30号：真实准确";
    private const decimal Tolerance = 0.1m;
    private const int LongestPart = 14;
    private const int Gap = 10;

    private static readonly Phrases _rows = new("予以公开", "部分公开", "不予公开", "无法提供", "不予处理", "其他处理", "自然人", "商业企业", "科研机构", "公益组织", "法律服务", "办结");
    private static readonly string[] _groups = ["refused.", "unavailable.", "unprocessed.", "otherHandling."];
    private static readonly Phrases _restarts = new("发布", "共", "总", "累计", "合计", "全年", "收到", "办理", "回应", "回复", "办结", "答复", "开展", "举办", "召开", "同比", "增", "减", "上年", "去年", "含", "包括", "涉及", "阅读", "浏览", "另");
    private static readonly Phrases _up = new("增长", "增加", "上升", "提高", "多");
    private static readonly Phrases _down = new("下降", "减少", "降低", "少");
    private static readonly Phrases _lastYear = new("同比", "比上年", "较上年", "比去年", "较去年", "比上一年", "较上一年", "比上年度", "较上年度");

    public static IReadOnlyList<Rule> All { get; } =
    [
        new("TX-006", Severity.Warning,
            new("占比有误", "Wrong percentage"),
            new("表三某一结果或申请人类别的件数后所附占比，以办结数、新收数、受理总数或同句其他件数为分母都不符（允许0.1个百分点及进位误差）；件数不在表中、也不是其中一类结果合计的不核",
                "The percentage behind a figure of table 3 fits none of the denominators handled, received, both together, or another figure of the sentence, within 0.1 points; figures that are neither in the table nor the sum of one kind of result are left alone"),
            Notice, WrongShares)
        {
            Holds = ProseExamples.Requests("2023年予以公开{granted}件，占{granted}件的100%。"),
            Breaks = ProseExamples.Requests("2023年予以公开{granted}件，占95.5%。"),
        },
        new("TX-007", Severity.Info,
            new("占比合计", "Percentages together"),
            new("同一句列出三个以上占比，合计在97%至103%之间但不是100%（允许0.2个百分点及进位误差）", "Three or more shares of one sentence add up to between 97 and 103, yet not to 100 within 0.2 points and rounding"),
            Notice, SharesTogether)
        {
            Holds = ProseExamples.Problems("信息中政策类占33.3%、服务类占33.3%、动态类占33.3%。"),
            Breaks = ProseExamples.Problems("信息中政策类占33%、服务类占33%、动态类占32%。"),
        },
        new("TX-008", Severity.Warning,
            new("分项大于总数", "Parts exceed the whole"),
            new("“其中”之后同单位的分项之和大于总数；“其中”常只列部分，故小于总数不提示，遇新的动词或渠道、已列满总数即止，括号内的细分不计", "What follows 其中 in the same unit adds up to more than the whole; 其中 is often partial, so less is no fault; a new verb ends the list, and so does the whole once it is reached; parts of parts in brackets do not count"),
            Notice, PartsExceed)
        {
            Holds = ProseExamples.Problems("主动公开信息100条，其中政策类40条、服务类60条，微信公众号发布200条。"),
            Breaks = ProseExamples.Problems("主动公开信息100条，其中政策类60条、服务类70条。"),
        },
        new("TX-012", Severity.Warning,
            new("同比有误", "Wrong change against last year"),
            new("正文新收申请件数（与表三一致时）所附的同比增减与上年年报不符（允许0.1个百分点及进位误差）", "The change stated behind the figure of requests received, where that is table 3's, does not follow from last year's report, within 0.1 points"),
            Notice, WrongChanges)
        {
            Needs = [Need.Previous],
            Holds = ProseExamples.Requests("2023年共收到政府信息公开申请{received}件，同比基本持平。"),
            Breaks = ProseExamples.Requests("2023年共收到政府信息公开申请{received}件，同比增长87.5%。"),
        },
    ];

    private static IEnumerable<Flaw> WrongShares(RuleInput input)
    {
        foreach (var passage in input.Passages)
        {
            for (var i = 1; i < passage.Quantities.Count; i++)
            {
                var (count, share) = (passage.Quantities[i - 1], passage.Quantities[i]);
                if (share.Unit == Quantity.Percent && count.Unit == "件" && share.From - count.To <= Gap && IsShareOf(passage, count, share)
                    && passage.SentenceAt(count.From) is var sentence && share.To <= sentence.To
                    && IsOfTable(input, passage, sentence, count) && !ToldYear.IsAnother(passage, count.From, input.Year) && !Fits(input, passage, sentence, count.Value, share))
                {
                    var right = 100 * count.Value / input.Requests("totalHandled")!.Value;
                    yield return passage.Flaw(count.From, share.To, $"占比计算有误：{count.Value:0}件应为{right:0.##}%", $"{count.Value:0} is {right:0.##}%, not {share.Value:0.##}%") with { Stated = share.Value, Computed = decimal.Round(right, 2) };
                }
            }
        }
    }

    /// <summary>Whether 占 stands directly behind the figure; behind the last of several, 分别占 begins a list of as many shares. In 占比较上年(42.6%)提高 the share is last year's.</summary>
    private static bool IsShareOf(Passage passage, Quantity count, Quantity share) =>
        passage.Span(count.To, share.From).TrimStart(",(约") is ['占', ..] words && !words.ContainsAny('较', '上');

    private static bool IsOfTable(RuleInput input, Passage passage, Sentence sentence, Quantity count) =>
        input.Requests("totalHandled") is > 0 && count.Value > 0 && !count.IsRounded
        && _rows.In(passage.Span(Math.Max(sentence.From, count.From - 2 * Gap), count.From))
        && (input.Content.Cells.Any(cell => cell.Key.Table == "applications" && cell.Value == count.Value) || _groups.Any(group => Together(input, group) == count.Value));

    /// <summary>What the rows of one kind of result come to, which the form has no row for.</summary>
    private static decimal? Together(RuleInput input, string group) => input.Table("applications").Rows
        .Where(row => row.Key.StartsWith(group, StringComparison.Ordinal)).Aggregate((decimal?)0, (sum, row) => sum + input.Requests(row.Key));

    private static bool Fits(RuleInput input, Passage passage, Sentence sentence, decimal count, Quantity share)
    {
        var wholes = passage.QuantitiesIn(sentence with { From = sentence.From - 100 }).Where(other => other.Unit == "件").Select(other => (decimal?)other.Value)
            .Concat([input.Requests("totalHandled"), input.Requests("received"), input.Requests("received") + input.Requests("carriedIn")]);
        return wholes.Any(whole => whole > 0 && Math.Abs((100 * count / whole.Value) - share.Value) <= Tolerance + Rounding(passage, share));
    }

    /// <summary>Half of the last printed place.</summary>
    private static decimal Rounding(Passage passage, Quantity share)
    {
        var printed = passage.Span(share.From, share.To - 1);
        var decimals = printed.IndexOf('.') is >= 0 and var point ? printed.Length - point - 1 : 0;
        return decimals == 0 ? 0.5m : decimals == 1 ? 0.05m : 0.005m;
    }

    private static IEnumerable<Flaw> SharesTogether(RuleInput input)
    {
        foreach (var passage in input.Passages)
        {
            foreach (var sentence in passage.Sentences)
            {
                var shares = passage.QuantitiesIn(sentence).Where(share => share.Unit == Quantity.Percent && passage.Span(share.From - 4, share.From).Contains('占')).ToList();
                var (sum, slack) = (shares.Sum(share => share.Value), Math.Max(0.2m, shares.Sum(share => Rounding(passage, share))));
                if (shares.Count >= 3 && sum is > 97 and < 103 && Math.Abs(sum - 100) > slack)
                {
                    yield return passage.Flaw(shares[0].From, shares[^1].To, $"占比合计为{sum:0.##}%", $"Percentages sum to {sum:0.##}%") with { Stated = sum, Computed = 100 };
                }
            }
        }
    }

    private static IEnumerable<Flaw> PartsExceed(RuleInput input)
    {
        foreach (var passage in input.Passages)
        {
            for (var i = 0; i + 1 < passage.Quantities.Count; i++)
            {
                var whole = passage.Quantities[i];
                if (whole.IsRounded || whole.Value <= 0 || !(passage.Span(whole.To, whole.To + 3) is [',' or '(', '其', '中'] or ['其', '中', _]))
                {
                    continue;
                }
                var (sum, end) = Parts(passage, i);
                if (sum > whole.Value)
                {
                    yield return passage.Flaw(whole.From, end, $"分项之和{sum:0.##}大于总数{whole.Value:0.##}", $"Parts add up to {sum:0.##}, the whole is {whole.Value:0.##}") with { Stated = whole.Value, Computed = sum };
                }
            }
        }
    }

    private static (decimal Sum, int End) Parts(Passage passage, int whole)
    {
        var (total, limit) = (passage.Quantities[whole], passage.SentenceAt(passage.Quantities[whole].From).To);
        if (passage.Text[total.To] == '(' && passage.Text.IndexOf(')', total.To) is >= 0 and var bracket)
        {
            limit = Math.Min(limit, bracket);
        }
        var (sum, end) = (0m, total.To);
        for (var i = whole + 1; i < passage.Quantities.Count && passage.Quantities[i] is var part && part.To <= limit; i++)
        {
            if (part.From < end)
            {
                continue;
            }
            var lead = passage.Span(end, part.From);
            lead = end == total.To ? lead[Math.Min(lead.Length, lead.IndexOf("其中") + 2)..] : lead;
            // What comes behind the whole parts it once more, by something else.
            if (part.Unit != total.Unit || lead.Length > LongestPart || _restarts.In(lead) || part.IsRounded || sum == total.Value)
            {
                break;
            }
            if (end > total.To && lead.LastIndexOf('(') > lead.LastIndexOf(')'))
            {
                // Parts of a part stand in brackets.
                end = passage.Text.IndexOf(')', part.To) is >= 0 and var close && close < limit ? close + 1 : limit;
                continue;
            }
            (sum, end) = (sum + part.Value, part.To);
        }
        return (sum, end);
    }

    private static bool IsAgainstLastYear(ReadOnlySpan<char> words, int year) =>
        _lastYear.In(words) || words.Contains($"比{year - 1}年", StringComparison.Ordinal) || words.Contains($"较{year - 1}年", StringComparison.Ordinal);

    private static IEnumerable<Flaw> WrongChanges(RuleInput input)
    {
        if (input.Requests("received") is not { } received || input.LastYear("applications", "received") is not ({ } before and > 0))
        {
            yield break;
        }
        foreach (var claim in input.Claims.Where(claim => claim.What == Counted.Received && claim.Value == received && !claim.IsScoped))
        {
            var passage = claim.Passage;
            var rest = passage.Span(claim.To, claim.To + 20);
            // Last year's figure may stand between: 较上年(310件)增长2.6%.
            var change = passage.QuantitiesIn(new Sentence(claim.To, claim.To + 20)).SkipWhile(quantity => quantity.Unit == "件" && quantity.Value == before).FirstOrDefault();
            if (change is null || change.IsRounded || !IsAgainstLastYear(rest[..(change.From - claim.To)], input.Year) || passage.SentenceAt(claim.From).To < change.To)
            {
                continue;
            }
            var words = rest[..(change.From - claim.To)];
            var sign = _down.In(words) ? -1 : _up.In(words) ? 1 : 0;
            var (right, slack) = change.Unit == Quantity.Percent ? (100 * (received - before) / before, Tolerance + Rounding(passage, change)) : (received - before, 0);
            if (sign != 0 && change.Unit is Quantity.Percent or "件" && Math.Abs((sign * change.Value) - right) > slack)
            {
                yield return passage.Flaw(claim.From, change.To, $"同比增减与上年数据不符：上年{before:0}件，今年{received:0}件，应为{right:0.##}{change.Unit}",
                    $"The change against last year ({before:0}) is {right:0.##}{(change.Unit == Quantity.Percent ? "%" : "")}") with { Stated = sign * change.Value, Computed = decimal.Round(right, 2) };
            }
        }
    }
}
