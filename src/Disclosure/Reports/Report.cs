using System.Collections.Immutable;
using Disclosure.Canonical;
using Disclosure.Compiling;
using Disclosure.Contents;
using Disclosure.Rules;

namespace Disclosure.Reports;

/// <summary>
/// A report in one of its states. States are types, so that an edit of a published report cannot be written down.
/// While a correction is under way, <see cref="Work.Public"/> is the revision that stays public.
/// </summary>
public abstract record Report
{
    private Report()
    {
    }

    public sealed record NotFiled : Report;

    public sealed record Draft(Work Work) : Report;

    public sealed record Submitted(Work Work, Submission Submission) : Report;

    public sealed record Approved(Work Work, Submission Submission, string Approver) : Report;

    public sealed record Published(Revision Revision) : Report;

    public sealed record Withdrawn(Revision Revision, CommittedText Reason) : Report;

    public static Report None { get; } = new NotFiled();

    /// <summary>The state's name in the API.</summary>
    public string State => this switch
    {
        NotFiled => "none",
        Draft { Work.Public: null } => "draft",
        Draft => "correcting",
        Submitted { Work.Public: null } => "submitted",
        Submitted => "correctionSubmitted",
        Approved { Work.Public: null } => "approved",
        Approved => "correctionApproved",
        Published => "published",
        Withdrawn => "withdrawn",
        _ => throw new InvalidOperationException($"unknown state {GetType().Name}"),
    };

    /// <summary>The draft under way, if there is one.</summary>
    public Work? WorkInHand => this switch
    {
        Draft(var work) => work,
        Submitted(var work, _) => work,
        Approved(var work, _, _) => work,
        _ => null,
    };

    /// <summary>The revision that anyone may read now.</summary>
    public Revision? Public => this is Published(var revision) ? revision : WorkInHand?.Public;
}

/// <summary>A draft on its way: what it says, who wrote it, and what people said of it.</summary>
/// <param name="AgencyName">The agency as the title prints it.</param>
/// <param name="Reading">Readings and notes as JSON; null when the draft was not read from a document.</param>
/// <param name="Authors">Everyone who changed the draft since it was begun, and who opened the correction; none of them may review or approve it.</param>
/// <param name="Public">The revision that stays public while this one is worked on.</param>
public sealed record Work(CommittedContent Content, CommittedText? AgencyName, CommittedText? Reading, ImmutableSortedSet<string> Authors, Revision? Public)
{
    public SecrecyReview? Secrecy { get; init; }
    public ImmutableDictionary<string, Acknowledgement> Acknowledgements { get; init; } = ImmutableDictionary<string, Acknowledgement>.Empty;
    public ImmutableDictionary<string, Waiver> Waivers { get; init; } = ImmutableDictionary<string, Waiver>.Empty;
    public IReadOnlyList<Comment> Comments { get; init; } = [];
    public CommittedText? CorrectionReason { get; init; }

    /// <summary>The document that the draft was last read from; null when all of it came as JSON.</summary>
    public OriginalDocument? Original { get; init; }

    /// <summary>What the draft was compiled from; null where it was not.</summary>
    public CompiledFrom? CompiledFrom { get; init; }

    /// <summary>The content as the reviewing office last returned it; null while it was not returned.</summary>
    public CommittedContent? Returned { get; init; }

    /// <summary>Paths of what changed since it was last returned, in order; null while it was not returned.</summary>
    public IReadOnlyList<string>? ChangedSinceReturn => Returned is { } before ? Content.PathsChangedSince(before) : null;

    public static Work Begin(Revision? current) =>
        new(current?.Content ?? CommittedContent.Empty, current?.AgencyName, current?.Reading, ImmutableSortedSet.Create<string>(StringComparer.Ordinal), current)
        {
            CompiledFrom = current?.CompiledFrom,
        };

    /// <summary>What acknowledgements and waivers of this finding are bound to.</summary>
    public string InputsOf(Finding finding) => FindingInputs.Hash(finding, Content.Content);

    /// <summary>The review that holds for the content as it is now; an edit makes it void, and so does whoever reviewed it and writes on it later.</summary>
    public SecrecyReview? ValidSecrecy => Secrecy is { } review && review.ContentHash == Content.Hash && !Authors.Contains(review.Reviewer) ? review : null;
}

/// <summary>What the secrecy reviewer said of which content.</summary>
public sealed record SecrecyReview(string Reviewer, string ContentHash, bool Passed, CommittedText? Note);

/// <summary>What the reviewer decided on an error that may be waived.</summary>
public sealed record Waiver(bool Granted, CommittedText Reason);

/// <summary>What was handed in: the findings then, and whether the reviewer has begun.</summary>
public sealed record Submission(Assessment Assessment, CommittedText AssessmentText, bool ReviewBegun)
{
    /// <summary>Whether the agency wants the original to be public with the report.</summary>
    public bool PublishOriginal { get; init; }

    /// <summary>What the submitter told the reviewer.</summary>
    public CommittedText? Note { get; init; }
}

/// <summary>What was made public.</summary>
/// <param name="Number">Counted from 1 and given by this API.</param>
/// <param name="PublishedOn">The day of legal publication where it differs from the publication here.</param>
public sealed record Revision(
    int Number, CommittedContent Content, CommittedText? AgencyName, CommittedText? Reading, CommittedText Assessment, DateOnly? PublishedOn, string? SourceUrl)
{
    /// <summary>The findings that somebody answered for: those it was published with, or those of the last check that somebody asked for.</summary>
    public CommittedText Seen { get; init; } = Assessment;

    /// <summary>How many findings a check after a correction of other figures brought that nobody has seen yet.</summary>
    public int NewFindings { get; init; }

    /// <summary>The document that the revision was filed as, where it is public too.</summary>
    public OriginalDocument? Original { get; init; }

    /// <summary>What it was compiled from; null where it was not.</summary>
    public CompiledFrom? CompiledFrom { get; init; }
}
