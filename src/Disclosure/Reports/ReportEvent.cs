using Disclosure.Canonical;
using Disclosure.Compiling;
using Disclosure.Contents;

namespace Disclosure.Reports;

/// <summary>
/// What can happen to a report. NAMES AND FIELDS ARE A STORAGE FORMAT for decades: a field may be added if old events
/// stay readable without it; none may be renamed, removed or given another meaning. Pinned JSON in the tests holds this.
/// Who did it, for which agency and when stands in the event's envelope.
/// </summary>
public abstract record ReportEvent
{
    private ReportEvent()
    {
    }

    /// <summary>The draft was written or changed by hand or by another system. The first holds everything, later ones what changed.</summary>
    /// <param name="AgencyName">The agency as the title prints it; null when it did not change, an empty text where it was dropped.</param>
    /// <param name="Reading">Readings and notes as JSON, where they changed; an empty text where they were dropped.</param>
    public sealed record DraftChanged(
        IReadOnlyList<ContentChange> Changes, string ContentHash, CommittedText? AgencyName, CommittedText? Reading) : ReportEvent;

    /// <summary>The draft was read from a document.</summary>
    public sealed record DocumentImported(
        OriginalDocument Document, IReadOnlyList<ContentChange> Changes, string ContentHash, CommittedText? AgencyName, CommittedText? Reading) : ReportEvent;

    /// <summary>The figures were added up from the published reports of others (国办公开办函〔2021〕30号 二（二）).</summary>
    /// <param name="Plan">Who was counted and who was not, and the sums; the adjustments that were recorded before stand on top of them.</param>
    public sealed record ReportCompiled(
        CompilationPlan Plan, IReadOnlyList<ContentChange> Changes, string ContentHash, CommittedText? AgencyName, CommittedText? Reading) : ReportEvent;

    /// <summary>Amounts were added to compiled cells. What an adjustment did is undone by another.</summary>
    public sealed record CompilationAdjusted(IReadOnlyList<Adjustment> Adjustments, IReadOnlyList<ContentChange> Changes, string ContentHash) : ReportEvent;

    public sealed record DraftDiscarded : ReportEvent;

    /// <summary>The agency's secrecy reviewer looked at this content (条例 arts. 14–17).</summary>
    public sealed record SecrecyReviewed(string ContentHash, bool Passed, CommittedText? Note) : ReportEvent;

    public sealed record FindingsAcknowledged(IReadOnlyList<Acknowledgement> Acknowledgements) : ReportEvent;

    /// <param name="Assessment">The findings at submission as public JSON, under their rule set.</param>
    public sealed record ReportSubmitted(string ContentHash, string RuleSet, CommittedText Assessment, CommittedText? Note) : ReportEvent
    {
        /// <summary>Whether the document that the draft was filed as becomes public with the report; null when it does not.</summary>
        public bool? PublishOriginal { get; init; }
    }

    public sealed record SubmissionRecalled : ReportEvent;

    public sealed record ReportReturned(IReadOnlyList<Comment> Comments) : ReportEvent;

    public sealed record WaiverDecided(string Code, IReadOnlyList<string> Inputs, bool Granted, CommittedText Reason) : ReportEvent;

    public sealed record ReportApproved(string ContentHash, CommittedText? Note) : ReportEvent;

    public sealed record ReportPublished(int Revision, string ContentHash, CommittedText? Note) : ReportEvent;

    public sealed record CorrectionOpened(CommittedText Reason) : ReportEvent;

    public sealed record ReportWithdrawn(CommittedText Reason) : ReportEvent;

    public sealed record ReportReinstated(CommittedText Reason) : ReportEvent;

    /// <summary>A report that was published elsewhere before came in, with its legal date and address and with its faults.</summary>
    public sealed record ReportArchived(
        IReadOnlyList<ContentChange> Changes, string ContentHash, CommittedText? AgencyName, CommittedText? Reading,
        string RuleSet, CommittedText Assessment, DateOnly PublishedOn, string SourceUrl) : ReportEvent;

    /// <summary>What is public was checked again. The findings it was published with stand beside these.</summary>
    /// <param name="Cause">Why: <c>correction</c> of last year's report, or <c>request</c>, of somebody who wants to know what the rules say now.</param>
    /// <param name="PreviousRevision">The revision of last year's report that it was held against; null where there is none.</param>
    public sealed record ReportRechecked(int Revision, string RuleSet, CommittedText Assessment, string Cause, int? PreviousRevision) : ReportEvent
    {
        /// <summary>The cause where somebody wants to know.</summary>
        public const string Asked = "request";
    }

    /// <summary>Words were removed from texts of earlier events by law; the commitments of these texts stand where they stood.</summary>
    /// <param name="Basis">The provision that orders it.</param>
    public sealed record TextsRedacted(IReadOnlyList<RedactedText> Texts, string Basis, CommittedText Reason) : ReportEvent
    {
        /// <summary>The id of somebody who acted on the report and whom nothing here leads to any more; null where nobody was removed.</summary>
        public string? Person { get; init; }
    }
}

/// <summary>One text that words were removed from.</summary>
/// <param name="Position">Of the event that held it.</param>
/// <param name="Path">JSON pointer to it in that event's data.</param>
/// <param name="Commitment">Of the text as it was.</param>
public sealed record RedactedText(long Position, string Path, string Commitment);

/// <summary>The document that a draft was read from.</summary>
/// <param name="Sha256">Of its bytes, as lower-case hexadecimal digits.</param>
/// <param name="Size">In bytes.</param>
public sealed record OriginalDocument(string Sha256, string MediaType, long Size)
{
    /// <summary>The encoding that it was declared to be in; null when none was declared.</summary>
    public string? Charset { get; init; }

    /// <summary>The version of the reader that read it; null for documents that were read before versions were told.</summary>
    public string? Reader { get; init; }
}

/// <summary>The submitter's word on one finding: seen, and why it stands.</summary>
/// <param name="Inputs">The hash of what the finding was made from; when that changes, the acknowledgement lapses.</param>
public sealed record Acknowledgement(string Code, string Inputs, CommittedText? Reason);

/// <summary>The reviewer's remark on one place.</summary>
public sealed record Comment(string? Pointer, CommittedText Text);
