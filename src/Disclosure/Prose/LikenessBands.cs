using System.Numerics;
using System.Runtime.InteropServices;

namespace Disclosure.Prose;

/// <summary>
/// Numbers that two texts share the likelier the more alike they are (MinHash, and bands of its least values), so that an
/// index finds what is alike without comparing everything. Of texts that are 90 % alike, all but five pairs in a thousand
/// share a band; of texts that are 50 % alike, four pairs in a thousand do.
/// </summary>
public static class LikenessBands
{
    public const int Count = 24;
    private const int ValuesEach = 8;
    private const int Values = Count * ValuesEach;

    private static readonly (uint[] Multipliers, uint[] Additions) _orders = Orders();

    /// <summary>The bands of a text; those of different years share none, because only reports of one year are compared. None for a text too short to compare.</summary>
    public static int[] Of(Likeness words, int year) =>
        words.Count < Likeness.FewestRuns ? [] : [.. Enumerable.Range(0, Count).Select(Band(Least(words.Runs), year))];

    private static Func<int, int> Band(uint[] least, int year) => number =>
    {
        var hash = Mixed(((ulong)(uint)year << 32) | (uint)number);
        foreach (var value in least.AsSpan(number * ValuesEach, ValuesEach))
        {
            hash = Mixed(hash ^ value);
        }
        return (int)(hash >> 32);
    };

    /// <summary>For each of many orders of all runs, the first run of this text.</summary>
    private static uint[] Least(ReadOnlySpan<int> runs)
    {
        var least = new uint[Values];
        least.AsSpan().Fill(uint.MaxValue);
        var lanes = MemoryMarshal.Cast<uint, Vector<uint>>(least.AsSpan());
        var multipliers = MemoryMarshal.Cast<uint, Vector<uint>>(_orders.Multipliers.AsSpan());
        var additions = MemoryMarshal.Cast<uint, Vector<uint>>(_orders.Additions.AsSpan());
        foreach (var run in runs)
        {
            var value = new Vector<uint>((uint)run);
            for (var i = 0; i < lanes.Length; i++)
            {
                lanes[i] = Vector.Min(lanes[i], (value * multipliers[i]) + additions[i]);
            }
        }
        return least;
    }

    /// <summary>The same on every machine and in every version, because bands are stored.</summary>
    private static (uint[] Multipliers, uint[] Additions) Orders()
    {
        var (multipliers, additions) = (new uint[Values], new uint[Values]);
        for (var i = 0; i < Values; i++)
        {
            var (one, other) = (Mixed((ulong)(2 * i) + 1), Mixed((ulong)(2 * i) + 2));
            // An odd factor gives every run a place of its own.
            (multipliers[i], additions[i]) = ((uint)(one >> 32) | 1, (uint)(other >> 32));
        }
        return (multipliers, additions);
    }

    private static ulong Mixed(ulong value)
    {
        value += 0x9E3779B97F4A7C15;
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
