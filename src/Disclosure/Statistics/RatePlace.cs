using System.Runtime.CompilerServices;

namespace Disclosure.Statistics;

/// <summary>An indicator in a column, with the slots it is made of found once for all reports; compiled like <see cref="FigureSum"/>.</summary>
/// <param name="Column">The class of applicants, or total.</param>
public sealed record RatePlace(int Index, Indicator Indicator, string Column)
{
    private readonly (int[][] Alternatives, int Sign)[] _numerator = Slots(Indicator.Numerator, Indicator, Column);
    private readonly (int[][] Alternatives, int Sign)[] _denominator = Slots(Indicator.Denominator, Indicator, Column);

    /// <summary>All slots that it is made of, in rising order.</summary>
    public IReadOnlyList<int> AllSlots { get; } =
        [.. Slots([.. Indicator.Numerator, .. Indicator.Denominator], Indicator, Column).SelectMany(term => term.Alternatives).SelectMany(slots => slots).Distinct().Order()];

    /// <summary>Both sums of one report; null where a cell that they need is not given.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public (Int128 Numerator, Int128 Denominator)? Of(FigureVector report) =>
        Sum(report, _numerator) is { } numerator && Sum(report, _denominator) is { } denominator ? (numerator, denominator) : null;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static Int128? Sum(FigureVector report, (int[][] Alternatives, int Sign)[] terms)
    {
        Int128 sum = 0;
        foreach (var (alternatives, sign) in terms)
        {
            if (FirstWhole(report, alternatives) is not { } value)
            {
                return null;
            }
            sum += value * sign;
        }
        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static Int128? FirstWhole(FigureVector report, int[][] alternatives)
    {
        foreach (var slots in alternatives)
        {
            Int128 sum = 0;
            var given = 0;
            while (given < slots.Length && report[slots[given]] is { } units)
            {
                sum += units;
                given++;
            }
            if (given == slots.Length)
            {
                return sum;
            }
        }
        return null;
    }

    private static (int[][] Alternatives, int Sign)[] Slots(IReadOnlyList<Term> terms, Indicator indicator, string column) =>
    [
        .. terms.Select(term => (
            term.Alternatives.Select(rows => rows.Select(row => FigureSlots.Of(term.Table, row, indicator.IsByClass ? column : term.Column).Index).ToArray()).ToArray(),
            term.IsSubtracted ? -1 : 1)),
    ];
}

/// <summary>Every indicator in every column it can be told for, in an order that stored sums rely on.</summary>
public static class RatePlaces
{
    public const string Total = "total";

    /// <summary>The classes of applicants and their total, as table 3 has them.</summary>
    public static IReadOnlyList<Formats.Column> Classes { get; } = Formats.Format2021.Value.Table("applications").Blocks[0].Columns;

    public static IReadOnlyList<RatePlace> All { get; } =
    [
        .. Indicators.All
            .SelectMany(indicator => indicator.IsByClass ? Classes.Select(column => (indicator, column.Key)) : [(indicator, Total)])
            .Select((entry, index) => new RatePlace(index, entry.indicator, entry.Item2)),
    ];

    private static readonly Dictionary<(string Code, string Column), RatePlace> _byCode = All.ToDictionary(place => (place.Indicator.Code, place.Column));

    /// <summary>Null where the indicator cannot be told for the class.</summary>
    public static RatePlace? Find(Indicator indicator, string column) => _byCode.GetValueOrDefault((indicator.Code, column));
}
