using Disclosure.Formats;
using Disclosure.Prose;
using Disclosure.Rules.Examples;

namespace Disclosure.Rules.Citations;

/// <summary>CIT-005 to CIT-008, CIT-010: which documents are named, and how.</summary>
internal static class CitedTitleRules
{
    private const int OldLawForgottenFrom = 2020;

    private static readonly (string Wrong, string Right)[] _wrongNames =
    [
        ("中华人民共和国信息公开条例", "中华人民共和国政府信息公开条例"),
        ("中华人民共和国政府信息条例", "中华人民共和国政府信息公开条例"),
        ("中华人民共和国政府信息公开工作条例", "中华人民共和国政府信息公开条例"),
        ("中华人民共和国政府信息公开法", "中华人民共和国政府信息公开条例"),
        ("《政府信息公开工作条例》", "中华人民共和国政府信息公开条例"),
        ("政府信息年度报告格式", "中华人民共和国政府信息公开工作年度报告格式"),
        ("政府信息公开年度工作报告格式", "中华人民共和国政府信息公开工作年度报告格式"),
    ];

    private static readonly Phrases _oldTests = new("自身生产、生活、科研等特殊需要", "自身生产、生活和科研等特殊需要", "公正、公平、便民", "公正、公平和便民");
    private static readonly Phrases _past = new("修订前", "修改前", "原条例", "旧条例", "取消", "删除", "删去", "废止", "不再", "无须", "无需", "不必", "无论是否");

    public static IReadOnlyList<Rule> All { get; } =
    [
        new("CIT-005", Severity.Warning,
            new("旧条例内容", "The repealed regulation"),
            new("2020年及以后引用已废止的国务院令第492号，或其“自身生产、生活、科研等特殊需要”“公正、公平、便民”的表述；同句写明现行第711号令或者修订、取消的不算；部门年报提及3月31日不再提示，因为政府年报的期限也会写在部门年报中",
                "From 2020 on: cites order 492 or its tests of one's own needs and of fairness without legality, in a sentence that neither names order 711 nor says that this was changed. A department that mentions 31 March is not told so: it may speak of governments"),
            "《中华人民共和国政府信息公开条例》第五条、第二十七条、第五十六条", Repealed)
        {
            FromYear = OldLawForgottenFrom,
            Holds = ProseExamples.Problems("坚持公正、公平、合法、便民的原则。"),
            Breaks = ProseExamples.Problems("坚持公正、公平、便民的原则。"),
        },
        new("CIT-006", Severity.Warning,
            new("所称格式有误", "Wrong form claimed"),
            new("正文只引用了另一年度的格式文件，而表格采用的是本年度的格式；表格本身有误的按STR-005提示",
                "The prose cites only the form of other years while the tables follow the year's own; where the tables are wrong, STR-005 tells it"),
            "国办公开办函〔2021〕30号、〔2019〕60号", WrongForm)
        {
            Implies = ["CIT-007"],
            Holds = ProseExamples.Problems("本报告在〔2019〕60号格式的基础上改用新格式。"),
            Breaks = Example.Of(("/sections/preamble", ProseExamples.Preamble.Replace(
                "印发〈中华人民共和国政府信息公开工作年度报告格式〉的通知》（国办公开办函〔2021〕30号）", "政府信息公开工作年度报告有关事项的通知》（国办公开办函〔2019〕60号）", StringComparison.Ordinal))),
        },
        new("CIT-007", Severity.Info,
            new("未引用格式文件", "Form not cited"),
            new("2021年及以后，全文未提及国办公开办函〔2021〕30号或年度报告格式", "From 2021 on, the text names neither the notice nor the form it brings"),
            "国办公开办函〔2021〕30号", FormNotCited)
        {
            FromYear = 2021,
            Holds = Example.Of(("/sections/preamble", ProseExamples.Preamble.Replace("（国办公开办函〔2021〕30号）", "", StringComparison.Ordinal))),
            Breaks = Example.Of(("/sections/preamble", ProseExamples.PreambleWithoutForm)),
        },
        new("CIT-008", Severity.Warning,
            new("文件名称有误", "Wrong title"),
            new("条例或格式文件的名称有误，或者印发通知的标题缺少“印发”", "The regulation or the form is misnamed, or the title of the notice lacks 印发"),
            "所引文件的标题", WrongNames)
        {
            Holds = ProseExamples.Problems("全年认真学习《政府信息公开条例》。"),
            Breaks = ProseExamples.Problems("全年认真学习《中华人民共和国信息公开条例》。"),
        },
        new("CIT-010", Severity.Info,
            new("书名号", "Title marks"),
            new("书名号不成对、内层未用〈〉，或者所引两份印发通知的标题缺少内层书名号", "Title marks are unbalanced, the inner ones are not 〈〉, or the two notices that bring a form or measures are cited without inner marks"),
            "GB/T 15834—2011《标点符号用法》", Marks)
        {
            Holds = ProseExamples.Problems("全年认真落实《关于印发〈云州市公开规程〉的通知》。"),
            Breaks = ProseExamples.Problems("全年认真落实《关于印发《云州市公开规程》的通知》。"),
        },
    ];

