using System.Globalization;
using System.Text;
using Disclosure.Contents;
using Disclosure.Prose;

namespace Disclosure.Reports.ErrorReports;

/// <summary>
/// What a stranger may write to an agency: plain words that show as they are wherever they are shown, and no number that
/// stands for a person, because what is never taken in need not be removed.
/// </summary>
public static class ReaderText
{
    /// <summary>No script needs more of them on one letter; a heap of them covers the lines above and below.</summary>
    private const int MostMarks = 2;

    private static readonly Message _empty = new("必须填写", "is required");

    private static readonly Message _invisible = new(
        "不得含有控制字符（换行除外）、零宽字符、双向控制字符或叠加的组合符号",
        "must not contain control characters (but line feeds), zero-width or bidirectional characters, nor heaps of combining marks");

    private static readonly Message _markup = new("应为纯文本，不得含有HTML或XML标签", "must be plain text without tags of HTML or XML");

    private static readonly Message _personal = new(
        "不得含有身份证号码、手机号码或银行卡号：答复后内容将公开", "must not hold the number of an identity card, a mobile telephone or a bank card: it becomes public with the answer");

    /// <summary>What is wrong with the text; null when nothing is.</summary>
    public static Message? Fault(string text, int year) => text switch
    {
        _ when string.IsNullOrWhiteSpace(text) => _empty,
        _ when HidesSomething(text) => _invisible,
        _ when HoldsTag(text) => _markup,
        _ when HoldsPersonalNumber(text, year) => _personal,
        _ => null,
    };

    private static bool HidesSomething(string text)
    {
        var marks = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            var category = Rune.GetUnicodeCategory(rune);
            marks = category is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark ? marks + 1 : 0;
            if (marks > MostMarks || (category is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
                or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned && rune.Value != '\n'))
            {
                return true;
            }
        }
        return false;
    }

    /// <summary>A sign for less stands before a number or a word of Chinese; a tag begins otherwise.</summary>
    private static bool HoldsTag(string text)
    {
        for (var at = text.IndexOf('<', StringComparison.Ordinal); at >= 0 && at + 1 < text.Length; at = text.IndexOf('<', at + 1))
        {
            if (char.IsAsciiLetter(text[at + 1]) || text[at + 1] is '/' or '!' or '?')
            {
                return true;
            }
        }
        return false;
    }

    private static bool HoldsPersonalNumber(string text, int year)
    {
        var folded = FoldedText.Of(text).Text;
        return Identifiers.Numbers(folded).Any(run => Identifiers.IsIdentityCard(run.Number, year + 1) || Identifiers.IsMobile(run.Number) || Identifiers.IsBankCard(run.Number));
    }
}
