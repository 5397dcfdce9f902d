using Disclosure.Prose;
using Disclosure.Rules.Examples;

namespace Disclosure.Rules.Privacy;

/// <summary>PRI-001 to PRI-005: what identifies a person must not stand in a published report.</summary>
internal static class PrivacyRules
{
    private const string Law = "《中华人民共和国政府信息公开条例》第十五条；《中华人民共和国个人信息保护法》第二十八条";
    private const int Near = 14;

    private const string Surnames = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文";

    private static readonly Phrases _offices = new("电话", "手机", "联系方式", "热线");
    private static readonly Phrases _accounts = new("账号", "卡号", "帐号");
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
            new("正文含有11位手机号码；写作联系电话的为警告，因为有的机关以手机为办公电话", "Prose holds a mobile number; where it is introduced as a telephone to call it is a warning, because some offices have no other"),
            Law, Mobiles)
        {
            OtherSeverities = [Severity.Warning],
            Holds = ProseExamples.Problems("公众可拨打0999-13812345678转3咨询。"),
            Breaks = ProseExamples.Problems("申请人13812345678反映的事项已答复。"),
        },
        new("PRI-003", Severity.Warning,
            new("银行卡号", "Bank card"),
            new("含有16至19位、卡组织开头且通过校验的号码；写在账号或卡号之后的为错误", "Holds 16 to 19 digits with the opening of a card organisation that pass its check; behind 账号 or 卡号 it is an error"),
            Law, Cards)
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
            new("申请人之后是姓氏和某、××或称谓；不作姓名识别", "Applicant is followed by a surname and a mask or a form of address; names as such are not guessed"),
            "《中华人民共和国政府信息公开条例》第十五条", Applicants)
        {
            Holds = ProseExamples.Problems("加强与申请人沟通，申请人文化程度不一，申请人某些诉求需引导。"),
            Breaks = ProseExamples.Problems("申请人张某某申请公开的征地材料已答复。"),
        },
    ];

    private static IEnumerable<Flaw> Identities(RuleInput input) =>
        from passage in input.Passages
        from run in Identifiers.Runs(passage.Text)
        where Identifiers.IsIdentityCard(passage.Text.AsSpan(run.From, run.To - run.From), input.Year + 1)
        select passage.Flaw(run.From, run.To, "含身份证号码，须删除后再提交", "Holds an identity number; it must go before the report is handed in");

    private static IEnumerable<Flaw> Mobiles(RuleInput input) =>
        from passage in input.Passages
        from run in Identifiers.Runs(passage.Text)
        where Identifiers.IsMobile(passage.Text.AsSpan(run.From, run.To - run.From))
        select passage.Flaw(run.From, run.To, "含手机号码", "Holds a mobile number") with
        {
            Severity = _offices.In(passage.Span(run.From - Near, run.From)) ? Severity.Warning : null,
        };

    private static IEnumerable<Flaw> Cards(RuleInput input) =>
        from passage in input.Passages
        from run in Identifiers.Runs(passage.Text)
        where Identifiers.IsBankCard(passage.Text.AsSpan(run.From, run.To - run.From))
        select passage.Flaw(run.From, run.To, "含银行卡号", "Holds the number of a bank card") with
        {
            Severity = _accounts.In(passage.Span(run.From - Near, run.From)) ? Severity.Error : null,
        };

    private static IEnumerable<Flaw> Mailboxes(RuleInput input)
    {
        if (input.Content.Word("/contact/email") is { } mailbox && mailbox.Contains('@', StringComparison.Ordinal)
            && !FoldedText.Of(mailbox).Text.TrimEnd('.', '。').EndsWith(".gov.cn", StringComparison.OrdinalIgnoreCase)
            && !FoldedText.Of(mailbox).Text.EndsWith("@gov.cn", StringComparison.OrdinalIgnoreCase))
        {
            yield return new Flaw("联系邮箱非政务邮箱", "The contact mailbox is not a government one", "/contact/email");
        }
    }

    private static IEnumerable<Flaw> Applicants(RuleInput input)
    {
        const string Word = "申请人";
        foreach (var passage in input.Passages)
        {
            for (var at = passage.Text.IndexOf(Word, StringComparison.Ordinal); at >= 0; at = passage.Text.IndexOf(Word, at + Word.Length, StringComparison.Ordinal))
            {
                var name = at + Word.Length;
                if (name + 1 < passage.Text.Length && Surnames.Contains(passage.Text[name], StringComparison.Ordinal)
                    && Array.Find(_masks, mask => passage.Text.AsSpan(name + 1).StartsWith(mask, StringComparison.Ordinal)) is { } mask)
                {
                    yield return passage.Flaw(at, name + 1 + mask.Length, $"疑似公开申请人信息：“{passage.Quote(at, name + 1 + mask.Length)}”", "May disclose an applicant");
                }
            }
        }
    }
}
