using Disclosure.Documents.Loose;
using Disclosure.Formats;

namespace Disclosure.Documents.Tables;

/// <summary>Reads table 3. Its rows carry one to three labels, and its numbers are seven adjacent cells somewhere right of the last one.</summary>
internal static class ApplicationsReader
{
    private const string Table = "applications";
    private static readonly IReadOnlyList<Column> _columns = KnownFormats.All[0].Table(Table).Blocks[0].Columns;

    public static TableReading Read(IReadOnlyList<SourceRow> rows, ReportFormat fallback)
    {
        var reading = new TableReading(Table);
        var found = new RowFinder(Table).Find(rows);
        reading.Form = FormOf(found, reading, fallback);
        var body = found.ToList().FindIndex(row => row?.Official is not null);
        var header = ApplicationsHeader.Read(rows.Take(body < 0 ? rows.Count : body), reading);
        var numbered = found.OfType<FoundRow>().Select(row => row.Unmerged(_columns.Count)).ToList();
        var offsets = new Offsets(numbered, _columns.Count);
        for (var i = 0; i < numbered.Count; i++)
        {
            if (numbered[i].Official is { } official)
            {
                var below = i + 1 < numbered.Count && numbered[i].HasNoValue && numbered[i + 1].IsUnlabelled ? numbered[i + 1] : null;
                var start = below is null && !numbered[i].Source.IsDoubtful && !MayBelongToPart(official, numbered) && !IsContested(i, numbered) ? offsets.StartOf(i) : null;
                start = start is { } from && ValueWindow.HoldsWords(numbered[i].Cells, from, _columns.Count) ? null : start;
                Add(reading, numbered[i], official, header, start, below ?? numbered[i]);
            }
            else
            {
                reading.TellExtra(numbered[i].Source);
            }
        }
        return reading;
    }

    /// <summary>Numbers without a label below a row may be that row's own, and those in it another's. Sums that hold show that they are not.</summary>
    private static bool IsContested(int i, List<FoundRow> rows) => i + 1 < rows.Count && rows[i + 1].IsUnlabelled && !CutRows.IsProved(rows[i].Cells);

    /// <summary>
    /// Numbers beside （六）其他处理 are its own when none of its parts is printed, or all are. When only some are, they may
    /// be those of a part whose label was lost.
    /// </summary>
    private static bool MayBelongToPart(Row official, List<FoundRow> rows)
    {
        var parts = FormWords.RowsOf(Table).Where(row => row.Under.Count > 0 && row.Under[^1] == official.Label).Select(row => row.Key).ToList();
        var printed = parts.Count == 0 ? 0 : rows.Select(row => row.Official?.Key).Where(key => key is not null && parts.Contains(key)).Distinct().Count();
        return printed > 0 && printed < parts.Count;
    }

    /// <param name="holder">The row that holds the values: the row itself, or the one below when a label and its numbers were torn apart.</param>
    private static void Add(TableReading reading, FoundRow row, Row official, IReadOnlyList<Column>? columns, int? start, FoundRow holder)
    {
        var at = $"/tables/{Table}/{official.Key}";
        reading.Begin(official);
        reading.Compare(at, row.Printed, OwnLabel(reading.Form!, official));
        if (start is null)
        {
            reading.Tell(ReadingNotes.RowUnclear, at, official.Label);
        }
        var order = columns ?? _columns;
        var values = start is { } from
            ? order.Select((column, i) => PrintedNumber.Read(ValueWindow.At(row.Cells, from + i), column, null))
            : ValueWindow.Doubtful(holder.Cells, holder.ValuesFrom, order);
        foreach (var (value, column) in values.Zip(order))
        {
            reading.Put(official.Key, column.Key, columns is null ? WithoutColumn(value) : value);
        }
    }

