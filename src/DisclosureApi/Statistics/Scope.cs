using Disclosure.Agencies;

namespace DisclosureApi.Statistics;

/// <summary>Which bodies' reports a figure is about.</summary>
/// <param name="Region">6 or 9 digits; null for the whole country.</param>
/// <param name="Kind">Null for all kinds that report on themselves: compiled reports count the same cases once more, and are only told by themselves.</param>
/// <param name="Tree">regional or vertical; null for both.</param>
/// <param name="Line">Code of a vertical system; null for all bodies.</param>
internal sealed record Scope(string? Region, string? Level, string? Kind, string? Tree, string? Line)
{
    public const string Compiled = "government";

    public string? Prefix => Region is null ? null : RegionTree.Prefix(Region);

    /// <summary>First region code behind all that begin with the prefix.</summary>
    public string? PrefixEnd => Prefix is { } prefix ? $"{prefix}:" : null;

    public bool Holds(string level, string kind, bool isVertical) =>
        (Level is null || Level == level)
        && (Kind is null ? kind != Compiled : Kind == kind)
        && (Tree is null || Tree == TreeOf(isVertical));

    public static string TreeOf(bool isVertical) => isVertical ? "vertical" : "regional";
}

/// <summary>What figures are gathered by, beside the year. What is not gathered by is null.</summary>
internal sealed record GroupKey(int Year, string? Region, string? Level, string? Kind, string? Tree);

/// <summary>By what a question wants figures gathered.</summary>
internal sealed record Grouping(bool Region, bool Level, bool Kind, bool Tree)
{
    public static Grouping None { get; } = new(false, false, false, false);

    /// <param name="region">The body's region, or the division below the scope's that figures were gathered by before.</param>
    public GroupKey KeyOf(Scope scope, int year, string region, string level, string kind, bool isVertical) => new(
        year, Region ? RegionTree.Below(scope.Region, region) : null, Level ? level : null, Kind ? kind : null, Tree ? Scope.TreeOf(isVertical) : null);
}
