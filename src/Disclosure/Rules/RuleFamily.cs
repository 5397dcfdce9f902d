using Disclosure.Contents;

namespace Disclosure.Rules;

/// <summary>What a group of rules looks at; its prefix opens their codes.</summary>
public sealed record RuleFamily(string Prefix, Message Title)
{
    public static IReadOnlyList<RuleFamily> All { get; } =
    [
        new("STR", new("结构与格式", "Structure and form")),
        new("ID", new("名称、期限与联系方式", "Title, identity, period and contact")),
        new("T2", new("表二 主动公开", "Table 2: proactive disclosure")),
        new("T3", new("表三 申请办理", "Table 3: requests")),
        new("T4", new("表四 复议诉讼", "Table 4: reviews and suits")),
        new("XY", new("跨年衔接", "Year to year")),
        new("TX", new("正文与表格", "Text against tables")),
        new("CIT", new("文件引用", "Citations")),
        new("FEE", new("信息处理费", "Processing fee")),
        new("DUP", new("内容雷同", "Near-identical content")),
        new("PRI", new("隐私与保密", "Privacy and secrecy")),
        new("LNG", new("语言文字", "Language")),
        new("PUB", new("公布与更正", "Publication and correction")),
        new("AGG", new("汇总", "Compilation")),
    ];

    /// <summary>The family that a code belongs to.</summary>
    public static RuleFamily Of(string code) => All.First(family => code.StartsWith($"{family.Prefix}-", StringComparison.Ordinal));
}
