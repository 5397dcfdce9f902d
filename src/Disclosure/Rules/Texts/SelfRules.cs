using Disclosure.Prose;
using Disclosure.Rules.Examples;

namespace Disclosure.Rules.Texts;

/// <summary>TX-009 to TX-011: prose against itself.</summary>
internal static class SelfRules
{
    private const string Notice = "年报前后一致；国办公开办函〔2021〕30号：真实准确";
    private const int ShortestSameWords = 12;
    private const int LongestSameWords = 80;
    private const int ListBeginsWithin = 12;
    private const string Ordinals = "一二三四五六七八九十";

    private static readonly Phrases _publishes = new("发布", "公开");
    private static readonly Phrases _published = new("第一时间发布", "第一时间公开", "发布了", "公开了", "已发布", "及时发布我");
    private static readonly Phrases _done = new("已", "均", "全部");
    private static readonly string[] _points = ["个方面", "方面", "个问题", "方面问题", "个方面问题", "个方面的问题", "点问题", "个不足", "项措施", "个方面进行改进", "个方面工作", "个方面措施", "方面工作", "方面措施", "个方面的工作", "个方面的不足"];

    public static IReadOnlyList<Rule> All { get; } =
    [
        new("TX-009", Severity.Warning,
            new("同一数据不一致", "Same figure, two values"),
            new("两个句子从句首到数字的文字完全相同（不少于12字），而数字不同", "Two sentences have the same words, twelve at least, from their beginning up to a figure, and the figures differ"),
            Notice, TwoValues)
        {
            Holds = ProseExamples.Problems("通过区政府门户网站主动公开各类信息20条。通过局微信公众号主动公开各类信息16条。"),
            Breaks = ProseExamples.Problems("通过区政府门户网站主动公开各类信息20条。通过区政府门户网站主动公开各类信息16条。"),
        },
        new("TX-010", Severity.Warning,
            new("发布0条与所述不符", "Nothing published, yet publishing described"),
            new("称发布信息0条，同时又称第一时间发布、已发布了信息；“应及时发布”一类要求不算", "Says that no item was published and yet that things were published at once; that they are to be published does not count"),
            Notice, NothingPublished)
        {
            Holds = ProseExamples.Problems("通过区政府网站发布信息0条，今后将及时发布政策信息。"),
            Breaks = ProseExamples.Problems("通过区政府网站发布信息0条。第一时间发布招商引资政策措施。"),
        },
        new("TX-011", Severity.Warning,
            new("所称点数不符", "Announced number of points"),
            new("“N个方面：”之后以“一是、二是”列出的点数与之不同；之后没有紧接列举的不核", "N个方面 is followed by a list 一是, 二是 … of another length; where no list follows at once nothing is judged"),
            Notice, Points)
        {
            Holds = ProseExamples.Problems("主要体现在两个方面：一是形式单一；二是人员变动。"),
            Breaks = ProseExamples.Problems("主要体现在三个方面：一是形式单一；二是人员变动。\n"),
        },
    ];

    private static IEnumerable<Flaw> TwoValues(RuleInput input)
    {
        var seen = new Dictionary<string, decimal>(StringComparer.Ordinal);
        foreach (var passage in input.Passages)
        {
            foreach (var sentence in passage.Sentences)
            {
                var quantity = passage.QuantitiesIn(sentence).FirstOrDefault();
                if (quantity is null || quantity.IsRounded || quantity.From - sentence.From is < ShortestSameWords or > LongestSameWords)
                {
                    continue;
                }
                var words = $"{passage.Span(sentence.From, quantity.From)}{quantity.Unit}";
                if (seen.TryAdd(words, quantity.Value) || seen[words] == quantity.Value)
                {
                    continue;
                }
                yield return passage.Flaw(sentence.From, quantity.To, $"同一数据前后不一致：{seen[words]:0.##}与{quantity.Value:0.##}", $"Same figure given twice: {seen[words]:0.##} and {quantity.Value:0.##}") with { Stated = quantity.Value, Computed = seen[words] };
            }
        }
    }

    private static IEnumerable<Flaw> NothingPublished(RuleInput input)
    {
        var nothing = (from passage in input.Passages
                       from quantity in passage.Quantities
                       where quantity.Value == 0 && quantity.Unit is "条" or "篇"
                       let start = Sentence.ClauseStart(passage.Text, quantity.From)
                       let lead = passage.Text[start..quantity.From]
                       where lead.Contains("信息", StringComparison.Ordinal) && _publishes.In(lead) && !lead.Contains("申请", StringComparison.Ordinal)
                       select (Passage: passage, Start: start, End: quantity.To)).ToList();
        if (nothing.Count > 0 && input.Passages.Any(passage => _published.In(passage.Text))
            && !input.Passages.Any(passage => passage.Quantities.Any(quantity => quantity.Value > 0 && quantity.Unit is "条" or "篇" && _publishes.In(passage.Span(Sentence.ClauseStart(passage.Text, quantity.From), quantity.From)) && quantity.Value > 0)))
        {
            var (passage, start, end) = nothing[0];
            yield return passage.Flaw(start, end, "称发布0条，但描述了发布工作", "Zero items published, yet publishing is described");
        }
    }

    private static IEnumerable<Flaw> Points(RuleInput input)
    {
        foreach (var passage in input.Passages)
        {
            for (var at = passage.Text.IndexOf("一是", StringComparison.Ordinal); at >= 0; at = passage.Text.IndexOf("一是", at + 2, StringComparison.Ordinal))
            {
                if (Announced(passage.Text, at) is not var (announced, from))
                {
                    continue;
                }
                var listed = Listed(passage.Text, at);
                if (listed >= 2 && listed != announced)
                {
                    yield return passage.Flaw(from, at, $"称{announced}个方面，实列{listed}个", $"Announces {announced} points, lists {listed}") with { Stated = announced, Computed = listed };
                }
            }
        }
    }

    /// <summary>The number of points said directly before a list begins.</summary>
    private static (int Announced, int From)? Announced(string text, int list)
    {
        for (var at = list - 1; at >= Math.Max(1, list - ListBeginsWithin - 4); at--)
        {
            if (NumberOf(text[at - 1]) is >= 2 and var number && text[Math.Max(0, at - 2)] is var before && before is not ('第' or '十') && !char.IsAsciiDigit(before)
                && Array.Exists(_points, word => text.AsSpan(at).StartsWith(word, StringComparison.Ordinal)))
            {
                var between = text.AsSpan(at, list - at);
                // A sentence of its own tells what became of the points, and the list something else.
                return between.IndexOf('。') is >= 0 and var stop && (stop < between.Length - 1 || _done.In(between)) ? null : (number, at - 1);
            }
        }
        return null;
    }

    private static int NumberOf(char c) => char.IsAsciiDigit(c) ? c - '0' : c == '两' ? 2 : Ordinals.IndexOf(c, StringComparison.Ordinal) + 1;

    /// <summary>How far the list counts on: 一是, 二是 … up to the first that does not follow.</summary>
    private static int Listed(string text, int at)
    {
        var next = text.IndexOf("一是", at + 2, StringComparison.Ordinal) is >= 0 and var another ? another : text.Length;
        var count = 1;
        while (count < Ordinals.Length && text.IndexOf($"{Ordinals[count]}是", at, next - at, StringComparison.Ordinal) is >= 0 and var found)
        {
            (count, at) = (count + 1, found);
        }
        return count;
    }
}
