using Disclosure.Formats;
using Disclosure.Prose;

namespace Disclosure.Documents.Tables;

/// <summary>A row of a table with the row of the form that it is.</summary>
/// <param name="Official">Null when the form has no such row.</param>
/// <param name="LabelAt">The cell that holds the row's own label; its values stand right of it. Minus one when numbers stand in a row without any label.</param>
internal sealed record FoundRow(SourceRow Source, Row? Official, int LabelAt, string? Context)
{
    public SourceCell Printed => Source.Cells[Math.Max(LabelAt, 0)];

    public bool IsUnlabelled => LabelAt < 0;

    /// <summary>The first cell that may hold a value. What a merged label covers is label.</summary>
    public int ValuesFrom => LabelAt < 0 ? 0 : LabelAt + 1 + Cells[LabelAt].Covers;

    /// <summary>The same row with one cell for each column, where the document says which of its cells are one.</summary>
    public FoundRow Unmerged(int columns) => this with { Source = ValueWindow.Unmerged(Source, ValuesFrom, columns) };

    public bool HasNoValue => Cells.Skip(ValuesFrom).All(cell => cell.IsBlank);

    public IReadOnlyList<SourceCell> Cells => Source.Cells;
}

/// <summary>
/// Tells the rows of a table by their labels, never by where they stand. Spanning labels such as （六）其他处理 are carried
/// down, because a label below them may be no more than 3.其他.
/// </summary>
internal sealed class RowFinder(string table)
{
    /// <summary>Comparing for likeness costs time; a table with more unknown rows than this is beyond such help.</summary>
    private const int MostComparisons = 100;

    /// <summary>Fewer characters are too few to be short for anything.</summary>
    private const int FewestWords = 4;

    private const string Total = "总计";

    /// <summary>What many write for 总计.</summary>
    public const string OtherTotal = "合计";

    /// <summary>Labels stand in the first cells of a row.</summary>
    private const int CellsSearched = 12;

    private readonly HashSet<string> _spanning = KnownFormats.All.SelectMany(format => format.Table(table).Rows)
        .SelectMany(row => row.Under).Select(FormWords.Words).ToHashSet(StringComparer.Ordinal);

    private readonly HashSet<string> _columns = KnownFormats.All.SelectMany(format => format.Table(table).Blocks)
        .SelectMany(block => block.Columns).Select(column => FormWords.Words(column.Label)).ToHashSet(StringComparer.Ordinal);

    private string? _context;

    /// <summary>For each source row the row it is; null for headers, captions, spanning labels and blank rows.</summary>
    public IReadOnlyList<FoundRow?> Find(IReadOnlyList<SourceRow> rows)
    {
        var found = rows.Select(Read).ToArray();
        DropSpans(found);
        ResolveByLikeness(found);
        return found;
    }

    private FoundRow? Read(SourceRow source)
    {
        (Row? Row, int At) named = (null, -1);
        var unknown = -1;
        var count = Math.Min(source.Cells.Count, CellsSearched);
        for (var i = 0; i < count; i++)
        {
            if (source.Cells[i].IsBlank)
            {
                continue;
            }
            if (i == 0 && IsSerialNumber(source))
            {
                continue;
            }
            if (PrintedNumber.IsValueLike(source.Cells[i].Text) || (named.Row is not null && !IsSpanning(named.Row)))
            {
                break;
            }
            var label = Label.Parse(source.Cells[i].Text);
            _context = _spanning.Contains(label.Words) ? label.Words : _context;
            if (RowNamed(label) is { } row)
            {
                (named, unknown) = ((row, i), -1);
            }
            else if (_spanning.Contains(label.Words))
            {
                (named, unknown) = ((null, -1), -1);
            }
            else
            {
                unknown = i;
            }
        }
        return Conclude(source, named.Row, named.At, unknown);
    }

    /// <summary>Whether the first cell numbers the row (序号), as a whole number right before a label that begins with none of its own does.</summary>
    private static bool IsSerialNumber(SourceRow source) =>
        source.Cells.Count > 2 && source.Cells[0].Text.Trim() is { Length: > 0 and <= 2 } number && number.All(char.IsAsciiDigit)
        && Label.IsWritten(source.Cells[1].Text) && !PrintedNumber.IsValueLike(source.Cells[1].Text);

    private FoundRow? Conclude(SourceRow source, Row? row, int at, int unknown)
    {
        if (row is not null && unknown < 0 && IsHeader(source, at))
        {
            return null;
        }
        if (row is not null && unknown < 0)
        {
            var found = new FoundRow(source, row, at, _context);
            _context = IsSpanning(row) || LastSpan(row) == _context ? _context : null;
            return found;
        }
        var hasValues = source.Cells.Skip(Math.Max(unknown, 0)).Any(cell => !cell.IsBlank && PrintedNumber.IsValueLike(cell.Text));
        return hasValues ? new FoundRow(source, null, unknown, _context) : null;
    }

