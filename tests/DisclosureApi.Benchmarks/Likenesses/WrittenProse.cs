using System.Text;
using Disclosure.Contents;

namespace DisclosureApi.Benchmarks.Likenesses;

/// <summary>Prose of a stock of phrases, so that reports that nobody copied share some runs, as real ones do.</summary>
internal sealed class WrittenProse(int seed)
{
    private const int Phrases = 5_000;
    private const int PhrasesEach = 90;

    private readonly Random _random = new(seed);
    private readonly string[] _stock = Stock(new Random(20260120));

    public string Next() => string.Concat(Enumerable.Range(0, PhrasesEach).Select(_ => _stock[_random.Next(_stock.Length)]));

    /// <summary>The text with this many characters replaced.</summary>
    public string Changed(string text, int characters)
    {
        var changed = new StringBuilder(text);
        for (var i = 0; i < characters; i++)
        {
            changed[_random.Next(changed.Length)] = Character(_random);
        }
        return changed.ToString();
    }

    public static ReportContent Content(string text) => ReportContent.Empty.With("/sections/overview", text);

    private static string[] Stock(Random random) =>
        [.. Enumerable.Range(0, Phrases).Select(_ => string.Concat(Enumerable.Range(0, random.Next(5, 12)).Select(_ => Character(random))))];

    private static char Character(Random random) => (char)random.Next(0x5000, 0x5C00);
}
