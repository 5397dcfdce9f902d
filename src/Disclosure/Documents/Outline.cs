using Disclosure.Documents.Tables;
using Disclosure.Formats;

namespace Disclosure.Documents;

/// <summary>A row of the document with what it is: a row of one of the official tables, or prose.</summary>
/// <param name="Table">The key of the official table; null for prose.</param>
internal sealed record Entry(string? Table, SourceRow Row)
{
    /// <summary>Whether the row itself showed the table it belongs to.</summary>
    public bool IsEvidence { get; init; }

    public SourceCell Text => Row.Cells[0];
}

/// <summary>
/// The document in order, with the official tables told apart from everything else. Tables are found by words that
/// stand nowhere else, before any heading is looked for: headings may be wrong or missing, and 一、 opens rows as well.
/// </summary>
internal sealed class Outline
{
    /// <summary>Labels stand at the left or, in headers, one by one; no evidence is looked for beyond this many cells.</summary>
    private const int CellsSearched = 20;

    private readonly List<Entry> _entries = [];
    private readonly List<(SourceRow Row, string? Owner)> _pending = [];
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private string? _open;

    private Outline()
    {
    }

    public static IReadOnlyList<Entry> Of(IEnumerable<SourceRow> rows)
    {
        var outline = new Outline();
        foreach (var row in rows)
        {
            outline.Add(row);
        }
        outline.Settle(null);
        return outline.Checked();
    }

    private void Add(SourceRow row)
    {
        var owner = OwnerOf(row);
        if (owner is not null && IsHeadingOf(row, owner))
        {
            owner = null;
        }
        if (row.Table is null && owner is null)
        {
            Settle(null);
            _open = null;
            _entries.AddProse(row);
        }
        else if (row.Table is null || owner is null)
        {
            _pending.Add((row, owner));
        }
        else
        {
            Settle(owner);
            _entries.Add(new Entry(owner, row) { IsEvidence = true });
            _seen.Add(owner);
            _open = owner;
        }
    }

    /// <summary>Gives the rows without a home of their own to the table before them, the table after them, or the prose.</summary>
    private void Settle(string? next)
    {
        var from = 0;
        if (_open is not null && next != _open)
        {
            while (from < _pending.Count && IsTabular(_pending[from].Row))
            {
                _entries.Add(new Entry(_open, _pending[from++].Row));
            }
        }
        foreach (var (row, owner) in _pending.Skip(from))
        {
            var belongs = next is not null && (row.Table is null ? owner == next : next == _open ? !IsProse(row) : IsTabular(row));
            if (belongs)
            {
                _entries.Add(new Entry(next, row) { IsEvidence = owner == next });
            }
            else
            {
                _entries.AddProse(row);
            }
        }
        _pending.Clear();
    }

    private static string? OwnerOf(SourceRow row)
    {
        for (var i = 0; i < row.Cells.Count && i < CellsSearched; i++)
        {
            if (Label.IsWritten(row.Cells[i].Text) && FormWords.OwnerOf(Label.Parse(row.Cells[i].Text)) is { } owner)
            {
                return owner;
            }
        }
        return null;
    }

    /// <summary>
    /// The words of a table's caption are its section's heading too. Numbered, they are the heading; without a number
    /// they are the caption when the heading stands right before them.
    /// </summary>
    private bool IsHeadingOf(SourceRow row, string table)
    {
        if (OnlyCell(row) is not { } only)
        {
            return false;
        }
        var label = Label.Parse(only.Text);
        if (label.Words != FormWords.Words(KnownFormats.All[0].Table(table).Caption))
        {
            return false;
        }
        var afterHeading = _pending.Count == 0 && _entries is [.., { Table: null } last] && Label.Parse(last.Text.Text).Words == label.Words;
        return row.Table is null || label.Kind != OrdinalKind.None || (!afterHeading && !_seen.Contains(table));
    }

    /// <summary>Several cells, or one that holds a number: a row that no prose looks like.</summary>
    private static bool IsTabular(SourceRow row) =>
        row.Table is not null && (OnlyCell(row) is not { } only || PrintedNumber.IsValueLike(only.Text));

    private static bool IsProse(SourceRow row) => OnlyCell(row) is { } only && only.Text.Contains('。', StringComparison.Ordinal);

    /// <summary>The one cell of a row that holds anything; null when none does, or several.</summary>
    private static SourceCell? OnlyCell(SourceRow row)
    {
        SourceCell? only = null;
        for (var i = 0; i < row.Cells.Count; i++)
        {
            if (!row.Cells[i].IsBlank)
            {
                if (only is not null)
                {
                    return null;
                }
                only = row.Cells[i];
            }
        }
        return only;
    }

    /// <summary>A table of which only one row was recognised is no table: a list in the prose may hold such a word too.</summary>
    private List<Entry> Checked()
    {
        var entries = new List<Entry>(_entries.Count);
        for (var from = 0; from < _entries.Count;)
        {
            var table = _entries[from].Table;
            var piece = _entries.Skip(from).TakeWhile(entry => entry.Table == table).ToList();
            if (table is null || piece.Where(entry => entry.IsEvidence).Skip(1).Any())
            {
                entries.AddRange(piece);
            }
            else
            {
                piece.ForEach(entry => entries.AddProse(entry.Row));
            }
            from += piece.Count;
        }
        return entries;
    }
}
