using Disclosure.Contents;
using Disclosure.Prose;
using Disclosure.Rules.Examples;

namespace Disclosure.Rules.Language;

/// <summary>The family LNG: slips that readers stumble over.</summary>
internal static class LanguageRules
{
    private const string Standard = "国办公开办函〔2021〕30号：真实准确；出版物文字规范";
    private const int ShortestRepeat = 4;
    private const int LongestRepeat = 12;

    private static readonly (string Slip, string Right)[] _slips =
    [
        ("《条列》", "《条例》"), ("公开条列", "公开条例"), ("依申公开", "依申请公开"), ("依法申请公开情况情况", "依申请公开情况"),
        ("一定功效", "一定成效"), ("显著功效", "显著成效"), ("良好功效", "良好成效"), ("明显功效", "明显成效"), ("政府信息公工作", "政府信息公开工作"), ("政府信公开", "政府信息公开"),
    ];

    private static readonly string[] _garbled = ["\uFFFD", "锟斤拷", "烫烫烫", "屯屯屯", "â€", "Ã¤", "ï»¿"];

    public static IReadOnlyList<Rule> All { get; } =
    [
        new("LNG-001", Severity.Info,
            new("疑似错别字", "Possible slip"),
            new("出现常见错写：条列、依申公开、取得功效、“截止”后接日期等", "Holds a slip that is often seen, such as 条列 for 条例, or 截止 before a date for 截至"),
            Standard, Slips)
        {
            Holds = ProseExamples.Problems("截至2023年12月31日，报名截止时间均已公布。"),
            Breaks = ProseExamples.Problems("截止2023年12月31日，栏目均已更新。"),
        },
        new("LNG-002", Severity.Info,
            new("词语重复", "Repeated words"),
            new("四个以上汉字紧接着重复一次", "Four or more characters are at once repeated"),
            Standard, Repeats)
        {
            Holds = ProseExamples.Problems("公众可以通过网站、可以通过热线反映问题，认认真真、清清楚楚地答复。"),
            Breaks = ProseExamples.Problems("公众可以通过可以通过网站反映问题。"),
        },
        new("LNG-003", Severity.Info,
            new("空格或全半角", "Blanks or width"),
            new("标题或表头的汉字之间有空格，或表头使用半角括号、逗号；按页断行的文本（如PDF）不提示",
                "Blanks stand between the characters of the title or of labels, or labels have half-width brackets or commas; text broken by pages, as from PDF, is left alone"),
            Standard, Blanks)
        {
            Holds = Example.Of(("/title", "云州市桂山区工业和信息化局 2023 年政府信息公开工作年度报告")),
            Breaks = Example.Of(("/title", "云州市桂山区工业和信息化局2023年政府信息公开工作 年度报告")),
        },
        new("LNG-004", Severity.Warning,
            new("乱码", "Garbled characters"),
            new("含有替换字符、控制字符或常见乱码", "Holds replacement or control characters, or letters that come of a wrong encoding"),
            Standard, Garbled)
        {
            Holds = ProseExamples.Problems("公众号“桂山·发布”运行平稳，满意度★★★★★。"),
            Breaks = ProseExamples.Problems("公众号“桂山\uFFFD\uFFFD”运行平稳。"),
        },
    ];

    private static IEnumerable<Flaw> Slips(RuleInput input)
    {
        foreach (var passage in input.Passages)
        {
            foreach (var (slip, right) in _slips)
            {
                if (passage.Text.IndexOf(slip, StringComparison.Ordinal) is >= 0 and var at)
                {
                    yield return Slip(passage, at, slip.Length, right);
                }
            }
            for (var at = passage.Text.IndexOf("截止", StringComparison.Ordinal); at >= 0; at = passage.Text.IndexOf("截止", at + 2, StringComparison.Ordinal))
            {
                if (at + 5 < passage.Text.Length && passage.Span(at + 2, at + 6) is [>= '1' and <= '2', >= '0' and <= '9', >= '0' and <= '9', >= '0' and <= '9'])
                {
                    yield return Slip(passage, at, 2, "截至");
                }
            }
        }
    }

