using Disclosure.Canonical;
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
        (Report.Draft { Work.Public: null }, ReportEvent.DraftDiscarded) => Report.None,
        (Report.Draft { Work.Public: { } current }, ReportEvent.DraftDiscarded) => new Report.Published(current),
        (Report.Draft(var work), ReportEvent.SecrecyReviewed e) =>
            new Report.Draft(work with { Secrecy = new SecrecyReview(actor, e.ContentHash, e.Passed) }),
        (Report.Draft(var work), ReportEvent.FindingsAcknowledged e) =>
            new Report.Draft(work with { Acknowledgements = work.Acknowledgements.SetItems(e.Acknowledgements.Select(item => KeyValuePair.Create(item.Inputs, item))) }),
        (Report.Draft(var work), ReportEvent.ReportSubmitted e) =>
            new Report.Submitted(work with { Comments = [] }, new Submission(AssessmentJson.Parse(e.Assessment.Text), e.Assessment, ReviewBegun: false) { PublishOriginal = e.PublishOriginal ?? false }),
        (Report.Submitted(var work, _), ReportEvent.SubmissionRecalled) => new Report.Draft(work),
        (Report.Submitted(var work, _), ReportEvent.ReportReturned e) => new Report.Draft(work with { Comments = e.Comments, Returned = work.Content }),
        (Report.Approved(var work, _, _), ReportEvent.ReportReturned e) => new Report.Draft(work with { Comments = e.Comments, Returned = work.Content }),
        (Report.Submitted(var work, var submission), ReportEvent.WaiverDecided e) =>
            new Report.Submitted(
                work with { Waivers = work.Waivers.SetItems(e.Inputs.Select(input => KeyValuePair.Create(input, e.Granted))) },
                submission with { ReviewBegun = true }),
        (Report.Submitted(var work, var submission), ReportEvent.ReportApproved) => new Report.Approved(work, submission, actor),
        (Report.Approved(var work, var submission, _), ReportEvent.ReportPublished e) =>
            new Report.Published(new Revision(e.Revision, work.Content, work.AgencyName, work.Reading, submission.AssessmentText, null, null)
            {
                Original = submission.PublishOriginal ? work.Original : null,
            }),
        (Report.Published(var current), ReportEvent.CorrectionOpened e) =>
            new Report.Draft(Work.Begin(current) with { CorrectionReason = e.Reason }),
        (Report.Published(var current), ReportEvent.ReportWithdrawn e) => new Report.Withdrawn(current, e.Reason),
        (Report.Draft { Work.Public: { } current }, ReportEvent.ReportWithdrawn e) => new Report.Withdrawn(current, e.Reason),
        (Report.Withdrawn(var current, _), ReportEvent.ReportReinstated) => new Report.Published(current),
        (Report.NotFiled, ReportEvent.ReportArchived e) =>
            new Report.Published(new Revision(
                1, CommittedContent.Empty.Apply(e.Changes), e.AgencyName, e.Reading, e.Assessment, e.PublishedOn, e.SourceUrl)),
        // A second opinion changes nothing of what was said first.
        ({ Public: not null }, ReportEvent.ReportRechecked) => report,
        // The events before it are read without the words by now; where the report stands is not touched.
        (not Report.NotFiled, ReportEvent.TextsRedacted) => report,
        _ => throw new InvalidOperationException($"{happened.GetType().Name} cannot follow in state {report.State}."),
    };

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

    /// <summary>An empty text says that there is none any more; none says that nothing changed.</summary>
    private static CommittedText? Changed(CommittedText? before, CommittedText? change) => change switch
    {
        null => before,
        { Text.Length: 0 } => null,
        _ => change,
    };
}
