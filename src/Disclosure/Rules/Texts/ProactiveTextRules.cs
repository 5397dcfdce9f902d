using Disclosure.Prose;
using Disclosure.Rules.Examples;

namespace Disclosure.Rules.Texts;

/// <summary>T2-010, T2-013: table 2 against what the prose says of fees and of documents made.</summary>
internal static class ProactiveTextRules
{
    private const decimal YuanPerUnit = 10_000;

    private static readonly Phrases _made = new("制发", "制定", "出台", "印发", "新增");
    private static readonly string[] _documents = ["行政规范性文件", "规范性文件", "规章"];
    private static readonly Phrases _other = new("解读", "清理", "废止", "修改", "修订", "失效", "有效", "备案", "审查", "审核", "累计", "市政府", "区政府", "县政府", "省政府", "其中", "公开", "发布", "代", "起草", "等", "上年", "去年", "文件和", "政策", "方案", "计划", "拟", "名义", "报请", "提请", "参与", "配合", "党内", "近", "年来", "以来");

    public static IReadOnlyList<Rule> All { get; } =
    [
        new("T2-010", Severity.Warning,
            new("行政事业性收费小于信息处理费", "Fees below the processing fee"),
            new("正文写明实际收取信息处理费，而表二“行政事业性收费”（万元）小于该金额；换算后四舍五入相等的不算", "The processing fee stated as collected is more than table 2's fees in 万元, rounding aside"),
            "国办函〔2020〕109号", FeesBelow)
        {
            FromYear = 2021,
            Holds = ProseExamples.OtherMatters("2023年发出收费通知3件，总金额120元，实际收取信息处理费120元。"),
            Breaks = ProseExamples.OtherMatters("2023年发出收费通知300件，总金额960000元，实际收取信息处理费960000元。"),
        },
        new("T2-013", Severity.Warning,
            new("制发件数不一致", "Documents made"),
            new("正文称制发行政规范性文件或规章若干件，与表二本年制发件数不符；政策文件、代拟、累计等说法不核", "The prose says that so many normative documents or rules were made, and table 2 says another number; drafts, totals and policies at large are left alone"),
            "国办公开办函〔2021〕30号：真实准确", MadeOtherwise)
        {
            FromYear = 2021,
            Holds = ProseExamples.Overview("2023年制发行政规范性文件3件，累计制定行政规范性文件40件。"),
            Breaks = ProseExamples.Overview("2023年制发行政规范性文件8件。"),
        },
    ];

    private static IEnumerable<Flaw> FeesBelow(RuleInput input)
    {
        if (input.Fees.Collected is { Value: > 0 } collected && input.Proactive("fees", "amount") is { } fees && decimal.Round(collected.Value / YuanPerUnit, 2) > fees + 0.01m)
        {
            yield return collected.Passage.Flaw(collected.Quantity.From, collected.Quantity.To,
                $"行政事业性收费{fees:0.######}万元少于已收信息处理费{collected.Value:0.##}元", $"Fees of {fees:0.######} 万元 are below the {collected.Value:0.##} yuan collected for processing") with
            {
                Pointers = [$"/sections/{collected.Passage.Section}", "/tables/proactive/fees/amount"],
            };
        }
    }

    /// <summary>What begins the next thing said, and no longer name.</summary>
    private const string GoesOn = "并均已全且都经按和及";
    private static readonly Phrases _amended = new("修改", "修订", "修正");

    /// <summary>The row of table 2 whose documents the words end with.</summary>
    private static string? RowOf(string words) =>
        words.EndsWith("规范性文件", StringComparison.Ordinal) || words.EndsWith("规范性文件共", StringComparison.Ordinal) ? "normativeDocuments"
        : words.EndsWith("规章", StringComparison.Ordinal) ? "governmentRules"
        : null;

    /// <summary>Whether what follows says that other documents are meant. In 制发5件、废止1件 another figure follows; documents that were amended are made as well.</summary>
    private static bool IsQualified(Passage passage, int end) =>
        passage.Span(end, end + 1) is ['、' or ','] && !_amended.In(passage.Span(end, passage.SentenceAt(end - 1).To)) ? false : _other.In(passage.Span(end, end + 4));

    /// <summary>Whether the word goes on, as in 规章配套制度.</summary>
    private static bool IsPartOfName(Passage passage, int end) => passage.Span(end, end + 1) is [var next] && Words.IsHan(next) && !GoesOn.Contains(next, StringComparison.Ordinal);

    private static IEnumerable<Flaw> MadeOtherwise(RuleInput input) =>
        from passage in input.Passages
        from quantity in passage.Quantities
        where quantity.Unit is "件" or "部" or "份" or "个" && !quantity.IsRounded
        let start = Sentence.ClauseStart(passage.Text, quantity.From)
        let lead = passage.Text[start..quantity.From]
        let behind = Array.Find(_documents, name => passage.Text.AsSpan(quantity.To).StartsWith(name)) ?? ""
        let row = RowOf(behind.Length > 0 ? behind : lead)
        where row is not null && _made.In(lead) && !_other.In(lead) && !IsQualified(passage, quantity.To + behind.Length) && (behind.Length == 0 || !IsPartOfName(passage, quantity.To + behind.Length))
            && !ToldYear.IsAnother(passage, quantity.From, input.Year)
        let made = input.Proactive(row, "made")
        where made is not null && made != quantity.Value
        select passage.Flaw(start, quantity.To, $"正文称制发{quantity.Value:0}件，表二为{made:0}件", $"Text: {quantity.Value:0} made; table: {made:0}") with
        {
            Pointers = [$"/sections/{passage.Section}", $"/tables/proactive/{row}/made"],
            Stated = quantity.Value,
            Computed = made,
        };
}
