namespace Disclosure.Agencies;

/// <summary>
/// Where codes lie within each other. A code of the standard lies where the standard puts it, which matters where counties
/// stand right below a province; any other code lies where its digits put it.
/// </summary>
public static class RegionTree
{
    /// <summary>What the codes of all places within a division begin with: pairs of zeros stand for the whole.</summary>
    public static string Prefix(string region) =>
        region.Length != 6 ? region
        : region.EndsWith("0000", StringComparison.Ordinal) ? region[..2]
        : region.EndsWith("00", StringComparison.Ordinal) ? region[..4]
        : region;

    public static string Province(string region) => $"{region[..2]}0000";

    /// <summary>The division right below a province that the place lies in; the province itself for what belongs to the province.</summary>
    public static string BelowProvince(string region)
    {
        var county = region[..6];
        return Regions.Find(county)?.Parent == Province(region) ? county : $"{region[..4]}00";
    }

    /// <summary>The division right below another that a place within it lies in; the other itself for what lies in none of them.</summary>
    /// <param name="within">6 or 9 digits; null for the whole country.</param>
    public static string Below(string? within, string region) => within switch
    {
        null => Province(region),
        { Length: 9 } => region,
        _ when within.EndsWith("0000", StringComparison.Ordinal) => BelowProvince(region),
        _ when within.EndsWith("00", StringComparison.Ordinal) => region[..6],
        _ => region,
    };

    /// <summary>How many digits of a place within a division tell which one right below it the place lies in.</summary>
    public static int DigitsBelow(string? within) => within switch { null => 2, { Length: 6 } when within.EndsWith("00", StringComparison.Ordinal) => 6, _ => 9 };
}