    /// <summary>The number is plain and its column is not.</summary>
    private static CellReading WithoutColumn(CellReading read) => read.Value is not { } value
        ? read
        : new CellReading(read.Reading with { State = Contents.ReadingState.Uncertain, Candidates = [value], Why = ValueReasons.HeaderUnclear }, null);

    private static string OwnLabel(ReportFormat form, Row official) =>
        form.Table(Table).Rows.FirstOrDefault(row => row.Key == official.Key)?.Label ?? official.Label;

    /// <summary>The rows of （六）其他处理 are all that the forms differ in here.</summary>
    private static ReportFormat FormOf(IReadOnlyList<FoundRow?> found, TableReading reading, ReportFormat fallback)
    {
        foreach (var form in KnownFormats.All)
        {
            var own = form.Table(Table).Rows.Where(row => KnownFormats.All.Count(other => other.Table(Table).Rows.Any(same => same.Key == row.Key)) == 1);
            var evidence = own.FirstOrDefault(row => found.Any(met => met?.Official?.Key == row.Key));
            if (evidence is not null)
            {
                reading.Tell(ReadingNotes.FormDetected, $"/tables/{Table}", form.Key, evidence.Label);
                return form;
            }
        }
        reading.Tell(ReadingNotes.FormUnclear, $"/tables/{Table}", fallback.Key);
        return fallback;
    }

    /// <summary>Where the values of each row start. Rows with blanks among their values borrow the offset of complete rows that are labelled alike.</summary>
    private sealed class Offsets(IReadOnlyList<FoundRow> rows, int width)
    {
        private readonly (int Labels, int At, int? Start)[] _complete = [.. rows.Select(row =>
            (row.Official?.Under.Count ?? -1, row.LabelAt, ValueWindow.IsComplete(row.Cells, row.ValuesFrom, width) ? ValueWindow.Starts(row.Cells, row.ValuesFrom, width)[0] : (int?)null))];

        /// <summary>How many cells most rows have.</summary>
        private readonly int _usualCount = rows.GroupBy(row => row.Cells.Count).MaxBy(group => group.Count())?.Key ?? 0;

        /// <summary>Whether no row has more cells right of its labels than there are columns, so that none can fill up a row that lost one.</summary>
        private readonly bool _isExact = rows.All(row => row.Cells.Count - row.ValuesFrom <= width);

        public int? StartOf(int i)
        {
            var starts = ValueWindow.Starts(rows[i].Cells, rows[i].ValuesFrom, width);
            if (starts.Count == 0)
            {
                return null;
            }
            if (_complete[i].Start is { } own)
            {
                // Before a blank total one number too many fills the row as well; then it is longer than others, and the sums do not hold.
                return rows[i].Cells.Count > _usualCount && !IsExact(i) && !Sums.Hold([.. rows[i].Cells.Skip(own).Take(width)], _columns) ? null : own;
            }
            int?[] neighbours = [Neighbour(i, -1), Neighbour(i, 1)];
            var told = neighbours.OfType<int>().Distinct().ToList();
            // A blank at the edge of the only place there is may be a cell that was lost inside: other rows have to bear the place out.
            return starts.Count == 1
                ? (rows[i].Cells.Count == _usualCount || IsExact(i)) && (told.Count == 0 || told.Contains(starts[0])) ? starts[0] : null
                : told is [var agreed] && starts.Contains(agreed) ? agreed : null;
        }

        private bool IsExact(int i) => _isExact && rows[i].Cells.Count - rows[i].ValuesFrom == width;

        /// <summary>The nearest complete row in one direction; looking further than a form is long would find another table's.</summary>
        private int? Neighbour(int i, int step)
        {
            for (var (j, left) = (i + step, 30); j >= 0 && j < _complete.Length && left > 0; j += step, left--)
            {
                if (_complete[j] is { Start: { } start } other && other.Labels == _complete[i].Labels && other.At == _complete[i].At)
                {
                    return start;
                }
            }
            return null;
        }
    }
}
