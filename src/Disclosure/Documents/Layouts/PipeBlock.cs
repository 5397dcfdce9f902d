using System.Runtime.InteropServices;
using Disclosure.Documents.Tables;

namespace Disclosure.Documents.Layouts;

/// <summary>
/// Lines with | that follow each other. Most converters write a row a line. Some write a cell a line and end each with |,
/// and fill up what a row lacks of the table's width with more of them at its end: there the signs are counted, not the lines.
/// </summary>
internal sealed class PipeBlock
{
    /// <summary>Fewer cells, a cell a line, stand in lists of links as well.</summary>
    private const int FewestCells = 6;

    private readonly List<(string Text, int Number)> _lines = [];
    private int _ended;
    private int _bars;
    private int _signed;

    /// <summary>A cell; or, where it has no text, so many signs at the end of a row. One sign alone may be a blank cell too, and counts as one.</summary>
    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Token(SourceCell Cell, int Signs)
    {
        public bool IsFill => Signs > 1;

        public bool IsLabel => !IsFill && PipeBlock.IsLabel(Cell);
    }

    public bool IsOpen => _lines.Count > 0;

    /// <summary>Whether cells end on their own lines here, so that words on a line without the sign are no cell.</summary>
    public bool HoldsCells => _ended > 0;

    /// <summary>Whether a line holds the sign and nothing else.</summary>
    public static bool IsBars(string line) => line.AsSpan().Trim() is { Length: > 0 } bare && !bare.ContainsAnyExcept('|', ' ');

    /// <summary>Whether the sign ends a line, as it ends a cell.</summary>
    public static bool IsEnded(string line) => line.AsSpan().TrimEnd().EndsWith("|", StringComparison.Ordinal);

    /// <returns>How many cells the line may hold.</returns>
    public int Add(string line, int number)
    {
        _lines.Add((line, number));
        var signs = line.AsSpan().Count('|');
        _signed += signs > 0 ? 1 : 0;
        _bars += signs == 1 && IsBars(line) ? 1 : 0;
        _ended += signs == 1 && IsEnded(line) && !IsBars(line) ? 1 : 0;
        return Math.Min(signs, PipeRows.WidestRow);
    }

    /// <summary>The rows that the lines make, and the lines that are no row of a table.</summary>
    public IEnumerable<(List<SourceCell> Cells, bool IsRow, bool IsDoubtful)> Finish()
    {
        List<(List<SourceCell>, bool, bool)> rows = 2 * (_ended + _bars) > _signed && Tokens() is var tokens && IsTable(tokens) ? ByCells(tokens) : ByLines();
        _lines.Clear();
        (_ended, _bars, _signed) = (0, 0, 0);
        return rows;
    }

    private List<(List<SourceCell>, bool, bool)> ByLines()
    {
        var (hasRows, isLed) = (_lines.Exists(line => PipeRows.Is(line.Text)), _lines is [var first, ..] && PipeRows.IsLed(first.Text));
        var rows = new List<(List<SourceCell> Cells, bool IsFilled, bool IsRow, int Signs)>();
        foreach (var (text, number) in _lines.Where(line => !PipeRows.IsRule(line.Text) && !(line.Text.Length > PipeRows.WidestRow && IsBars(line.Text))))
        {
            var isRow = PipeRows.Is(text) || (hasRows && IsEnded(text));
            var cells = isRow ? PipeRows.Cells(text, number, isLed) : [PlainRows.Place(text, number, 0)];
            var fill = isRow ? FillOf(text) : 0;
            rows.Add((cells.GetRange(0, Math.Max(1, cells.Count - fill)), fill > 0, isRow, text.AsSpan().Count('|')));
        }
        // Rows that are filled up are all as wide; one that is not has lost a cell, or has one too many.
        var usual = rows.Exists(row => row.IsFilled) ? rows.GroupBy(row => row.Signs).MaxBy(group => group.Count())?.Key : null;
        return [.. WithoutFill(rows.ConvertAll(row => (row.Cells, row.IsFilled))).Zip(rows, (cells, row) => (cells, row.IsRow, row.IsRow && usual is { } signs && row.Signs != signs))];
    }

