using Disclosure.Agencies;
using DisclosureApi.Http;

namespace DisclosureApi.Statistics;

/// <summary>A question about sums and shares, as a request asks it.</summary>
/// <param name="Years">Null where the request names none: then the last year with reports.</param>
internal sealed record StatisticsQuery((int From, int To)? Years, Scope Scope, Grouping Grouping, IReadOnlyList<AskedFigure> Figures)
{
    private static readonly string[] _groupings = ["region", "level", "kind", "tree"];

    public static IReadOnlyList<string> ScopeParameters { get; } = ["region", "level", "kind", "tree", "line"];

    public static IReadOnlyList<string> Parameters { get; } =
        ["year", "from", "to", .. ScopeParameters, .. AskedFigure.Parameters, "groupBy", AsOf.Parameter, "format"];

    public static IReadOnlyList<string> Groupings => _groupings;

    public static StatisticsQuery Of(HttpRequest request)
    {
        var by = Filter.Several(request, "groupBy", _groupings.Length, _groupings) ?? [];
        var grouping = new Grouping(by.Contains("region"), by.Contains("level"), by.Contains("kind"), by.Contains("tree"));
        return new StatisticsQuery(Filter.Years(request), ScopeOf(request, grouping.Level), grouping, AskedFigure.Of(request));
    }

    /// <param name="isByLevel">Whether levels are told apart anyway.</param>
    public static Scope ScopeOf(HttpRequest request, bool isByLevel = false)
    {
        var scope = new Scope(
            Filter.Region(request, "region"), Filter.Choice<AgencyLevel>(request, "level"), Filter.Choice<AgencyKind>(request, "kind"),
            Filter.Choice(request, "tree", "regional", "vertical"), Filter.Code(request, "line"));
        return scope is { Kind: Scope.Compiled, Level: null } && !isByLevel
            ? throw Filter.Impossible(
                "各级政府的汇总年报层层包含，不能相加；请给出level，或按level分组", "Compiled reports of governments contain those of the levels below and cannot be added up: give a level, or group by level.")
            : scope;
    }
}