    private static Flaw Slip(Passage passage, int at, int length, string right) =>
        passage.Flaw(at, at + length, $"疑似错别字：“{passage.Quote(at, at + length)}”应为“{right}”", $"Possible slip: \"{passage.Quote(at, at + length)}\" for \"{right}\"");

    private static IEnumerable<Flaw> Repeats(RuleInput input)
    {
        foreach (var passage in input.Passages)
        {
            for (var at = 0; at < passage.Text.Length - (2 * ShortestRepeat); at++)
            {
                if (RepeatAt(passage.Text, at) is { } length && IsUnbroken(passage, at, at + (2 * length)))
                {
                    yield return passage.Flaw(at, at + (2 * length), $"词语重复：“{passage.Quote(at, at + (2 * length))}”", $"Repeated words: \"{passage.Quote(at, at + (2 * length))}\"");
                    at += 2 * length;
                }
            }
        }
    }

    /// <summary>Blanks between the two mean that they stood apart, in what is left of a table perhaps.</summary>
    private static bool IsUnbroken(Passage passage, int from, int to) => passage.Folded.Printing(from, to) is var (first, end) && end - first == to - from;

    private static int? RepeatAt(string text, int at)
    {
        for (var length = ShortestRepeat; length <= LongestRepeat && at + (2 * length) <= text.Length && IsHan(text[at + length - 1]); length++)
        {
            if (text[at] == text[at + length] && text.AsSpan(at, length).SequenceEqual(text.AsSpan(at + length, length)) && text.AsSpan(at, length).IndexOfAnyExcept(text[at]) > 0
                && text.AsSpan(at, length).IndexOfAnyExceptInRange('\u4E00', '\u9FFF') < 0)
            {
                return length;
            }
        }
        return null;
    }

    private static IEnumerable<Flaw> Blanks(RuleInput input)
    {
        if (IsBrokenByPages(input.Content))
        {
            yield break;
        }
        if (input.Content.Title is { } title && HasInnerBlank(title))
        {
            yield return new Flaw($"标题中有多余空格：“{title}”", $"Blanks inside the title: \"{title}\"", "/title");
        }
        for (var i = 0; input.Content.Word($"/source/labels/{i}/printed") is { } label; i++)
        {
            if (HasInnerBlank(label) || label.AsSpan().IndexOfAny("(),") >= 0)
            {
                yield return new Flaw($"表头全半角或空格不规范：“{label}”", $"Width or spacing of a label: \"{label}\"", $"/source/labels/{i}/printed");
            }
        }
    }

    /// <summary>Whether lines end in the middle of sentences, as pages make them: then blanks are the page's too.</summary>
    private static bool IsBrokenByPages(ReportContent content)
    {
        var overview = content.Section("overview") ?? "";
        var breaks = Enumerable.Range(1, Math.Max(0, overview.Length - 1)).Where(i => overview[i] == '\n').ToList();
        return breaks.Count > 4 && 2 * breaks.Count(i => IsHan(overview[i - 1])) > breaks.Count;
    }

    private static bool HasInnerBlank(string words)
    {
        for (var i = 1; i + 1 < words.Length; i++)
        {
            if (words[i] is ' ' or '\u3000' or '\u00A0' && IsHan(words[i - 1]) && IsHan(words[i + 1]))
            {
                return true;
            }
        }
        return false;
    }

    private static IEnumerable<Flaw> Garbled(RuleInput input)
    {
        foreach (var passage in input.Passages)
        {
            var printed = passage.Folded.Printed;
            var at = Array.ConvertAll(_garbled, sign => printed.IndexOf(sign, StringComparison.Ordinal)).Where(found => found >= 0).DefaultIfEmpty(-1).Min();
            at = at >= 0 ? at : printed.AsSpan().IndexOfAnyInRange('\u0001', '\u0008');
            if (at >= 0)
            {
                yield return new Flaw("存在乱码", "Garbled characters", $"/sections/{passage.Section}") { Span = new TextSpan(passage.Section, at, at + 1) };
            }
        }
    }

    private static bool IsHan(char c) => c is >= '\u4E00' and <= '\u9FFF';
}
