using Disclosure.Documents.Loose;
using Disclosure.Formats;

namespace Disclosure.Documents.Tables;

/// <summary>
/// Finds the values of a row: as many adjacent cells as there are columns, outside which everything right of the label is
/// blank. Blank cells pad rows on either side, by a different number in each row, so that an index says nothing.
/// </summary>
internal static class ValueWindow
{
    /// <summary>The places where the values may start, leftmost first: one when it is plain, none when there are too many or too few values.</summary>
    public static IReadOnlyList<int> Starts(IReadOnlyList<SourceCell> cells, int from, int width)
    {
        var first = from;
        while (first < cells.Count && cells[first].IsBlank)
        {
            first++;
        }
        if (first == cells.Count)
        {
            return [from];
        }
        var last = cells.Count - 1;
        while (cells[last].IsBlank)
        {
            last--;
        }
        var (lowest, highest) = (Math.Max(from, last - width + 1), Math.Min(first, cells.Count - width));
        return lowest > highest ? [] : [.. Enumerable.Range(lowest, highest - lowest + 1)];
    }

    /// <summary>Whether all values are there, so that the row's own offset is beyond doubt.</summary>
    public static bool IsComplete(IReadOnlyList<SourceCell> cells, int from, int width) =>
        Starts(cells, from, width) is [var start] && cells.Count >= start + width && !cells[start].IsBlank && !cells[start + width - 1].IsBlank;

    /// <summary>
    /// Whether words without any digit stand where a number should. They may be what fell between the cells of a row, and a
    /// number that was lost behind them would not be missed: nobody knows then which column the others stand in.
    /// </summary>
    public static bool HoldsWords(IReadOnlyList<SourceCell> cells, int start, int width) =>
        cells.Skip(start).Take(width).Any(cell => !cell.IsBlank && !PrintedNumber.IsPlaceholder(cell.Text) && !cell.Text.Any(char.IsDigit));

    /// <summary>
    /// The row without the blank cells that its values are merged with, where that leaves a cell for each column: the grid of a page is often cut up
    /// otherwise in each row, and what the document calls one cell is one.
    /// </summary>
    public static SourceRow Unmerged(SourceRow row, int from, int width)
    {
        var own = new List<SourceCell>();
        for (var i = from; i < row.Cells.Count && own.Count <= width; i += 1 + row.Cells[i].Covers)
        {
            own.Add(row.Cells[i]);
        }
        if (own.Count == width && own.Exists(cell => cell.Covers > 0))
        {
            return row with { Cells = [.. row.Cells.Take(from), .. own.Select(cell => cell with { Covers = 0 })] };
        }
        // One number over several of the columns is the first one's no more than the others'.
        return own.Count < width && row.Cells.Count - from == width && own.Exists(cell => cell.Covers > 0 && cell.Text.Any(char.IsDigit)) ? row with { IsDoubtful = true } : row;
    }

    /// <summary>The cell at a place that the row may not have, because blanks at its end were not written.</summary>
    public static SourceCell At(IReadOnlyList<SourceCell> cells, int index) =>
        index >= 0 && index < cells.Count ? cells[index] : new SourceCell("", cells[^1].Line, cells[^1].Column + cells[^1].Text.Length);

    /// <summary>What each column may hold when the values cannot be placed. A start under which the total is the sum of the rest comes first.</summary>
    public static IEnumerable<CellReading> Doubtful(IReadOnlyList<SourceCell> cells, int from, IReadOnlyList<Column> columns)
    {
        if (columns.Count > 1 && cells.Skip(from).Where(cell => !cell.IsBlank).ToList() is [var digits] && DigitSplits.Of(digits.Text, columns) is { Count: > 0 } splits)
        {
            return columns.Select((_, i) => CellReading.Uncertain(digits, splits.Select(split => split[i]), ValueReasons.RunTogether));
        }
        return Shifted(cells, from, columns);
    }

    private static IEnumerable<CellReading> Shifted(IReadOnlyList<SourceCell> cells, int from, IReadOnlyList<Column> columns)
    {
        var starts = PossibleStarts(cells, from, columns.Count).OrderByDescending(start => AddsUp(cells, start, columns)).ToList();
        for (var i = 0; i < columns.Count; i++)
        {
            var read = starts.Select(start => PrintedNumber.Read(At(cells, start + i), columns[i], null)).ToList();
            var printed = At(cells, starts[0] + i);
            yield return CellReading.Uncertain(printed, read.Where(cell => cell.Value is not null).Select(cell => cell.Value!.Value), ValueReasons.Misaligned);
        }
    }

    private static List<int> PossibleStarts(IReadOnlyList<SourceCell> cells, int from, int width)
    {
        var starts = Starts(cells, from, width);
        if (starts.Count > 0)
        {
            return [.. starts];
        }
        var spare = cells.Count - from - width;
        return [.. Enumerable.Range(0, Math.Min(Math.Abs(spare), width) + 1).Select(shift => from + (spare < 0 ? -shift : shift))];
    }

    private static bool AddsUp(IReadOnlyList<SourceCell> cells, int start, IReadOnlyList<Column> columns)
    {
        var values = new Dictionary<string, decimal>(StringComparer.Ordinal);
        var (sums, agreeing) = (0, 0);
        for (var i = 0; i < columns.Count; i++)
        {
            values[columns[i].Key] = PrintedNumber.Read(At(cells, start + i), columns[i], null).Value ?? 0;
            if (columns[i].SumOf.Count > 0)
            {
                sums++;
                agreeing += columns[i].SumOf.Sum(key => values.GetValueOrDefault(key)) == values[columns[i].Key] ? 1 : 0;
            }
        }
        return sums > 0 && sums == agreeing;
    }
}
