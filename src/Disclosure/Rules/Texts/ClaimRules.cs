using Disclosure.Rules.Examples;

namespace Disclosure.Rules.Texts;

/// <summary>TX-001 to TX-005, TX-013: figures on requests, reviews and suits in the prose, against tables 3 and 4.</summary>
internal static class ClaimRules
{
    private const string Notice = "国办公开办函〔2021〕30号：真实准确；条例第六条";
    private const string Scoped = "；句中有“全区”“办公室”等范围词的仅提示";
    private const string ScopedEn = "; where words of scope (全区, 办公室) stand in the sentence it is only told";

    public static IReadOnlyList<Rule> All { get; } =
    [
        new("TX-001", Severity.Warning,
            new("收到申请数不一致", "Requests received"),
            new("正文全年收到申请的件数既不是新收数，也不是新收与上年结转之和或办结数" + Scoped, "The prose's figure of requests received is neither those received, nor those with the ones carried in, nor those handled" + ScopedEn),
            Notice, Received)
        {
            OtherSeverities = [Severity.Info],
            Holds = ProseExamples.Requests("2023年共收到政府信息公开申请{received}件，其中信函申请5件；比上年增加3件。"),
            Breaks = ProseExamples.Requests("2023年共收到政府信息公开申请9876件。"),
        },
        new("TX-002", Severity.Warning,
            new("办结数不一致", "Requests answered"),
            new("正文全年答复、办结的件数与表三总计不符；不计不予处理、其他处理或以新收数为准的说法也算相符" + Scoped,
                "The prose's figure of requests answered is not table 3's; leaving out those not processed, or naming those received, counts as agreeing" + ScopedEn),
            Notice, Handled)
        {
            OtherSeverities = [Severity.Info],
            Holds = ProseExamples.Requests("2023年共收到政府信息公开申请{received}件，办结{totalHandled}件。"),
            Breaks = ProseExamples.Requests("2023年共收到政府信息公开申请{received}件，办结9876件。"),
        },
        new("TX-003", Severity.Warning,
            new("结转数不一致", "Requests carried over"),
            new("正文上年结转或结转下年的件数与表三不符" + Scoped, "The prose's figure of requests carried in or over is not table 3's" + ScopedEn),
            Notice, Carried)
        {
            OtherSeverities = [Severity.Info],
            Holds = ProseExamples.Requests("2023年共收到政府信息公开申请{received}件，上年结转{carriedIn}件，结转下年度{carriedOver}件。"),
            Breaks = ProseExamples.Requests("2023年共收到政府信息公开申请{received}件，结转下年度987件。"),
        },
        new("TX-004", Severity.Warning,
            new("复议、诉讼件数不一致", "Reviews and suits"),
            new("正文因信息公开引起的行政复议、行政诉讼件数与表四总计不符；诉讼为直接起诉与复议后起诉之和，只计已审结的也算相符" + Scoped,
                "The prose's figure of reviews or suits over openness is not table 4's; suits are both kinds together, and leaving out pending ones counts as agreeing" + ScopedEn),
            Notice, Disputes)
        {
            OtherSeverities = [Severity.Info],
            Holds = ProseExamples.Requests("依法办理涉及信息公开的申请。因政府信息公开被申请行政复议12件，结果维持8件。"),
            Breaks = ProseExamples.Requests("依法办理。因政府信息公开工作引起行政复议987件。"),
        },
        new("TX-005", Severity.Warning,
            new("有无申请不一致", "Requests or none"),
            new("正文称未收到申请而表三新收大于0，或者正文称收到而表三新收与上年结转均为0；只说某类、某时段未收到的不算" + Scoped,
                "The prose says that no request came in and table 3 has some, or the reverse; none of one kind or in one part of the year does not count" + ScopedEn),
            Notice, None)
        {
            OtherSeverities = [Severity.Info],
            Holds = ProseExamples.Requests("2023年收到政府信息公开申请{received}件，第四季度未收到政府信息公开申请，未收到网上提交的依申请公开件。"),
            Breaks = ProseExamples.Requests("2023年未收到公民、法人或其他组织提出的政府信息公开申请。"),
        },
        new("TX-013", Severity.Warning,
            new("引用了自然人列", "The natural persons' column"),
            new("正文的收到或办结件数等于表三“自然人”列而不等于总计", "A figure of the prose equals the column of natural persons and not the total"),
            Notice, NaturalPersons)
        {
            OtherSeverities = [Severity.Info],
            Holds = ProseExamples.Requests("2023年共收到政府信息公开申请{received}件，其中自然人{received/naturalPerson}件。"),
            Breaks = ProseExamples.Requests("2023年共收到政府信息公开申请{received/naturalPerson}件。"),
        },
    ];

