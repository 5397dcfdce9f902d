using Disclosure.Canonical;
using Disclosure.Contents;
using Disclosure.Rules;
using static Disclosure.Reports.ReportCommand;

namespace Disclosure.Reports;

/// <summary>The whole workflow of a report: which command is carried out in which state, and what happens then.</summary>
public static class ReportDecider
{
    public static Decision Decide(Report report, ReportCommand command) => (command, report) switch
    {
        (Edit edit, Report.NotFiled or Report.Draft) => EditDraft(report.WorkInHand ?? Work.Begin(null), edit, isNew: report is Report.NotFiled),
        (Compile compile, Report.NotFiled or Report.Draft) => CompilingDecider.Compile(report.WorkInHand, compile),
        (Adjust adjust, Report.Draft(var work)) => CompilingDecider.Adjust(work, adjust),
        (Discard, Report.Draft) => Happened(new ReportEvent.DraftDiscarded()),
        (ReviewSecrecy review, Report.Draft(var work)) => ReviewDraft(work, review),
        (Acknowledge acknowledge, Report.Draft(var work)) => AcknowledgeFindings(work, acknowledge),
        (Submit submit, Report.Draft(var work)) => SubmitDraft(work, submit),
        (Recall, Report.Submitted(_, { ReviewBegun: true })) => new Decision.Refused(new Refusal.ReviewBegun()),
        (Recall, Report.Submitted) => Happened(new ReportEvent.SubmissionRecalled()),
        (Return sent, Report.Submitted or Report.Approved) =>
            Happened(new ReportEvent.ReportReturned([.. sent.Comments.Select(comment => new Comment(comment.Pointer, new CommittedText(comment.Text, sent.NewSalt())))])),
        (DecideWaiver waiver, Report.Submitted(var work, var submission)) => Waive(work, submission, waiver),
        (Approve approve, Report.Submitted(var work, var submission)) => ApproveSubmission(work, submission, approve),
        (Publish { Standing: [_, ..] standing }, Report.Approved) => new Decision.Refused(new Refusal.FindingsStand(standing)),
        (Publish publish, Report.Approved(var work, _, _)) =>
            Happened(new ReportEvent.ReportPublished((work.Public?.Number ?? 0) + 1, work.Content.Hash, CommittedText.Of(publish.Note, publish.NewSalt))),
        (OpenCorrection correction, Report.Published) => Happened(new ReportEvent.CorrectionOpened(new CommittedText(correction.Reason, correction.NewSalt()))),
        (Withdraw withdraw, Report.Published or Report.Draft { Work.Public: not null }) =>
            Happened(new ReportEvent.ReportWithdrawn(new CommittedText(withdraw.Reason, withdraw.NewSalt()))),
        (Reinstate reinstate, Report.Withdrawn) => Happened(new ReportEvent.ReportReinstated(new CommittedText(reinstate.Reason, reinstate.NewSalt()))),
        (Archive archive, Report.NotFiled) => ArchiveReport(archive),
        _ => new Decision.Refused(new Refusal.WrongState(report.State, Workflow.Allowed(report), command.Name)),
    };

    private static Decision.Accepted EditDraft(Work work, Edit edit, bool isNew)
    {
        var changes = work.Content.ChangesTo(edit.Content, edit.NewSalt);
        var agencyName = edit.AgencyName != work.AgencyName?.Text ? new CommittedText(edit.AgencyName ?? "", edit.NewSalt()) : null;
        var reading = edit.Reading != work.Reading?.Text ? new CommittedText(edit.Reading ?? "", edit.NewSalt()) : null;
        if (!isNew && edit.Document is null && changes.Count == 0 && agencyName is null && reading is null)
        {
            return Happened();
        }
        var hash = work.Content.Apply(changes).Hash;
        return edit.Document is { } document
            ? Happened(new ReportEvent.DocumentImported(document, changes, hash, agencyName, reading))
            : Happened(new ReportEvent.DraftChanged(changes, hash, agencyName, reading));
    }

    private static Decision ReviewDraft(Work work, ReviewSecrecy review)
    {
        if (work.Authors.Contains(review.Actor))
        {
            return SamePerson("保密审查人不得是本稿的编写人", "The secrecy reviewer must not be an author of the draft.");
        }
        return review.ContentHash == work.Content.Hash
            ? Happened(new ReportEvent.SecrecyReviewed(review.ContentHash, review.Passed, CommittedText.Of(review.Note, review.NewSalt)))
            : new Decision.Refused(new Refusal.StaleContent(work.Content.Hash));
    }

