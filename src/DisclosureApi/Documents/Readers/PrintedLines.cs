using Disclosure.Documents;
using Disclosure.Documents.Layouts;
using DisclosureApi.Http;

namespace DisclosureApi.Documents.Readers;

/// <summary>
/// Gathers a document of markup as it would be printed: lines of prose and rows of tables. Its lines are counted as they come,
/// a paragraph's line or a table's row each one, and a column is the number of the cell in its row.
/// </summary>
internal sealed class PrintedLines
{
    /// <summary>As much text as may come in without markup.</summary>
    private const int MostCharacters = 4 * 1024 * 1024;

    /// <summary>Lines and cells; a report has some hundred of each. A table may cover far more places than it has cells.</summary>
    private const int MostPlaces = 500_000;

    private readonly List<SourceRow> _rows = [];
    private readonly List<GridCell> _cells = [];
    private readonly PrintedText _text = new();
    private TableGrid? _grid;
    private int _tables;
    private int _line = 1;
    private int _characters;
    private int _places;

    /// <summary>Whether the text that comes belongs to a cell.</summary>
    public bool InTable => _grid is not null;

    public void Write(string text, bool asTyped = false)
    {
        Require((_characters += text.Length) <= MostCharacters);
        _text.Append(text, asTyped);
    }

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
            Add(new SourceRow([new SourceCell(text, _line, 1)], null));
        }
        _line++;
    }

    public void BeginTable()
    {
        EndLine();
        _grid = new TableGrid(++_tables);
    }

    public void EndTable() => _grid = null;

    public void EndCell(int columns, int rows) => AddCell(new GridCell(new SourceCell(_text.Take(), _line, _cells.Count + 1), columns, rows));

    public void EndBlankCell() => AddCell(new GridCell(new SourceCell("", _line, _cells.Count + 1)));

    public void EndRow()
    {
        // Text between cells belongs to none of them, and is not lost.
        if (_text.Take() is { Length: > 0 } stray)
        {
            _cells.Add(new GridCell(new SourceCell(stray, _line, _cells.Count + 1)));
        }
        if (_cells.Count > 0)
        {
            Add(_grid!.Next(_cells));
            _cells.Clear();
        }
        _line++;
    }

    public SourceText Finish()
    {
        EndLine();
        return new SourceText(_rows);
    }

    private void AddCell(GridCell cell)
    {
        Require(_cells.Count < MostPlaces);
        _cells.Add(cell);
    }

    private void Add(SourceRow row)
    {
        Require((_places += row.Cells.Count) <= MostPlaces);
        _rows.Add(row);
    }

    private static void Require(bool fits)
    {
        if (!fits)
        {
            throw UnreadableDocument.Because(
                $"文档超过{MostCharacters}字，或行与单元格超过{MostPlaces}个", $"The document has more than {MostCharacters} characters, or more than {MostPlaces} lines and cells.");
        }
    }
}
