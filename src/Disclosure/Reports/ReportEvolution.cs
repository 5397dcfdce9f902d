using Disclosure.Canonical;
using Disclosure.Compiling;
using Disclosure.Contents;
using Disclosure.Rules;

namespace Disclosure.Reports;

/// <summary>How each event changes a report. A pair that is not here never happened; meeting one is a fault that must stop us.</summary>
public static class ReportEvolution
{
    /// <param name="actor">Pseudonymous id of the person from the event's envelope.</param>
    public static Report Apply(this Report report, ReportEvent happened, string actor) => (report, happened) switch
    {
        (Report.NotFiled or Report.Draft, ReportEvent.DraftChanged e) =>
            Edited(report, actor, e.Changes, e.AgencyName, e.Reading),
        (Report.NotFiled or Report.Draft, ReportEvent.DocumentImported e) =>
            Edited(report, actor, e.Changes, e.AgencyName, e.Reading, e.Document),
        (Report.NotFiled or Report.Draft, ReportEvent.ReportCompiled e) => Compiled(Edited(report, actor, e.Changes, e.AgencyName, e.Reading), e.Plan),
        (Report.Draft { Work.CompiledFrom: not null }, ReportEvent.CompilationAdjusted e) => Adjusted(Edited(report, actor, e.Changes, null, null), e.Adjustments, actor),
        (Report.Draft(var work), ReportEvent.DraftDiscarded) => Discarded(work),
        (Report.Draft(var work), ReportEvent.SecrecyReviewed e) =>
            new Report.Draft(work with { Secrecy = new SecrecyReview(actor, e.ContentHash, e.Passed, e.Note) }),
        (Report.Draft(var work), ReportEvent.FindingsAcknowledged e) =>
            new Report.Draft(work with { Acknowledgements = work.Acknowledgements.SetItems(e.Acknowledgements.Select(item => KeyValuePair.Create(item.Inputs, item))) }),
        (Report.Draft(var work), ReportEvent.ReportSubmitted e) =>
            new Report.Submitted(work with { Comments = [] }, new Submission(AssessmentJson.Parse(e.Assessment.Text), e.Assessment, ReviewBegun: false) { PublishOriginal = e.PublishOriginal ?? false, Note = e.Note }),
        (Report.Submitted(var work, _), ReportEvent.SubmissionRecalled) => new Report.Draft(work),
        (Report.Submitted(var work, _), ReportEvent.ReportReturned e) => new Report.Draft(work with { Comments = e.Comments, Returned = work.Content }),
        (Report.Approved(var work, _, _), ReportEvent.ReportReturned e) => new Report.Draft(work with { Comments = e.Comments, Returned = work.Content }),
        (Report.Submitted(var work, var submission), ReportEvent.WaiverDecided e) =>
            new Report.Submitted(
                work with { Waivers = work.Waivers.SetItems(e.Inputs.Select(input => KeyValuePair.Create(input, new Waiver(e.Granted, e.Reason)))) },
                submission with { ReviewBegun = true }),
        (Report.Submitted(var work, var submission), ReportEvent.ReportApproved) => new Report.Approved(work, submission, actor),
        (Report.Approved(var work, var submission, _), ReportEvent.ReportPublished e) => Published(work, submission, e.Revision),
        (Report.Published(var current), ReportEvent.CorrectionOpened e) =>
            new Report.Draft(Work.Begin(current) with { CorrectionReason = e.Reason, Authors = [actor] }),
        (Report.Published(var current), ReportEvent.ReportWithdrawn e) => new Report.Withdrawn(current, e.Reason),
        (Report.Draft { Work.Public: { } current }, ReportEvent.ReportWithdrawn e) => new Report.Withdrawn(current, e.Reason),
        (Report.Withdrawn(var current, _), ReportEvent.ReportReinstated) => new Report.Published(current),
        (Report.NotFiled, ReportEvent.ReportArchived e) =>
            new Report.Published(new Revision(
                1, CommittedContent.Empty.Apply(e.Changes), e.AgencyName, e.Reading, e.Assessment, e.PublishedOn, e.SourceUrl)),
        // A second opinion changes nothing of what was said first; it may be news to those who answer for the report.
        ({ Public: { } current }, ReportEvent.ReportRechecked e) => e.Revision == current.Number ? With(report, Rechecked(current, e)) : report,
        // The events before it are read without the words by now; where the report stands is not touched, and of a draft that was discarded words may have to go too.
        (_, ReportEvent.TextsRedacted e) => e.Texts.Count > 0 ? WithoutOriginals(report) : report,
        _ => throw new InvalidOperationException($"{happened.GetType().Name} cannot follow in state {report.State}."),
    };

