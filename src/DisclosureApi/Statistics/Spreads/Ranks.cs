namespace DisclosureApi.Statistics.Spreads;

/// <summary>Who stands first in the order of a figure, and how many have no place in it.</summary>
/// <param name="OfFew">Shares of few cases, which are not ranked.</param>
internal sealed record Ranks(int Owed, int NotAssessable, int OverZero, int OfFew, IReadOnlyList<(int Rank, BodyFigure Body)> First)
{
    /// <summary>So many are told at most.</summary>
    public const int Most = 500;

    /// <summary>By exact values, so that rounding makes no two equal; equals share the rank of the first.</summary>
    public static Ranks Of(IReadOnlyList<BodyFigure> bodies, bool isRising)
    {
        var able = bodies.Where(body => body.Figure is { IsOfLowReliability: not true } figure && figure.Exact is not null);
        var ordered = isRising ? able.OrderBy(body => body.Figure.Exact) : able.OrderByDescending(body => body.Figure.Exact);
        var first = new List<(int, BodyFigure)>();
        var (place, rank, last) = (0, 0, (decimal?)null);
        foreach (var body in ordered.ThenBy(body => body.Region, StringComparer.Ordinal).ThenBy(body => body.Agency, StringComparer.Ordinal).Take(Most))
        {
            place++;
            (rank, last) = body.Figure.Exact == last ? (rank, last) : (place, body.Figure.Exact);
            first.Add((rank, body));
        }
        return new Ranks(
            bodies.Count(body => body.IsOwed), bodies.Count(body => body.Figure.Assessed == 0), bodies.Count(body => body.Figure is { Assessed: > 0, Value: null }),
            bodies.Count(body => body.Figure is { Value: not null, IsOfLowReliability: true }), first);
    }
}
