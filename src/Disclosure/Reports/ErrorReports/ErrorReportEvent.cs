using Disclosure.Canonical;

namespace Disclosure.Reports.ErrorReports;

/// <summary>
/// What can happen to a reader's report of an error. NAMES AND FIELDS ARE A STORAGE FORMAT for decades: a field may be added
/// if old events stay readable without it; none may be renamed, removed or given another meaning.
/// </summary>
public abstract record ErrorReportEvent
{
    private ErrorReportEvent()
    {
    }

    /// <summary>A reader found something wrong in what is public. Who it was is not noted down anywhere.</summary>
    /// <param name="Revision">The revision that was read, which was the public one.</param>
    /// <param name="Pointer">JSON pointer to the cell or the section in the content.</param>
    /// <param name="Published">What the cell says in this revision; null where it gives nothing, and for a section.</param>
    /// <param name="Read">The number that the reader read; null where none was, or where he does not say.</param>
    /// <param name="Expected">The number that the reader takes for right; null where he does not say.</param>
    public sealed record ErrorReported(int Revision, string Pointer, decimal? Published, decimal? Read, decimal? Expected, CommittedText Message) : ErrorReportEvent;

    /// <param name="Correction">The later revision that mended it; null where nothing had to be mended, or not yet.</param>
    public sealed record ErrorReportAnswered(CommittedText Reason, int? Correction) : ErrorReportEvent;

    /// <summary>It needs no answer: it is about something else, says nothing, or is no earnest report. Its words stay unpublished.</summary>
    public sealed record ErrorReportDismissed(CommittedText Reason) : ErrorReportEvent;

    /// <summary>Words were removed from texts of earlier events by law; the commitments of these texts stand where they stood.</summary>
    /// <param name="Basis">The provision that orders it.</param>
    public sealed record ErrorReportRedacted(IReadOnlyList<RedactedText> Texts, string Basis, CommittedText Reason) : ErrorReportEvent;
}
