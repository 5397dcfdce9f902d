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

    /// <summary>A common word fills a handful from the first look; who asks for a rare one looks far soon.</summary>
    private const long FirstLook = 2;
    private const double LeastGrowth = 2;
    private const double MostGrowth = 16;

    /// <summary>Where a search begins that goes back from a position.</summary>
    public static Stretch Before(long position) => new(Math.Max(0, (position >> Shortest) - FirstLook + 1), position >> Shortest);

    /// <summary>Whether nothing was published before it.</summary>
    public bool IsFirst => First == 0;

    /// <summary>The part right before, as long as it must be for what is still wanted, if words stand as close there.</summary>
    public Stretch Earlier(int found, int wanted)
    {
        var growth = found == 0 ? MostGrowth : Math.Clamp(1.5 * wanted / found, LeastGrowth, MostGrowth);
        return new Stretch(Math.Max(0, First - (long)((Last - First + 1) * growth)), First - 1);
    }

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
