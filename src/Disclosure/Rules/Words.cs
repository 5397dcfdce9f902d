using System.Text;

namespace Disclosure.Rules;

/// <summary>Words as they are searched: documents break lines and put blanks inside words, so neither counts.</summary>
internal static class Words
{
    public static string Squeeze(string? printed)
    {
        if (printed is null)
        {
            return "";
        }
        var words = new StringBuilder(printed.Length);
        foreach (var c in printed)
        {
            if (!char.IsWhiteSpace(c))
            {
                words.Append(c);
            }
        }
        return words.ToString();
    }

    public static bool HasAny(string words, params ReadOnlySpan<string> wanted)
    {
        foreach (var word in wanted)
        {
            if (words.Contains(word, StringComparison.Ordinal))
            {
                return true;
            }
        }
        return false;
    }

    /// <summary>How many Chinese characters there are; digits, letters and marks are none.</summary>
    public static int HanCount(string words)
    {
        var count = 0;
        foreach (var c in words)
        {
            count += IsHan(c) ? 1 : 0;
        }
        return count;
    }

    public static bool IsHan(char c) => c is >= '\u3400' and <= '\u9fff';
}
