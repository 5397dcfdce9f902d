namespace Disclosure.Documents.Layouts;

/// <summary>Puts lines together to rows. What is open is the row of a one-cell-a-line table, and in it the last cell.</summary>
internal sealed class PlainRows
{
    /// <summary>A unit may stand below a number in the same cell; anything longer is a line of its own.</summary>
    private const int LongestUnit = 4;

    /// <summary>Of the words of a header that stand on two lines.</summary>
    private const int LongestPart = 6;

    private readonly List<SourceRow> _rows = [];
    private readonly List<SourceCell> _row = [];
    private readonly List<string> _cell = [];
    private readonly PipeBlock _block = new();
    private (int Line, int Column) _cellAt;
    private int _tables;
    private bool _inTable;
    private bool _inRows;
    private bool _isDoubtful;

    /// <summary>How many cells there are, and lines in them.</summary>
    public int Size { get; private set; }

    public void Add(PlainLine line, LineKind next, LineKind second)
    {
        Size += line.Kind is LineKind.Blank ? 0 : 1;
        if (IsOfBlock(line, next, second))
        {
            CloseRow();
            Size += _block.Add(line.Text, line.Number);
            return;
        }
        if (line.Kind is not LineKind.Blank || !IsPiped(next))
        {
            CloseBlock();
        }
        switch (line.Kind)
        {
            case LineKind.Blank:
                CloseRow();
                _inRows = false;
                break;
            case LineKind.Row:
                CloseRow();
                AddRow(line);
                break;
            case LineKind.Cell when _inRows || (_cell.Count == 0 && next == LineKind.Row):
                AddRow(line);
                break;
            case LineKind.Cell:
                OpenCell(line);
                break;
            case LineKind.Words when _cell.Count > 0 && Continues(line.Text):
                // A number has nothing to go on with in a blank cell: it may be the next one's, or nobody's.
                _isDoubtful |= _cell.TrueForAll(string.IsNullOrWhiteSpace) && line.Text.AsSpan().ContainsAnyInRange('0', '9');
                _cell.Add(line.Text);
                break;
            default:
                CloseRow();
                AddWords(Place(line.Text, line.Number, 0));
                break;
        }
    }

    public List<SourceRow> Finish()
    {
        CloseBlock();
        CloseRow();
        return _rows;
    }

    private static bool IsPiped(LineKind kind) => kind is LineKind.Pipes or LineKind.Ended or LineKind.Bars;

    /// <summary>
    /// A cell may run over lines, and its | stand on the last of them or on the next; where a cell that ends with its own | follows, that is the
    /// beginning of a row. A heading between two tables is longer than the words that a cell is broken into.
    /// </summary>
    private bool IsOfBlock(PlainLine line, LineKind next, LineKind second) => IsPiped(line.Kind)
        || (line.Kind is LineKind.Words && ((next is LineKind.Bars && second is not (LineKind.Ended or LineKind.Pipes) && !_block.HoldsCells) || (_block.IsOpen && next is LineKind.Ended && line.Text.Trim().Length <= LongestPart)));

    private void CloseBlock()
    {
        foreach (var (cells, isRow, isDoubtful) in _block.Finish())
        {
            if (isRow)
            {
                Close(cells, isDoubtful);
            }
            else
            {
                AddWords(cells[0]);
            }
        }
    }

    private void AddWords(SourceCell words)
    {
        (_inTable, _inRows) = (false, false);
        _rows.Add(new SourceRow([words], null));
    }

    /// <summary>A number is complete on its line: words that follow it are the next paragraph, not part of the cell.</summary>
    private bool Continues(string line) =>
        line.Trim().Length <= LongestUnit || _cell.Count > 1 || !_cell[0].AsSpan().Trim().ContainsAnyInRange('0', '9') || HoldsWords(_cell[0]);

    private static bool HoldsWords(string cell) => cell.AsSpan().ContainsAnyInRange('\u4E00', '\u9FFF');

    private void AddRow(PlainLine line)
    {
        _inRows = true;
        var cells = new List<SourceCell>();
        var start = 0;
        while (cells.Count < PipeRows.WidestRow - 1 && line.Text.IndexOf('\t', start) is var tab and >= 0)
        {
            cells.Add(Place(line.Text[start..tab], line.Number, start));
            start = tab + 1;
        }
        cells.Add(Place(line.Text[start..], line.Number, start));
        Size += cells.Count;
        Close(cells);
    }

    private void OpenCell(PlainLine line)
    {
        CloseCell();
        _cell.Add(line.Text[1..]);
        _cellAt = (line.Number, 1);
    }

    private void CloseCell()
    {
        if (_cell.Count > 0)
        {
            _row.Add(Place(string.Join('\n', _cell), _cellAt.Line, _cellAt.Column));
            _cell.Clear();
        }
    }

    private void CloseRow()
    {
        CloseCell();
        if (_row.Count > 0)
        {
            Close([.. _row], _isDoubtful);
            _row.Clear();
            _isDoubtful = false;
        }
    }

    private void Close(List<SourceCell> cells, bool isDoubtful = false)
    {
        if (!_inTable)
        {
            (_inTable, _tables) = (true, _tables + 1);
        }
        _rows.Add(new SourceRow(cells, _tables) { IsDoubtful = isDoubtful });
    }

    /// <summary>The column is that of the first character that is no white space, which is where a reader of the document looks.</summary>
    internal static SourceCell Place(string text, int line, int offset)
    {
        var lead = text.Length - text.AsSpan().TrimStart().Length;
        return new SourceCell(text, line, offset + (lead == text.Length ? 0 : lead) + 1);
    }
}
