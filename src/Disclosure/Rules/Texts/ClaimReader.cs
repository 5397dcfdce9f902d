using System.Buffers;
using Disclosure.Prose;

namespace Disclosure.Rules.Texts;

/// <summary>
/// Finds the figures on requests, reviews and suits that prose states. Only what is certainly the year's whole figure is
/// taken: parts (其中, 信函, 自然人), differences (增加, 同比), other years and other kinds of requests are left alone.
/// </summary>
internal static class ClaimReader
{
    private const int Context = 60;

    /// <summary>Without one of these a figure counts none of the things looked for; most figures are let go here.</summary>
    private static readonly Phrases _mayCount = new("申请", "收到", "受理", "办结", "答复", "回复", "办理完毕", "结转", "顺延", "跨年", "转下", "转入下", "上年转", "上年度转", "下年度", "下一年度", "复议", "诉讼", "接");

    private static readonly SearchValues<char> _signs = SearchValues.Create("件宗份条起例笔未没无零");

    private static readonly Phrases _about = new("信息公开申请", "公开政府信息的申请", "依申请公开", "申请公开", "公开申请", "信息公开的申请", "信息公开事项申请", "公开信息申请", "申请信息公开", "申请政府信息");
    private static readonly Phrases _received = new("收到", "受理", "新收", "接收", "收悉", "接到", "共收", "接受");
    private static readonly Phrases _handled = new("办结", "答复", "办理完毕", "回复");
    private static readonly Phrases _notHandled = new("不予答复", "延期", "部分", "不予", "予以公开", "同意", "电话答复", "口头", "无法", "决定", "超期", "未答复", "逾期", "当场", "撤回", "终止", "主动", "告知", "提案", "建议", "答复书");
    /// <summary>Requests without a word of which; under a heading on openness they are the ones meant.</summary>
    private static readonly Phrases _plainly = new("收到申请", "受理申请", "接到申请", "收到各类申请", "接收申请", "新收申请", "收到的申请", "办结申请", "答复申请");

    private static readonly Phrases _next = new("结转下", "结转至下", "结转到下", "转下年", "转入下", "顺延至下", "顺延到下", "顺延下", "顺延至次年", "结转次年", "结转至次年", "跨年", "下年度继续", "下一年度");
    private static readonly Phrases _last = new("上年结转", "上年度结转", "上一年结转", "上一年度结转", "去年结转", "上年转", "上年度转", "上年末结转");
    private static readonly Phrases _review = new("行政复议", "复议");
    private static readonly Phrases _suit = new("行政诉讼", "诉讼");
    private static readonly Phrases _openness = new("信息公开", "依申请", "公开工作", "公开申请");

    /// <summary>Words that make a figure a part, a difference, another year's or something else's.</summary>
    private static readonly Phrases _partial = new(
        "其中", "分别", "增加", "减少", "增长", "下降", "上升", "同比", "环比", "较", "比上", "比去", "累计", "历年", "以来", "季度", "上半年", "下半年", "月份",
        "网上", "网络", "互联网", "在线", "线上", "线下", "平台", "系统", "邮件", "电子", "信函", "邮寄", "信件", "来信", "当面", "现场", "窗口", "传真", "书面", "口头", "微信",
        "补正", "撤回", "撤销", "转办", "移交", "转送", "代为", "协助", "投诉", "举报", "信访", "许可", "留言", "咨询", "热线", "工单", "提案", "批复", "补贴", "补助", "登记",
        "办理过程", "涉及", "有关", "占", "余下", "剩余", "另", "每", "平均", "日均", "人均");

    private static readonly Phrases _classes = new("自然人", "公民", "个人", "法人", "企业", "科研", "公益", "法律服务", "律师", "其他组织");

    private static readonly Phrases _results = new("维持", "纠正", "纠错", "改变", "撤", "驳回", "终止", "调解", "其他结果", "尚未", "未审", "审结", "败诉", "胜诉", "败", "二审", "一审", "再审", "应诉", "出庭", "答复书", "不当", "不及时", "不规范", "不到位", "失误", "超期", "逾期", "违法", "泄", "舆情", "机关", "作为", "直接", "复议后", "未经");

    private static readonly Phrases _scopes = new(
        "全市", "全区", "全县", "全省", "全州", "全旗", "全盟", "全系统", "全校", "各部门", "各单位", "各镇", "各乡", "各街", "各村", "各级", "各地", "本级", "市政府", "区政府", "县政府", "省政府",
        "办公室", "办公厅", "下属", "所属", "附属", "直属", "我市", "我区", "我县", "我省", "辖区", "系统内", "机关本");

    /// <summary>Words of scope for anyone but the township itself, which has no bodies below it.</summary>
    private static readonly Phrases _townships = new("全镇", "全乡", "全街", "镇政府", "我镇", "我乡");

