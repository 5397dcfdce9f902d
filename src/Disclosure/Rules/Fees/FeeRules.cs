using Disclosure.Contents;
using Disclosure.Prose;
using Disclosure.Rules.Examples;

namespace Disclosure.Rules.Fees;

/// <summary>The family FEE: the statement on the processing fee in section six.</summary>
internal static class FeeRules
{
    private const string Measures = "国办函〔2020〕109号《政府信息公开信息处理费管理办法》";
    private const string Section = "/sections/otherMatters";
    private const int FeesFrom = 2021;
    private const decimal SmallestRate = 10;

    private static readonly Phrases _wrongTerms = new("信息公开处理费", "政府信息处理费用费", "信息公开服务费", "信息公开工本费");

    public static IReadOnlyList<Rule> All { get; } =
    [
        new("FEE-001", Severity.WaivableError,
            new("未报告信息处理费", "No fee statement"),
            new("2021年及以后，有第六部分而第六部分未提及任何收费情况，其他部分也未提及申请的收费；“未收费”即为报告",
                "From 2021 on the report has a section six that says nothing on fees, nor does another section of fees for requests; that none were taken is a statement"),
            Measures + "；国办公开办函〔2021〕30号", NothingSaid)
        {
            FromYear = FeesFrom,
            Holds = Stating("本年度依申请提供政府信息未收取任何费用：收费通知0件，总金额0元，实收0元。"),
            Breaks = Stating("无。"),
        },
        new("FEE-002", Severity.Info,
            new("收费情况不完整", "Incomplete fee statement"),
            new("提及收费但未同时写明收费通知件数、总金额和实收金额", "Fees are spoken of without the number of notices, the amount billed and the amount collected together"),
            Measures, Incomplete)
        {
            FromYear = FeesFrom,
            Holds = Stating("2023年发出收费通知3件，总金额120元，实际收取信息处理费120元。"),
            Breaks = Stating("2023年未收取信息处理费。"),
        },
        new("FEE-003", Severity.Warning,
            new("实收大于应收", "Collected exceeds billed"),
            new("写明的实收金额大于收费通知总金额，且该句未提及往年通知（收费可能跨年到账）",
                "The amount collected is larger than the amount billed and the sentence speaks of no earlier year; bills may be paid in the next year"),
            Measures, CollectedMore)
        {
            FromYear = FeesFrom,
            Holds = Stating("2023年发出收费通知3件，总金额120元，实际收取信息处理费100元。"),
            Breaks = Stating("2023年发出收费通知3件，总金额120元，实际收取信息处理费200元。"),
        },
        new("FEE-004", Severity.Warning,
            new("无通知而有金额", "Amount without notices"),
            new("写明收费通知0件而总金额大于0；只有实收金额的不提示，因为可能是上年通知的费用",
                "Says that no notices were issued and gives an amount billed; an amount collected alone may stem from last year's notices"),
            Measures, BilledWithoutNotices)
        {
            FromYear = FeesFrom,
            Holds = Stating("2023年发出收费通知0件，总金额0元，实际收取信息处理费0元。"),
            Breaks = Stating("2023年发出收费通知0件，总金额120元，实际收取信息处理费0元。"),
        },
        new("FEE-005", Severity.Warning,
            new("逾期未缴费件数过多", "More unpaid cases than notices"),
            new("表三“逾期未按收费通知要求缴纳费用”总计大于今年和上年年报写明的收费通知件数之和；任一年未写明的不比对",
                "Table 3 has more unpaid cases than notices were stated for this year and last; nothing is compared where a year states none"),
            Measures, UnpaidWithoutNotices)
        {
            FromYear = FeesFrom,
            Needs = [Need.Previous],
            Holds = Stating("2023年发出收费通知90件，总金额900元，实际收取信息处理费900元。"),
            Breaks = Example.Of(
                ("/surroundings/previous/sections/otherMatters", "2022年发出收费通知1件，总金额100元，实际收取信息处理费100元。"),
                (Section, "2023年发出收费通知2件，总金额200元，实际收取信息处理费200元。")),
        },
        new("FEE-006", Severity.Warning,
            new("金额不符合标准", "Amount outside the tariff"),
            new("写明的收费通知总金额不是10元的倍数", "The amount billed is no multiple of 10 yuan, the smallest rate there is"),
            Measures + "第四条、第五条", OutsideTariff)
        {
            FromYear = FeesFrom,
            Holds = Stating("2023年发出收费通知3件，总金额130元，实际收取信息处理费130元。"),
            Breaks = Stating("2023年发出收费通知3件，总金额135元，实际收取信息处理费130元。"),
        },
        new("FEE-007", Severity.Info,
            new("用语不规范", "Wrong term"),
            new("将信息处理费称为“信息公开处理费”等", "The fee is called by another name"),
            Measures + "第二条", WrongTerm)
        {
            Holds = Stating("2023年发出收费通知0件，总金额0元，实际收取政府信息公开信息处理费0元。"),
            Breaks = Stating("2023年发出收费通知0件，总金额0元，实际收取信息公开处理费0元。"),
        },
        new("FEE-008", Severity.Info,
            new("尚无此项收费", "Fee not yet due"),
            new("2021年以前的年报写明了信息处理费", "A report for a year before 2021 states the processing fee"),
            Measures + "（2021年1月1日施行）", BeforeItsTime)
        {
            Holds = new Example([]) { Year = 2020 },
            Breaks = new Example([new ExampleChange(Section, "2020年未收取信息处理费。")]) { Year = 2020 },
        },
    ];

