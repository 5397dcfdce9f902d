using System.Buffers;

namespace Disclosure.Prose;

/// <summary>A set of words that are looked for together, in one run over the text.</summary>
public sealed class Phrases(params IReadOnlyList<string> words)
{
    private readonly SearchValues<string> _any = SearchValues.Create([.. words], StringComparison.Ordinal);

    public bool In(ReadOnlySpan<char> text) => text.ContainsAny(_any);

    /// <summary>Where the first of them begins, or -1.</summary>
    public int First(ReadOnlySpan<char> text) => text.IndexOfAny(_any);

    /// <summary>The places of all of them, the longest where several begin at one place.</summary>
    public IEnumerable<(int From, int To)> All(string text)
    {
        for (var at = text.AsSpan().IndexOfAny(_any); at >= 0;)
        {
            var word = words.Where(word => text.AsSpan(at).StartsWith(word, StringComparison.Ordinal)).MaxBy(word => word.Length)!;
            yield return (at, at + word.Length);
            var next = text.AsSpan(at + word.Length).IndexOfAny(_any);
            at = next < 0 ? -1 : at + word.Length + next;
        }
    }
}
