namespace DisclosureApi.Statistics.Spreads;

/// <summary>Who stands first in the order of a figure, and how many have no place in it.</summary>
/// <param name="OfFew">Shares of few cases, which are not ranked.</param>
internal sealed record Ranks(int Owed, int NotAssessable, int OverZero, int OfFew, IReadOnlyList<(int Rank, BodyFigure Body)> First)
{
    /// <summary>So many are told at most.</summary>
    public const int Most = 500;

    /// <summary>By exact values, so that rounding makes no two equal; equals share the rank of the first. No more bodies are held than can be told.</summary>
    public static async Task<Ranks> OfAsync(IAsyncEnumerable<BodyFigure> bodies, bool isRising)
    {
        var order = Comparer<Place>.Create((one, other) => one.Against(other, isRising));
        // The last of those that stand first so far gives way to whoever stands before it.
        var first = new PriorityQueue<BodyFigure, Place>(Comparer<Place>.Create((one, other) => order.Compare(other, one)));
        var (owed, notAssessable, overZero, ofFew) = (0, 0, 0, 0);
        await foreach (var body in bodies)
        {
            var figure = body.Figure;
            owed += body.IsOwed ? 1 : 0;
            notAssessable += figure.Assessed == 0 ? 1 : 0;
            overZero += figure is { Assessed: > 0, Value: null } ? 1 : 0;
            ofFew += figure is { Value: not null, IsOfLowReliability: true } ? 1 : 0;
            if (figure.IsOfLowReliability == true || figure.Exact is not { } exact)
            {
                continue;
            }
            first.Enqueue(body, new Place(exact, body.Region, body.Agency));
            if (first.Count > Most)
            {
                first.Dequeue();
            }
        }
        return new Ranks(owed, notAssessable, overZero, ofFew, [.. Placed(first.UnorderedItems.OrderBy(item => item.Priority, order))]);
    }

    private static IEnumerable<(int Rank, BodyFigure Body)> Placed(IEnumerable<(BodyFigure Body, Place Place)> ordered)
    {
        var (count, rank, last) = (0, 0, (decimal?)null);
        foreach (var (body, place) in ordered)
        {
            count++;
            (rank, last) = place.Exact == last ? (rank, last) : (count, place.Exact);
            yield return (rank, body);
        }
    }

    private readonly record struct Place(decimal Exact, string Region, string Agency)
    {
        public int Against(Place other, bool isRising) =>
            Exact != other.Exact ? (isRising ? Exact.CompareTo(other.Exact) : other.Exact.CompareTo(Exact))
            : Region != other.Region ? string.CompareOrdinal(Region, other.Region)
            : string.CompareOrdinal(Agency, other.Agency);
    }
}
