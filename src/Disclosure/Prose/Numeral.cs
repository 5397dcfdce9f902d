using System.Globalization;

namespace Disclosure.Prose;

/// <summary>
/// Numbers as reports print them: 3,119, 12.5, 1.2万, 三十二, 两百零五, 二〇二三, 壹仟贰佰. Reading looks at each character once and
/// stops where the number does.
/// </summary>
public static class Numeral
{
    private const string Digits = "〇一二三四五六七八九";
    private const string Formal = "零壹贰叁肆伍陆柒捌玖";
    private const int MostDigits = 15;

    /// <summary>The number that begins here and where it ends; null when none does, or when it is longer than any figure of a report.</summary>
    public static (decimal Value, int End)? At(string folded, int at)
    {
        var read = at < folded.Length && char.IsAsciiDigit(folded[at]) ? Arabic(folded, at) : Han(folded, at);
        return read is var (value, end) && end < folded.Length && char.IsAsciiDigit(folded[at]) && Scale(folded[end]) is { } scale
            ? (value * scale, end + 1)
            : read;
    }

    /// <summary>Whether the character can be part of a number in Chinese.</summary>
    public static bool IsHan(char c) => DigitOf(c) >= 0 || UnitOf(c) > 0 || Scale(c) is not null;

    /// <summary>Digits, in groups of three where commas stand between them, and decimals behind a point.</summary>
    private static (decimal Value, int End)? Arabic(string text, int at)
    {
        var end = at;
        while (end < text.Length && (char.IsAsciiDigit(text[end]) || IsGroup(text, at, end)))
        {
            end++;
        }
        if (end + 1 < text.Length && text[end] == '.' && char.IsAsciiDigit(text[end + 1]))
        {
            end++;
            while (end < text.Length && char.IsAsciiDigit(text[end]))
            {
                end++;
            }
        }
        return end - at <= MostDigits + 6 && decimal.TryParse(text.AsSpan(at, end - at), NumberStyles.AllowThousands | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value)
            ? (value, end)
            : null;
    }

    /// <summary>A comma that parts thousands: up to three digits before the first, and exactly three behind each.</summary>
    private static bool IsGroup(string text, int from, int comma) =>
        text[comma] == ','
        && comma - from is >= 1 and <= 3 or 5 or 6 or 7 or 9 or 10 or 11
        && comma + 3 < text.Length
        && char.IsAsciiDigit(text[comma + 1]) && char.IsAsciiDigit(text[comma + 2]) && char.IsAsciiDigit(text[comma + 3])
        && (comma + 4 >= text.Length || !char.IsAsciiDigit(text[comma + 4]))
        && (comma - from <= 3 || text[comma - 4] == ',');

    /// <summary>Numerals: with units (三百二十), or digit by digit (二〇二三).</summary>
    private static (decimal Value, int End)? Han(string text, int at)
    {
        var end = at;
        var hasUnits = false;
        while (end < text.Length && end - at <= 2 * MostDigits && IsHan(text[end]))
        {
            hasUnits |= UnitOf(text[end]) > 0 || Scale(text[end]) is not null;
            end++;
        }
        if (end == at || end - at > 2 * MostDigits || Scale(text[at]) is not null)
        {
            return null;
        }
        var value = hasUnits ? WithUnits(text.AsSpan(at, end - at)) : DigitByDigit(text.AsSpan(at, end - at));
        return value is { } number ? (number, end) : null;
    }

    private static decimal? DigitByDigit(ReadOnlySpan<char> numerals)
    {
        if (numerals.Length > MostDigits)
        {
            return null;
        }
        decimal value = 0;
        foreach (var c in numerals)
        {
            value = (value * 10) + DigitOf(c);
        }
        return value;
    }

    /// <summary>Digits gather under 十, 百 and 千 into a section; 万 and 亿 raise all that stands before them. Null for what is no number (十百).</summary>
    private static decimal? WithUnits(ReadOnlySpan<char> numerals)
    {
        decimal total = 0, section = 0;
        var (digit, lastUnit) = (-1, 10_000);
        foreach (var c in numerals)
        {
            if (Scale(c) is { } scale)
            {
                section += Math.Max(digit, 0);
                if (section == 0 && total == 0)
                {
                    return null;
                }
                total = scale == 100_000_000 ? (total + section) * scale : total + (section * scale);
                (section, digit, lastUnit) = (0, -1, 10_000);
            }
            else if (UnitOf(c) is > 0 and var unit)
            {
                if (unit >= lastUnit || (digit < 0 && unit != 10))
                {
                    return null;
                }
                section += (digit <= 0 ? 1 : digit) * unit;
                (digit, lastUnit) = (-1, unit);
            }
            else if (digit > 0)
            {
                return null;
            }
            else
            {
                digit = DigitOf(c);
            }
        }
        return total + section + Math.Max(digit, 0);
    }

    private static int DigitOf(char c) => c switch
    {
        '两' or '兩' => 2,
        '貳' => 2,
        '陸' => 6,
        _ => Digits.IndexOf(c, StringComparison.Ordinal) is >= 0 and var digit ? digit : Formal.IndexOf(c, StringComparison.Ordinal),
    };

    private static int UnitOf(char c) => c switch
    {
        '十' or '拾' => 10,
        '百' or '佰' => 100,
        '千' or '仟' => 1_000,
        _ => 0,
    };

    private static decimal? Scale(char c) => c switch
    {
        '万' or '萬' => 10_000,
        '亿' or '億' => 100_000_000,
        _ => null,
    };
}
