using System.Collections.Frozen;
using System.Text;

namespace Disclosure.Prose;

/// <summary>
/// Brings printed words into one shape for comparing: no white space, one width, one kind of bracket, quote and dash.
/// This is the part of NFKC that Chinese office documents need. <see cref="string.Normalize()"/> cannot serve: where
/// globalization is invariant it hands its input back unchanged.
/// </summary>
internal static class Folding
{
    private const string Ideographs = "一二三四五六七八九十";

    /// <summary>Each first string's characters become the second, after widths are folded.</summary>
    private static readonly (string From, string To)[] Unified =
    [
        ("[{〔【〖〚︵︷︹︻﹙﹛﹝", "("),
        ("]}〕】〗〛︶︸︺︼﹚﹜﹞", ")"),
        ("“”„‟‘’‚‛「」『』〝〞〟′″﹁﹂﹃﹄'", "\""),
        ("‐‑‒–—―−﹣─ー", "-"),
        ("﹐︐", ","),
        ("﹑︑", "、"),
        ("︒｡", "。"),
        ("﹕︓", ":"),
        ("﹔︔", ";"),
        ("﹒", "."),
        ("∕⁄", "/"),
        ("○", "〇"),
        ("〈", "<"),
        ("〉", ">"),
    ];

    private static readonly FrozenDictionary<char, string> _shapes = Shapes();

    /// <summary>The words as they are compared.</summary>
    public static string Fold(string printed)
    {
        var folded = new StringBuilder(printed.Length);
        foreach (var c in printed)
        {
            if (IsIdeograph(c))
            {
                folded.Append(c);
            }
            else if (!IsSpace(c))
            {
                var narrow = Narrow(c);
                _ = _shapes.TryGetValue(narrow, out var shape) ? folded.Append(shape) : folded.Append(narrow);
            }
        }
        return folded.ToString();
    }

    /// <summary>The characters that most of a report consists of stand for themselves.</summary>
    private static bool IsIdeograph(char c) => c is >= '\u4E00' and <= '\u9FFF';

    /// <summary>White space in the widest sense: blanks of every width, and what is not printed at all.</summary>
    public static bool IsSpace(char c) =>
        !IsIdeograph(c) && (char.IsWhiteSpace(c) || char.IsControl(c) || c is '\u00AD' or (>= '\u200B' and <= '\u200F') or (>= '\u2060' and <= '\u2064') or '\uFEFF' or '\u180E');

    /// <summary>Full-width letters, digits and signs have half-width twins.</summary>
    public static char Narrow(char c) => c is >= '\uFF01' and <= '\uFF5E' ? (char)(c - 0xFEE0) : c;

    public static string WithoutSpace(string printed) => string.Concat(printed.Where(c => !IsSpace(c)));

    private static FrozenDictionary<char, string> Shapes()
    {
        var shapes = new Dictionary<char, string>();
        foreach (var (from, to) in Unified)
        {
            foreach (var c in from)
            {
                shapes[c] = to;
            }
        }
        foreach (var (radical, word) in Radicals.Words)
        {
            shapes[radical] = word.ToString();
        }
        for (var i = 0; i < Ideographs.Length; i++)
        {
            shapes[(char)('㈠' + i)] = $"({Ideographs[i]})";
        }
        for (var i = 1; i <= 20; i++)
        {
            shapes[(char)('⑴' + i - 1)] = $"({i})";
            shapes[(char)('⒈' + i - 1)] = $"{i}.";
        }
        return shapes.ToFrozenDictionary();
    }
}
