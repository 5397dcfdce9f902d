namespace Disclosure.Prose;

/// <summary>A sentence of a folded text, up to its full stop, semicolon or line break.</summary>
public sealed record Sentence(int From, int To)
{
    /// <summary>No clause is longer; so that a text without any comma is still read in linear time.</summary>
    private const int LongestClause = 200;

    /// <summary>What goes on for longer is cut at the next comma: rules look back to where a sentence begins, and a section without a stop must not cost the square of its length.</summary>
    private const int LongestSentence = 2_000;

    public static bool Ends(char c) => c is '。' or ';' or '!' or '?' or '\n';

    public static IReadOnlyList<Sentence> In(string folded)
    {
        var sentences = new List<Sentence>();
        var from = 0;
        for (var i = 0; i < folded.Length; i++)
        {
            if (Ends(folded[i]) || (i - from >= LongestSentence && folded[i] == ',' && Parts(folded, i)))
            {
                Add(sentences, from, i);
                from = i + 1;
            }
            else if (i - from >= 2 * LongestSentence && !char.IsAsciiDigit(folded[i]))
            {
                Add(sentences, from, i);
                from = i;
            }
        }
        Add(sentences, from, folded.Length);
        return sentences;
    }

    /// <summary>Where the clause that holds this place begins: behind the last comma, stop or bracket.</summary>
    public static int ClauseStart(string folded, int at)
    {
        var least = Math.Max(0, at - LongestClause);
        while (at > least && !Parts(folded, at - 1))
        {
            at--;
        }
        return at;
    }

    public static int ClauseEnd(string folded, int at)
    {
        var most = Math.Min(folded.Length, at + LongestClause);
        while (at < most && !Parts(folded, at))
        {
            at++;
        }
        return at;
    }

    private static bool Parts(string text, int at) =>
        Ends(text[at]) || text[at] is '(' or ')' or ':'
        || (text[at] == ',' && !(at > 0 && at + 1 < text.Length && char.IsAsciiDigit(text[at - 1]) && char.IsAsciiDigit(text[at + 1])));

    private static void Add(List<Sentence> sentences, int from, int to)
    {
        if (to > from)
        {
            sentences.Add(new Sentence(from, to));
        }
    }
}
