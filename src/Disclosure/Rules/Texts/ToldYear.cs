using Disclosure.Prose;

namespace Disclosure.Rules.Texts;

/// <summary>Of which year the prose speaks where it states a figure.</summary>
internal static class ToldYear
{
    private const int YearLength = 5;

    /// <summary>Words before a year that opens a clause.</summary>
    private static readonly string[] _before = ["", "截至", "截止", "到", "至", "于", "在", "自", "从", "与", "同", "和", "但", "而"];

    private const int LongestDate = 12;

    private static readonly Phrases _wholeYear = new("至12月", "到12月", "-12月", "—12月", "~12月", "12月31日", "12月底", "12月末");
    private static readonly Phrases _lastYear = new("上年", "去年", "上一年");
    private const int LongestLastYear = 3;

    /// <summary>
    /// Whether another year is meant: the last one named in the clause before the figure is, or, where the clause names
    /// none, the one that the sentence opened with. What is said in brackets ends with them.
    /// </summary>
    public static bool IsAnother(Passage passage, int at, int year)
    {
        var sentence = passage.SentenceAt(at);
        var clause = Math.Max(sentence.From, Sentence.ClauseStart(passage.Text, at));
        var words = Relative(passage.Text[clause..at], year);
        return LastIn(words) is { } named ? named != year : OpenedWith(passage.Text, sentence.From, clause, year) is { } opened && opened != year;
    }

    /// <summary>Whether the clause, or a short one before it (2023年3月,), names a month and not the whole year by its last.</summary>
    public static bool IsOfMonths(Passage passage, int at)
    {
        var (sentence, text) = (passage.SentenceAt(at), passage.Text);
        var clause = Math.Max(sentence.From, Sentence.ClauseStart(text, at));
        var before = clause > sentence.From ? Math.Max(sentence.From, Sentence.ClauseStart(text, clause - 1)) : clause;
        var words = text.AsSpan((clause - before <= LongestDate ? before : clause)..at);
        var month = words.IndexOf('月');
        return month > 0 && char.IsAsciiDigit(words[month - 1]) && !_wholeYear.In(words);
    }

    /// <summary>Requests carried to the year after or from the year before, told by these years, are carried to the next and from the last.</summary>
    public static string Relative(string words, int year)
    {
        var (next, last) = ($"{year + 1}年", $"{year - 1}年");
        if (words.Contains(next, StringComparison.Ordinal))
        {
            words = words.Replace($"转至{next}", "转至下年", StringComparison.Ordinal).Replace($"转到{next}", "转到下年", StringComparison.Ordinal)
                .Replace($"转入{next}", "转入下年", StringComparison.Ordinal).Replace($"转{next}", "转下年", StringComparison.Ordinal);
        }
        return words.Contains(last, StringComparison.Ordinal)
            ? words.Replace($"{last}结转", "上年结转", StringComparison.Ordinal).Replace($"{last}度结转", "上年度结转", StringComparison.Ordinal).Replace($"{last}转", "上年转", StringComparison.Ordinal)
            : words;
    }

    /// <summary>The year with which the sentence, or the latest of its clauses before this one, opens; 0 for last year in words.</summary>
    private static int? OpenedWith(string text, int from, int to, int year)
    {
        var (opened, depth) = ((int?)null, 0);
        for (var at = from; at < to; at++)
        {
            depth += text[at] == '(' ? 1 : text[at] == ')' ? -1 : 0;
            if (depth <= 0 && (at == from || text[at - 1] is ',' or ':' or ')'))
            {
                opened = OpeningAt(text, at, to, year) ?? opened;
            }
        }
        return opened;
    }

    private static int? OpeningAt(string text, int at, int to, int year)
    {
        foreach (var before in _before)
        {
            if (text.AsSpan(at, to - at).StartsWith(before) && YearAt(text, at + before.Length) is { } named)
            {
                return Relative(text[at..Math.Min(to, at + before.Length + YearLength + 3)], year)[before.Length] == '上' ? null : named;
            }
        }
        return _lastYear.First(text.AsSpan(at, Math.Min(LongestLastYear, to - at))) == 0 && !text.AsSpan(at, Math.Min(6, to - at)).Contains('转') ? 0 : null;
    }

    private static int? LastIn(string words)
    {
        for (var at = words.Length - YearLength; at >= 0; at--)
        {
            if (YearAt(words, at) is { } year)
            {
                return year;
            }
        }
        return null;
    }

    private static int? YearAt(string text, int at) =>
        at + YearLength <= text.Length && text[at] == '2' && text[at + 1] == '0' && char.IsAsciiDigit(text[at + 2]) && char.IsAsciiDigit(text[at + 3]) && text[at + 4] == '年'
            ? 2000 + ((text[at + 2] - '0') * 10) + text[at + 3] - '0'
            : null;
}