    /// <summary>So many signs side by side at the end of a line, behind the one that ends its last cell.</summary>
    private static int FillOf(string line)
    {
        var bare = line.AsSpan().TrimEnd();
        var before = bare.TrimEnd('|');
        return bare.Length - before.Length is > 1 and var fill && before.TrimEnd() is { Length: > 0 } rest && rest.Length < before.Length && rest[^1] == '|' ? fill : 0;
    }

    /// <summary>One sign that fills up a row looks like a blank cell. It is told by the rows that more of them fill up: how many cells those have behind their labels.</summary>
    private static IEnumerable<List<SourceCell>> WithoutFill(List<(List<SourceCell> Cells, bool IsFilled)> rows)
    {
        var places = rows.Where(row => row.IsFilled).Select(row => PlacesOf(row.Cells)).Where(count => count > 0).Distinct().ToList();
        return rows.Select(row => places is [var place] && row.Cells[^1].IsBlank && PlacesOf(row.Cells) == place + 1 ? row.Cells.GetRange(0, row.Cells.Count - 1) : row.Cells);
    }

    private static int PlacesOf(List<SourceCell> row) => row.Count - 1 - row.FindLastIndex(IsLabel);

    private static bool IsLabel(SourceCell cell) => !cell.IsBlank && !PrintedNumber.IsValueLike(cell.Text);

    private List<Token> Tokens()
    {
        var tokens = new List<Token>();
        (string Text, int Line, int Column)? begun = null;
        foreach (var (line, number) in _lines)
        {
            for (var (at, left) = (0, PipeRows.WidestRow); at < line.Length; left--)
            {
                var sign = left > 0 ? line.IndexOf('|', at) : -1;
                var text = line[at..(sign < 0 ? line.Length : sign)].Trim();
                begun = text.Length == 0 ? begun : begun is { } earlier ? earlier with { Text = $"{earlier.Text}\n{text}" } : (text, number, 1 + line.IndexOf(text, at, StringComparison.Ordinal));
                if (sign < 0)
                {
                    break;
                }
                var signs = 1;
                while (begun is null && sign + signs < line.Length && line[sign + signs] == '|')
                {
                    signs++;
                }
                tokens.Add(begun is var (whole, row, column) ? new Token(new SourceCell(whole, row, column), 1) : new Token(new SourceCell("", number, sign + 1), signs));
                begun = null;
                at = sign + signs;
            }
        }
        if (begun is var (rest, lastRow, lastColumn))
        {
            tokens.Add(new Token(new SourceCell(rest, lastRow, lastColumn), 1));
        }
        return tokens;
    }

    private static bool IsTable(List<Token> tokens) =>
        tokens.Count >= FewestCells && tokens.Exists(token => !token.Cell.IsBlank && PrintedNumber.IsValueLike(token.Cell.Text)) && tokens.Exists(token => token.IsLabel);

    /// <summary>
    /// Where rows are filled up and not all to one width, something was lost: one sign before a row or behind it may have taken the place of a cell. What has
    /// the sign inside and not at its end is no line of such a table, and its cells may have come between those of others.
    /// </summary>
    private List<(List<SourceCell>, bool, bool)> ByCells(List<Token> tokens)
    {
        var (isFilled, isMixed) = (tokens.Exists(token => token.IsFill), _lines.Exists(line => line.Text.Contains('|', StringComparison.Ordinal) && !IsEnded(line.Text)));
        if (Width(tokens) is { } width)
        {
            return [.. ByWidth(tokens, width).Select(row => (row.Cells, true, isMixed || row.IsDoubtful))];
        }
        var rows = ByLabels(tokens).ToList();
        // A row with one value more than most others has got one that is not its own.
        var usual = rows.Select(PlacesOf).Where(count => count > 0).GroupBy(count => count).MaxBy(group => group.Count())?.Key;
        return [.. rows.Select(cells => (cells, true, isMixed || PlacesOf(cells) == usual + 1 || (isFilled && (cells[0].IsBlank || cells[^1].IsBlank))))];
    }