    private static IEnumerable<Flaw> Received(RuleInput input)
    {
        var claims = input.Claims.Where(claim => claim.What == Counted.Received).ToList();
        if (input.Requests("received") is not { } received || input.Requests("carriedIn") is not { } carriedIn)
        {
            return [];
        }
        decimal?[] right = [received, received + carriedIn, input.Requests("totalHandled")];
        // Where one figure agrees, a smaller one beside it counts a part.
        return claims.Any(claim => !claim.IsNone && right.Contains(claim.Value)) ? [] :
            claims.Where(claim => claim.Value > 0 && received + carriedIn > 0 && !right.Contains(claim.Value) && !IsNaturalPersons(input, claim, "received"))
                .Select(claim => claim.Against(received, $"正文称收到申请{claim.Value:0}件，表三新收为{received:0}件", $"Text: {claim.Value:0} requests; table: {received:0}", "/tables/applications/received/total"));
    }

    private static IEnumerable<Flaw> Handled(RuleInput input)
    {
        if (input.Requests("totalHandled") is not { } handled)
        {
            return [];
        }
        var unprocessed = Sum(input, "unprocessed.");
        var other = Sum(input, "otherHandling");
        decimal?[] right =
        [
            handled, handled - unprocessed, handled - other, handled - unprocessed - other,
            input.Requests("received"), input.Requests("received") + input.Requests("carriedIn"), handled - input.Requests("carriedIn"),
        ];
        var claims = input.Claims.Where(claim => claim.What == Counted.Handled).ToList();
        return claims.Any(claim => right.Contains(claim.Value)) ? [] :
            claims.Where(claim => !IsNaturalPersons(input, claim, "totalHandled"))
                .Select(claim => claim.Against(handled, $"正文称办结{claim.Value:0}件，表三总计为{handled:0}件", $"Text: {claim.Value:0} answered; table: {handled:0}", "/tables/applications/totalHandled/total"));
    }

    private static IEnumerable<Flaw> Carried(RuleInput input) =>
        from pair in new[] { (What: Counted.CarriedIn, Row: "carriedIn"), (What: Counted.CarriedOver, Row: "carriedOver") }
        let right = input.Requests(pair.Row)
        where right is not null
        from claim in input.Claims
        where claim.What == pair.What && claim.Value != right
        select claim.Against(right.Value, $"正文称结转{claim.Value:0}件，表三为{right:0}件", $"Text: {claim.Value:0} carried; table: {right:0}", $"/tables/applications/{pair.Row}/total");

    private static IEnumerable<Flaw> Disputes(RuleInput input)
    {
        var reviews = Totals(input, "reconsideration");
        var suits = (Total: input.Disputes("litigation") + input.Disputes("litigationAfterReconsideration"),
            Open: input.Disputes("litigation", "pending") + input.Disputes("litigationAfterReconsideration", "pending"));
        return from claim in input.Claims
               where _disputes.ContainsKey(claim.What)
               let right = claim.What switch
               {
                   Counted.Reviews => Accepted(reviews.Total, reviews.Open, suits.Total),
                   Counted.Suits => [.. Accepted(suits.Total, suits.Open), input.Disputes("litigation"), input.Disputes("litigationAfterReconsideration")],
                   Counted.Disputes => [.. Accepted(reviews.Total + suits.Total, reviews.Open + suits.Open), .. claim.IsNone ? [] : (decimal?[])[reviews.Total, suits.Total]],
                   _ => [],
               }
               where right.Length > 0 && right[0] is not null && !right.Contains(claim.Value)
               let named = _disputes[claim.What]
               select claim.Against(right[0]!.Value, $"正文称{named.Zh}{claim.Value:0}件，表四为{right[0]:0}件", $"Text: {claim.Value:0} {named.En}; table: {right[0]:0}", named.Pointer);
    }

