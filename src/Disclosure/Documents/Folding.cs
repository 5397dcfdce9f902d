using System.Collections.Frozen;
using System.Text;

namespace Disclosure.Documents;

/// <summary>
/// Brings printed words into one shape for comparing: no white space, one width, one kind of bracket, quote and dash.
/// This is the part of NFKC that Chinese office documents need. <see cref="string.Normalize()"/> cannot serve: where
/// globalization is invariant it hands its input back unchanged.
/// </summary>
internal static class Folding
{
    /// <summary>What the 214 Kangxi radicals from U+2F00 on stand for. Some PDF writers print 行 and 用 with them.</summary>
    private const string Radicals =
        "一丨丶丿乙亅二亠人儿入八冂冖冫几凵刀力勹匕匚匸十卜卩厂厶又口囗土士夂夊夕大女子宀寸小尢尸屮山巛工己巾干幺广廴廾弋弓彐彡彳心戈" +
        "戶手支攴文斗斤方无日曰月木欠止歹殳毋比毛氏气水火爪父爻爿片牙牛犬玄玉瓜瓦甘生用田疋疒癶白皮皿目矛矢石示禸禾穴立竹米糸缶网羊羽老而" +
        "耒耳聿肉臣自至臼舌舛舟艮色艸虍虫血行衣襾見角言谷豆豕豸貝赤走足身車辛辰辵邑酉釆里金長門阜隶隹雨靑非面革韋韭音頁風飛食首香馬骨高髟" +
        "鬥鬯鬲鬼魚鳥鹵鹿麥麻黃黍黑黹黽鼎鼓鼠鼻齊齒龍龜龠";

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
        for (var i = 0; i < Radicals.Length; i++)
        {
            shapes[(char)(0x2F00 + i)] = Radicals[i].ToString();
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
