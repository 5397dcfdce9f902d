using System.Text;

namespace Disclosure.Documents.Writing;

/// <summary>The official document as text/plain: a paragraph a line, a table's row a line with tabs between its cells.</summary>
public static class TextRendering
{
    public static string Render(OfficialDocument document)
    {
        ArgumentNullException.ThrowIfNull(document);
        var text = new StringBuilder().Append(document.Title).Append("\n\n");
        if (document.Date is { } date)
        {
            text.Append(date).Append("\n\n");
        }
        foreach (var part in document.Parts)
        {
            _ = part switch
            {
                DocumentPart.Heading heading => text.Append('\n').Append(heading.Text).Append("\n\n"),
                DocumentPart.Paragraph paragraph => text.Append(paragraph.Text).Append('\n'),
                DocumentPart.Table table => Append(text, table),
                _ => throw new InvalidOperationException("unknown part of a document"),
            };
        }
        return text.ToString();
    }

    private static StringBuilder Append(StringBuilder text, DocumentPart.Table table)
    {
        text.Append('\n');
        foreach (var row in FlatTable.Rows(table, repeatsLabels: false))
        {
            text.AppendJoin('\t', row.Select(cell => cell.Text)).Append('\n');
        }
        return text.Append('\n');
    }
}

/// <summary>
/// A table without merged cells. A header stands in the first place of those it covers; a row's own label in the last,
/// right before the numbers, so that these begin in the same column in every row.
/// </summary>
internal static class FlatTable
{
    private static readonly DocumentCell _nothing = new(CellKind.ColumnHeader, "");

    public static IEnumerable<IReadOnlyList<DocumentCell>> Rows(DocumentPart.Table table, bool repeatsLabels)
    {
        foreach (var row in table.Grid())
        {
            var flat = new DocumentCell[table.Widths.Count];
            Array.Fill(flat, _nothing);
            foreach (var (cell, column, goesOn) in row)
            {
                if (!goesOn || (repeatsLabels && cell.Kind == CellKind.RowHeader))
                {
                    flat[cell.Kind == CellKind.RowHeader ? column + cell.Columns - 1 : column] = cell;
                }
            }
            yield return flat;
        }
    }
}