    private static readonly Phrases _none = new("未收到", "没有收到", "未曾收到", "未受理", "没有受理", "无收到", "均未收到", "未接到", "没有接到", "未接收", "未新收", "零申请", "尚未收到", "暂未收到", "未有收到", "也未收到");
    private static readonly Phrases _noneAtAll = new("无政府信息公开申请", "无政府信息公开申请件", "没有政府信息公开申请", "无依申请公开申请", "无依申请公开事项", "无依申请公开件", "没有依申请公开事项", "没有依申请公开申请");
    private static readonly Phrases _demanded = new("要求政府信息公开", "要求公开政府信息", "要求信息公开");
    /// <summary>What is not received is said of an answer, and not a request.</summary>
    private static readonly Phrases _answers = new("异议", "意见", "反馈", "不满", "申请人对");
    private static readonly Phrases _members = new("个镇", "个乡", "个街道", "个部门", "个单位", "家单位", "个科室");
    private static readonly Phrases _noDisputes = new("未发生", "没有发生", "未产生", "没有产生", "未收到", "未出现", "没有出现", "无因", "未因", "没有因", "未引发", "未引起");

    public static IReadOnlyList<Claim> In(IReadOnlyList<Passage> passages, int year, string? agencyName)
    {
        var claims = new List<Claim>();
        foreach (var passage in passages)
        {
            foreach (var sentence in passage.Sentences)
            {
                In(passage, sentence, year, claims);
            }
        }
        var isTownship = FoldedText.Of(agencyName ?? "").Text.Replace("人民政府", "", StringComparison.Ordinal) is [.., '镇' or '乡'] or [.., '办', '事', '处'];
        return claims.ConvertAll(claim => claim with { IsScoped = IsScoped(claim, isTownship) });
    }

    private static bool IsScoped(Claim claim, bool isTownship)
    {
        var words = claim.Passage.Span(claim.Passage.SentenceAt(claim.From).From, claim.To);
        return _scopes.In(words) || (!isTownship && _townships.In(words));
    }

    private static void In(Passage passage, Sentence sentence, int year, List<Claim> claims)
    {
        var words = passage.Span(sentence.From, sentence.To);
        if (!words.ContainsAny(_signs))
        {
            return;
        }
        var before = sentence.From;
        foreach (var quantity in passage.QuantitiesIn(sentence))
        {
            if (quantity.Unit is "件" or "宗" or "份" or "起" or "例" or "笔" or "条" or "件次" && !quantity.IsRounded)
            {
                var from = Math.Max(before, Sentence.ClauseStart(passage.Text, quantity.From));
                from += passage.Text[from] == '、' ? 1 : 0;
                if (Read(passage, sentence, from, quantity, year) is { } what)
                {
                    claims.Add(new Claim(what, quantity.Value, passage, from, quantity.To, IsNone: false));
                }
            }
            before = quantity.To;
        }
        if (None(passage, sentence) is { } none && !ToldYear.IsAnother(passage, none.From, year))
        {
            claims.Add(none);
        }
    }

    private static Counted? Read(Passage passage, Sentence sentence, int from, Quantity quantity, int year)
    {
        if (!_mayCount.In(passage.Span(from, Math.Min(quantity.To + 20, sentence.To))) || ToldYear.IsAnother(passage, quantity.From, year) || ToldYear.IsOfMonths(passage, quantity.From))
        {
            return null;
        }
        ReadOnlySpan<char> lead = ToldYear.Relative(passage.Text[from..quantity.From], year);
        ReadOnlySpan<char> tail = ToldYear.Relative(passage.Span(quantity.To, Math.Min(Sentence.ClauseEnd(passage.Text, quantity.To), quantity.To + 20)).ToString(), year);
        var said = Unbracketed(passage.Text[sentence.From..quantity.From]);
        if (_last.In(lead) && !said.Contains("分别", StringComparison.Ordinal))
        {
            return IsAboutRequests(passage, sentence) ? Counted.CarriedIn : null;
        }
        if (said.Contains("其中", StringComparison.Ordinal) || said.Contains("分别", StringComparison.Ordinal))
        {
            return null;
        }
        if (_next.In(lead) || _next.In(tail))
        {
            return IsAboutRequests(passage, sentence) && !_partial.In(lead.StartsWith("另") ? lead[1..] : lead) ? Counted.CarriedOver : null;
        }
        // What is named before the figure is what it counts; another may follow behind it (行政复议2件、行政诉讼3件).
        var named = _review.In(lead) || _suit.In(lead) ? lead : tail;
        var (review, suit) = (_review.In(named), _suit.In(named));
        if (review || suit)
        {
            return IsDispute(passage, sentence, lead, tail) ? review && suit ? Counted.Disputes : review ? Counted.Reviews : Counted.Suits : null;
        }
        if (_partial.In(lead) || _partial.In(tail) || IsOfOneClass(lead) || IsOfOneClass(tail) || !IsAboutRequests(passage, sentence))
        {
            return null;
        }
        if (!_about.In(said) && !_about.In(tail) && !_plainly.In(lead))
        {
            return null;
        }
        return _received.In(lead) && (lead.Contains("申请", StringComparison.Ordinal) || tail.StartsWith("申请") || tail.StartsWith("政府信息公开申请") || tail.StartsWith("依申请")) && !_handled.In(lead) ? Counted.Received
            : _handled.In(lead) && !_partial.In(said) && !_notHandled.In(lead) && !_notHandled.In(tail) && !_received.In(lead) ? Counted.Handled
            : null;
    }

