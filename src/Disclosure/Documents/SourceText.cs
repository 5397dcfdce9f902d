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

    /// <summary>Null where a document has no such places.</summary>
    public PagePlace? Place { get; init; }

    public Extent? Across => Place is { Words: [var first, ..] words } ? new Extent(first.From, words[^1].To) : null;

    /// <summary>Part of its text, with the places of the words that are wholly in it.</summary>
    public SourceCell Part(int from, int to) =>
        this with { Text = Text[from..to], Column = Column + from, Place = Place is { } place && WordsWithin(place.Words, from, to) is { } words ? place with { Words = words } : null };

    /// <summary>Null where the blanks of the text do not tell the words apart.</summary>
    private List<Extent>? WordsWithin(IReadOnlyList<Extent> words, int from, int to)
    {
        var (within, at) = (new List<Extent>(), 0);
        foreach (var word in Text.AsSpan().Split(' '))
        {
            var (begin, end) = (word.Start.Value, word.End.Value);
            if (begin == end)
            {
                continue;
            }
            if (at == words.Count || (begin < to && end > from && (begin < from || end > to)))
            {
                return null;
            }
            if (begin >= from && end <= to)
            {
                within.Add(words[at]);
            }
            at++;
        }
        return at == words.Count ? within : null;
    }
}

/// <summary>Where something stands on a page, in the document's own unit.</summary>
/// <param name="Middle">How far down the page.</param>
/// <param name="Size">Of its letters.</param>
/// <param name="Words">Where across the page each of its words stands.</param>
public sealed record PagePlace(int Page, double Middle, double Size, IReadOnlyList<Extent> Words);

/// <summary>From where to where something reaches.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Extent(double From, double To);

/// <summary>A row of a table, or a line of prose, which is a row of one cell that stands in no table.</summary>
/// <param name="Table">The number of the table in the document, counted from 1; null for a line of prose.</param>
public sealed record SourceRow(IReadOnlyList<SourceCell> Cells, int? Table)
{
    /// <summary>Whether the row was put together from pieces of which the document does not tell for sure which belongs where.</summary>
    public bool IsDoubtful { get; init; }
}

/// <summary>
/// What every document becomes before it is understood: its rows in reading order, whatever the file was made of.
/// Readers of media types know layouts and nothing of reports; <see cref="ReportReader"/> knows reports and nothing of layouts.
/// </summary>
/// <param name="Rows">Lines of prose and rows of tables; blank lines of prose may be left out.</param>
public sealed record SourceText(IReadOnlyList<SourceRow> Rows);