    /// <summary>
    /// How many cells each row has, by where the first is filled up; null where another is not filled up to the same width. The last need not be filled up,
    /// but what has no label behind a full row is one cell too many of it.
    /// </summary>
    private static int? Width(List<Token> tokens)
    {
        var first = tokens.FindIndex(token => token.IsFill);
        if (first <= 0)
        {
            return null;
        }
        var width = tokens.Take(first + 1).Sum(token => token.Signs);
        var (filled, isLabelled, cells) = (0, false, 0);
        foreach (var token in tokens)
        {
            var begins = filled % width == 0;
            (filled, isLabelled, cells) = (filled % width + token.Signs, (!begins && isLabelled) || token.IsLabel, begins ? 1 : cells + 1);
            // A table begins with words. Where a sign stands before them, one stands before each row.
            var isLed = !begins || !tokens[0].Cell.IsBlank || token.Cell.IsBlank;
            if (filled > width || cells > PipeRows.WidestRow || (token.IsFill && filled < width) || !isLed)
            {
                return null;
            }
        }
        return filled == width || isLabelled ? width : null;
    }

    private static IEnumerable<(List<SourceCell> Cells, bool IsDoubtful)> ByWidth(List<Token> tokens, int width)
    {
        var rows = new List<(List<SourceCell> Cells, bool IsFilled)> { ([], false) };
        var filled = 0;
        foreach (var token in tokens)
        {
            if (filled == width)
            {
                rows.Add(([], false));
                filled = 0;
            }
            if (!token.IsFill)
            {
                rows[^1].Cells.Add(token.Cell);
            }
            rows[^1] = (rows[^1].Cells, token.IsFill);
            filled += token.Signs;
        }
        rows.RemoveAll(row => row.Cells.Count == 0);
        // Where the last row is not full and ends with a blank cell, another may have been lost before it.
        var isShort = filled < width && rows[^1].Cells[^1].IsBlank;
        if (tokens[0].Cell.IsBlank)
        {
            rows.ForEach(row => row.Cells.RemoveAt(0));
            rows.RemoveAll(row => row.Cells.Count == 0);
        }
        return WithoutFill(rows).Select((cells, i) => (cells, isShort && i == rows.Count - 1));
    }

    /// <summary>Without a width: values follow the label of their row. What stands before that label is the rest of a header, which is as wide as the row.</summary>
    private static IEnumerable<List<SourceCell>> ByLabels(List<Token> tokens)
    {
        var rows = new List<(List<SourceCell> Labels, List<SourceCell> Values)> { ([], []) };
        foreach (var token in tokens)
        {
            var (labels, values) = rows[^1];
            if (token.IsFill || (token.IsLabel && values.Count > 0) || labels.Count + values.Count >= PipeRows.WidestRow)
            {
                rows.Add(([], []));
            }
            if (!token.IsFill)
            {
                (token.IsLabel ? rows[^1].Labels : rows[^1].Values).Add(token.Cell);
            }
        }
        var isOneRow = rows.Count(row => row.Values.Count > 0) == 1;
        return rows.SelectMany(row => Parted(row.Labels, row.Values, isOneRow ? 0 : Math.Min(1, row.Labels.Count)));
    }

    /// <param name="own">How many labels the row of values has.</param>
    private static IEnumerable<List<SourceCell>> Parted(List<SourceCell> labels, List<SourceCell> values, int own)
    {
        own = values.Count == 0 ? 0 : own;
        var header = labels.GetRange(0, labels.Count - own);
        var wide = values.Count == 0 ? header.Count : Math.Min(header.Count, values.Count + 1);
        IEnumerable<List<SourceCell>> rows = [header.GetRange(0, header.Count - wide), header.GetRange(header.Count - wide, wide), [.. labels.Skip(header.Count), .. values]];
        return rows.Where(row => row.Count > 0);
    }
}
