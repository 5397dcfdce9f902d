using Disclosure.Documents.Tables;
using Disclosure.Formats;
using Disclosure.Prose;

namespace Disclosure.Documents.Loose;

/// <summary>Where the columns of a table stand across the page, told by its header and its complete rows. A row with blank cells is placed by them.</summary>
internal sealed class ColumnPlaces
{
    /// <summary>Two rows may agree by chance; three show the columns, and so does one whose numbers add up.</summary>
    private const int FewestRows = 3;

    /// <summary>A page that is set farther to a side is so by more, as a share of the size of its letters.</summary>
    private const double LeastShift = 0.1;

    private readonly IReadOnlyList<Extent> _columns;
    private ColumnPlaces(IReadOnlyList<Extent> columns, int page) => (_columns, Page) = (columns, page);

    /// <summary>The page that they were seen on.</summary>
    public int Page { get; }

    public int Count => _columns.Count;

    /// <summary>
    /// By page, because another one may be set farther to the left or right. A page that shows its columns neither by a header nor by complete rows
    /// has those of another page, moved as far as its totals stand aside of the totals there.
    /// </summary>
    public static Dictionary<int, ColumnPlaces> ByPage(IReadOnlyList<PieceRun> runs, IReadOnlyList<Column> printed)
    {
        var shown = new Dictionary<int, ColumnPlaces>();
        if (runs.Count == 0 || printed.Count == 0)
        {
            return shown;
        }
        if (OfHeader(runs[0].Before, [.. printed.Select(column => Folding.Fold(column.Label))]) is { } header)
        {
            shown.Add(header.Page, header);
        }
        var pages = runs.Where(run => run.Values.Count > 0).GroupBy(run => run.Page).ToList();
        foreach (var page in pages)
        {
            if (OfRows(page, printed) is { } rows && Parted(shown.TryGetValue(page.Key, out var above) ? Together(above._columns, rows) : rows, page.Key) is { } both)
            {
                shown[page.Key] = both;
            }
        }
        foreach (var page in pages.Where(page => !shown.ContainsKey(page.Key)).ToList())
        {
            if (shown.Values.Select(places => places.MovedTo(page, runs, printed)).FirstOrDefault(places => places is not null) is { } moved)
            {
                shown.Add(page.Key, moved);
            }
        }
        return shown;
    }

    /// <summary>The totals of the rows that these columns place, and that add up to something.</summary>
    private List<SourceCell> Totals(IEnumerable<PieceRun> runs, IReadOnlyList<Column> printed) =>
        [.. runs.Select(run => Place([.. run.Values.Select(value => value.Cell)], printed)).OfType<List<SourceCell>>().Where(row => CutRows.IsProved(WithZeros(row))).Select(row => row[^1])];

    /// <summary>The same columns on another page; null where its totals do not show how far aside they stand.</summary>
    private ColumnPlaces? MovedTo(IEnumerable<PieceRun> page, IReadOnlyList<PieceRun> runs, IReadOnlyList<Column> printed)
    {
        var (own, others) = (Totals(runs.Where(run => run.Values.Count > 0 && run.Page == Page), printed), Totals(page, printed));
        if (others.Count == 0)
        {
            return null;
        }
        // Numbers below each other begin, end or have their middle at one place.
        var least = others[0].Place!.Size * LeastShift;
        var (begin, end, middle) = (Shift(place => place.From), Shift(place => place.To), Shift(place => (place.From + place.To) / 2));
        // Below a header alone, numbers of several lengths that have one middle have it below the middle of the header.
        var shifts = own.Count > 0 ? [begin, end, middle]
            : At(others, place => place.From) is null && At(others, place => (place.From + place.To) / 2) is { } at ? [at - ((_columns[^1].From + _columns[^1].To) / 2)]
            : Array.Empty<double?>();
        var known = shifts.OfType<double>().ToList();
        return known.Count > 0 && known.Max() - known.Min() <= least
            ? new ColumnPlaces([.. _columns.Select(column => new Extent(column.From + known[0], column.To + known[0]))], others[0].Place!.Page)
            : null;

        double? Shift(Func<Extent, double> where) => own.Count > 0 ? At(others, where) - At(own, where) : null;

        double? At(List<SourceCell> totals, Func<Extent, double> where)
        {
            var places = totals.ConvertAll(total => where(total.Across!.Value));
            return places.Max() - places.Min() <= least ? places[0] : null;
        }
    }

    /// <summary>By the words of a header, those of a label above each other, which are the labels in their order and nothing else.</summary>
    /// <param name="labels">Folded.</param>
    public static ColumnPlaces? OfHeader(IReadOnlyList<Piece> header, IReadOnlyList<string> labels)
    {
        var stacks = Stacks(header, labels);
        return stacks.Select(stack => stack.Words).SequenceEqual(labels) ? OfStacks(stacks) : null;
    }

