namespace Disclosure.Contents;

/// <summary>How certain a reader of documents is of one cell.</summary>
public enum ReadingState
{
    /// <summary>The number was read and stands in the tables.</summary>
    Sure,

    /// <summary>Something is printed, but what number it means cannot be told; the tables hold null.</summary>
    Uncertain,

    /// <summary>The cell is there and holds no number: empty, "/", "-", "—", "无".</summary>
    Blank,

    /// <summary>The document has no such cell.</summary>
    Absent,
}

/// <summary>Where and how one cell was read from a document.</summary>
/// <param name="Raw">The cell as printed.</param>
/// <param name="Line">Line of the document, counted from 1.</param>
/// <param name="Column">Character of that line, counted from 1.</param>
/// <param name="Candidates">Values that would fit, best first; empty when the reading is sure.</param>
/// <param name="Why">Why the reading is not sure, or what was converted.</param>
public sealed record Reading(ReadingState State, string? Raw, int? Line, int? Column, IReadOnlyList<decimal> Candidates, Message? Why);

/// <summary>A place where a document departs from the form, or where its reader had to choose.</summary>
/// <param name="At">JSON pointer into the content; null when the note is about the document as a whole.</param>
public sealed record Note(string Code, Message Messages, string? At);
