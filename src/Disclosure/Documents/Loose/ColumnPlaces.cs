using Disclosure.Documents.Tables;
using Disclosure.Formats;
using Disclosure.Prose;

namespace Disclosure.Documents.Loose;

/// <summary>Where the columns of a table stand across a page, told by its header and its complete rows. A row with blank cells is placed by them.</summary>
internal sealed class ColumnPlaces
{
    /// <summary>Two rows may agree by chance; three show the columns, and so does one whose numbers add up.</summary>
    private const int FewestRows = 3;

    /// <summary>What stands less far aside, as a share of the size of its letters, stands below.</summary>
    private const double LeastShift = 0.1;

    private readonly IReadOnlyList<Extent> _columns;

    private ColumnPlaces(IReadOnlyList<Extent> columns, int page) => (_columns, Page) = (columns, page);

    /// <summary>The page that they were seen on.</summary>
    public int Page { get; }

    public int Count => _columns.Count;

    /// <summary>Null where two columns are not apart.</summary>
    public static ColumnPlaces? Of(IReadOnlyList<Extent> columns, int page) =>
        columns.Zip(columns.Skip(1)).All(pair => pair.First.To < pair.Second.From) ? new ColumnPlaces(columns, page) : null;

    /// <summary>
    /// By page, because another one may be set farther to a side. A page that shows its columns neither by a header nor by complete rows
    /// has those of another page, moved as far as its totals stand aside of the totals there.
    /// </summary>
    public static Dictionary<int, ColumnPlaces> ByPage(IReadOnlyList<PieceRun> runs, IReadOnlyList<Column> printed)
    {
        var shown = new Dictionary<int, ColumnPlaces>();
        if (runs.Count == 0 || printed.Count == 0)
        {
            return shown;
        }
        if (ColumnHeads.All(runs[0].Before, [.. printed.Select(column => Folding.Fold(column.Label))]) is { } header)
        {
            shown.Add(header.Page, header);
        }
        var pages = runs.Where(run => run.Values.Count > 0).GroupBy(run => run.Page).ToDictionary(page => page.Key, page => page.ToList());
        foreach (var (page, rows) in pages)
        {
            if (OfRows(rows, printed) is { } columns && Of(shown.TryGetValue(page, out var above) ? Together(above._columns, columns) : columns, page) is { } both)
            {
                shown[page] = both;
            }
        }
        foreach (var (page, rows) in pages.Where(page => !shown.ContainsKey(page.Key)).ToList())
        {
            if (shown.Values.Select(places => places.MovedTo(page, rows, pages.GetValueOrDefault(places.Page) ?? [], printed)).FirstOrDefault(places => places is not null) is { } moved)
            {
                shown.Add(page, moved);
            }
        }
        return shown;
    }

    /// <summary>
    /// The values with blanks between; null unless they stand on the page of the columns, each over one of them, no two over the same, and where a
    /// column is the sum of others they add up.
    /// </summary>
    /// <param name="printed">None where no column is a sum.</param>
    public List<SourceCell>? Place(IReadOnlyList<SourceCell> values, IReadOnlyList<Column> printed) => values[0].Place?.Page == Page ? PlaceAnywhere(values, printed) : null;

    private List<SourceCell>? PlaceAnywhere(IReadOnlyList<SourceCell> values, IReadOnlyList<Column> printed)
    {
        var placed = _columns.Select(_ => values[0] with { Text = "", Covers = 0 }).ToList();
        var last = -1;
        foreach (var value in values)
        {
            var over = value.Across is { } across ? Enumerable.Range(0, _columns.Count).Where(i => across.From <= _columns[i].To && across.To >= _columns[i].From).ToList() : [];
            if (over is not [var at] || at <= last)
            {
                return null;
            }
            placed[at] = value;
            last = at;
        }
        return printed.Count == 0 || Sums.Hold(WithZeros(placed), printed) ? placed : null;
    }

    private static List<SourceCell> WithZeros(List<SourceCell> row) => row.ConvertAll(cell => cell.IsBlank ? cell with { Text = "0" } : cell);

    private static List<Extent> Together(IReadOnlyList<Extent> columns, IReadOnlyList<Extent> others) =>
        [.. columns.Zip(others, (one, other) => new Extent(Math.Min(one.From, other.From), Math.Max(one.To, other.To)))];

    private static List<Extent>? OfRows(IEnumerable<PieceRun> runs, IReadOnlyList<Column> printed)
    {
        var complete = runs.Where(run => run.Values.Count == printed.Count && run.IsParted && run.IsPlaced).ToList();
        if (complete.Count < FewestRows)
        {
            complete.RemoveAll(run => !CutRows.IsProved([.. run.Values.Select(value => value.Cell)]));
        }
        return complete.Count == 0 ? null : [.. Enumerable.Range(0, printed.Count).Select(i => new Extent(
            complete.Min(run => run.Values[i].Cell.Across!.Value.From), complete.Max(run => run.Values[i].Cell.Across!.Value.To)))];
    }

    /// <summary>The same columns on another page; null where its totals do not show how far aside they stand.</summary>
    /// <param name="rows">Of the other page.</param>
    /// <param name="own">Of this page; none where only a header is on it.</param>
    private ColumnPlaces? MovedTo(int page, IEnumerable<PieceRun> rows, IEnumerable<PieceRun> own, IReadOnlyList<Column> printed)
    {
        var (here, there) = (Edges.Of(Totals(own, printed)), Edges.Of(Totals(rows, printed)));
        // Numbers of several lengths with one middle have it below that of their header; others may stand anywhere below it.
        here ??= there is { Begin: null, Middle: not null } ? new Edges(null, (_columns[^1].From + _columns[^1].To) / 2, null, 0) : null;
        return there?.ShiftFrom(here) is { } shift ? new ColumnPlaces([.. _columns.Select(column => new Extent(column.From + shift, column.To + shift))], page) : null;
    }

    /// <summary>The totals of the rows that these columns place, and that add up to something.</summary>
    private List<SourceCell> Totals(IEnumerable<PieceRun> runs, IReadOnlyList<Column> printed) =>
        [.. runs.Select(run => PlaceAnywhere([.. run.Values.Select(value => value.Cell)], printed)).OfType<List<SourceCell>>().Where(row => CutRows.IsProved(WithZeros(row))).Select(row => row[^1])];

    /// <summary>Where the numbers of a column begin, have their middle, and end; null what they have not in common.</summary>
    /// <param name="Least">What is less is no difference.</param>
    private sealed record Edges(double? Begin, double? Middle, double? End, double Least)
    {
        public static Edges? Of(List<SourceCell> numbers)
        {
            if (numbers.Count == 0)
            {
                return null;
            }
            var least = LeastShift * numbers[0].Place!.Size;
            return new Edges(Common(across => across.From), Common(across => (across.From + across.To) / 2), Common(across => across.To), least);

            double? Common(Func<Extent, double> edge)
            {
                var all = numbers.ConvertAll(number => edge(number.Across!.Value));
                return all.Max() - all.Min() <= least ? all[0] : null;
            }
        }

        /// <summary>How far aside of others these stand; null where what both have in common does not tell one distance.</summary>
        public double? ShiftFrom(Edges? others)
        {
            double[] shifts = others is null ? [] : [.. new[] { Begin - others.Begin, Middle - others.Middle, End - others.End }.OfType<double>()];
            return shifts.Length > 0 && shifts.Max() - shifts.Min() <= Least ? shifts[0] : null;
        }
    }
}
