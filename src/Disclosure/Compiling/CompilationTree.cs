using Disclosure.Agencies;

namespace Disclosure.Compiling;

/// <summary>A government's place: its level, and the division it governs.</summary>
public sealed record Seat(AgencyLevel Level, string Division);

/// <summary>
/// Who is added up by whom (国办公开办函〔2021〕30号 二（二）). In the regional tree every body has at most one place above it, so
/// that no body can be counted by two governments of different seats; bodies of a vertical system have none there.
/// </summary>
public static class CompilationTree
{
    /// <summary>What a body may compile.</summary>
    /// <param name="leadsLine">Whether bodies of a vertical system name it as their head.</param>
    public static IReadOnlyList<CompilationScope> ScopesOf(Agency body, bool leadsLine) =>
    [
        .. SeatOf(body) is null ? [] : (CompilationScope[])[CompilationScope.Area, CompilationScope.OwnLevel],
        .. leadsLine ? (CompilationScope[])[CompilationScope.Line] : [],
    ];

    /// <summary>Where a government compiles: at county, prefecture and province; null for all others.</summary>
    public static Seat? SeatOf(Agency body) => body is { Kind: AgencyKind.Government, Level: AgencyLevel.Province or AgencyLevel.Prefecture or AgencyLevel.County, Line: null }
        ? new Seat(body.Level, Division(body.Level, body.Region))
        : null;

    /// <summary>The seat right above a body in the regional tree; null for what has none.</summary>
    public static Seat? Above(Agency body) => body.Line is null ? AboveIfRegional(body) : null;

    /// <summary>Whether the compiling body adds this one up.</summary>
    public static bool Counts(Agency compiler, CompilationScope scope, Agency body)
    {
        if (body.Code == compiler.Code)
        {
            return false;
        }
        return scope switch
        {
            CompilationScope.Line => body.Line == compiler.Code,
            CompilationScope.Area => SeatOf(compiler) is { } seat && Above(body) == seat,
            CompilationScope.OwnLevel => SeatOf(compiler) is { } seat && Above(body) == seat && IsOfLevel(compiler, body),
            _ => throw new InvalidOperationException($"unknown scope {scope}"),
        };
    }

    /// <summary>Whether a body of a vertical system sits where the government would add it up, did it not belong to its line.</summary>
    public static bool IsVerticalWithin(Agency compiler, CompilationScope scope, Agency body) =>
        scope != CompilationScope.Line && body.Line is not null && Counts(compiler, scope, body with { Line = null });

    private static bool IsOfLevel(Agency compiler, Agency body) => body.Kind != AgencyKind.Government && body.Level == compiler.Level;

    private static Seat? AboveIfRegional(Agency body) => (body.Kind, body.Level) switch
    {
        (_, AgencyLevel.National) or (AgencyKind.Government, AgencyLevel.Province) => null,
        (_, AgencyLevel.Township) => new Seat(AgencyLevel.County, body.Region[..6]),
        (AgencyKind.Government, AgencyLevel.County) => Prefecture(body.Region) is var below && below == body.Region[..6]
            ? new Seat(AgencyLevel.Province, RegionTree.Province(body.Region))
            : new Seat(AgencyLevel.Prefecture, below),
        (AgencyKind.Government, _) => new Seat(AgencyLevel.Province, RegionTree.Province(body.Region)),
        _ => new Seat(body.Level, Division(body.Level, body.Region)),
    };

    private static string Division(AgencyLevel level, string region) => level switch
    {
        AgencyLevel.Province => RegionTree.Province(region),
        AgencyLevel.Prefecture => Prefecture(region),
        _ => region[..6],
    };

    /// <summary>The division right below the province that has a government: what GB/T 2260 puts between a municipality and its districts has none.</summary>
    private static string Prefecture(string region) =>
        RegionTree.BelowProvince(region) is var below && Regions.Find(below) is { Name: "市辖区" or "县" or "省直辖县级行政区划" or "自治区直辖县级行政区划" } ? region[..6] : below;
}
