using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Disclosure.Prose;

/// <summary>
/// How much of two texts is the same, whoever wrote them and whatever their figures: what must be the same in every
/// report (figures, names, titles, the words of the law) is taken out, and what is left is compared by its runs of four
/// characters.
/// </summary>
public sealed class Likeness
{
    private const int Run = 4;

    /// <summary>Shorter texts say too little to be alike or not.</summary>
    public const int FewestRuns = 120;

    /// <summary>Words that the form and the law put into every report.</summary>
    private static readonly string[] _statutory =
    [
        "政府信息公开", "政务公开", "主动公开", "依申请公开", "信息公开", "政府信息管理", "平台建设", "监督保障", "总体情况", "存在的主要问题", "改进情况", "情况", "工作", "条例",
    ];

    private static readonly SearchValues<string> _anyStatutory = SearchValues.Create(_statutory, StringComparison.Ordinal);

    private readonly int[] _runs;

    private Likeness(int[] runs) => _runs = runs;

    /// <summary>How many different runs there are.</summary>
    public int Count => _runs.Length;

    /// <summary>The different runs of four characters, as numbers in order.</summary>
    public ReadOnlySpan<int> Runs => _runs;

    /// <param name="names">The names of the body itself, which a copy exchanges.</param>
    public static Likeness Of(string prose, params IReadOnlyList<string> names)
    {
        var masked = Masked(FoldedText.Of(prose).Text, names);
        var runs = new HashSet<int>();
        for (var i = 0; i + Run <= masked.Length; i++)
        {
            runs.Add(HashCodeOf(masked.AsSpan(i, Run)));
        }
        var ordered = runs.ToArray();
        Array.Sort(ordered);
        return new Likeness(ordered);
    }

    /// <summary>The runs as they are stored, the lowest byte of each first.</summary>
    public byte[] Pack()
    {
        var packed = new byte[_runs.Length * sizeof(int)];
        for (var i = 0; i < _runs.Length; i++)
        {
            BinaryPrimitives.WriteInt32LittleEndian(packed.AsSpan(i * sizeof(int)), _runs[i]);
        }
        return packed;
    }

    /// <summary>What <see cref="Pack"/> made.</summary>
    public static Likeness Unpack(ReadOnlySpan<byte> packed)
    {
        var runs = new int[packed.Length / sizeof(int)];
        for (var i = 0; i < runs.Length; i++)
        {
            runs[i] = BinaryPrimitives.ReadInt32LittleEndian(packed[(i * sizeof(int))..]);
        }
        return new Likeness(runs);
    }

    /// <summary>Twice the runs that both have, of all that either has: 1 for the same text, 0 for nothing in common.</summary>
    public double To(Likeness other)
    {
        var (i, j, both) = (0, 0, 0);
        while (i < _runs.Length && j < other._runs.Length)
        {
            both += _runs[i] == other._runs[j] ? 1 : 0;
            (i, j) = _runs[i] == other._runs[j] ? (i + 1, j + 1) : _runs[i] < other._runs[j] ? (i + 1, j) : (i, j + 1);
        }
        return _runs.Length + other._runs.Length == 0 ? 0 : 2.0 * both / (_runs.Length + other._runs.Length);
    }

    /// <summary>The text without figures, names, titles, marks and the words that every report has.</summary>
    public static string Masked(string folded, params IReadOnlyList<string> names)
    {
        var text = new StringBuilder(folded);
        foreach (var name in names.Where(name => name.Length > 1))
        {
            text.Replace(name, "");
        }
        var words = text.ToString();
        var kept = new StringBuilder(words.Length);
        for (var i = 0; i < words.Length; i++)
        {
            if (words[i] == '《' && words.IndexOf('》', i) is > 0 and var close && close - i < 100)
            {
                i = close;
            }
            else if (words[i] is >= '\u4E00' and <= '\u9FFF' && !Numeral.IsHan(words[i]))
            {
                i += Statutory(words, i) is > 0 and var length ? length - 1 : Kept(kept, words[i]);
            }
        }
        return kept.ToString();
    }

    private static int Kept(StringBuilder kept, char c)
    {
        kept.Append(c);
        return 0;
    }

    private static int Statutory(string text, int at)
    {
        if (text[at] is not ('政' or '主' or '依' or '信' or '平' or '监' or '总' or '存' or '改' or '情' or '工' or '条'))
        {
            return 0;
        }
        var rest = text.AsSpan(at, Math.Min(8, text.Length - at));
        if (rest.IndexOfAny(_anyStatutory) != 0)
        {
            return 0;
        }
        foreach (var word in _statutory)
        {
            if (rest.StartsWith(word, StringComparison.Ordinal))
            {
                return word.Length;
            }
        }
        return 0;
    }

    /// <summary>FNV-1a over the characters: the same on every machine and in every version, because it is stored.</summary>
    private static int HashCodeOf(ReadOnlySpan<char> run)
    {
        var hash = 2166136261u;
        foreach (var c in run)
        {
            hash = (hash ^ c) * 16777619u;
        }
        hash ^= hash >> 15;
        hash *= 2246822519u;
        return (int)(hash ^ (hash >> 13));
    }
}
