using Disclosure.Contents;
using Disclosure.Formats;

namespace Disclosure.Documents.Tables;

/// <summary>Reads table 4: one row of fifteen numbers under headers of three rows. Empty rows may stand between, and the numbers are in the last row that has any.</summary>
internal static class DisputesReader
{
    private const string Table = "disputes";
    private static readonly Block _block = KnownFormats.All[0].Table(Table).Blocks[0];

    public static TableReading Read(IReadOnlyList<SourceRow> rows, ReportFormat form)
    {
        var reading = new TableReading(Table) { Form = form };
        var numbered = Enumerable.Range(0, rows.Count).Where(i => HasNumber(rows[i])).ToList();
        var last = numbered.Count > 0 ? numbered[^1] : LastPlaceholders(rows);
        var order = DisputesHeader.Read(rows.Take(numbered.Count > 0 ? numbered[0] : last < 0 ? rows.Count : last), reading);
        if (last >= 0)
        {
            Add(reading, rows[last], order);
            foreach (var earlier in numbered.SkipLast(1).Where(i => !IsEnumeration(rows[i])).Take(ContentShape.MaxItems))
            {
                AddAgain(reading, rows[earlier], order);
            }
        }
        return reading;
    }

    /// <summary>Another row with numbers: all of it when it is as wide, or a note when it is something of the agency's own.</summary>
    private static void AddAgain(TableReading reading, SourceRow row, IReadOnlyList<CellAddress>? order)
    {
        if (ValueWindow.IsComplete(row.Cells, FirstValue(row), _block.Rows.Count * _block.Columns.Count))
        {
            reading.Tell(ReadingNotes.RowRepeated, $"/tables/{Table}/{_block.Rows[0].Key}", _block.Rows[0].Label);
            Add(reading, row, order);
        }
        else
        {
            reading.TellExtra(row);
        }
    }

    private static void Add(TableReading reading, SourceRow source, IReadOnlyList<CellAddress>? printed)
    {
        var row = ValueWindow.Unmerged(source, FirstValue(source), _block.Rows.Count * _block.Columns.Count);
        IReadOnlyList<CellAddress> order = printed ?? [.. _block.Rows.SelectMany(own => _block.Columns.Select(column => new CellAddress(Table, own.Key, column.Key)))];
        var columns = order.Select(address => KnownFormats.FindCell(address)!.Column).ToList();
        var from = FirstValue(row);
        var starts = ValueWindow.Starts(row.Cells, from, order.Count);
        var start = starts is [var only] && !row.IsDoubtful && !ValueWindow.HoldsWords(row.Cells, only, order.Count) ? only : (int?)null;
        if (start is null)
        {
            reading.Tell(ReadingNotes.RowUnclear, $"/tables/{Table}", _block.Rows[0].Label);
        }
        var values = start is { } first
            ? columns.Select((column, i) => PrintedNumber.Read(ValueWindow.At(row.Cells, first + i), column, null))
            : ValueWindow.Doubtful(row.Cells, from, columns);
        foreach (var (value, address) in values.Zip(order))
        {
            reading.Put(address.Row, address.Column, printed is null && value.Value is { } number
                ? new CellReading(value.Reading with { State = ReadingState.Uncertain, Candidates = [number], Why = ValueReasons.HeaderUnclear }, null)
                : value);
        }
    }

    private static bool HasNumber(SourceRow row) => row.Cells.Any(cell => !cell.IsBlank && PrintedNumber.IsValueLike(cell.Text) && !PrintedNumber.IsPlaceholder(cell.Text));

    /// <summary>Without a number anywhere, a row of placeholders or blanks below the headers is the row of values.</summary>
    private static int LastPlaceholders(IReadOnlyList<SourceRow> rows)
    {
        var width = _block.Rows.Count * _block.Columns.Count;
        for (var i = rows.Count - 1; i >= 0; i--)
        {
            if (rows[i].Cells.Count >= width && rows[i].Cells.All(cell => PrintedNumber.IsPlaceholder(cell.Text)))
            {
                return i;
            }
        }
        return -1;
    }

    /// <summary>Some templates number their columns: 1, 2, 3 …</summary>
    private static bool IsEnumeration(SourceRow row) =>
        row.Cells.Where(cell => !cell.IsBlank).Take(20).Select((cell, i) => PrintedNumber.Raw(cell) == $"{i + 1}").All(counts => counts);

    /// <summary>A row may open with a label such as 件数.</summary>
    private static int FirstValue(SourceRow row)
    {
        var from = 0;
        while (from < row.Cells.Count && !PrintedNumber.IsValueLike(row.Cells[from].Text))
        {
            from++;
        }
        return from;
    }
}
