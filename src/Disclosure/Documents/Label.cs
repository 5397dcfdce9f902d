using Disclosure.Prose;

namespace Disclosure.Documents;

/// <summary>How a label or heading is numbered.</summary>
internal enum OrdinalKind
{
    None,

    /// <summary>一、</summary>
    Part,

    /// <summary>（一）</summary>
    Bracketed,

    /// <summary>1. or 1、</summary>
    Item,
}

/// <summary>A label taken apart: its number and its words, folded. Two labels that differ only in how they are typed are equal.</summary>
internal readonly record struct Label(OrdinalKind Kind, int Number, string Words)
{
    private static readonly Label _none = new(OrdinalKind.None, 0, "");

    private const string Numerals = "〇一二三四五六七八九十";

    /// <summary>No official label comes near this length, and comparing costs time.</summary>
    private const int Longest = 120;

    /// <summary>Empty words when there is nothing, or more than any label could be.</summary>
    public static Label Parse(string printed)
    {
        if (printed.Length > 4 * Longest)
        {
            return _none;
        }
        var folded = Folding.Fold(printed);
        return folded.Length > Longest ? _none : Split(folded);
    }

    /// <summary>Whether a text has Chinese writing at all, as every official label and heading has. Asked before a text is taken apart.</summary>
    public static bool IsWritten(string printed) => printed.AsSpan().ContainsAnyInRange('\u2E80', '\uFFEF');

    public bool IsEmpty => Words.Length == 0;

    private static Label Split(string folded)
    {
        if (folded.Length == 0)
        {
            return _none;
        }
        var open = folded[0] == '(' ? 1 : 0;
        var length = NumberLength(folded, open);
        if (length == 0)
        {
            return new Label(OrdinalKind.None, 0, folded);
        }
        var number = ValueOf(folded.AsSpan(open, length));
        var after = open + length;
        var closes = after < folded.Length && folded[after] == ')';
        if (open == 1)
        {
            return closes ? new Label(OrdinalKind.Bracketed, number, folded[(after + 1)..]) : new Label(OrdinalKind.None, 0, folded);
        }
        if (after == folded.Length || folded[after] is not ('、' or '.' or ',' or ')'))
        {
            return new Label(OrdinalKind.None, 0, folded);
        }
        var kind = char.IsAsciiDigit(folded[0]) ? OrdinalKind.Item : OrdinalKind.Part;
        var words = folded[(after + 1)..];
        return words.Length > 0 && char.IsAsciiDigit(words[0]) && folded[after] != '、' ? new Label(OrdinalKind.None, 0, folded) : new Label(kind, number, words);
    }

    private static int NumberLength(string folded, int from)
    {
        var length = 0;
        while (length < 3 && from + length < folded.Length && IsNumeral(folded[from + length], folded[from]))
        {
            length++;
        }
        return length;
    }

    private static bool IsNumeral(char c, char first) =>
        char.IsAsciiDigit(first) ? char.IsAsciiDigit(c) : Numerals.Contains(c, StringComparison.Ordinal);

    private static int ValueOf(ReadOnlySpan<char> numeral)
    {
        var value = 0;
        foreach (var c in numeral)
        {
            var digit = char.IsAsciiDigit(c) ? c - '0' : Numerals.IndexOf(c, StringComparison.Ordinal);
            value = digit == 10 ? Math.Max(value, 1) * 10 : char.IsAsciiDigit(c) ? (value * 10) + digit : value + digit;
        }
        return value;
    }
}

/// <summary>How alike two folded words are, for labels with a slip of the pen.</summary>
internal static class Likeness
{
    /// <summary>Below this, two labels are two labels.</summary>
    public const double Enough = 0.6;

    /// <summary>One when equal, zero when nothing agrees: one minus the edit distance over the longer length.</summary>
    public static double Of(string a, string b)
    {
        var longer = Math.Max(a.Length, b.Length);
        if (longer == 0 || Math.Min(a.Length, b.Length) < longer * Enough)
        {
            return 0;
        }
        var previous = Enumerable.Range(0, b.Length + 1).ToArray();
        var current = new int[b.Length + 1];
        for (var i = 1; i <= a.Length; i++)
        {
            current[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var change = previous[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                current[j] = Math.Min(change, Math.Min(previous[j], current[j - 1]) + 1);
            }
            (previous, current) = (current, previous);
        }
        return 1 - ((double)previous[b.Length] / longer);
    }

    /// <summary>The one candidate that is alike enough and more alike than every other; null when none is, or two are equally so.</summary>
    public static T? Best<T>(string words, IEnumerable<T> candidates, Func<T, string> wordsOf)
        where T : class
    {
        if (words.Any(char.IsAsciiDigit))
        {
            // No label has digits behind its ordinal. What has ran together with values.
            return null;
        }
        (T? Best, double Score, bool Tie) found = (null, 0, false);
        foreach (var candidate in candidates)
        {
            var score = Of(words, wordsOf(candidate));
            found = score > found.Score ? (candidate, score, false) : score == found.Score ? found with { Tie = true } : found;
        }
        return found.Score >= Enough && !found.Tie ? found.Best : null;
    }
}
