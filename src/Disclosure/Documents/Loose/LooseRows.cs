using System.Collections.Immutable;
using Disclosure.Formats;

namespace Disclosure.Documents.Loose;

/// <summary>
/// Puts the rows of a table together from its pieces. A row is what one run of values and the label around it make. Where the
/// document does not show where values begin and end, the printed sums must hold; else the row is doubtful.
/// </summary>
/// <param name="columns">The columns that every row has; none where they change from block to block.</param>
/// <param name="preface">Rows to put before a row, told from the pieces before its label: captions and headers.</param>
internal sealed class LooseRows(LabelMatcher labels, IReadOnlyList<Column> columns, int table, Func<IReadOnlyList<Piece>, IEnumerable<SourceRow>> preface)
{
    /// <summary>A header and the labels of many rows are fewer pieces.</summary>
    private const int MostBlank = 100;

    private readonly ImmutableArray<Row> _rows = labels.Rows;
    private readonly List<SourceRow> _made = [];
    private readonly List<int> _torn = [];
    private readonly HashSet<string> _keys = new(StringComparer.Ordinal);
    private int _last = -1;

    /// <summary>Whether every row has all its values, so that none of them can have been lost or cut in two.</summary>
    private bool _isRegular;

    /// <summary>Whether empty lines stand for blank cells, so that a row with all its values has none among them.</summary>
    private bool _areBlanksWritten;

    private Dictionary<int, ColumnPlaces> _places = [];

    /// <summary>The last row of the source of which something was used; minus one when nothing was.</summary>
    public int LastSource { get; private set; } = -1;

    public List<SourceRow> Gather(IReadOnlyList<PieceRun> runs)
    {
        _places = ColumnPlaces.ByPage(runs, columns);
        _isRegular = runs.All(run => run.Values.Count == 0 || run.Values.Count == columns.Count);
        _areBlanksWritten = runs.Any(LacksValues);
        var (used, suspect) = (0, false);
        // What stands before a number that belongs to no row may be the beginning of the next header.
        List<Piece> strange = [];
        for (var i = 0; i < runs.Count && runs[i].Values.Count > 0; i++)
        {
            var before = runs[i].Before.Skip(used).ToList();
            used = 0;
            if (labels.Find(before, i + 1 < runs.Count ? runs[i + 1].Before : [], _last, label => !IsAway(label, runs[i])) is not { } match)
            {
                if (labels.Find(before, [], -1, _ => true) is not null)
                {
                    // A row that came before comes again. Which one counts is for the plain reading to leave open.
                    return [];
                }
                // Numbers without a label may belong to the row before them or to the one after.
                suspect = before.TrueForAll(labels.IsSpan);
                Doubt(suspect && _made.Count > 0 ? _made.Count - 1 : -1);
                strange.AddRange(before);
                continue;
            }
            used = match.After;
            var lost = before.Take(match.From).Any(IsLabel) && !IsBeside(match, runs[i]);
            // The label of a row whose cells are all blank heads no column.
            Head([.. strange, .. before.Take(match.From).Where(piece => !IsLabel(piece))]);
            AddBlank(suspect || lost ? [] : [.. before.Take(match.From)], _rows.IndexOf(match.Row));
            Add(match, runs[i], suspect || lost);
            strange.Clear();
            suspect = false;
        }
        AddBlank(_made.Count == 0 || suspect || runs[^1].Values.Count > 0 ? [] : [.. runs[^1].Before.Skip(used)], _rows.Length);
        DoubtTorn();
        return _made;
    }

    private void Head(List<Piece> header)
    {
        if (columns.Count == 0 && header.Count > 0)
        {
            _places = ColumnHeads.Some(header, LooseHeaders.ProactiveLabels) is { } places ? new() { [places.Page] = places } : [];
        }
        _made.AddRange(preface(header));
    }

    /// <summary>Labels on a page without a number beside them are those of rows whose cells are all blank.</summary>
    /// <param name="until">The row that comes next.</param>
    private void AddBlank(List<Piece> before, int until)
    {
        var width = columns.Count > 0 ? columns.Count : _places.Values.FirstOrDefault()?.Count ?? 0;
        if (width == 0 || before.Count > MostBlank || before.Exists(piece => piece.Cell.Place is null))
        {
            return;
        }
        for (var count = 1; count <= before.Count; count++)
        {
            if (labels.Find(before.GetRange(0, count), [], _last, label => _rows.IndexOf(label.Row) < until && label.IsWhole) is { } match)
            {
                LastSource = Math.Max(LastSource, match.Pieces.Max(piece => piece.Row));
                _made.Add(RowOf(match, [.. Enumerable.Repeat(match.Pieces[^1].Cell with { Text = "", Covers = 0 }, width)]));
                _keys.Add(match.Row.Key);
                _last = _rows.IndexOf(match.Row);
            }
        }
    }

