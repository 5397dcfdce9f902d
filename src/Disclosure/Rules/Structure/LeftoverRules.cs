using Disclosure.Prose;
using Disclosure.Rules.Examples;

namespace Disclosure.Rules.Structure;

/// <summary>STR-019: what templates and editors leave behind.</summary>
internal static class LeftoverRules
{
    /// <summary>Nobody writes these on purpose.</summary>
    private static readonly string[] _surely = ["20XX", "20xx", "20××", "此处填写", "点击此处输入", "单击此处输入", "MERGEFIELD", "PAGEREF", "HYPERLINK\"", "\\*MERGEFORMAT", "错误!未找到引用源", "错误!未定义书签"];

    /// <summary>These may have a meaning, so they are only to be looked at.</summary>
    private static readonly string[] _perhaps = ["XX", "xx", "××", "**", "__", "X月X日", "×月×日", "[bookmark:"];

    public static IReadOnlyList<Rule> All { get; } =
    [
        new("STR-019", Severity.Warning,
            new("占位或编辑痕迹", "Placeholders and editing marks"),
            new("正文或标题中有未清除的占位或编辑痕迹：20XX、此处填写、域代码为错误，XX、××、**、下划线、“X月X日”和已移除的书签为警告；全角与半角相同",
                "Prose or title holds a placeholder or an editing mark: 20XX, 此处填写 and field codes are errors; XX, ××, **, underscores, X月X日 and bookmarks that were lifted out are warnings"),
            "国办公开办函〔2021〕30号：真实准确", Leftovers)
        {
            OtherSeverities = [Severity.Error],
            Holds = Example.Of(("/contact/site", "https://www.guishan.example.gov.cn/XXGK")),
            Breaks = Example.Of(("/source/marks/0", "[bookmark: _GoBack]")),
        },
    ];

    private static IEnumerable<Flaw> Leftovers(RuleInput input)
    {
        for (var i = 0; input.Content.Word($"/source/marks/{i}") is { } mark; i++)
        {
            yield return Found(mark, $"/source/marks/{i}", null, isSure: false);
        }
        foreach (var flaw in input.Passages.SelectMany(passage => In(passage.Folded, $"/sections/{passage.Section}", passage.Section)).Concat(In(FoldedText.Of(input.Content.Title ?? ""), "/title", null)))
        {
            yield return flaw;
        }
    }

    private static IEnumerable<Flaw> In(FoldedText folded, string pointer, string? section)
    {
        var words = folded.Text;
        var sure = _surely.Select(mark => (Mark: mark, At: words.IndexOf(mark, StringComparison.Ordinal), IsSure: true)).Where(found => found.At >= 0).ToList();
        var perhaps = _perhaps.Select(mark => (Mark: mark, At: Standing(words, mark), IsSure: false)).Where(found => found.At >= 0 && sure.Count == 0);
        return from found in sure.Concat(perhaps)
               let printed = folded.Printing(found.At, found.At + found.Mark.Length)
               select Found(folded.Printed[printed.From..printed.To], pointer, section is null ? null : new TextSpan(section, printed.From, printed.To), found.IsSure);
    }

    /// <summary>Where the mark stands by itself, not inside a word of letters or an address.</summary>
    private static int Standing(string words, string mark)
    {
        for (var at = words.IndexOf(mark, StringComparison.Ordinal); at >= 0; at = words.IndexOf(mark, at + 1, StringComparison.Ordinal))
        {
            var (before, after) = (at > 0 ? words[at - 1] : ' ', at + mark.Length < words.Length ? words[at + mark.Length] : ' ');
            if (mark[0] == '[' || (!IsInsideWord(before, mark[0]) && !IsInsideWord(after, mark[0])))
            {
                return at;
            }
        }
        return -1;
    }

    private static bool IsInsideWord(char neighbour, char mark) =>
        neighbour != mark && (char.IsAsciiLetterOrDigit(neighbour) || neighbour is '/' or '.' or '-' or '_' or '×');

    private static Flaw Found(string mark, string pointer, TextSpan? span, bool isSure) =>
        new($"存在未清除的占位或编辑痕迹：“{mark}”", $"Leftover placeholder or editing mark \"{mark}\"", pointer)
        {
            Span = span,
            Severity = isSure ? Severity.Error : null,
        };
}
