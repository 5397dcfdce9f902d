using Disclosure.Prose;

namespace Disclosure.Rules.Fees;

/// <summary>A figure of the fee statement and the quantity it was read from.</summary>
internal sealed record FeeFigure(Passage Passage, Quantity Quantity)
{
    public decimal Value => Quantity.Value;
}

/// <summary>
/// What a report says of the processing fee: how many notices were issued, how much they came to, how much was paid. A
/// figure that is not stated is null. Only sentences that speak of the fee are read, so that other charges do not count.
/// </summary>
internal sealed class FeeStatement
{
    private const int LongestIntroduction = 40;
    private static readonly Phrases _ofFees = new("处理费", "收费通知", "缴费通知", "收费标准", "信息公开收费", "依申请公开收费", "信息处理收费");
    private static readonly Phrases _mention = new("处理费", "收费", "收取费用", "收取任何费用", "缴费", "费用", "免费", "未收取", "信息公开费");
    private static readonly Phrases _requests = new("申请", "提供政府信息", "提供信息");
    private static readonly Phrases _notices = new("通知", "告知书");
    private static readonly Phrases _collected = new("实际收取", "实际收到", "实收", "已收", "收取", "收到", "收缴", "入库", "征收");
    private static readonly Phrases _billed = new("总金额", "应收", "计收", "通知金额", "涉及金额", "收费金额", "合计金额", "总额");
    public static readonly Phrases OtherYears = new("上年", "往年", "上一年", "去年", "跨年", "结转", "历年", "累计", "其中");

    private FeeStatement()
    {
    }

    public FeeFigure? Notices { get; private set; }

    public FeeFigure? Billed { get; private set; }

    public FeeFigure? Collected { get; private set; }

    /// <summary>Whether the prose speaks of fees for information: section six in any words, another only in a sentence on requests, because lists of charges, costs of meetings and free courses are something else.</summary>
    public static bool IsMentioned(IEnumerable<Passage> passages) =>
        passages.Any(passage => passage.Section == "otherMatters" ? _mention.In(passage.Text)
            : _ofFees.In(passage.Text) || passage.Sentences.Any(sentence => passage.Span(sentence.From, sentence.To) is var words && _mention.In(words) && _requests.In(words)));

    public static FeeStatement In(IEnumerable<Passage> passages)
    {
        var statement = new FeeStatement();
        foreach (var passage in passages)
        {
            var end = -1;
            foreach (var quantity in _ofFees.In(passage.Text) ? passage.Quantities : [])
            {
                if (quantity.Unit is not ("元" or "件" or "份" or "张" or "次" or "个" or "笔"))
                {
                    end = quantity.To;
                    continue;
                }
                var sentence = passage.SentenceAt(quantity.From);
                var lead = passage.Span(Math.Max(Math.Max(sentence.From, end), quantity.From - LongestIntroduction), quantity.From);
                if (!quantity.IsRounded && _ofFees.In(passage.Span(sentence.From - LongestIntroduction, sentence.To)) && !OtherYears.In(passage.Span(sentence.From, quantity.To)))
                {
                    statement.Take(passage, quantity, lead);
                }
                end = quantity.To;
            }
        }
        return statement;
    }

    private void Take(Passage passage, Quantity quantity, ReadOnlySpan<char> lead)
    {
        var figure = new FeeFigure(passage, quantity);
        if (lead is [.., '每', _])
        {
            // The tariff, and not what it came to.
            return;
        }
        if (quantity.Unit == "元")
        {
            Collected ??= _collected.In(lead) && !_billed.In(lead) ? figure : null;
            // 收费通知3件、金额120元: an amount by itself is that of the notices before it.
            Billed ??= (_billed.In(lead) || (Notices is not null && lead.TrimStart("、,") is "金额" or "金额为" or "金额共")) && !lead.Contains("实际", StringComparison.Ordinal) && !lead.Contains("实收", StringComparison.Ordinal) ? figure : null;
            Collected ??= _billed.In(lead) && (lead.Contains("实际", StringComparison.Ordinal) || lead.Contains("实收", StringComparison.Ordinal)) ? figure : null;
        }
        else if (quantity.Unit is "件" or "份" or "张" or "次" or "个" or "笔" && _notices.In(lead))
        {
            Notices ??= figure;
        }
    }
}
