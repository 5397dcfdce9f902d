using System.Text;

namespace Disclosure.Documents.Layouts;

/// <summary>A cell of a table as a document of markup has it.</summary>
/// <param name="Columns">How many columns it spans.</param>
/// <param name="Rows">How many rows it spans.</param>
public readonly record struct GridCell(SourceCell Cell, int Columns = 1, int Rows = 1);

/// <summary>Lays the rows of one table out on its grid: a merged cell stands in its first place, and the places that it covers are blank.</summary>
/// <param name="table">The number of the table in the document.</param>
public sealed class TableGrid(int table)
{
    /// <summary>No form has a row anywhere near this wide; what follows stays together in the last cell.</summary>
    private const int WidestRow = 200;

    /// <summary>How many rows below each column is still covered by the merged cell above.</summary>
    private readonly List<int> _covered = [];

    public SourceRow Next(IEnumerable<GridCell> cells)
    {
        var row = new List<SourceCell>();
        var rest = new StringBuilder();
        var (line, column) = (0, 0);
        foreach (var (cell, columns, rows) in cells)
        {
            (line, column) = (cell.Line, cell.Column);
            SkipCovered(row, line, column);
            if (row.Count >= WidestRow)
            {
                rest.Append('\n').Append(cell.Text);
                continue;
            }
            var width = Math.Clamp(columns, 1, WidestRow - row.Count);
            for (var i = 0; i < width; i++)
            {
                Cover(row.Count, Math.Max(rows, 1) - 1);
                row.Add(i == 0 ? cell with { Covers = width - 1 } : new SourceCell("", line, column));
            }
        }
        SkipCovered(row, line, column);
        // A row that ends too early is one row all the same for what reaches down into it further right.
        for (var i = row.Count; i < _covered.Count; i++)
        {
            _covered[i] = Math.Max(0, _covered[i] - 1);
        }
        if (rest.Length > 0)
        {
            row[^1] = row[^1] with { Text = row[^1].Text + rest };
        }
        return new SourceRow(row.Count > 0 ? row : [new SourceCell("", line, column)], table);
    }

    private void Cover(int column, int rows)
    {
        while (_covered.Count <= column)
        {
            _covered.Add(0);
        }
        _covered[column] = rows;
    }

    private void SkipCovered(List<SourceCell> row, int line, int column)
    {
        while (row.Count < _covered.Count && _covered[row.Count] > 0)
        {
            _covered[row.Count]--;
            row.Add(new SourceCell("", line, column));
        }
    }
}