    private static Decision AcknowledgeFindings(Work work, Acknowledge acknowledge)
    {
        var items = new List<Acknowledgement>();
        foreach (var named in acknowledge.Findings)
        {
            var matching = acknowledge.Assessment.Findings.Where(finding => Names(named, finding)).ToList();
            if (matching.Count == 0)
            {
                return new Decision.Refused(new Refusal.NoSuchFinding(named.Code));
            }
            items.AddRange(matching.Select(finding =>
                new Acknowledgement(finding.Code, work.InputsOf(finding), CommittedText.Of(named.Reason, acknowledge.NewSalt))));
        }
        var fresh = items.Where(item => work.Acknowledgements.GetValueOrDefault(item.Inputs) is not { } known || known.Reason?.Text != item.Reason?.Text).ToList();
        return fresh.Count == 0 ? Happened() : Happened(new ReportEvent.FindingsAcknowledged(fresh));
    }

    private static bool Names(AcknowledgedFinding named, Finding finding) =>
        named.Code == finding.Code && (named.Pointers.Count == 0 || named.Pointers.All(pointer => finding.Pointers.Contains(pointer, StringComparer.Ordinal)));

    private static Decision SubmitDraft(Work work, Submit submit)
    {
        var standing = submit.Assessment.Findings.Where(finding => StandsInTheWay(work, finding)).ToList();
        if (standing.Count > 0)
        {
            return new Decision.Refused(new Refusal.FindingsStand(standing));
        }
        if (work.ValidSecrecy is not { Passed: true })
        {
            return new Decision.Refused(new Refusal.SecrecyReviewMissing(work.Content.Hash));
        }
        return Happened(new ReportEvent.ReportSubmitted(
            work.Content.Hash,
            submit.Assessment.RuleSet,
            new CommittedText(AssessmentJson.Text(submit.Assessment), submit.NewSalt()),
            CommittedText.Of(submit.Note, submit.NewSalt))
        {
            PublishOriginal = submit.PublishOriginal ? true : null,
        });
    }

    private static bool StandsInTheWay(Work work, Finding finding) => finding.Severity switch
    {
        Severity.Error => true,
        Severity.WaivableError => work.Acknowledgements.GetValueOrDefault(work.InputsOf(finding)) is not { Reason.Text.Length: > 0 },
        Severity.Warning => !work.Acknowledgements.ContainsKey(work.InputsOf(finding)),
        Severity.Info => false,
        _ => throw new InvalidOperationException($"unknown severity {finding.Severity}"),
    };

    private static Decision Waive(Work work, Submission submission, DecideWaiver waiver)
    {
        if (work.Authors.Contains(waiver.Actor) || work.Secrecy?.Reviewer == waiver.Actor)
        {
            return SamePerson("豁免决定人不得是编写人或保密审查人", "Whoever decides on a waiver must be neither an author nor the secrecy reviewer.");
        }
        var waivable = submission.Assessment.Findings
            .Where(finding => finding.Code == waiver.Code && finding.Severity == Severity.WaivableError)
            .Select(work.InputsOf)
            .ToList();
        return waivable.Count == 0
            ? new Decision.Refused(new Refusal.NoSuchFinding(waiver.Code))
            : Happened(new ReportEvent.WaiverDecided(waiver.Code, waivable, waiver.Granted, new CommittedText(waiver.Reason, waiver.NewSalt())));
    }

    private static Decision ApproveSubmission(Work work, Submission submission, Approve approve)
    {
        if (work.Authors.Contains(approve.Actor) || work.Secrecy?.Reviewer == approve.Actor)
        {
            return SamePerson("批准人不得是编写人或保密审查人", "The approver must be neither an author nor the secrecy reviewer.");
        }
        if (approve.ContentHash != work.Content.Hash)
        {
            return new Decision.Refused(new Refusal.StaleContent(work.Content.Hash));
        }
        var open = submission.Assessment.Findings
            .Where(finding => finding.Severity == Severity.WaivableError && work.Waivers.GetValueOrDefault(work.InputsOf(finding)) is not { Granted: true })
            .ToList();
        return open.Count > 0
            ? new Decision.Refused(new Refusal.WaiversOpen(open))
            : Happened(new ReportEvent.ReportApproved(approve.ContentHash, CommittedText.Of(approve.Note, approve.NewSalt)));
    }

    private static Decision.Accepted ArchiveReport(Archive archive)
    {
        var changes = CommittedContent.Empty.ChangesTo(archive.Content, archive.NewSalt);
        return Happened(new ReportEvent.ReportArchived(
            changes,
            CommittedContent.Empty.Apply(changes).Hash,
            CommittedText.Of(archive.AgencyName, archive.NewSalt),
            CommittedText.Of(archive.Reading, archive.NewSalt),
            archive.Assessment.RuleSet,
            new CommittedText(AssessmentJson.Text(archive.Assessment), archive.NewSalt()),
            archive.PublishedOn,
            archive.SourceUrl));
    }

    private static Decision.Refused SamePerson(string zh, string en) => new(new Refusal.SamePerson(new Message(zh, en)));

    private static Decision.Accepted Happened(params IReadOnlyList<ReportEvent> events) => new(events);
}
