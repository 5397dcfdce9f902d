using System.Text;
using Disclosure.Prose;

namespace Disclosure.Documents;

/// <summary>Copies the contact out of the sentences that tell it. The sentences stay where they are.</summary>
internal static class Contact
{
    /// <summary>How a part of the contact is introduced, what it may be made of, and what it must look like.</summary>
    private sealed record Part(string Path, string[] Introductions, Func<char, bool> Continues, Func<string, bool> Fits, string[] Ends);

    private const string Separators = "，。；;,、（）()：:";
    private const int Longest = 100;

    /// <summary>A report names its contact once or twice; nothing is gained by looking further.</summary>
    private const int MostTries = 100;

    private static readonly Part[] _parts =
    [
        new("/contact/office", ["请直接与", "请径与", "请与", "请联系", "请向", "联系单位", "联系部门", "受理机构"], IsName, value => value.Length is >= 2 and <= 40, ["联系", "咨询", "反映", "查询"]),
        new("/contact/address", ["地址"], IsName, value => value.Length >= 4, ["邮编", "邮政编码", "电话", "联系电话"]),
        new("/contact/postcode", ["邮编", "邮政编码"], IsDigit, value => value.Count(IsDigit) == 6, []),
        new("/contact/telephone", ["电话号码", "电话"], c => IsDigit(c) || "-－—()（）转".Contains(c, StringComparison.Ordinal), value => value.Count(IsDigit) >= 7, []),
        new("/contact/email", ["邮箱地址", "邮箱", "电子邮件", "E-mail", "e-mail", "Email", "email"], c => IsMail(c), value => value.IndexOf('@', StringComparison.Ordinal) > 0, []),
    ];

    /// <summary>Words before 地址 that make it the address of something on the net.</summary>
    private const string NotAnOffice = "网箱站件P";

    private static readonly string[] _sites = ["http://", "https://", "www."];

    public static IEnumerable<(string Path, string Value)> In(string prose)
    {
        var text = new Compact(prose);
        foreach (var part in _parts)
        {
            if (Find(text, part) is { } value)
            {
                yield return (part.Path, value);
            }
        }
        if (Sites(prose).FirstOrDefault() is { } site)
        {
            yield return ("/contact/site", site);
        }
    }

    public static IEnumerable<string> Sites(string prose)
    {
        var text = new Compact(prose);
        for (var i = 0; i < text.Letters.Length; i++)
        {
            if (_sites.Any(start => text.Letters.AsSpan(i).StartsWith(start, StringComparison.OrdinalIgnoreCase)))
            {
                var end = i;
                while (end < text.Letters.Length && end - i < 4 * Longest && IsSite(text.Letters[end]))
                {
                    end++;
                }
                yield return text.Letters[i..end].TrimEnd('.', ',', ';', ':', ')');
                i = end;
            }
        }
    }

    private static string? Find(Compact text, Part part)
    {
        foreach (var introduction in part.Introductions)
        {
            var at = text.Letters.IndexOf(introduction, StringComparison.Ordinal);
            for (var tries = 0; at >= 0 && tries < MostTries; tries++)
            {
                var named = introduction == "地址" && at > 0 && NotAnOffice.Contains(text.Letters[at - 1], StringComparison.Ordinal);
                if (!named && Value(text, at + introduction.Length, part) is { } value)
                {
                    return value;
                }
                at = text.Letters.IndexOf(introduction, at + introduction.Length, StringComparison.Ordinal);
            }
        }
        return null;
    }

    private static string? Value(Compact text, int at, Part part)
    {
        var start = at;
        while (start < text.Letters.Length && start - at < 2 && text.Letters[start] is '：' or ':' or '为' or '是')
        {
            start++;
        }
        var (end, open) = (start, 0);
        while (end < text.Letters.Length && end - start < Longest && part.Continues(text.Letters[end]))
        {
            open += text.Letters[end] is '(' or '（' ? 1 : text.Letters[end] is ')' or '）' ? -1 : 0;
            if (open < 0 || part.Ends.Any(word => text.Letters.AsSpan(end).StartsWith(word, StringComparison.Ordinal)))
            {
                break;
            }
            end++;
        }
        return end > start && text.Printed(start, end) is var value && part.Fits(value) ? value : null;
    }

    private static bool IsName(char c) => !Separators.Contains(c, StringComparison.Ordinal);

    private static bool IsDigit(char c) => char.IsAsciiDigit(Folding.Narrow(c));

    private static bool IsMail(char c) => Folding.Narrow(c) is var n && (char.IsAsciiLetterOrDigit(n) || n is '.' or '_' or '-' or '+' or '@');

    private static bool IsSite(char c) => c is > ' ' and < '\u007F' and not ('"' or '<' or '>' or '(');

    /// <summary>A text without white space that still knows where each letter stood, so that a copy keeps the printed blanks.</summary>
    private sealed class Compact
    {
        private readonly string _printed;
        private readonly List<int> _at = [];

        public Compact(string printed)
        {
            _printed = printed;
            var letters = new StringBuilder(printed.Length);
            for (var i = 0; i < printed.Length; i++)
            {
                if (!Folding.IsSpace(printed[i]))
                {
                    letters.Append(printed[i]);
                    _at.Add(i);
                }
            }
            Letters = letters.ToString();
        }

        public string Letters { get; }

        public string Printed(int from, int to) => _printed[_at[from]..(_at[to - 1] + 1)].Replace("\n", "", StringComparison.Ordinal);
    }
}
