using System.Globalization;
using System.Text;
using Disclosure.Contents;

namespace Disclosure.Agencies;

/// <summary>
/// What a body's name may be written with. Two names that look alike to people are to be the same name: nothing in it is
/// invisible, turns the direction of reading, or is another character that looks like one of these.
/// </summary>
public static class PlainName
{
    private static readonly Message _invisible = new(
        "不得含有控制字符、零宽字符、双向控制字符或首尾空格", "must not contain control, zero-width or bidirectional characters, nor begin or end with a space");

    private static readonly Message _lookalike = new(
        "应以汉字、半角字母和数字及标点写成，不得含有形近的其他文字、部首或组合符号",
        "must be written with Chinese characters, ASCII letters and digits, and punctuation: no letters of other scripts, radicals or combining marks, which look like these");

    /// <summary>What is wrong with the name; null when nothing is.</summary>
    public static Message? Fault(string name)
    {
        if (name != name.Trim())
        {
            return _invisible;
        }
        foreach (var rune in name.EnumerateRunes())
        {
            if (IsInvisible(rune))
            {
                return _invisible;
            }
            if (!IsPlain(rune))
            {
                return _lookalike;
            }
        }
        return null;
    }

    private static bool IsInvisible(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
            or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned => true,
        // Two spaces that everyone types; the others cannot be told from them.
        UnicodeCategory.SpaceSeparator => rune.Value is not (' ' or 0x3000),
        _ => false,
    };

    private static bool IsPlain(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark => false,
        _ when Rune.IsLetterOrDigit(rune) || Rune.IsNumber(rune) => rune.IsAscii || IsIdeograph(rune.Value),
        // Radicals look exactly like the characters they are parts of.
        UnicodeCategory.OtherSymbol => rune.Value is not (>= 0x2E80 and <= 0x2FDF),
        _ => true,
    };

    private static bool IsIdeograph(int value) => value is 0x3007 or (>= 0x3400 and <= 0x4DBF) or (>= 0x4E00 and <= 0x9FFF) or (>= 0x20000 and <= 0x3347F);
}