    /// <summary>A figure beside 行政复议 alone; what became of the cases is another.</summary>
    private static bool IsDispute(Passage passage, Sentence sentence, ReadOnlySpan<char> lead, ReadOnlySpan<char> tail) =>
        !_results.In(lead) && !_results.In(tail) && !_partial.In(lead) && !lead.ContainsAny("占率") && _openness.In(passage.Span(sentence.From, sentence.To));

    private static bool IsAboutRequests(Passage passage, Sentence sentence) => _about.In(passage.Span(sentence.From - Context, sentence.To));

    /// <summary>Requests of one class of applicants; all of them named together are everyone.</summary>
    private static bool IsOfOneClass(ReadOnlySpan<char> words) =>
        _classes.In(words) && !(words.Contains("法人", StringComparison.Ordinal) && (words.Contains("公民", StringComparison.Ordinal) || words.Contains("自然人", StringComparison.Ordinal)));

    private static Claim? None(Passage passage, Sentence sentence)
    {
        var text = passage.Text;
        if (text.AsSpan(sentence.From, sentence.To - sentence.From).Contains("诉讼", StringComparison.Ordinal) || text.AsSpan(sentence.From, sentence.To - sentence.From).Contains("复议", StringComparison.Ordinal))
        {
            return NoDisputes(passage, sentence);
        }
        var at = _none.First(passage.Span(sentence.From, sentence.To));
        at = at >= 0 ? at : NoneAtAll(passage, sentence);
        if (at < 0)
        {
            return null;
        }
        var (from, end) = (sentence.From + at, Math.Min(Sentence.ClauseEnd(text, sentence.From + at), sentence.To));
        var said = passage.Span(from, end);
        var meant = said.Contains("申请", StringComparison.Ordinal) && _about.In(said) && !_partial.In(said) && !IsOfOneClass(said) && (!said.Contains("要求", StringComparison.Ordinal) || _demanded.In(said));
        var lead = passage.Span(Sentence.ClauseStart(text, from), from);
        return meant && !_partial.In(lead) && !_answers.In(said) && !_members.In(lead)
            ? new Claim(Counted.Received, 0, passage, from, end, IsNone: true) : null;
    }

    /// <summary>Where a clause ends with there being no request; behind 无政府信息公开申请 anything else may follow, 超期 for one.</summary>
    private static int NoneAtAll(Passage passage, Sentence sentence)
    {
        var ends = _noneAtAll.In(passage.Span(sentence.From, sentence.To))
            ? _noneAtAll.All(passage.Text[sentence.From..sentence.To]).Where(word => Sentence.ClauseEnd(passage.Text, sentence.From + word.To) == sentence.From + word.To)
            : [];
        return ends.Select(word => word.From).DefaultIfEmpty(-1).First();
    }

    private static Claim? NoDisputes(Passage passage, Sentence sentence)
    {
        var words = passage.Span(sentence.From, sentence.To);
        var at = _noDisputes.First(words);
        if (at < 0 || !_openness.In(words))
        {
            return null;
        }
        var from = sentence.From + at;
        var end = Math.Min(Sentence.ClauseEnd(passage.Text, from), sentence.To);
        var said = passage.Span(from, end);
        var (review, suit) = (_review.In(said), _suit.In(said));
        if ((!review && !suit) || _results.In(said) || _partial.In(said.StartsWith("未发生因有关") ? said[6..] : said))
        {
            return null;
        }
        var what = review && suit ? Counted.Disputes : review ? Counted.Reviews : Counted.Suits;
        return new Claim(what, 0, passage, from, end, IsNone: true);
    }

    /// <summary>The sentence up to the figure, without what stands in brackets: parts that are told in brackets end with them.</summary>
    private static string Unbracketed(string said)
    {
        while (said.IndexOf(')', StringComparison.Ordinal) is >= 0 and var close && said.LastIndexOf('(', close) is >= 0 and var open)
        {
            said = said.Remove(open, close - open + 1);
        }
        return said;
    }
}
