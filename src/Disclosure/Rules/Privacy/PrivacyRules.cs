using Disclosure.Prose;
using Disclosure.Rules.Examples;

namespace Disclosure.Rules.Privacy;

/// <summary>PRI-001 to PRI-005: what identifies a person must not stand in a published report.</summary>
internal static class PrivacyRules
{
    private const string Law = "《中华人民共和国政府信息公开条例》第十五条；《中华人民共和国个人信息保护法》第四条";
    private const string LawOfAccounts = "《中华人民共和国政府信息公开条例》第十五条；《中华人民共和国个人信息保护法》第二十八条";
    private const int Near = 14;
    private const int Holder = 40;

    private const string Surnames = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文";

    private static readonly Phrases _offices = new("电话", "手机", "联系方式", "热线");

    /// <summary>What is visited, spent or printed so often has no telephone.</summary>
    private static readonly string[] _counted = ["次", "人次", "余次", "元", "条次"];
    private static readonly Phrases _cards = new("卡号");
    private static readonly Phrases _accounts = new("账号", "帐号", "账户", "帐户");
    private static readonly Phrases _holders = new("户名", "专户", "国库", "对公", "非税", "收款单位", "开户单位", "收款人", "缴款");
    private static readonly Phrases _bodies = new("局", "委员会", "政府", "财政", "国库", "办公室", "中心", "公司", "专户", "非税");
    private const string Applicant = "申请人";
    private static readonly Phrases _persons = new(Applicant, "市民", "村民", "居民", "群众");
    private static readonly Phrases _asks = new("申请公开", "申请政府信息", "申请信息公开", "提交申请", "提出申请", "提交的申请", "提出的申请");
    private static readonly Phrases _times = new("日", "年", "月", "时", "地", "处");
    private static readonly string[] _masks = ["某", "×", "X", "先生", "女士", "*"];

    public static IReadOnlyList<Rule> All { get; } =
    [
        new("PRI-001", Severity.Error,
            new("身份证号码", "Identity number"),
            new("含有18位公民身份号码：出生日期真实存在且校验码正确；网址中的数字不算", "Holds an identity number of 18 places with a real day of birth and the right check character; digits of addresses on the net do not count"),
            Law, Identities)
        {
            Holds = ProseExamples.Problems("编号110105194912310021的文件已清理。"),
            Breaks = ProseExamples.Problems("申请人证件号码11010519491231002X已登记。"),
        },
        new("PRI-002", Severity.WaivableError,
            new("手机号码", "Mobile number"),
            new("正文含有11位手机号码；写作联系电话的为警告，因为有的机关以手机为办公电话；后接“次”“元”的是数量，不算", "Prose holds a mobile number, and not a figure of visits or yuan; where it is introduced as a telephone to call it is a warning, because some offices have no other"),
            Law, Mobiles)
        {
            OtherSeverities = [Severity.Warning],
            Holds = ProseExamples.Problems("公众可拨打0999-13812345678转3咨询。"),
            Breaks = ProseExamples.Problems("申请人13812345678反映的事项已答复。"),
        },
        new("PRI-003", Severity.Warning,
            new("银行卡号", "Bank card"),
            new("含有16至19位、卡组织开头且通过校验的号码；写在账号或卡号之后的为错误，写明是单位账户的除外", "Holds 16 to 19 digits with the opening of a card organisation that pass its check; behind 账号 or 卡号 it is an error, unless the account is said to be a body's"),
            LawOfAccounts, Cards)
        {
            OtherSeverities = [Severity.Error],
            Holds = ProseExamples.Problems("流水号9111111111111111的材料已归档。"),
            Breaks = ProseExamples.Problems("款项转入4111111111111111。"),
        },
        new("PRI-004", Severity.Info,
            new("非政务邮箱", "Mailbox outside gov.cn"),
            new("联系邮箱不在gov.cn之下；实际多为办公邮箱，仅提示", "The contact mailbox is not under gov.cn; most such are official all the same, so this is only told"),
            "政务邮箱使用惯例", Mailboxes)
        {
            Holds = Example.Of(("/contact/email", "xxgk@mail.guishan.gov.cn")),
            Breaks = Example.Of(("/contact/email", "guishan@163.com")),
        },
        new("PRI-005", Severity.Warning,
            new("申请人信息", "An applicant's person"),
            new("申请人，或者申请公开的市民、村民等之后是姓氏和某、××或称谓；不作姓名识别", "The applicant, or a citizen who asks, is followed by a surname and a mask or a form of address; names as such are not guessed"),
            "《中华人民共和国政府信息公开条例》第十五条", Applicants)
        {
            Holds = ProseExamples.Problems("加强与申请人沟通，申请人文化程度不一，申请人某些诉求需引导。"),
            Breaks = ProseExamples.Problems("申请人张某某申请公开的征地材料已答复。"),
        },
    ];