    private static IEnumerable<Flaw> Repealed(RuleInput input)
    {
        foreach (var passage in input.Passages)
        {
            foreach (var number in passage.Numbers.Where(number => KnownDocuments.OldRegulation.HasNumber(number) && !IsOfThePast(passage, number.From)))
            {
                yield return Old(passage, number.From, number.To);
            }
            foreach (var (from, to) in _oldTests.All(passage.Text).Where(test => !IsOfThePast(passage, test.From)))
            {
                yield return Old(passage, from, to);
            }
        }
    }

    /// <summary>Whether the sentence tells what was, beside what is: the order in force, or that something was abolished.</summary>
    private static bool IsOfThePast(Passage passage, int at)
    {
        var sentence = passage.SentenceAt(at);
        return _past.In(passage.Span(sentence.From, sentence.To)) || passage.Numbers.Any(number => number.From >= sentence.From && number.To <= sentence.To && KnownDocuments.Regulation.HasNumber(number));
    }

    private static Flaw Old(Passage passage, int from, int to) =>
        passage.Flaw(from, to, $"引用了旧条例内容：“{passage.Quote(from, to)}”", $"Wording of the repealed regulation: \"{passage.Quote(from, to)}\"");

    private static IEnumerable<Flaw> WrongForm(RuleInput input)
    {
        var cited = (from passage in input.Passages
                     from number in passage.Numbers
                     let form = KnownDocuments.Form.HasNumber(number) ? Format2021.Value : KnownDocuments.TrialForm.HasNumber(number) ? Format2019.Value : null
                     where form is not null
                     select (Passage: passage, Number: number, Form: form)).ToList();
        if (cited.Count > 0 && cited.All(one => one.Form != input.Prescribed) && !input.MixesForms && input.Followed("proactive") == input.Prescribed
            && !input.Passages.Any(passage => passage.Has("年度报告格式")))
        {
            var (passage, number, form) = cited[0];
            yield return passage.Flaw(number.From, number.To,
                $"正文称按{form.Document}编制，表格为{input.Prescribed!.Document}格式", $"Claims {form.Document}; the tables follow {input.Prescribed.Document}");
        }
    }

    private static IEnumerable<Flaw> FormNotCited(RuleInput input)
    {
        if (input.Passages.Count > 0 && !input.Passages.Any(passage => passage.Has("年度报告格式") || passage.Numbers.Any(KnownDocuments.Form.HasNumber)))
        {
            yield return new Flaw("未引用年度报告格式文件（国办公开办函〔2021〕30号）", "The document that fixes the form (国办公开办函〔2021〕30号) is not cited", "/sections/preamble");
        }
    }

    private static IEnumerable<Flaw> WrongNames(RuleInput input)
    {
        foreach (var passage in input.Passages)
        {
            foreach (var (wrong, right) in _wrongNames)
            {
                if (passage.Text.IndexOf(wrong, StringComparison.Ordinal) is >= 0 and var at)
                {
                    yield return Misnamed(passage, at, at + wrong.Length, right);
                }
            }
            foreach (var citation in passage.Citations.Where(citation => citation.Number is { } number && KnownDocuments.Form.HasNumber(number)))
            {
                if (citation.Title.Contains("关于", StringComparison.Ordinal) && citation.Title.Contains("年度报告格式", StringComparison.Ordinal) && !citation.Title.Contains("印发", StringComparison.Ordinal))
                {
                    yield return Misnamed(passage, citation.From, citation.To, KnownDocuments.Form.Title);
                }
            }
        }
    }

    private static Flaw Misnamed(Passage passage, int from, int to, string right) =>
        passage.Flaw(from, to, $"文件名称有误：应为《{right}》", $"Wrong title; it should be 《{right}》");

    private static IEnumerable<Flaw> Marks(RuleInput input)
    {
        foreach (var passage in input.Passages)
        {
            foreach (var citation in passage.Citations.Where(IsIllMarked))
            {
                yield return passage.Flaw(citation.From, citation.To, $"书名号使用不规范：{passage.Quote(citation.From, citation.To)}", $"Title marks not well formed: {passage.Quote(citation.From, citation.To)}");
            }
            if (Unmatched(passage.Text) is { } at)
            {
                var (from, to) = passage.Text[at] == '《' ? (at, Sentence.ClauseEnd(passage.Text, at)) : (Sentence.ClauseStart(passage.Text, at), at + 1);
                yield return passage.Flaw(from, to, $"书名号不成对：“{passage.Quote(from, to)}”", $"Title marks are not balanced: \"{passage.Quote(from, to)}\"");
            }
        }
    }

    /// <summary>The first mark without its other half.</summary>
    private static int? Unmatched(string text)
    {
        var open = new Stack<int>();
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '《')
            {
                open.Push(i);
            }
            else if (text[i] == '》' && !open.TryPop(out _))
            {
                return i;
            }
        }
        return open.Count > 0 ? open.Last() : null;
    }

    private static bool IsIllMarked(Citation citation) =>
        citation.Title.AsSpan().IndexOfAny("《<>") >= 0
        || citation.Title.Count(c => c == '〈') != citation.Title.Count(c => c == '〉')
        || (!citation.Title.Contains('〈', StringComparison.Ordinal) && citation.Title.Contains("关于印发", StringComparison.Ordinal)
            && (citation.Title.EndsWith("年度报告格式的通知", StringComparison.Ordinal) || citation.Title.EndsWith("信息处理费管理办法的通知", StringComparison.Ordinal)));
}
