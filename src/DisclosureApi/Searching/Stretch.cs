using System.Globalization;

namespace DisclosureApi.Searching;

/// <summary>
/// A part of the order of publications that a search looks through at once. The index knows for each report in which
/// stretch of each of four sizes it was published, so that a part is named by few of them.
/// </summary>
/// <param name="First">Number of its first shortest stretch.</param>
/// <param name="Last">Number of its last.</param>
internal sealed record Stretch(long First, long Last)
{
    /// <summary>Positions in the shortest stretch, as a power of two; each size is 16 times the one before.</summary>
    private const int Shortest = 10;
    private const int Step = 4;
    private const int Sizes = 4;

    /// <summary>The part from the stretch of one position to that of another.</summary>
    public static Stretch Between(long from, long to) => new(Math.Max(0, from) >> Shortest, to >> Shortest);

    /// <summary>Whether nothing was published before it.</summary>
    public bool IsFirst => First == 0;

    /// <summary>The last position before it.</summary>
    public long Before => (First << Shortest) - 1;

    /// <summary>The part right before, so many times as long.</summary>
    public Stretch Earlier(double growth) => new(Math.Max(0, First - (long)((Last - First + 1) * growth)), First - 1);

    /// <summary>What the index calls it, by the longest stretches that lie wholly in it.</summary>
    public IEnumerable<string> Names()
    {
        for (var at = First; at <= Last;)
        {
            var size = Sizes - 1;
            while ((at & ((1L << (Step * size)) - 1)) != 0 || at + (1L << (Step * size)) - 1 > Last)
            {
                size--;
            }
            yield return string.Create(CultureInfo.InvariantCulture, $"{size}.{at >> (Step * size)}");
            at += 1L << (Step * size);
        }
    }
}
