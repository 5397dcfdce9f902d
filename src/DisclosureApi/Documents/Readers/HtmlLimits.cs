using System.Buffers;
using AngleSharp.Dom;
using AngleSharp.Text;
using DisclosureApi.Http;

namespace DisclosureApi.Documents.Readers;

/// <summary>
/// Refuses pages that would take a parser minutes or gigabytes: elements opened inside each other without end, which it repairs
/// and reopens again and again. Counted on the bare text, before anything is built, and once more as elements are made: a slash
/// at the end of a tag closes some and not others, and only the parser knows which.
/// </summary>
internal sealed class HtmlLimits
{
    /// <summary>Word's worst pages nest a few dozen deep.</summary>
    private const int Deepest = 250;
    private const int MostTags = 300_000;

    /// <summary>Elements that have no end, or end by themselves where the next begins.</summary>
    private static readonly HashSet<string> _unclosed = new(StringComparer.OrdinalIgnoreCase)
    {
        "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr",
        "p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot", "option", "optgroup", "colgroup",
    };

    private static readonly SearchValues<char> _ends = SearchValues.Create(" \t\r\n/>");

    private INode? _before;

    /// <summary>
    /// Told of each element as it is made. Measured is how deep the one before it lies, which has its place by now; what is
    /// open around an element is what the parser looks through at each tag.
    /// </summary>
    public void RequireShallow(IElement made, TextPosition place)
    {
        var depth = 0;
        for (var around = _before; around is not null; around = around.Parent)
        {
            Require(++depth, 0);
        }
        _before = made;
    }

    public static void Require(string html)
    {
        var open = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        var byName = open.GetAlternateLookup<ReadOnlySpan<char>>();
        var (depth, tags, end) = (0, 0, 0);
        var at = html.IndexOf('<', StringComparison.Ordinal);
        while (at >= 0)
        {
            var from = at + 1 < html.Length && html[at + 1] == '/' ? at + 2 : at + 1;
            // What was found for the tag before may be the next for this one as well, and is not looked for again.
            end = end < from ? html.IndexOf('>', Math.Min(from, html.Length)) : end;
            if (end < 0)
            {
                return;
            }
            // What opens nothing is a word of its own to the parser, and costs it as much as a tag.
            tags++;
            if (char.IsAsciiLetter(html[from]))
            {
                var name = Name(html, from);
                var change = from == at + 2 ? -1 : IsUnclosed(name) || html[end - 1] == '/' ? 0 : 1;
                var now = byName.TryGetValue(name, out var count) ? count + change : change;
                if (now >= 0 && change != 0)
                {
                    byName[name] = now;
                    depth += change;
                }
            }
            Require(depth, tags);
            at = html.IndexOf('<', char.IsAsciiLetter(html[from]) ? end : from);
        }
    }

    private static void Require(int depth, int tags)
    {
        if (depth > Deepest || tags > MostTags)
        {
            throw UnreadableDocument.Because(
                $"网页嵌套超过{Deepest}层或标记超过{MostTags}个", $"The page nests deeper than {Deepest} elements or has more than {MostTags} tags.");
        }
    }

    private static bool IsUnclosed(ReadOnlySpan<char> name) => _unclosed.GetAlternateLookup<ReadOnlySpan<char>>().Contains(name);

    private static ReadOnlySpan<char> Name(string html, int from)
    {
        var name = html.AsSpan(from);
        var end = name.IndexOfAny(_ends);
        return name[..Math.Min(end < 0 ? name.Length : end, 20)];
    }
}
