using System.Text;

namespace Disclosure.Prose;

/// <summary>
/// A passage in the shape in which it is searched: one width, no blanks but those that part two numbers, and of line breaks
/// only those that end a sentence (pages break lines anywhere). Each character knows where it was printed, so that what is
/// found points into the passage as it stands.
/// </summary>
public sealed class FoldedText
{
    private readonly int[] _printedAt;

    private FoldedText(string printed, string text, int[] printedAt)
    {
        Printed = printed;
        Text = text;
        _printedAt = printedAt;
    }

    public string Printed { get; }

    /// <summary>The passage for searching.</summary>
    public string Text { get; }

    public static FoldedText Of(string printed)
    {
        ArgumentNullException.ThrowIfNull(printed);
        var folded = new StringBuilder(printed.Length);
        var at = new int[printed.Length];
        var (blank, broken) = (false, false);
        for (var i = 0; i < printed.Length; i++)
        {
            var c = printed[i];
            if (Folding.IsSpace(c))
            {
                (blank, broken) = (true, broken || c == '\n');
                continue;
            }
            var shape = Shape(c);
            if (blank && folded.Length > 0 && Gap(folded[^1], shape, broken, printed.AsSpan(i)) is { } gap)
            {
                at[folded.Length] = i - 1;
                folded.Append(gap);
            }
            at[folded.Length] = i;
            folded.Append(shape);
            (blank, broken) = (false, false);
        }
        return new FoldedText(printed, folded.ToString(), at);
    }

    /// <summary>Where a stretch of the folded text stands in the printed passage, in UTF-16 code units, the end exclusive.</summary>
    public (int From, int To) Printing(int from, int to) => (from < Text.Length ? _printedAt[from] : Printed.Length, to == 0 ? 0 : _printedAt[to - 1] + 1);

    /// <summary>A stretch of the folded text as it was printed.</summary>
    public string Quote(int from, int to)
    {
        var (first, end) = Printing(from, to);
        return Printed[first..end];
    }

    /// <summary>Whether blanks between two characters mean anything.</summary>
    private static char? Gap(char before, char after, bool broken, ReadOnlySpan<char> rest) =>
        broken && (Sentence.Ends(before) || before is ':' || IsNumbered(rest)) ? '\n'
        : char.IsAsciiDigit(before) && char.IsAsciiDigit(after) ? ' '
        : null;

    /// <summary>Whether a line begins with a number as points and headings have it: (一), 一、, 1.</summary>
    private static bool IsNumbered(ReadOnlySpan<char> line) =>
        line.Length > 2
        && ((line[0] is '(' or '（' && Numeral.IsHan(line[1]))
            || (Numeral.IsHan(line[0]) && line[1] == '、')
            || (char.IsAsciiDigit(line[0]) && line[1] is '.' or '、' or '．' && !char.IsAsciiDigit(line[2])));

    private static char Shape(char c) => c switch
    {
        >= '\u4E00' and <= '\u9FFF' => c,
        >= '\uFF01' and <= '\uFF5E' => (char)(c - 0xFEE0),
        '\u3007' or '○' or '〇' => '〇',
        '﹪' => '%',
        '﹐' or '︐' => ',',
        '‐' or '‑' or '‒' or '–' or '−' or '﹣' => '-',
        '﹝' => '〔',
        '﹞' => '〕',
        _ => Radicals.WordOf(c),
    };
}
