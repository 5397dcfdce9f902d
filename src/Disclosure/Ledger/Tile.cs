using System.Globalization;

namespace Disclosure.Ledger;

/// <summary>
/// A piece of the tree as it is given out (C2SP tlog-tiles): up to 256 hashes that stand side by side at a level that is a
/// multiple of eight, or up to 256 entries.
/// </summary>
/// <param name="Level">Minus one for entries; else the tile's hashes stand at level 8 × Level of the tree.</param>
/// <param name="Width">How many there are; 256 in a tile that is full and never changes.</param>
public sealed record Tile(int Level, long Index, int Width)
{
    public const int Height = 8;
    public const int Full = 1 << Height;
    public const int Entries = -1;
    private const int HighestLevel = 7;

    /// <summary>How many entries of the ledger must be there before the tile is.</summary>
    public long NeededSize => (Index * Full + Width) << (Height * Math.Max(0, Level));

    /// <summary>The tile that a path names, such as 0/x001/x234/067.p/8; null when it names none.</summary>
    public static Tile? Parse(string level, string path)
    {
        var parts = path.Split('/');
        var width = Full;
        if (parts is [.., var stem, var partial] && stem.EndsWith(".p", StringComparison.Ordinal))
        {
            if (!int.TryParse(partial, NumberStyles.None, CultureInfo.InvariantCulture, out width) || width is < 1 or >= Full || partial[0] == '0')
            {
                return null;
            }
            parts = [.. parts[..^2], stem[..^2]];
        }
        var number = level == "entries" ? Entries : level.Length == 1 && level[0] is >= '0' and <= (char)('0' + HighestLevel) ? level[0] - '0' : -2;
        return number > -2 && IndexOf(parts) is { } index ? new Tile(number, index, width) : null;
    }

    /// <summary>Groups of three digits, all but the last with an x before them.</summary>
    private static long? IndexOf(string[] parts)
    {
        var index = 0L;
        for (var i = 0; i < parts.Length; i++)
        {
            var digits = i < parts.Length - 1 && parts[i].StartsWith('x') ? parts[i][1..] : i == parts.Length - 1 ? parts[i] : "";
            if (digits.Length != 3 || !int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var group) || parts.Length > 5 || (i == 0 && parts.Length > 1 && group == 0))
            {
                return null;
            }
            index = index * 1000 + group;
        }
        return index;
    }
}
