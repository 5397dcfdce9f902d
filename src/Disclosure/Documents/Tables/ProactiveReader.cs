using Disclosure.Formats;

namespace Disclosure.Documents.Tables;

/// <summary>
/// Reads table 2: blocks of rows under their own headers. Rows and columns are told by their labels, whichever form they
/// are of; which form the table follows as a whole is judged by all of them together.
/// </summary>
internal static class ProactiveReader
{
    private const string Table = "proactive";

    /// <summary>A row of numbers with the header that was in force where it stands.</summary>
    /// <param name="IsContested">Whether numbers without a label stand below, which may be this row's own.</param>
    /// <param name="IsTorn">Whether the header is only a part of one.</param>
    /// <param name="IsUnmerged">Whether the document itself told which of its cells are one.</param>
    private sealed record Placed(FoundRow Row, ProactiveHeader? Header, bool IsContested, bool IsTorn, bool IsUnmerged);

    public static TableReading Read(IReadOnlyList<SourceRow> rows, ReportFormat fallback)
    {
        var reading = new TableReading(Table);
        var evidence = new ProactiveEvidence();
        var found = Place(rows, evidence);
        reading.Form = evidence.Judge(fallback, reading);
        var torn = found.Where(at => at.IsTorn || IsWider(at, reading.Form)).Select(at => at.Header).ToHashSet();
        var placed = found.ConvertAll(at => at.IsContested || IsShifted(at) || torn.Contains(at.Header) ? at with { Row = at.Row with { Source = at.Row.Source with { IsDoubtful = true } } } : at);
        foreach (var (row, header, _, _, _) in placed)
        {
            if (row.Official is { } official)
            {
                Add(reading, row, official, header, evidence.ShowsColumnsOf(reading.Form));
            }
            else
            {
                reading.TellExtra(row.Source);
            }
        }
        return reading;
    }

    private static List<Placed> Place(IReadOnlyList<SourceRow> rows, ProactiveEvidence evidence)
    {
        var found = new RowFinder(Table).Find(rows);
        var placed = new List<Placed>();
        ProactiveHeader? header = null, above = null;
        (string? caption, string? unit) = (null, null);
        var isUsed = false;
        for (var i = 0; i < rows.Count; i++)
        {
            if (CaptionIn(rows[i]) is { } printed)
            {
                (caption, unit, header, above) = (printed, rows[i].Cells.Take(3).Select(cell => PrintedNumber.UnitIn(cell.Text)).FirstOrDefault(own => own is not null), null, null);
                evidence.SeeCaption(caption);
            }
            if (found[i] is { } row)
            {
                evidence.SeeRow(row);
                var isTorn = header is not null && (header.Repeats || header.RunsTogether || (above is not null && header.Continues(above)));
                var own = header is null ? row : row.Unmerged(header.Columns.Count);
                placed.Add(new Placed(own, header, i + 1 < rows.Count && found[i + 1] is { IsUnlabelled: true }, isTorn, !ReferenceEquals(own.Source, row.Source)));
                isUsed |= row.Official is not null;
            }
            else if (ProactiveHeader.Read(rows[i], caption)?.In(unit) is { } next)
            {
                (above, header, isUsed) = (isUsed ? null : header, next, false);
                evidence.SeeColumns(next, caption);
            }
            else
            {
                evidence.SeeWords(rows[i]);
            }
        }
        return placed;
    }

    /// <summary>第二十条第（八）项（单位：元） is the caption 第二十条第（八）项.</summary>
    private static string WithoutUnit(string words) => words.EndsWith(')') && words.LastIndexOf('(') is > 0 and var open ? words[..open] : words;

    private static string? CaptionIn(SourceRow row) =>
        row.Cells.Take(3).Select(cell => WithoutUnit(Label.Parse(cell.Text).Words)).FirstOrDefault(words => FormWords.BlockCaptions.Contains(words));

    private static void Add(TableReading reading, FoundRow row, Row official, ProactiveHeader? printed, bool isOneForm)
    {
        var at = $"/tables/{Table}/{official.Key}";
        var block = BlockOf(reading.Form!, official);
        var header = printed is not null && printed.Columns.Any(column => column.Key is { } key && KnownFormats.FindCell(new CellAddress(Table, official.Key, key)) is not null) ? printed : null;
        reading.Begin(official);
        reading.Compare(at, row.Printed, block.Rows.First(own => own.Key == official.Key).Label);
        if (header is null)
        {
            reading.Tell(ReadingNotes.HeaderMissing, at);
        }
        header?.Compare(reading, official, block);
        var columns = header?.Columns ?? [.. block.Columns.Select(column => new PrintedColumn(column.Key, null, null))];
        AddValues(reading, row, official, columns, header, isPlain: header is not null || isOneForm || IsOfEveryForm(official, columns));
    }

