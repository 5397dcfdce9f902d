using Disclosure.Documents;
using Disclosure.Documents.Layouts;

namespace DisclosureApi.Documents.Readers;

/// <summary>
/// Gathers a document of markup as it would be printed: lines of prose and rows of tables. Its lines are counted as they come,
/// a paragraph's line or a table's row each one, and a column is the number of the cell in its row.
/// </summary>
internal sealed class PrintedLines
{
    private readonly List<SourceRow> _rows = [];
    private readonly List<GridCell> _cells = [];
    private readonly PrintedText _text = new();
    private TableGrid? _grid;
    private int _tables;
    private int _line = 1;

    /// <summary>Whether the text that comes belongs to a cell.</summary>
    public bool InTable => _grid is not null;

    public void Write(string text, bool asTyped = false) => _text.Append(text, asTyped);

    /// <summary>Ends the line. In a cell the text goes on below; in prose the next line begins.</summary>
    public void EndLine()
    {
        if (InTable)
        {
            _text.EndLine();
            return;
        }
        if (_text.Take() is { Length: > 0 } text)
        {
            _rows.Add(new SourceRow([new SourceCell(text, _line, 1)], null));
        }
        _line++;
    }

    public void BeginTable()
    {
        EndLine();
        _grid = new TableGrid(++_tables);
    }

    public void EndTable() => _grid = null;

    public void EndCell(int columns, int rows) => _cells.Add(new GridCell(new SourceCell(_text.Take(), _line, _cells.Count + 1), columns, rows));

    public void EndBlankCell() => _cells.Add(new GridCell(new SourceCell("", _line, _cells.Count + 1)));

    public void EndRow()
    {
        // Text between cells belongs to none of them, and is not lost.
        if (_text.Take() is { Length: > 0 } stray)
        {
            _cells.Add(new GridCell(new SourceCell(stray, _line, _cells.Count + 1)));
        }
        if (_cells.Count > 0)
        {
            _rows.Add(_grid!.Next(_cells));
            _cells.Clear();
        }
        _line++;
    }

    public SourceText Finish()
    {
        EndLine();
        return new SourceText(_rows);
    }
}
