using Disclosure.Prose;
using Disclosure.Rules.Examples;

namespace Disclosure.Rules.Privacy;

/// <summary>PRI-006 to PRI-008: what a secrecy review has to look at again.</summary>
internal static class SecrecyRules
{
    private const string Law = "《中华人民共和国政府信息公开条例》第十四条、第十七条；《中华人民共和国保守国家秘密法》";

    private const int ReasonWithin = 12;
    private const int FigureWithin = 8;

    private static readonly Phrases _marks = new("绝密★", "机密★", "秘密★", "绝密☆", "机密☆", "秘密☆", "内部资料注意保存", "内部资料,注意保存", "内部资料不得外传", "内部资料,不得外传", "内部文件不得外传");
    private static readonly Phrases _secrecy = new("因保密", "因涉密", "因国家秘密", "因涉及保密", "因涉及国家秘密", "因工作涉密", "由于涉密", "由于保密", "出于保密");
    private static readonly Phrases _leftOut = new("不列入", "不纳入", "未列入", "未纳入", "不列为", "除外", "不参加", "不公开", "不予公开", "未公开");
    private static readonly Phrases _owed = new("机构设置", "机构职能", "内设机构", "机关职能", "部门职能", "办公地址", "办公时间", "联系方式", "负责人姓名");
    private static readonly Phrases _secret = new("涉密", "保密", "国家秘密");
    private static readonly Phrases _unpublished = new("不予公开", "不公开", "未公开", "未予公开", "不对外公开");
    private static readonly Phrases _persons = new("申请人", "个人", "公民", "当事人", "举报人", "投诉人", "第三方", "他人", "群众");
    private static readonly Phrases _warned = new("不得", "严禁", "防止", "避免", "杜绝", "不能以", "禁止");

    public static IReadOnlyList<Rule> All { get; } =
    [
        new("PRI-006", Severity.Warning,
            new("密级标志", "Classification mark"),
            new("含有密级标志（绝密、机密、秘密后接★）或“内部资料注意保存”一类字样；单独的“秘密”“内部资料”不算",
                "Holds a mark of classification (a level with ★) or a note to keep the paper inside; the words by themselves are none"),
            Law, Marks)
        {
            Holds = ProseExamples.Problems("加强国家秘密、商业秘密和内部资料管理。"),
            Breaks = ProseExamples.Problems("机密★1年。"),
        },
        new("PRI-007", Severity.Warning,
            new("涉密单位或事项", "Classified units or matters"),
            new("同一分句中以保密、涉密为由说明某单位或事项不列入、不公开；说明申请办理结果的不算", "A clause says that a unit or a matter is left out or not published because it is classified; what became of requests does not count"),
            Law, Units)
        {
            Holds = ProseExamples.Problems("严格保密审查，涉密信息一律不公开。"),
            Breaks = ProseExamples.Problems("成立领导小组（综合科因保密工作要求，不列入成员）。"),
        },
        new("PRI-008", Severity.Warning,
            new("法定公开内容未公开", "Statutory content withheld"),
            new("同一句中称机构设置、职能、联系方式等法定主动公开内容因涉密不予公开；申请人等个人的联系方式不算", "A sentence says that what article 20 orders to be published, such as duties and structure, is withheld as classified; what an applicant or another person is called by does not count"),
            "《中华人民共和国政府信息公开条例》第二十条第二项", Withheld)
        {
            Holds = ProseExamples.Problems("不得以涉密为由不公开机构职能。"),
            Breaks = ProseExamples.Problems("机构设置及职能因涉密不予公开。"),
        },
    ];

    private static IEnumerable<Flaw> Marks(RuleInput input) =>
        from passage in input.Passages
        from mark in _marks.All(passage.Text)
        select passage.Flaw(mark.From, mark.To, $"含密级标志：“{passage.Quote(mark.From, mark.To)}”", $"Contains a classification mark: \"{passage.Quote(mark.From, mark.To)}\"");

    private static IEnumerable<Flaw> Units(RuleInput input) =>
        from passage in input.Passages
        from reason in _secrecy.All(passage.Text)
        let sentence = passage.SentenceAt(reason.From)
        let rest = passage.Text[reason.To..Math.Min(sentence.To, reason.To + 20)]
        where _leftOut.In(rest) && !_owed.In(passage.Span(Math.Max(sentence.From, reason.From - 20), reason.From)) && !_owed.In(rest)
        let end = reason.To + _leftOut.First(rest)
        where !IsOfRequests(passage, reason.From, end)
        select passage.Flaw(Sentence.ClauseStart(passage.Text, reason.From), end, $"涉及涉密单位或事项的表述，请保密审查：“{passage.Quote(Sentence.ClauseStart(passage.Text, reason.From), end)}”",
            "Mentions classified units or matters; secrecy review needed");

    /// <summary>Requests that are refused as secret are a row of table 3, and say nothing of units or matters.</summary>
    private static bool IsOfRequests(Passage passage, int from, int to)
    {
        var clause = passage.Span(Sentence.ClauseStart(passage.Text, from), Sentence.ClauseEnd(passage.Text, to));
        return clause.Contains("申请", StringComparison.Ordinal) || passage.Quantities.Any(quantity => quantity.Unit == "件" && quantity.From >= to && quantity.From <= to + FigureWithin);
    }

    private static IEnumerable<Flaw> Withheld(RuleInput input) =>
        from passage in input.Passages
        from subject in _owed.All(passage.Text)
        let end = Sentence.ClauseEnd(passage.Text, subject.To)
        let rest = passage.Text[subject.To..end]
        let start = Sentence.ClauseStart(passage.Text, subject.From)
        where (_secret.In(rest) || _secrecy.In(passage.Span(Math.Max(passage.SentenceAt(start).From, start - ReasonWithin), start))) && _unpublished.In(rest)
            && !_warned.In(rest) && !_warned.In(passage.Span(start, subject.From)) && !_persons.In(passage.Span(start, subject.From))
        select passage.Flaw(subject.From, end, $"与条例第二十条规定不符：“{passage.Quote(subject.From, end)}”", "Conflicts with article 20: this must be published");
}
