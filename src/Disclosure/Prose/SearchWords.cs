using System.Globalization;
using System.Text;

namespace Disclosure.Prose;

/// <summary>A word of the index at its place.</summary>
public readonly record struct PlacedWord(string Word, int Place);

/// <summary>
/// What a text can be found by, without a dictionary: each pair of neighbouring Chinese characters, and each run of other
/// letters and digits. A phrase is found where its pairs follow each other.
/// </summary>
public static class SearchWords
{
    public const int MostTerms = 8;

    /// <summary>Of a question, blanks included.</summary>
    public const int MostCharacters = 100;

    /// <summary>What the index tells the words of names by from those of prose.</summary>
    public const string NameMark = "^";

    /// <summary>Longer runs of letters and digits are no words that anyone types.</summary>
    private const int Longest = 40;

    /// <summary>The words of a text with their places, from 1; the last character of a Chinese passage stands alone, so that it is found too.</summary>
    public static IEnumerable<PlacedWord> Of(string printed)
    {
        var text = FoldedText.Of(printed).Text;
        var place = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (IsHan(text[i]))
            {
                place++;
                yield return new PlacedWord(i + 1 < text.Length && IsHan(text[i + 1]) ? text.Substring(i, 2) : text[i].ToString(), place);
            }
            else if (IsWordly(text[i]))
            {
                place++;
                var end = EndOfRun(text, i);
                yield return new PlacedWord(Lower(text.AsSpan(i, Math.Min(Longest, end - i))), place);
                i = end - 1;
            }
            else
            {
                // Marks part what stands before them from what stands behind.
                place++;
            }
        }
    }

    /// <summary>The terms of a question, which are parted by blanks; each must be found. Folded, without those that hold no word.</summary>
    public static IReadOnlyList<string> Terms(string question) =>
        [.. question.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(Folding.Fold).Where(term => term.Any(IsPartOfWord)).Distinct(StringComparer.Ordinal)];

    /// <summary>The condition that the words of a term are there, wherever they stand: an index alone can tell, and has no lone character to look all that begin with it up for.</summary>
    /// <param name="mark">What stands before each word; <see cref="NameMark"/> for those of names.</param>
    public static string Gathering(string term, string mark = "")
    {
        var words = Asked(term).Select(word => word.Word).Distinct(StringComparer.Ordinal).ToList();
        var whole = words.Where(word => !IsLone(word)).ToList();
        return string.Join(" & ", whole.Count > 0 ? whole.Select(word => $"'{mark}{word}'") : words.Select(word => $"'{mark}{word}':*"));
    }

    /// <summary>The condition of PostgreSQL's full-text search that a term is: its words, one behind the other.</summary>
    /// <param name="weights">Letters of the weights that count; empty for all.</param>
    public static string Condition(string term, string weights = "")
    {
        var condition = new StringBuilder();
        var before = 0;
        foreach (var (word, place) in Asked(term))
        {
            if (condition.Length > 0)
            {
                condition.Append(CultureInfo.InvariantCulture, $" <{place - before}> ");
            }
            // A lone character may begin a pair.
            var mark = (IsLone(word) ? "*" : "") + weights;
            condition.Append(CultureInfo.InvariantCulture, $"'{word}'{(mark.Length > 0 ? ":" : "")}{mark}");
            before = place;
        }
        return condition.ToString();
    }

    /// <summary>
    /// The first place of a term in a passage, in UTF-16 code units as it was printed; null where it does not stand there.
    /// As in the index, any mark stands for any other, and those around the term say nothing.
    /// </summary>
    public static (int From, int To)? Find(FoldedText passage, string term)
    {
        var (first, last) = (0, term.Length);
        while (!IsPartOfWord(term[first]))
        {
            first++;
        }
        while (!IsPartOfWord(term[last - 1]))
        {
            last--;
        }
        var asked = term.AsSpan(first, last - first);
        var lead = asked[..LeadOf(asked)];
        for (var at = 0; at + asked.Length <= passage.Text.Length; at++)
        {
            var next = passage.Text.AsSpan(at).IndexOf(lead, StringComparison.OrdinalIgnoreCase);
            if (next < 0)
            {
                return null;
            }
            at += next;
            if (StandsAt(passage.Text, at, asked))
            {
                return passage.Printing(at, at + asked.Length);
            }
        }
        return null;
    }

    private static bool StandsAt(string text, int at, ReadOnlySpan<char> asked)
    {
        if (at + asked.Length > text.Length)
        {
            return false;
        }
        for (var i = 0; i < asked.Length; i++)
        {
            if (IsPartOfWord(asked[i]) ? char.ToLowerInvariant(asked[i]) != char.ToLowerInvariant(text[at + i]) : IsPartOfWord(text[at + i]))
            {
                return false;
            }
        }
        return true;
    }

    /// <summary>How long the first stretch without marks is.</summary>
    private static int LeadOf(ReadOnlySpan<char> asked)
    {
        var length = 0;
        while (length < asked.Length && IsPartOfWord(asked[length]))
        {
            length++;
        }
        return length;
    }

    private static bool IsPartOfWord(char c) => IsHan(c) || IsWordly(c);

    /// <summary>The words of a term: pairs alone say all that the characters between them do.</summary>
    private static IEnumerable<PlacedWord> Asked(string term)
    {
        PlacedWord? before = null;
        foreach (var word in Of(term))
        {
            var isTail = IsLone(word.Word) && before is { } pair && pair.Place == word.Place - 1 && pair.Word.Length == 2 && IsHan(pair.Word[0]) && pair.Word[1] == word.Word[0];
            if (!isTail)
            {
                yield return word;
            }
            before = word;
        }
    }

    private static int EndOfRun(string text, int from)
    {
        var end = from;
        while (end < text.Length && IsWordly(text[end]))
        {
            end++;
        }
        return end;
    }

    private static string Lower(ReadOnlySpan<char> run)
    {
        Span<char> lower = stackalloc char[run.Length];
        run.ToLowerInvariant(lower);
        return lower.ToString();
    }

    private static bool IsLone(string word) => word.Length == 1 && IsHan(word[0]);

    private static bool IsHan(char c) => c is (>= '\u3400' and <= '\u4DBF') or (>= '\u4E00' and <= '\u9FFF');

    private static bool IsWordly(char c) => char.IsAsciiLetterOrDigit(c) || (c > '\u00BF' && char.IsLetter(c) && !IsHan(c));
}