    private static IEnumerable<Flaw> Identities(RuleInput input) =>
        from passage in input.Passages
        from run in Identifiers.Numbers(passage.Text)
        where Identifiers.IsIdentityCard(run.Number, input.Year + 1)
        select passage.Flaw(run.From, run.To, "含身份证号码，须删除后再提交", "Holds an identity number; it must go before the report is handed in");

    private static IEnumerable<Flaw> Mobiles(RuleInput input) =>
        from passage in input.Passages
        from run in Identifiers.Numbers(passage.Text)
        where Identifiers.IsMobile(run.Number) && !_counted.Any(unit => passage.Span(run.To, run.To + unit.Length).SequenceEqual(unit))
        select passage.Flaw(run.From, run.To, "含手机号码", "Holds a mobile number") with
        {
            Severity = _offices.In(passage.Span(run.From - Near, run.From)) ? Severity.Warning : null,
        };

    private static IEnumerable<Flaw> Cards(RuleInput input) =>
        from passage in input.Passages
        from run in Identifiers.Numbers(passage.Text)
        where Identifiers.IsBankCard(run.Number)
        select passage.Flaw(run.From, run.To, "含银行卡号", "Holds the number of a bank card") with
        {
            Severity = _cards.In(passage.Span(run.From - Near, run.From)) || (_accounts.In(passage.Span(run.From - Near, run.From)) && !IsOfBody(passage, run.From)) ? Severity.Error : null,
        };

    /// <summary>Whether the account is said to be that of a public body or a company, some of which have numbers like those of cards.</summary>
    private static bool IsOfBody(Passage passage, int at)
    {
        var before = passage.Span(Math.Max(passage.SentenceAt(at).From, at - Holder), at);
        return _holders.In(before) && _bodies.In(before);
    }

    private static IEnumerable<Flaw> Mailboxes(RuleInput input)
    {
        if (input.Content.Word("/contact/email") is { } mailbox && mailbox.Contains('@', StringComparison.Ordinal)
            && !FoldedText.Of(mailbox).Text.TrimEnd('.', '。').EndsWith(".gov.cn", StringComparison.OrdinalIgnoreCase)
            && !FoldedText.Of(mailbox).Text.EndsWith("@gov.cn", StringComparison.OrdinalIgnoreCase))
        {
            yield return new Flaw("联系邮箱非政务邮箱", "The contact mailbox is not a government one", "/contact/email");
        }
    }

    private static IEnumerable<Flaw> Applicants(RuleInput input) =>
        from passage in input.Passages
        from person in _persons.All(passage.Text)
        let name = person.To + (person.To < passage.Text.Length && passage.Text[person.To] == ':' ? 1 : 0)
        where name + 1 < passage.Text.Length && Surnames.Contains(passage.Text[name], StringComparison.Ordinal)
        let mask = Array.Find(_masks, mask => passage.Text.AsSpan(name + 1).StartsWith(mask, StringComparison.Ordinal))
        where mask is not null && !(passage.Text[name] == '于' && _times.In(passage.Span(name + 2, name + 3)))
        let end = name + 1 + mask.Length
        where passage.Span(person.From, person.To) is Applicant || _asks.In(passage.Span(end, end + Near))
        select passage.Flaw(person.From, end, $"疑似公开申请人信息：“{passage.Quote(person.From, end)}”", "May disclose an applicant");
}
