using Disclosure.Contents;
using Disclosure.Formats;

namespace Disclosure.Documents.Tables;

/// <summary>A printed label that differs from the form's own, and the place it stands for.</summary>
internal sealed record PrintedLabel(string At, string Printed);

/// <summary>What one official table of a document says, as it grows while its rows are read.</summary>
internal sealed class TableReading(string table)
{
    private readonly Dictionary<CellAddress, CellReading> _cells = [];
    private readonly List<Note> _notes = [];
    private readonly HashSet<string> _rows = new(StringComparer.Ordinal);

    public string Table { get; } = table;

    /// <summary>The form that the table follows. Table 4 is the same in both, so that its own form comes from elsewhere.</summary>
    public ReportFormat? Form { get; set; }

    /// <summary>Whether the table itself showed its form.</summary>
    public bool ShowsForm => _notes.Exists(note => note.Code == ReadingNotes.FormDetected.Code);

    public List<PrintedLabel> Labels { get; } = [];

    public IReadOnlyList<Note> Notes => _notes;

    public IReadOnlyDictionary<CellAddress, CellReading> Cells => _cells;

    /// <summary>Keeps a note, as long as the list can still be read by anybody.</summary>
    public void Tell(NoteKind kind, string at, params ReadOnlySpan<object> told)
    {
        if (_notes.Count < ContentShape.MaxItems)
        {
            _notes.Add(kind.At(at, told));
        }
    }

    /// <summary>Tells of a row that the form does not have, with all that it prints.</summary>
    public void TellExtra(SourceRow row) =>
        Tell(ReadingNotes.ExtraRow, $"/tables/{Table}", string.Join(' ', row.Cells.Where(cell => !cell.IsBlank).Take(20).Select(cell => cell.Text)));

    /// <summary>Tells of a row that comes a second time. Its cells are compared one by one when they are put.</summary>
    public void Begin(Row row)
    {
        if (!_rows.Add(row.Key) && _rows.Add($"{row.Key} again"))
        {
            Tell(ReadingNotes.RowRepeated, $"/tables/{Table}/{row.Key}", row.Label);
        }
    }

    /// <summary>Where a cell is printed twice and differs, neither print is to be trusted.</summary>
    public void Put(string row, string column, CellReading read)
    {
        var address = new CellAddress(Table, row, column);
        if (KnownFormats.FindCell(address) is null)
        {
            return;
        }
        if (read.IsConverted)
        {
            _notes.Add(new Note(ReadingNotes.UnitConverted.Code, read.Reading.Why!, address.Pointer));
        }
        if (!_cells.TryGetValue(address, out var earlier))
        {
            _cells[address] = read;
        }
        else if (earlier.Value != read.Value || earlier.Reading.State != read.Reading.State)
        {
            _cells[address] = Contradiction(earlier, read);
        }
    }

    /// <summary>Remembers a label that differs from the form's once typing is set aside.</summary>
    public void Compare(string at, SourceCell printed, string official)
    {
        var words = printed.Text.Replace("\n", "", StringComparison.Ordinal).Trim();
        if (Label.Parse(words) != Label.Parse(official) && !Labels.Exists(label => label.At == at) && Labels.Count < ContentShape.MaxItems)
        {
            Labels.Add(new PrintedLabel(at, words));
            Tell(ReadingNotes.LabelDiffers, at, words, official);
        }
    }

    /// <summary>Every cell of the table's form that was not met is absent, and told row by row.</summary>
    public void Complete(ReportFormat form, bool tell)
    {
        foreach (var row in form.Table(Table).Cells.GroupBy(cell => cell.Row))
        {
            var missing = row.Where(cell => !_cells.ContainsKey(cell.Address)).ToList();
            if (tell && missing.Count == row.Count())
            {
                Tell(ReadingNotes.MissingRow, $"/tables/{Table}/{row.Key.Key}", row.Key.Label);
            }
            else if (tell)
            {
                missing.ForEach(cell => Tell(ReadingNotes.MissingColumn, cell.Address.Pointer, cell.Column.Label));
            }
            foreach (var cell in missing)
            {
                _cells[cell.Address] = CellReading.Absent;
            }
        }
    }

    private static CellReading Contradiction(CellReading earlier, CellReading later)
    {
        IEnumerable<decimal> values = [.. ValuesOf(earlier), .. ValuesOf(later)];
        var reading = earlier.Reading with
        {
            State = ReadingState.Uncertain,
            Candidates = [.. values.Distinct().Take(PrintedNumber.MostCandidates)],
            Why = ValueReasons.Contradictory,
        };
        return new CellReading(reading, null);
    }

    private static IEnumerable<decimal> ValuesOf(CellReading read) => read.Value is { } value ? [value] : read.Reading.Candidates;
}