    private static Revision Rechecked(Revision current, ReportEvent.ReportRechecked e) => e.Cause == ReportEvent.ReportRechecked.Asked
        ? current with { Seen = e.Assessment, NewFindings = 0 }
        : current with { NewFindings = NewFindings.Count(AssessmentJson.Parse(current.Seen.Text), AssessmentJson.Parse(e.Assessment.Text)) };

    /// <summary>The report in the same state, with this in the place of what is public.</summary>
    private static Report With(Report report, Revision current) => report switch
    {
        Report.Published => new Report.Published(current),
        Report.Draft(var work) => new Report.Draft(work with { Public = current }),
        Report.Submitted(var work, var submission) => new Report.Submitted(work with { Public = current }, submission),
        Report.Approved(var work, var submission, var approver) => new Report.Approved(work with { Public = current }, submission, approver),
        _ => throw new InvalidOperationException($"Nothing is public in state {report.State}."),
    };

    /// <summary>The documents filed until now hold the removed words, and stay nobody's to read also where another report came, or comes later, as the very same bytes.</summary>
    private static Report WithoutOriginals(Report report) => report switch
    {
        Report.Draft(var work) => new Report.Draft(WithoutOriginals(work)),
        Report.Submitted(var work, var submission) => new Report.Submitted(WithoutOriginals(work), submission),
        Report.Approved(var work, var submission, var approver) => new Report.Approved(WithoutOriginals(work), submission, approver),
        Report.Published(var current) => new Report.Published(current with { Original = null }),
        Report.Withdrawn(var current, var reason) => new Report.Withdrawn(current with { Original = null }, reason),
        _ => report,
    };

    private static Work WithoutOriginals(Work work) => work with { Original = null, Public = work.Public is { } current ? current with { Original = null } : null };

    private static Report.Published Published(Work work, Submission submission, int revision) =>
        new(new Revision(revision, work.Content, work.AgencyName, work.Reading, submission.AssessmentText, null, null)
        {
            Original = submission.PublishOriginal ? work.Original : null,
            CompiledFrom = work.CompiledFrom,
        });

    private static Report.Draft Edited(
        Report report, string actor, IReadOnlyList<ContentChange> changes, CommittedText? agencyName, CommittedText? reading, OriginalDocument? original = null)
    {
        var work = report.WorkInHand ?? Work.Begin(null);
        return new Report.Draft(work with
        {
            Content = work.Content.Apply(changes),
            AgencyName = Changed(work.AgencyName, agencyName),
            Reading = Changed(work.Reading, reading),
            Authors = work.Authors.Add(actor),
            Original = original ?? work.Original,
        });
    }

    private static Report Discarded(Work work) => work.Public is { } current ? new Report.Published(current) : Report.None;

    private static Report.Draft Compiled(Report.Draft draft, CompilationPlan plan) =>
        new(draft.Work with { CompiledFrom = new CompiledFrom(plan, draft.Work.CompiledFrom?.Adjustments ?? []) });

    private static Report.Draft Adjusted(Report.Draft draft, IReadOnlyList<Adjustment> adjustments, string actor)
    {
        var before = draft.Work.CompiledFrom!;
        return new Report.Draft(draft.Work with
        {
            CompiledFrom = before with { Adjustments = [.. before.Adjustments, .. adjustments.Select(adjustment => new RecordedAdjustment(adjustment, actor))] },
        });
    }

    /// <summary>An empty text says that there is none any more; none says that nothing changed.</summary>
    private static CommittedText? Changed(CommittedText? before, CommittedText? change) => change switch
    {
        null => before,
        { Text.Length: 0 } => null,
        _ => change,
    };
}
