using Disclosure.Formats;

namespace Disclosure.Documents.Loose;

/// <summary>
/// Puts the rows of a table together from its pieces. A row is what one run of values and the label around it make. Where the
/// document does not show where values begin and end, the printed sums must hold; else the row is doubtful.
/// </summary>
/// <param name="columns">The columns that every row has; none where they change from block to block.</param>
/// <param name="preface">Rows to put before a row, told from the pieces before its label: captions and headers.</param>
internal sealed class LooseRows(IReadOnlyList<Row> rows, IReadOnlyList<Column> columns, int table, Func<IReadOnlyList<Piece>, IEnumerable<SourceRow>> preface)
{
    private readonly LabelMatcher _labels = new(rows);
    private readonly List<SourceRow> _made = [];
    private readonly List<int> _torn = [];
    private readonly HashSet<string> _keys = new(StringComparer.Ordinal);
    private int _last = -1;

    /// <summary>Whether every row has all its values, so that none of them can have been lost or cut in two.</summary>
    private bool _isRegular;

    /// <summary>Whether empty lines stand for blank cells, so that a row with all its values has none among them.</summary>
    private bool _areBlanksWritten;

    /// <summary>The last row of the source of which something was used; minus one when nothing was.</summary>
    public int LastSource { get; private set; } = -1;

    public List<SourceRow> Gather(IReadOnlyList<PieceRun> runs)
    {
        var places = ColumnPlaces.Of(runs, columns);
        _isRegular = runs.All(run => run.Values.Count == 0 || run.Values.Count == columns.Count);
        _areBlanksWritten = runs.Any(LacksValues);
        var (used, suspect) = (0, false);
        // What stands before a number that belongs to no row may be the beginning of the next header.
        List<Piece> strange = [];
        for (var i = 0; i < runs.Count && runs[i].Values.Count > 0; i++)
        {
            var before = runs[i].Before.Skip(used).ToList();
            used = 0;
            if (_labels.Find(before, i + 1 < runs.Count ? runs[i + 1].Before : [], _last) is not { } match)
            {
                if (_labels.Find(before, [], -1) is not null)
                {
                    // A row that came before comes again. Which one counts is for the plain reading to leave open.
                    return [];
                }
                // Numbers without a label may belong to the row before them or to the one after.
                suspect = before.TrueForAll(_labels.IsSpan);
                Doubt(suspect && _made.Count > 0 ? _made.Count - 1 : -1);
                strange.AddRange(before);
                continue;
            }
            used = match.After;
            var lost = before.Take(match.From).Any(IsLabel) && !(runs[i].IsParted && match.Pieces.Any(piece => piece.Row == runs[i].Values[0].Row));
            _made.AddRange(preface([.. strange, .. before.Take(match.From)]));
            strange.Clear();
            _made.Add(RowOf(match, runs[i], places, suspect || lost));
            if (runs[i].IsParted && match.Pieces.All(piece => piece.Row != runs[i].Values[0].Row))
            {
                _torn.Add(_made.Count - 1);
            }
            _keys.Add(match.Row.Key);
            suspect = false;
            _last = rows.ToList().IndexOf(match.Row);
            LastSource = Math.Max(runs[i].Values[^1].Row, match.Pieces.Max(piece => piece.Row));
        }
        DoubtTorn();
        return _made;
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
    private bool IsLabel(Piece piece) => !_labels.IsSpan(piece) && Label.Parse(piece.Cell.Text) is var label
        && rows.Any(row => Label.Parse(row.Label) == label || (label.Words.Length > 2 && FormWords.Words(row.Label) == label.Words));

    /// <summary>Whether empty lines stand where a row has no values.</summary>
    private bool LacksValues(PieceRun run) =>
        (run.Values.Count > 0 && run.Values.Count < columns.Count && run.Places >= columns.Count)
        || run.Before.Zip(run.Before.Skip(1)).Any(pair => pair.Second.Cell.Line > pair.First.Cell.Line + 1 && IsLabel(pair.First));

    private SourceRow RowOf(LabelMatch match, PieceRun run, ColumnPlaces? places, bool isDoubtful)
    {
        var values = run.Values.Select(value => value.Cell).ToList();
        var placed = values.Count < columns.Count && run.IsParted ? places?.Place(values) : null;
        var shown = run.IsParted || columns.Count == 0 || (_isRegular && run.IsLineByLine) || Sums.Hold(values, columns);
        List<SourceCell> cells = match.Row.Under.Count > 1 ? [match.Pieces[0].Cell with { Text = match.Row.Under[^1], Covers = 0 }] : [];
        return new SourceRow([.. cells, match.Pieces[0].Cell with { Text = match.Printed, Covers = 0 }, .. placed ?? values], table)
        {
            IsDoubtful = isDoubtful || !shown || (_areBlanksWritten && run.Places > run.Values.Count) || run.Values.Any(value => value.IsGlued),
        };
    }
}
