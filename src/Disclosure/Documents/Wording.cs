using System.Globalization;
using Disclosure.Contents;

namespace Disclosure.Documents;

/// <summary>A sentence in both languages, whose places {0}, {1} … are filled with what was printed.</summary>
internal readonly record struct Wording(string Zh, string En)
{
    private const int LongestQuote = 80;

    public Message Tell(params ReadOnlySpan<object> told)
    {
        object[] quoted = [.. told.ToArray().Select(word => word is string text ? Quote(text) : word)];
        return new Message(
            string.Format(CultureInfo.InvariantCulture, Zh, quoted),
            string.Format(CultureInfo.InvariantCulture, En, quoted));
    }

    /// <summary>One line, and short enough to be read in a list. A character outside the basic plane is never cut in two.</summary>
    private static string Quote(string printed)
    {
        var start = printed.Length <= 4 * LongestQuote ? printed : printed[..(4 * LongestQuote)];
        var line = string.Join(' ', start.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        if (line.Length <= LongestQuote)
        {
            return line.Length > 0 && char.IsHighSurrogate(line[^1]) ? line[..^1] : line;
        }
        return line[..(char.IsHighSurrogate(line[LongestQuote - 1]) ? LongestQuote - 1 : LongestQuote)] + "…";
    }
}

/// <summary>A kind of note that reading a document may leave.</summary>
public sealed record NoteKind(string Code, string Zh, string En)
{
    internal Note At(string? pointer, params ReadOnlySpan<object> told) => new(Code, Tell(told), pointer);

    internal Message Tell(params ReadOnlySpan<object> told) => new Wording(Zh, En).Tell(told);
}