    /// <summary>Whether the row has these columns in whatever form.</summary>
    private static bool IsOfEveryForm(Row official, IReadOnlyList<PrintedColumn> columns) => KnownFormats.All.SelectMany(form => form.Table(Table).Blocks)
        .Where(block => block.Rows.Any(row => row.Key == official.Key)).All(block => block.Columns.Select(column => column.Key).SequenceEqual(columns.Select(column => column.Key)));

    /// <param name="isPlain">Whether it is known which columns the values stand in.</param>
    private static void AddValues(TableReading reading, FoundRow row, Row official, IReadOnlyList<PrintedColumn> columns, ProactiveHeader? header, bool isPlain)
    {
        var from = row.ValuesFrom;
        var starts = IsSpreadOut(row, columns) ? [from] : ValueWindow.Starts(row.Cells, from, columns.Count);
        var below = header is null ? -1 : row.LabelAt + header.Offset;
        int? start = row.Source.IsDoubtful || !isPlain ? null : starts.Count == 1 ? starts[0] : starts.Contains(below) ? below : null;
        start = start is { } at && ValueWindow.HoldsWords(row.Cells, at, columns.Count) ? null : start;
        var kinds = columns.Select(column => OfficialColumn(official, column.Key)).ToList();
        if (start is null)
        {
            reading.Tell(ReadingNotes.RowUnclear, $"/tables/{Table}/{official.Key}", official.Label);
        }
        var values = start is { } first
            ? columns.Select((column, i) => PrintedNumber.Read(ValueWindow.At(row.Cells, first + i), kinds[i], kinds[i].Unit is null ? column.Unit : column.Unit ?? PrintedNumber.UnitIn(row.Source.Cells[row.LabelAt].Text)))
            : ValueWindow.Doubtful(row.Cells, from, kinds);
        foreach (var (value, column) in values.Zip(columns))
        {
            if (column.Key is not { } key)
            {
                continue;
            }
            reading.Put(official.Key, key, value);
            if (value is { Value: > 0, Reading.Raw: { } raw } && PrintedNumber.LacksUnit(raw, OfficialColumn(official, key), column.Unit))
            {
                reading.Tell(ReadingNotes.UnitNotPrinted, new CellAddress(Table, official.Key, key).Pointer);
            }
        }
    }

    /// <summary>A row with blanks that is longer or shorter than its header: where a cell was lost or added, nobody can tell.</summary>
    private static bool IsShifted(Placed at) =>
        at.Header is { } header && at.Row.Cells.Count != header.Width && !at.IsUnmerged && at.Row.Cells.Skip(at.Row.ValuesFrom).Take(header.Columns.Count).Any(cell => cell.IsBlank);

    /// <summary>Whether the row has more cells than a header that lacks columns of the form: then it is the header that lost them, and not the table.</summary>
    private static bool IsWider(Placed at, ReportFormat form) =>
        at is { Header.Columns: var columns, Row: { Official: { } official } row } && columns.Count < BlockOf(form, official).Columns.Count
        && row.Cells.Count - row.ValuesFrom > columns.Count && !IsSpreadOut(row, columns);

    /// <summary>A merged column whose header and value are written into each of its cells: as many times the same number.</summary>
    private static bool IsSpreadOut(FoundRow row, IReadOnlyList<PrintedColumn> columns) =>
        columns is [{ Printed: { Covers: > 0 and var covered } }] && row.Cells.Skip(row.ValuesFrom).Select(cell => cell.Text).ToList() is var values
        && values.Count == covered + 1 && values[0].Length > 0 && values.TrueForAll(value => value == values[0]);

    /// <summary>A row that the table's form does not have is read by the form that has it.</summary>
    private static Block BlockOf(ReportFormat form, Row official) =>
        KnownFormats.All.OrderByDescending(known => known == form).SelectMany(known => known.Table(Table).Blocks).First(block => block.Rows.Any(row => row.Key == official.Key));

    /// <summary>What kind of number the column holds. One that no form has is read as a count and left out.</summary>
    private static Column OfficialColumn(Row row, string? key) =>
        key is null ? new Column("", "") : KnownFormats.FindCell(new CellAddress(Table, row.Key, key))?.Column ?? new Column(key, "");
}
