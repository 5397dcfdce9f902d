namespace Disclosure.Prose;

/// <summary>
/// The bands of a text's MinHash signature: texts that are nine tenths alike share one of them with a probability above
/// 0.995, texts that have little in common share none. An index over the bands finds what is worth comparing. Bands are
/// stored, so nothing here may ever change without making all of them anew.
/// </summary>
public static class Sketch
{
    public const int Bands = 28;
    private const int Rows = 8;

    private static readonly (ulong Factor, ulong Term)[] _hashes = Hashes();

    /// <param name="year">Texts of different years share no band.</param>
    /// <returns>No band for a text too short to be compared.</returns>
    public static long[] Of(Likeness likeness, int year)
    {
        if (likeness.Count < Likeness.FewestRuns)
        {
            return [];
        }
        var smallest = new uint[Bands * Rows];
        Array.Fill(smallest, uint.MaxValue);
        foreach (var run in likeness.Runs)
        {
            var word = Mixed((ulong)(uint)run);
            for (var i = 0; i < smallest.Length; i++)
            {
                smallest[i] = Math.Min(smallest[i], (uint)(((word * _hashes[i].Factor) + _hashes[i].Term) >> 32));
            }
        }
        var bands = new long[Bands];
        for (var band = 0; band < Bands; band++)
        {
            var hash = Mixed(((ulong)year << 8) | (uint)band);
            for (var row = 0; row < Rows; row++)
            {
                hash = Mixed(hash ^ smallest[(band * Rows) + row]);
            }
            bands[band] = (long)hash;
        }
        return bands;
    }

    private static (ulong Factor, ulong Term)[] Hashes()
    {
        var hashes = new (ulong, ulong)[Bands * Rows];
        var state = 0x9E3779B97F4A7C15UL;
        for (var i = 0; i < hashes.Length; i++)
        {
            hashes[i] = (Mixed(state += 0x9E3779B97F4A7C15UL) | 1, Mixed(state += 0x9E3779B97F4A7C15UL));
        }
        return hashes;
    }

    /// <summary>SplitMix64.</summary>
    private static ulong Mixed(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9UL;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EBUL;
        return value ^ (value >> 31);
    }
}