    /// <summary>总计 and 其他 head columns too. Without an ordinal and with no value beside them they are that.</summary>
    private bool IsHeader(SourceRow source, int at) =>
        Label.Parse(source.Cells[at].Text) is { Kind: OrdinalKind.None } label && _columns.Contains(label.Words)
        && !source.Cells.Skip(at + 1).Any(cell => !cell.IsBlank && PrintedNumber.IsValueLike(cell.Text));

    /// <summary>A word that needs its context, as 其他 does, names a row only below the label that spans it.</summary>
    private Row? RowNamed(Label label) => label.IsEmpty ? null
        : FormWords.RowsNamed(table, label is { Words: OtherTotal, Kind: not OrdinalKind.None } ? Total : label.Words) is [var row] && (!NeedsContext(row) || (LastSpan(row) == _context && label.Number == FormWords.Official(row.Label).Number)) ? row : null;

    /// <summary>Its own number has to stand before it as well: an agency's own row may be called 其他 too.</summary>
    private static bool NeedsContext(Row row) => FormWords.Words(row.Label).Length <= 2 && row.Under.Count > 1;

    private bool IsSpanning(Row row) => _spanning.Contains(FormWords.Words(row.Label));

    private static string? LastSpan(Row row) => row.Under.Count > 1 ? FormWords.Words(row.Under[^1]) : null;

    /// <summary>（六）其他处理 without a value, above rows of its own, is a spanning label and no row.</summary>
    private void DropSpans(FoundRow?[] found)
    {
        for (var i = 0; i < found.Length; i++)
        {
            if (found[i] is { Official: { } row, HasNoValue: true } && IsSpanning(row)
                && found.Skip(i + 1).FirstOrDefault(other => other is not null) is { } next && next.Context == FormWords.Words(row.Label)
                && (next.Official is null || LastSpan(next.Official) == next.Context))
            {
                found[i] = null;
            }
        }
    }

    /// <summary>A label with a slip of the pen is told by its place between rows that are known, its ordinal and its words.</summary>
    private void ResolveByLikeness(FoundRow?[] found)
    {
        var known = found.Select(row => row?.Official?.Key).OfType<string>().ToHashSet(StringComparer.Ordinal);
        var unknown = Enumerable.Range(0, found.Length).Where(i => found[i] is { Official: null, IsUnlabelled: false }).Take(MostComparisons).ToList();
        foreach (var i in unknown)
        {
            var label = Label.Parse(found[i]!.Printed.Text);
            var candidates = Between(found, i).Where(row => !known.Contains(row.Key) && Agrees(label, row, found[i]!.Context)).DistinctBy(row => row.Label).ToList();
            if ((Likeness.Best(label.Words, candidates, row => FormWords.Words(row.Label)) ?? Shortened(label, candidates)) is { } row)
            {
                found[i] = found[i]! with { Official = row };
                known.Add(row.Key);
            }
        }
    }

    /// <summary>The one row of which the label leaves words out, or behind which it says more in brackets; null where there is none, or more than one.</summary>
    private static Row? Shortened(Label label, IReadOnlyList<Row> candidates)
    {
        var alike = candidates.Where(row => FormWords.Words(row.Label) is var words
            && ((label.Words.Length >= FewestWords && label.Words[0] == words[0] && ShortForm.IsOf(label.Words, words))
                || (label.Words.StartsWith(words, StringComparison.Ordinal) && label.Words[words.Length..] is ['(', .., ')']))).ToList();
        return alike is [var row] ? row : null;
    }

    private static bool Agrees(Label label, Row row, string? context)
    {
        var official = FormWords.Official(row.Label);
        return ((label.Kind == OrdinalKind.None && !NeedsContext(row)) || label.Number == official.Number) && (LastSpan(row) is not { } span || context is null || span == context);
    }

    /// <summary>The rows that any form has between the nearest known rows before and after this one.</summary>
    private IEnumerable<Row> Between(FoundRow?[] found, int at)
    {
        var before = found.Take(at).LastOrDefault(row => row?.Official is not null)?.Official?.Key;
        var after = found.Skip(at + 1).FirstOrDefault(row => row?.Official is not null)?.Official?.Key;
        foreach (var format in KnownFormats.All)
        {
            var keys = format.Table(table).Rows.ToList();
            var from = keys.FindIndex(row => row.Key == before);
            var to = keys.FindIndex(row => row.Key == after);
            foreach (var row in keys.Where((_, i) => i > from && (to < 0 || i < to)))
            {
                yield return row;
            }
        }
    }
}