    /// <summary>By as many of the labels as the header has.</summary>
    public static ColumnPlaces? OfSome(IReadOnlyList<Piece> header, IReadOnlyList<string> labels)
    {
        var stacks = Stacks(header, labels);
        return stacks.TrueForAll(stack => labels.Contains(stack.Words)) ? OfStacks(stacks) : null;
    }

    /// <summary>Null where they stand on two pages.</summary>
    private static ColumnPlaces? OfStacks(List<(Extent Place, string Words, int First, int Last)> stacks) =>
        stacks.Count > 0 && stacks.TrueForAll(stack => stack.First == stacks[0].First && stack.Last == stacks[0].First) ? Parted([.. stacks.Select(stack => stack.Place)], stacks[0].First) : null;

    private static ColumnPlaces? Parted(IReadOnlyList<Extent> columns, int page) =>
        columns.Zip(columns.Skip(1)).All(pair => pair.First.To < pair.Second.From) ? new ColumnPlaces(columns, page) : null;

    private static List<SourceCell> WithZeros(List<SourceCell> row) => row.ConvertAll(cell => cell.IsBlank ? cell with { Text = "0" } : cell);

    private static List<Extent> Together(IReadOnlyList<Extent> columns, IReadOnlyList<Extent> others) =>
        [.. columns.Zip(others, (one, other) => new Extent(Math.Min(one.From, other.From), Math.Max(one.To, other.To)))];

    private static List<Extent>? OfRows(IEnumerable<PieceRun> runs, IReadOnlyList<Column> printed)
    {
        var complete = runs.Where(run => run.Values.Count == printed.Count && run.IsParted && run.Values.All(value => value.Cell.Across is not null)).ToList();
        if (complete.Count < FewestRows)
        {
            complete.RemoveAll(run => !CutRows.IsProved([.. run.Values.Select(value => value.Cell)]));
        }
        return complete.Count == 0 ? null : [.. Enumerable.Range(0, printed.Count).Select(i => new Extent(
            complete.Min(run => run.Values[i].Cell.Across!.Value.From), complete.Max(run => run.Values[i].Cell.Across!.Value.To)))];
    }

    /// <summary>The words that may be part of a label, those above each other put together.</summary>
    private static List<(Extent Place, string Words, int First, int Last)> Stacks(IReadOnlyList<Piece> header, IReadOnlyList<string> labels)
    {
        var stacks = new List<(Extent Place, List<SourceCell> Words)>();
        foreach (var word in header.SelectMany(Words).Where(word => labels.Any(label => label.Contains(Folding.Fold(word.Text), StringComparison.Ordinal))).OrderBy(word => word.Across!.Value.From))
        {
            var place = word.Across!.Value;
            if (stacks is [.., var (last, words)] && place.From <= last.To)
            {
                words.Add(word);
                stacks[^1] = (last with { To = Math.Max(last.To, place.To) }, words);
            }
            else
            {
                stacks.Add((place, [word]));
            }
        }
        return stacks.ConvertAll(stack => (stack.Place, Folding.Fold(string.Concat(stack.Words.OrderBy(word => word.Place!.Middle).Select(word => word.Text))),
            stack.Words.Min(word => word.Place!.Page), stack.Words.Max(word => word.Place!.Page)));
    }

    private static IEnumerable<SourceCell> Words(Piece piece)
    {
        var cell = piece.Cell;
        return cell.Text.Split(' ', StringSplitOptions.RemoveEmptyEntries) is var words && cell.Place is { } place && place.Words.Count == words.Length
            ? words.Zip(place.Words, (word, across) => cell with { Text = word, Place = place with { Words = [across] } })
            : [];
    }

    /// <summary>The values with blanks between; null unless each stands over one column, no two over the same, and where a column is the sum of others they add up.</summary>
    /// <param name="printed">None where no column is a sum.</param>
    public List<SourceCell>? Place(IReadOnlyList<SourceCell> values, IReadOnlyList<Column> printed)
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
}

/// <summary>Whether the values of a row add up as its columns say.</summary>
internal static class Sums
{
    public static bool Hold(IReadOnlyList<SourceCell> values, IReadOnlyList<Column> columns)
    {
        if (values.Count != columns.Count)
        {
            return false;
        }
        // A sign that says that there is none adds nothing; an empty cell may have lost its number.
        var read = values.Select((value, i) => !value.IsBlank && PrintedNumber.IsPlaceholder(value.Text) ? 0 : PrintedNumber.Read(value, columns[i], null).Value).ToList();
        if (read.Contains(null))
        {
            return false;
        }
        var byKey = new Dictionary<string, decimal>(StringComparer.Ordinal);
        for (var i = 0; i < columns.Count; i++)
        {
            if (columns[i].SumOf.Count > 0 && columns[i].SumOf.Sum(key => byKey.GetValueOrDefault(key)) != read[i])
            {
                return false;
            }
            // The same columns may come again for the next group; each total adds up what stands before it.
            byKey[columns[i].Key] = read[i]!.Value;
        }
        return true;
    }
}
