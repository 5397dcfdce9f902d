using Disclosure.Contents;
using Disclosure.Prose;

namespace Disclosure.Rules;

/// <summary>Flaws of prose: they point at the section and at the passage as it is printed.</summary>
internal static class InProse
{
    private const int LongestQuote = 60;

    public static Flaw Flaw(this Passage passage, int from, int to, string zh, string en)
    {
        var (first, end) = passage.Folded.Printing(from, to);
        return new Flaw(new Message(zh, en), [$"/sections/{passage.Section}"]) { Span = new TextSpan(passage.Section, first, end) };
    }

    /// <summary>The words as printed, on one line and not too long for a message.</summary>
    public static string Quote(this Passage passage, int from, int to)
    {
        var quote = passage.Folded.Quote(from, Math.Min(to, from + LongestQuote)).ReplaceLineEndings("");
        return to - from > LongestQuote ? quote + "…" : quote;
    }
}
