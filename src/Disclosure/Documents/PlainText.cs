using Disclosure.Documents.Layouts;

namespace Disclosure.Documents;

/// <summary>
/// Reads text/plain. Tables come in two layouts: a row a line with tabs between the cells, or a cell a line, led by a tab
/// and running on to the next tab-led line, where an empty line ends the row; or a row a line with | between. One document may hold all.
/// </summary>
public static class PlainText
{
    private enum Kind
    {
        Blank,
        Words,

        /// <summary>Led by its only tab: one cell.</summary>
        Cell,

        /// <summary>Tabs between cells: one row.</summary>
        Row,

        /// <summary>| between cells: one row.</summary>
        Pipes,

        /// <summary>Drawn below a header.</summary>
        Rule,
    }

    /// <param name="Start">Where it begins in the text.</param>
    private readonly record struct Line(string Text, int Number, Kind Kind, int Start);

    /// <summary>No report has anywhere near so many rows and cells; what follows stays together, as one line.</summary>
    private const int MostCells = 100_000;

    public static SourceText Read(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var gathering = new Gathering();
        Line? held = null;
        foreach (var line in Lines(text))
        {
            if (held is { } earlier)
            {
                gathering.Add(earlier, line.Kind);
            }
            held = line;
            if (gathering.Size > MostCells)
            {
                held = new Line(Storable(text[line.Start..]), line.Number, Kind.Words, line.Start);
                break;
            }
        }
        if (held is { } last)
        {
            gathering.Add(last, Kind.Blank);
        }
        return new SourceText(gathering.Finish());
    }

    private static IEnumerable<Line> Lines(string text)
    {
        var number = 0;
        var start = text.StartsWith('\uFEFF') ? 1 : 0;
        while (start <= text.Length)
        {
            var length = text.AsSpan(start).IndexOfAny('\n', '\r');
            var end = length < 0 ? text.Length : start + length;
            var line = Storable(text[start..end]);
            number++;
            yield return new Line(line, number, KindOf(line), start);
            start = end + (text.AsSpan(end).StartsWith("\r\n", StringComparison.Ordinal) ? 2 : 1);
        }
    }

    /// <summary>Control characters are no writing and cannot be stored as JSON everywhere; a blank keeps the columns right.</summary>
    private static string Storable(string line) => line.AsSpan().ContainsAnyInRange('\0', '\u0008') || line.AsSpan().ContainsAnyInRange('\u000B', '\u001F')
        ? string.Create(line.Length, line, static (span, from) =>
        {
            for (var i = 0; i < span.Length; i++)
            {
                span[i] = from[i] is < ' ' and not '\t' ? ' ' : from[i];
            }
        })
        : line;

    private static Kind KindOf(string line)
    {
        if (PipeRows.Is(line))
        {
            return PipeRows.IsRule(line) ? Kind.Rule : Kind.Pipes;
        }
        var tab = line.IndexOf('\t', StringComparison.Ordinal);
        if (tab < 0)
        {
            return string.IsNullOrWhiteSpace(line) ? Kind.Blank : Kind.Words;
        }
        return tab == 0 && line.IndexOf('\t', 1) < 0 ? Kind.Cell : Kind.Row;
    }

    /// <summary>Puts lines together to rows. What is open is the row of a one-cell-a-line table, and in it the last cell.</summary>
    private sealed class Gathering
    {
        /// <summary>No form has a row anywhere near this wide; what follows stays together in the last cell.</summary>
        private const int WidestRow = 200;

        /// <summary>A unit may stand below a number in the same cell; anything longer is a line of its own.</summary>
        private const int LongestUnit = 4;

        private readonly List<SourceRow> _rows = [];
        private readonly List<SourceCell> _row = [];
        private readonly List<string> _cell = [];
        private (int Line, int Column) _cellAt;
        private int _tables;
        private bool _inTable;
        private bool _inRows;
        private bool _isDoubtful;

        /// <summary>How many cells there are, and lines in them.</summary>
        public int Size { get; private set; }

        public void Add(Line line, Kind next)
        {
            Size += line.Kind is Kind.Blank ? 0 : 1;
            switch (line.Kind)
            {
                case Kind.Blank:
                    CloseRow();
                    _inRows = false;
                    break;
                case Kind.Rule:
                    break;
                case Kind.Pipes:
                    CloseRow();
                    var cells = PipeRows.Cells(line.Text, line.Number);
                    Size += cells.Count;
                    Close(cells);
                    break;
                case Kind.Row:
                    CloseRow();
                    AddRow(line);
                    break;
                case Kind.Cell when _inRows || (_cell.Count == 0 && next == Kind.Row):
                    AddRow(line);
                    break;
                case Kind.Cell:
                    OpenCell(line);
                    break;
                case Kind.Words when _cell.Count > 0 && Continues(line.Text):
                    // A number has nothing to go on with in a blank cell: it may be the next one's, or nobody's.
                    _isDoubtful |= _cell.TrueForAll(string.IsNullOrWhiteSpace) && line.Text.AsSpan().ContainsAnyInRange('0', '9');
                    _cell.Add(line.Text);
                    break;
                default:
                    CloseRow();
                    (_inTable, _inRows) = (false, false);
                    _rows.Add(new SourceRow([Place(line.Text, line.Number, 0)], null));
                    break;
            }
        }

        public List<SourceRow> Finish()
        {
            CloseRow();
            return _rows;
        }

        /// <summary>A number is complete on its line: words that follow it are the next paragraph, not part of the cell.</summary>
        private bool Continues(string line) =>
            line.Trim().Length <= LongestUnit || _cell.Count > 1 || !_cell[0].AsSpan().Trim().ContainsAnyInRange('0', '9') || HoldsWords(_cell[0]);

        private static bool HoldsWords(string cell) => cell.AsSpan().ContainsAnyInRange('\u4E00', '\u9FFF');

        private void AddRow(Line line)
        {
            _inRows = true;
            var cells = new List<SourceCell>();
            var start = 0;
            while (cells.Count < WidestRow - 1 && line.Text.IndexOf('\t', start) is var tab and >= 0)
            {
                cells.Add(Place(line.Text[start..tab], line.Number, start));
                start = tab + 1;
            }
            cells.Add(Place(line.Text[start..], line.Number, start));
            Size += cells.Count;
            Close(cells);
        }

        private void OpenCell(Line line)
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
        private static SourceCell Place(string text, int line, int offset)
        {
            var lead = text.Length - text.AsSpan().TrimStart().Length;
            return new SourceCell(text, line, offset + (lead == text.Length ? 0 : lead) + 1);
        }
    }
}
