namespace Disclosure.Prose;

/// <summary>A number with its unit, by its place in the folded text.</summary>
/// <param name="Value">In the unit: 1.2万件 is 12000 件, 3万元 is 30000 元.</param>
/// <param name="IsRounded">Whether 约, 余, 多 or the like say that it is no exact figure.</param>
public sealed record Quantity(int From, int To, decimal Value, string Unit, bool IsRounded)
{
    public const string Percent = "%";

    /// <summary>Longer units come before those they begin with.</summary>
    private static readonly string[] _units =
    [
        "件次", "人次", "条次", "个百分点", "百分点", "件", "宗", "条", "份", "次", "期", "项", "个", "起", "例", "批", "人", "名", "篇", "部", "页", "封", "家", "场", "笔", "张", "元", "%",
    ];

    private static readonly string[] _about = ["约", "近", "超", "逾", "超过", "不少于", "至少", "大约", "将近", "突破", "达到近", "接近", "余"];

    /// <summary>其余12件 are twelve, though the word ends as one of the above.</summary>
    private static readonly string[] _rest = ["其余", "剩余", "结余"];

    /// <summary>Every quantity, from left to right. Ordinals, dates and numbers without a unit are none.</summary>
    public static IReadOnlyList<Quantity> In(string folded)
    {
        var found = new List<Quantity>();
        for (var i = 0; i < folded.Length; i++)
        {
            if (!char.IsAsciiDigit(folded[i]) && !Numeral.IsHan(folded[i]))
            {
                continue;
            }
            var (quantity, end) = At(folded, i);
            if (quantity is not null)
            {
                found.Add(quantity);
            }
            i = Math.Max(i, end - 1);
        }
        return found;
    }

    private static (Quantity? Quantity, int End) At(string text, int at)
    {
        if (Numeral.At(text, at) is not var (value, end))
        {
            return (null, Beyond(text, at));
        }
        var before = at > 0 ? text[at - 1] : ' ';
        var (rounded, unitAt) = end < text.Length && text[end] is '余' or '多' ? (true, end + 1) : (false, end);
        if (unitAt < text.Length && rounded && text[unitAt] is '万' or '亿')
        {
            (value, unitAt) = (value * (text[unitAt] == '万' ? 10_000 : 100_000_000), unitAt + 1);
        }
        var unit = Array.Find(_units, unit => text.AsSpan(unitAt).StartsWith(unit, StringComparison.Ordinal));
        if (unit is null || before is '第' or '.' or '/' or '-' || char.IsAsciiLetter(before) || IsTornOff(text, at) || IsWord(text, at, unitAt + unit.Length, unit))
        {
            return (null, end);
        }
        rounded |= Array.Exists(_about, word => text.AsSpan(0, at).EndsWith(word, StringComparison.Ordinal)) && !Array.Exists(_rest, word => text.AsSpan(0, at).EndsWith(word, StringComparison.Ordinal));
        return (new Quantity(at, unitAt + unit.Length, value, unit.EndsWith("百分点", StringComparison.Ordinal) ? "百分点" : unit, rounded), unitAt + unit.Length);
    }

    /// <summary>The end of a number that a line break or wide print has torn apart (3 1 8件): nobody can tell where it began.</summary>
    private static bool IsTornOff(string text, int at) => at > 1 && text[at - 1] == ' ' && char.IsAsciiDigit(text[at - 2]);

    /// <summary>一次性, 一件事, 十个方面 and the like count nothing.</summary>
    private static bool IsWord(string text, int at, int end, string unit) =>
        !char.IsAsciiDigit(text[at]) && (unit is "次" or "件" or "项" or "条" or "个" or "批" or "部" or "家" or "人" or "名")
        && end < text.Length && text[end] is '性' or '事' or '龙' or '线' or '分' or '人' or '门' or '把' or '一' or '都' or '办' or '申';

    private static int Beyond(string text, int at)
    {
        while (at < text.Length && (char.IsAsciiDigit(text[at]) || Numeral.IsHan(text[at])))
        {
            at++;
        }
        return at;
    }
}
