using Disclosure.Formats;
using Disclosure.Prose;

namespace Disclosure.Documents.Tables;

/// <summary>A column as the header prints it.</summary>
/// <param name="Key">Null when no form has such a column.</param>
/// <param name="Unit">The unit of money that the header prints.</param>
internal sealed record PrintedColumn(string? Key, SourceCell? Printed, string? Unit);

/// <summary>The header of a block of table 2.</summary>
/// <param name="Offset">How many cells right of the row labels the first column stands.</param>
/// <param name="Width">How many cells the header's row has.</param>
internal sealed record ProactiveHeader(IReadOnlyList<PrintedColumn> Columns, int Offset, int Width)
{
    private const string Table = "proactive";

    /// <summary>No block has more than three columns; a few more may be somebody's own.</summary>
    private const int MostCells = 20;

    private static readonly IReadOnlyList<string> _labels = [.. Candidates(null).Select(column => FormWords.Words(column.Label))];

    /// <summary>The header that a row is, or null when it holds no column's label.</summary>
    public static ProactiveHeader? Read(SourceRow row, string? caption)
    {
        var candidates = Candidates(caption);
        var printed = row.Cells.Take(MostCells).Select((cell, at) => (Cell: cell, At: at, Label.Parse(cell.Text).Words)).Where(cell => !string.IsNullOrEmpty(cell.Words)).ToList();
        // What no form has, before the first column, heads the labels, in words of the agency's own.
        var labels = printed.Where(cell => !IsRowHeader(cell.Words!)).SkipWhile(cell => cell.At == 0 && Match(cell.Words!, candidates) is null).ToList();
        var columns = labels.ConvertAll(cell => new PrintedColumn(Match(cell.Words!, candidates), cell.Cell, PrintedNumber.UnitIn(cell.Cell.Text)));
        if (!columns.Exists(column => column.Key is not null))
        {
            return null;
        }
        var labelAt = printed.Where(cell => IsRowHeader(cell.Words!)).Select(cell => cell.At).DefaultIfEmpty(0).Last();
        return new ProactiveHeader(columns, labels[0].At - labelAt, row.Cells.Count);
    }

    /// <summary>The header with the unit of money that the caption above it prints, where it prints none itself.</summary>
    public ProactiveHeader In(string? unit) => unit is null ? this : this with { Columns = [.. Columns.Select(column => column.Unit is null ? column with { Unit = unit } : column)] };

    /// <summary>Whether the labels of two columns ran together, so that nobody knows how many columns there are.</summary>
    public bool RunsTogether => Columns.Any(column => column.Printed is { } printed && Label.Parse(printed.Text).Words is { } words
        && _labels.Any(one => words.IndexOf(one, StringComparison.Ordinal) is >= 0 and var at && _labels.Any(words.Remove(at, one.Length).Contains)));

    /// <summary>Whether a column comes again after another one: then these are the remains of two headers, and no one knows which of them holds.</summary>
    public bool Repeats => Columns.Where((column, i) => i == 0 || column.Key != Columns[i - 1].Key).GroupBy(column => column.Key).Any(same => same.Key is not null && same.Count() > 1);

    /// <summary>Whether the header right above, with no row of the form between, is the rest of this one: it has other columns.</summary>
    public bool Continues(ProactiveHeader above) => !Columns.Select(column => column.Key).SequenceEqual(above.Columns.Select(column => column.Key));

    /// <summary>Tells what the header prints otherwise than the form, at the first cell under each column.</summary>
    public void Compare(TableReading reading, Row row, Block block)
    {
        if (row.Key != block.Rows[0].Key)
        {
            return;
        }
        foreach (var printed in Columns)
        {
            if (printed is { Key: null, Printed: { } extra })
            {
                reading.Tell(ReadingNotes.ExtraColumn, $"/tables/{Table}/{row.Key}", extra.Text);
            }
            else if (printed.Printed is { } cell && block.Columns.FirstOrDefault(column => column.Key == printed.Key) is { } official)
            {
                reading.Compare($"/tables/{Table}/{row.Key}/{official.Key}", cell, official.Label);
            }
        }
        var keys = Columns.Select(column => column.Key).Where(key => block.Columns.Any(column => column.Key == key)).ToList();
        if (!keys.SequenceEqual(block.Columns.Select(column => column.Key).Where(keys.Contains)))
        {
            reading.Tell(ReadingNotes.HeaderReordered, $"/tables/{Table}/{row.Key}");
        }
    }

    /// <summary>信息内容 and the block's caption head the labels, not the numbers.</summary>
    private static bool IsRowHeader(string words) => FormWords.IsHeader(words) || FormWords.BlockCaptions.Contains(words);

    private static List<Column> Candidates(string? caption) =>
        [.. KnownFormats.All.SelectMany(form => form.Table(Table).Blocks)
            .Where(block => caption is null || Folding.Fold(block.Caption!) == caption)
            .SelectMany(block => block.Columns).DistinctBy(column => column.Label)];

    private static string? Match(string words, List<Column> candidates) =>
        (candidates.Find(column => FormWords.Words(column.Label) == words)
            ?? candidates.Find(column => Bare(FormWords.Words(column.Label)) == Bare(words))
            ?? Likeness.Best(Bare(words), candidates, column => Bare(FormWords.Words(column.Label))))?.Key;

    /// <summary>Without what stands in brackets behind it: a unit, or a hint how to fill in the column.</summary>
    private static string Bare(string words)
    {
        var open = words.IndexOf('(', StringComparison.Ordinal);
        return open > 0 && words.EndsWith(')') ? words[..open] : words;
    }
}