    private void Add(LabelMatch match, PieceRun run, bool isDoubtful)
    {
        _made.Add(RowOf(match, run, isDoubtful));
        if ((run.IsParted || run.IsPlaced) && !IsBeside(match, run))
        {
            _torn.Add(_made.Count - 1);
        }
        _keys.Add(match.Row.Key);
        _last = _rows.IndexOf(match.Row);
        LastSource = Math.Max(run.Values[^1].Row, match.Pieces.Max(piece => piece.Row));
    }

    /// <summary>Whether the label itself shows that the values are its own: a part of it stands on their row, or on the page its lines stand about them evenly.</summary>
    private static bool IsBeside(LabelMatch match, PieceRun run)
    {
        if (!run.IsParted && !run.IsPlaced)
        {
            return false;
        }
        if (match.Pieces.Any(piece => piece.Row == run.Values[0].Row))
        {
            return true;
        }
        return Lines(match, run) is var (values, from, to) && Math.Abs(((from + to) / 2) - values.Middle) < values.Size / 2;
    }

    /// <summary>Whether the values stand above the first or below the last line of the label.</summary>
    private static bool IsAway(LabelMatch match, PieceRun run) =>
        Lines(match, run) is var (values, from, to) && (values.Middle < from - values.Size || values.Middle > to + values.Size);

    /// <summary>Where the values stand, and from where to where the label does; null unless both stand on one page.</summary>
    private static (PagePlace Values, double From, double To)? Lines(LabelMatch match, PieceRun run)
    {
        var lines = match.Own.Select(piece => piece.Cell.Place).ToList();
        return run.Values[0].Cell.Place is { } values && lines.TrueForAll(line => line?.Page == values.Page)
            ? (values, lines.Min(line => line!.Middle), lines.Max(line => line!.Middle))
            : null;
    }

    private void DoubtTorn()
    {
        if (!IsWhole())
        {
            _torn.ForEach(Doubt);
        }
    }

    /// <summary>Whether all rows of some form are there: then no label and no values can have been lost between others.</summary>
    private bool IsWhole() => KnownFormats.All.SelectMany(form => form.Tables)
        .Any(form => form.Rows.Select(row => row.Key).Order(StringComparer.Ordinal).SequenceEqual(_keys.Order(StringComparer.Ordinal)));

    private void Doubt(int at)
    {
        if (at >= 0)
        {
            _made[at] = _made[at] with { IsDoubtful = true };
        }
    }

    /// <summary>A label of the form that got no values, above one that did: the values may be its own.</summary>
    private bool IsLabel(Piece piece) => !labels.IsSpan(piece) && Label.Parse(piece.Cell.Text) is var label
        && _rows.Any(row => FormWords.Official(row.Label) == label || (label.Words.Length > 2 && FormWords.Words(row.Label) == label.Words));

    /// <summary>Whether empty lines stand where a row has no values.</summary>
    private bool LacksValues(PieceRun run) =>
        (run.Values.Count > 0 && run.Values.Count < columns.Count && run.Places >= columns.Count)
        || run.Before.Zip(run.Before.Skip(1)).Any(pair => pair.Second.Cell.Line > pair.First.Cell.Line + 1 && IsLabel(pair.First));

    private SourceRow RowOf(LabelMatch match, PieceRun run, bool isDoubtful)
    {
        var values = run.Values.Select(value => value.Cell).ToList();
        var places = _places.GetValueOrDefault(run.Page);
        var placed = run.IsOneRow && (values.Count < places?.Count || !run.IsParted) ? places?.Place(values, columns) : null;
        var shown = run.IsParted || placed is not null || columns.Count == 0 || (_isRegular && run.IsLineByLine) || Sums.Hold(values, columns);
        return RowOf(match, placed ?? values) with
        {
            IsDoubtful = isDoubtful || !shown || (_areBlanksWritten && run.Places > run.Values.Count) || run.Values.Any(value => value.IsGlued),
        };
    }

    private SourceRow RowOf(LabelMatch match, IReadOnlyList<SourceCell> values)
    {
        SourceCell Printed(string text) => match.Pieces[0].Cell with { Text = text, Covers = 0 };
        return new SourceRow([.. match.Row.Under.Count > 1 ? [Printed(match.Row.Under[^1])] : Array.Empty<SourceCell>(), Printed(match.Printed), .. values], table);
    }
}
