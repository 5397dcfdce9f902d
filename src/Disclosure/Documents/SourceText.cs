using System.Runtime.InteropServices;

namespace Disclosure.Documents;

/// <summary>A piece of a document as printed, and where it stands.</summary>
/// <param name="Text">The raw text; a cell that runs over several lines keeps its line breaks.</param>
/// <param name="Line">Line of the document, counted from 1.</param>
/// <param name="Column">Character of that line, counted from 1.</param>
public readonly record struct SourceCell(string Text, int Line, int Column)
{
    public bool IsBlank => string.IsNullOrWhiteSpace(Text);

    /// <summary>How many of the blank cells right of this one are its own, because the document says that it is merged with them.</summary>
    public int Covers { get; init; }

    /// <summary>Where it stands across the page, in the document's own unit; null where a document has no such places.</summary>
    public Extent? Across { get; init; }
}

/// <summary>From where to where something reaches.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Extent(double From, double To);

/// <summary>A row of a table, or a line of prose, which is a row of one cell that stands in no table.</summary>
/// <param name="Table">The number of the table in the document, counted from 1; null for a line of prose.</param>
public sealed record SourceRow(IReadOnlyList<SourceCell> Cells, int? Table)
{
    /// <summary>Whether the row was put together from pieces of which the document does not tell for sure which belongs where.</summary>
    public bool IsDoubtful { get; init; }

    public bool IsBlank
    {
        get
        {
            foreach (var cell in Cells)
            {
                if (!cell.IsBlank)
                {
                    return false;
                }
            }
            return true;
        }
    }
}

/// <summary>
/// What every document becomes before it is understood: its rows in reading order, whatever the file was made of.
/// Readers of media types know layouts and nothing of reports; <see cref="ReportReader"/> knows reports and nothing of layouts.
/// </summary>
/// <param name="Rows">Lines of prose and rows of tables; blank lines of prose may be left out.</param>
public sealed record SourceText(IReadOnlyList<SourceRow> Rows);
