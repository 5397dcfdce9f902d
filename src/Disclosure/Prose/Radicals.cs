using System.Collections.Frozen;

namespace Disclosure.Prose;

/// <summary>
/// The characters that some PDF writers print in place of common words: 行 and 用 as Kangxi radicals, 民 and 长 as radicals of
/// the supplement. They look the same and are other characters.
/// </summary>
internal static class Radicals
{
    /// <summary>What the 214 Kangxi radicals from U+2F00 on stand for.</summary>
    private const string Kangxi =
        "一丨丶丿乙亅二亠人儿入八冂冖冫几凵刀力勹匕匚匸十卜卩厂厶又口囗土士夂夊夕大女子宀寸小尢尸屮山巛工己巾干幺广廴廾弋弓彐彡彳心戈" +
        "戶手支攴文斗斤方无日曰月木欠止歹殳毋比毛氏气水火爪父爻爿片牙牛犬玄玉瓜瓦甘生用田疋疒癶白皮皿目矛矢石示禸禾穴立竹米糸缶网羊羽老而" +
        "耒耳聿肉臣自至臼舌舛舟艮色艸虍虫血行衣襾見角言谷豆豕豸貝赤走足身車辛辰辵邑酉釆里金長門阜隶隹雨靑非面革韋韭音頁風飛食首香馬骨高髟" +
        "鬥鬯鬲鬼魚鳥鹵鹿麥麻黃黍黑黹黽鼎鼓鼠鼻齊齒龍龜龠";

    private const string Supplement = "⺠民⻓长⻔门⻚页⻅见⻋车⻛风⻢马⻥鱼⻦鸟⻬齐⻰龙⻄西⻉贝⻝食⻜飞⻘青⻩黄⻆角";

    public static FrozenDictionary<char, char> Words { get; } = Kangxi
        .Select((word, i) => (Radical: (char)(0x2F00 + i), Word: word))
        .Concat(Supplement.Chunk(2).Select(pair => (Radical: pair[0], Word: pair[1])))
        .ToFrozenDictionary(pair => pair.Radical, pair => pair.Word);

    /// <summary>The word that a radical stands for; anything else stands for itself.</summary>
    public static char WordOf(char c) => c is >= '\u2E80' and <= '\u2FDF' && Words.TryGetValue(c, out var word) ? word : c;
}