    private static Example Stating(string words) => ProseExamples.OtherMatters(words);

    private static IEnumerable<Flaw> NothingSaid(RuleInput input)
    {
        if (input.Content.Section("otherMatters") is not null && !FeeStatement.IsMentioned(input.Passages))
        {
            yield return new Flaw("第六部分应报告信息处理费收取情况，没有收取的也应写明", "Section six must report the processing fee, also where none was taken", Section);
        }
    }

    private static IEnumerable<Flaw> Incomplete(RuleInput input)
    {
        var fees = input.Fees;
        if (FeeStatement.IsMentioned(input.Passages) && (fees.Notices is null || fees.Billed is null || fees.Collected is null))
        {
            yield return new Flaw("建议写明收费通知件数、总金额和实收金额", "State notices, total billed and total collected", Section);
        }
    }

    private static IEnumerable<Flaw> CollectedMore(RuleInput input)
    {
        if (input.Fees is { Billed: { } billed, Collected: { } collected } && collected.Value > billed.Value && input.Fees.Notices is not { Value: 0 } && !IsOfEarlierNotices(input, collected))
        {
            yield return At(collected, $"实收金额{collected.Value:0.##}元大于应收金额{billed.Value:0.##}元", $"Collected ({collected.Value:0.##}) exceeds billed ({billed.Value:0.##})") with
            {
                Stated = collected.Value,
                Computed = billed.Value,
            };
        }
    }

    private static bool IsOfEarlierNotices(RuleInput input, FeeFigure collected)
    {
        var sentence = collected.Passage.SentenceAt(collected.Quantity.From);
        var words = collected.Passage.Span(sentence.From, sentence.To);
        return FeeStatement.OtherYears.In(words) || words.Contains($"{input.Year - 1}年", StringComparison.Ordinal);
    }

    private static IEnumerable<Flaw> BilledWithoutNotices(RuleInput input)
    {
        if (input.Fees is { Notices.Value: 0, Billed: { Value: > 0 } billed })
        {
            yield return At(billed, $"收费通知为0件，但写明总金额{billed.Value:0.##}元", $"No notices, but {billed.Value:0.##} yuan billed");
        }
    }

    private static IEnumerable<Flaw> UnpaidWithoutNotices(RuleInput input)
    {
        if (input.Requests("otherHandling.feeUnpaid") is not { } unpaid || input.Fees.Notices is not { } notices || unpaid <= notices.Value
            || FeeStatement.In(Wording.PassagesOf(input.Surroundings.Previous?.Content ?? ReportContent.Empty)).Notices is not { } earlier)
        {
            yield break;
        }
        if (unpaid > notices.Value + earlier.Value)
        {
            yield return At(notices, $"逾期未缴费{unpaid}件，两年收费通知共{notices.Value + earlier.Value:0}件", $"{unpaid} unpaid cases, {notices.Value + earlier.Value:0} notices in two years") with
            {
                Pointers = [Section, "/tables/applications/otherHandling.feeUnpaid/total"],
                Stated = unpaid,
                Computed = notices.Value + earlier.Value,
            };
        }
    }

    private static IEnumerable<Flaw> OutsideTariff(RuleInput input)
    {
        if (input.Fees.Billed is { } billed && billed.Value % SmallestRate != 0)
        {
            yield return At(billed, $"收费总金额{billed.Value:0.##}元不是10元的倍数", $"{billed.Value:0.##} yuan is no multiple of 10");
        }
    }

    private static IEnumerable<Flaw> WrongTerm(RuleInput input) =>
        from passage in input.Passages
        let at = _wrongTerms.First(passage.Text)
        where at >= 0
        select passage.Flaw(at, at + "信息公开处理费".Length, $"规范用语为“信息处理费”：“{passage.Quote(at, at + "信息公开处理费".Length)}”", "The proper term is 信息处理费");

    private static IEnumerable<Flaw> BeforeItsTime(RuleInput input) =>
        from passage in input.Passages
        where input.Year < FeesFrom
        let at = passage.Text.IndexOf("信息处理费", StringComparison.Ordinal)
        where at >= 0
        select passage.Flaw(at, at + "信息处理费".Length, $"{input.Year}年无需报告信息处理费", $"No fee report was due for {input.Year}");

    private static Flaw At(FeeFigure figure, string zh, string en) => figure.Passage.Flaw(figure.Quantity.From, figure.Quantity.To, zh, en);
}
