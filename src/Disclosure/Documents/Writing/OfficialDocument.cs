namespace Disclosure.Documents.Writing;

/// <summary>The official document of a report before it is a file of any kind: what is printed, in order.</summary>
/// <param name="Date">The printed date in words, e.g. 2024年1月17日; null when none is printed.</param>
public sealed record OfficialDocument(string Title, string? Date, IReadOnlyList<DocumentPart> Parts);

/// <summary>A part of the document, as any kind of file has it.</summary>
public abstract record DocumentPart
{
    private DocumentPart()
    {
    }

    /// <summary>The heading of one of the six sections.</summary>
    public sealed record Heading(string Text) : DocumentPart;

    public sealed record Paragraph(string Text) : DocumentPart;

    /// <param name="Caption">What the table is called; its section's heading says the same to the eye.</param>
    /// <param name="Widths">How wide each column is beside the others.</param>
    /// <param name="HeaderRows">How many rows at the top head all others, and are repeated on each page.</param>
    /// <param name="Rows">Each row with the cells that begin in it; what a merged cell covers is left out.</param>
    public sealed record Table(
        string Caption, IReadOnlyList<int> Widths, int HeaderRows, IReadOnlyList<IReadOnlyList<DocumentCell>> Rows) : DocumentPart;
}

/// <summary>What a cell is to those around it.</summary>
public enum CellKind
{
    /// <summary>It heads the cells below it.</summary>
    ColumnHeader,

    /// <summary>It heads the cells right of it.</summary>
    RowHeader,

    /// <summary>A number, or nothing.</summary>
    Number,
}

/// <param name="Columns">How many columns it spans.</param>
/// <param name="Rows">How many rows it spans.</param>
public sealed record DocumentCell(CellKind Kind, string Text, int Columns = 1, int Rows = 1);

/// <summary>A cell in one row of the grid: where it begins, or where one from further up goes on.</summary>
public sealed record PlacedCell(DocumentCell Cell, int Column, bool GoesOn);

public static class DocumentGrid
{
    /// <summary>All cells of each row by their columns, with those that go on from the rows above.</summary>
    public static IReadOnlyList<IReadOnlyList<PlacedCell>> Grid(this DocumentPart.Table table)
    {
        ArgumentNullException.ThrowIfNull(table);
        var open = new (DocumentCell Cell, int Left)?[table.Widths.Count];
        var rows = new List<IReadOnlyList<PlacedCell>>();
        foreach (var cells in table.Rows)
        {
            var row = new List<PlacedCell>();
            var next = 0;
            for (var column = 0; column < open.Length;)
            {
                if (open[column] is { Left: > 0 } above)
                {
                    row.Add(new PlacedCell(above.Cell, column, GoesOn: true));
                    open[column] = (above.Cell, above.Left - 1);
                    column += above.Cell.Columns;
                    continue;
                }
                var cell = cells[next++];
                row.Add(new PlacedCell(cell, column, GoesOn: false));
                open[column] = (cell, cell.Rows - 1);
                column += cell.Columns;
            }
            rows.Add(row);
        }
        return rows;
    }
}
