using Disclosure.Statistics;

namespace DisclosureApi.Statistics.Spreads;

/// <summary>What is told of a figure's distribution over reports, and of the reports that have no part in it.</summary>
/// <param name="OfFew">Shares of few cases; they take part.</param>
/// <param name="Values">At each of <see cref="Points"/>.</param>
internal sealed record Spread(int Reports, int Owed, int NotAssessable, int OverZero, int Assessed, int OfFew, IReadOnlyList<decimal?> Values)
{
    public static IReadOnlyList<(string Name, int Part, int Of)> Points { get; } =
        [("minimum", 0, 1), ("lowerQuartile", 1, 4), ("median", 1, 2), ("upperQuartile", 3, 4), ("maximum", 1, 1), .. Enumerable.Range(1, 9).Select(decile => ($"decile{decile}", decile, 10))];

    public static async Task<Spread> OfAsync(IAsyncEnumerable<(bool IsOwed, Figure Figure)> bodies)
    {
        var spread = new Distribution();
        var (reports, owed, notAssessable, overZero, ofFew) = (0, 0, 0, 0, 0);
        await foreach (var (isOwed, figure) in bodies)
        {
            reports++;
            owed += isOwed ? 1 : 0;
            notAssessable += figure.Assessed == 0 ? 1 : 0;
            overZero += figure is { Assessed: > 0, Value: null } ? 1 : 0;
            ofFew += figure is { Value: not null, IsOfLowReliability: true } ? 1 : 0;
            if (figure.Exact is { } exact)
            {
                spread.Add(exact);
            }
        }
        return new Spread(reports, owed, notAssessable, overZero, spread.Count, ofFew, [.. Points.Select(point => spread.Quantile(point.Part, point.Of))]);
    }
}