    /// <summary>What a figure counts in words, and where table 4 counts it.</summary>
    private static readonly Dictionary<Counted, (string Zh, string En, string Pointer)> _disputes = new()
    {
        [Counted.Reviews] = ("行政复议", "reviews", "/tables/disputes/reconsideration/total"),
        [Counted.Suits] = ("行政诉讼", "suits", "/tables/disputes"),
        [Counted.Disputes] = ("复议、诉讼", "reviews and suits", "/tables/disputes"),
    };

    private static (decimal? Total, decimal? Open) Totals(RuleInput input, string row) => (input.Disputes(row), input.Disputes(row, "pending"));

    private static decimal?[] Accepted(decimal? total, decimal? open, decimal? other = null) => [total, total - open, .. other is > 0 && total + other is { } both ? (decimal?[])[both] : []];

    private static IEnumerable<Flaw> None(RuleInput input)
    {
        if (input.Requests("received") is not { } received || input.Requests("carriedIn") is not { } carriedIn || input.Claims.Any(claim => claim.What == Counted.Received && claim.Value > 0 && received > 0))
        {
            yield break;
        }
        foreach (var claim in input.Claims.Where(claim => claim.What == Counted.Received))
        {
            if (claim.Value == 0 && received > 0)
            {
                yield return claim.Against(received, $"正文称未收到申请，但表三新收为{received:0}件", $"Text says none received; table shows {received:0}", "/tables/applications/received/total");
            }
            else if (claim.Value > 0 && received == 0 && carriedIn == 0)
            {
                yield return claim.Against(0, $"正文称收到申请{claim.Value:0}件，但表三为0件", $"Text says {claim.Value:0} received; table shows none", "/tables/applications/received/total");
            }
        }
    }

    private static IEnumerable<Flaw> NaturalPersons(RuleInput input) =>
        from claim in input.Claims
        let row = claim.What switch { Counted.Received => "received", Counted.Handled => "totalHandled", _ => null }
        where row is not null && IsNaturalPersons(input, claim, row) && !IsRight(input, claim)
        select claim.Against(input.Requests(row)!.Value, $"正文的{claim.Value:0}件疑似引用了“自然人”列，总计为{input.Requests(row):0}件",
            $"The text's {claim.Value:0} seems to quote the natural-person column; the total is {input.Requests(row):0}", $"/tables/applications/{row}/total");

    private static bool IsNaturalPersons(RuleInput input, Claim claim, string row) =>
        claim.Value > 0 && claim.Value == input.Requests(row, "naturalPerson") && claim.Value != input.Requests(row) && input.Requests(row) is not null;

    private static bool IsRight(RuleInput input, Claim claim) =>
        claim.Value == input.Requests("received") || claim.Value == input.Requests("totalHandled") || claim.Value == input.Requests("received") + input.Requests("carriedIn");

    private static decimal? Sum(RuleInput input, string prefix) =>
        input.Table("applications").Rows.Where(row => row.Key.StartsWith(prefix, StringComparison.Ordinal)).Aggregate((decimal?)0, (sum, row) => sum + input.Requests(row.Key));

    private static Flaw Against(this Claim claim, decimal right, string zh, string en, string pointer)
    {
        var flaw = claim.Flaw(zh, en);
        return flaw with { Severity = claim.Severity, Computed = right, Pointers = [.. flaw.Pointers, pointer] };
    }
}
