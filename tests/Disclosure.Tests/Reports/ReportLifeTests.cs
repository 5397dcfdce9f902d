using Disclosure.Formats;
using Disclosure.Reports;
using Disclosure.Rules;
using static Disclosure.Tests.Reports.ReportSpec;

namespace Disclosure.Tests.Reports;

public class ReportLifeTests
{
    private static readonly CellAddress Received = new("applications", "received", "total");

    [Fact]
    public void A_first_draft_holds_everything_and_the_next_only_what_changed()
    {
        Given().When(Edit()).Then(typeof(ReportEvent.DraftChanged)).ThenState("draft");

        var change = Assert.IsType<Decision.Accepted>(ReportDecider.Decide(Given(Edit()).Report, Edit(Samples.Whole().With(Received, 1))));
        Assert.Single(Assert.IsType<ReportEvent.DraftChanged>(Assert.Single(change.Events)).Changes);
    }

    [Fact]
    public void Writing_the_same_again_is_nothing() => Given(Edit()).When(Edit()).ThenNothing();

    [Fact]
    public void A_document_that_changes_nothing_is_still_an_import() =>
        Given(Edit()).When(Edit() with { Document = new OriginalDocument("00", "text/plain", 1) }).Then(typeof(ReportEvent.DocumentImported));

    [Fact]
    public void An_empty_filing_is_a_draft_too() => Given().When(Edit(Disclosure.Contents.ReportContent.Empty)).Then(typeof(ReportEvent.DraftChanged)).ThenState("draft");

    [Fact]
    public void A_report_goes_from_draft_to_publication()
    {
        var spec = Given(Edit())
            .When(PassSecrecy()).Then(typeof(ReportEvent.SecrecyReviewed))
            .When(Submit()).Then(typeof(ReportEvent.ReportSubmitted)).ThenState("submitted")
            .When(Approve()).Then(typeof(ReportEvent.ReportApproved)).ThenState("approved")
            .When(Publish()).Then(typeof(ReportEvent.ReportPublished)).ThenState("published");

        Assert.Equal(1, spec.Report.Public!.Number);
        Assert.Equal(Samples.Whole().Cells.Count, spec.Report.Public.Content.Content.Cells.Count);
    }

    [Fact]
    public void An_error_stands_in_the_way_and_all_findings_are_told_at_once()
    {
        var refusal = Given(Edit(), PassSecrecy())
            .When(Submit(Finding("T3-001", Severity.Error), Finding("T3-005", Severity.WaivableError), Finding("T2-002", Severity.Warning), Finding("X", Severity.Info)))
            .ThenRefused<Refusal.FindingsStand>();

        Assert.Equal(["T3-001", "T3-005", "T2-002"], refusal.Findings.Select(finding => finding.Code));
    }

    [Fact]
    public void A_warning_needs_an_acknowledgement_and_a_waivable_error_a_reason_and_a_waiver()
    {
        Finding[] findings = [Finding("T2-002", Severity.Warning), Finding("T3-005", Severity.WaivableError)];
        ReportCommand.Acknowledge Acknowledge(string code, string? reason) => new(Author, Assessment(findings), [new AcknowledgedFinding(code, [], reason)]);

        var spec = Given(Edit(), PassSecrecy(), Acknowledge("T2-002", null), Acknowledge("T3-005", null));
        Assert.Equal("T3-005", Assert.Single(spec.When(Submit(findings)).ThenRefused<Refusal.FindingsStand>().Findings).Code);

        spec.When(Acknowledge("T3-005", "受理系统当年未统计该项")).Then(typeof(ReportEvent.FindingsAcknowledged))
            .When(Acknowledge("T3-005", "受理系统当年未统计该项")).ThenNothing()
            .When(Submit(findings)).ThenState("submitted")
            .When(Approve()).ThenRefused<Refusal.WaiversOpen>();
        spec.When(new ReportCommand.DecideWaiver(Reviewer, "T3-005", Granted: false, "请补填")).Then(typeof(ReportEvent.WaiverDecided))
            .When(Approve()).ThenRefused<Refusal.WaiversOpen>();
        spec.When(new ReportCommand.DecideWaiver(Reviewer, "T3-005", Granted: true, "同意")).When(Approve()).ThenState("approved");
    }

    [Fact]
    public void An_acknowledgement_lapses_when_the_figure_it_was_given_for_changes()
    {
        var finding = Finding("T2-002", Severity.Warning, Received.Pointer);
        var acknowledge = new ReportCommand.Acknowledge(Author, Assessment(finding), [new AcknowledgedFinding("T2-002", [Received.Pointer], null)]);

        Given(Edit(), acknowledge, Edit(Samples.Whole().With(Received, 77)), PassSecrecy()).When(Submit(finding)).ThenRefused<Refusal.FindingsStand>();
        Given(Edit(), acknowledge, Edit(Samples.Whole().With("/title", "另一标题")), PassSecrecy()).When(Submit(finding)).ThenState("submitted");
    }

    [Fact]
    public void An_acknowledgement_lapses_when_last_years_figure_changes_and_holds_while_it_stays()
    {
        var finding = Finding("XY-001", Severity.Warning) with { Stated = 3, Computed = 5 };
        var acknowledge = new ReportCommand.Acknowledge(Author, Assessment(finding), [new AcknowledgedFinding("XY-001", [], null)]);

        Given(Edit(), acknowledge, PassSecrecy()).When(Submit(finding)).ThenState("submitted");
        Given(Edit(), acknowledge, PassSecrecy()).When(Submit(finding with { Computed = 6 })).ThenRefused<Refusal.FindingsStand>();
    }

    [Fact]
    public void What_no_finding_says_cannot_be_acknowledged_or_waived()
    {
        Given(Edit()).When(new ReportCommand.Acknowledge(Author, Assessment(), [new AcknowledgedFinding("T2-002", [], null)])).ThenRefused<Refusal.NoSuchFinding>();
        Given(Edit(), PassSecrecy(), Submit()).When(new ReportCommand.DecideWaiver(Reviewer, "T3-005", true, "同意")).ThenRefused<Refusal.NoSuchFinding>();
    }

    [Fact]
    public void Without_a_passed_secrecy_review_of_this_very_content_nothing_is_submitted()
    {
        Given(Edit()).When(Submit()).ThenRefused<Refusal.SecrecyReviewMissing>();
        Given(Edit(), new ReportCommand.ReviewSecrecy(Secrecy, "", Passed: false, "含涉密事项")).When(Submit()).ThenRefused<Refusal.SecrecyReviewMissing>();
        Given(Edit(), PassSecrecy(), Edit(Samples.Whole().With(Received, 1))).When(Submit()).ThenRefused<Refusal.SecrecyReviewMissing>();
        Given(Edit()).When(PassSecrecy() with { ContentHash = "stale" }).ThenRefused<Refusal.StaleContent>();
    }

    [Fact]
    public void Author_secrecy_reviewer_and_approver_are_three_people()
    {
        Given(Edit()).When(PassSecrecy(by: Author)).ThenRefused<Refusal.SamePerson>();
        Given(Edit(), Edit(Samples.Whole().With(Received, 1), by: Secrecy)).When(PassSecrecy()).ThenRefused<Refusal.SamePerson>();
        Given(Edit(), PassSecrecy(), Edit(Samples.Whole().With(Received, 1), by: Secrecy), Edit(by: Secrecy)).When(Submit()).ThenRefused<Refusal.SecrecyReviewMissing>();
        Given(Edit(), PassSecrecy(), Submit()).When(Approve(by: Author)).ThenRefused<Refusal.SamePerson>();
        Given(Edit(), PassSecrecy(), Submit()).When(Approve(by: Secrecy)).ThenRefused<Refusal.SamePerson>();
    }

    [Fact]
    public void Who_opens_a_correction_is_an_author_of_it() =>
        Given(Published()).AndGiven(new ReportCommand.OpenCorrection(Secrecy, "更正")).When(PassSecrecy()).ThenRefused<Refusal.SamePerson>();

    [Theory]
    [InlineData(Author)]
    [InlineData(Secrecy)]
    public void Who_wrote_or_reviewed_a_report_waives_nothing_in_it(string person)
    {
        var waivable = Finding("T3-005", Severity.WaivableError);

        Given(Edit(), PassSecrecy(), new ReportCommand.Acknowledge(Author, Assessment(waivable), [new("T3-005", [], "理由")]), Submit(waivable))
            .When(new ReportCommand.DecideWaiver(person, "T3-005", true, "同意")).ThenRefused<Refusal.SamePerson>();
    }

    [Fact]
    public void What_only_the_day_of_publication_brings_about_stops_it()
    {
        var early = Finding("PUB-004", Severity.Error);

        var spec = Given(Edit(), PassSecrecy(), Submit(), Approve()).When(Publish() with { Standing = [early] });

        Assert.Equal([early], spec.ThenRefused<Refusal.FindingsStand>().Findings);
        spec.ThenState("approved");
    }

    [Fact]
    public void An_approval_of_other_content_is_refused() =>
        Given(Edit(), PassSecrecy(), Submit()).When(Approve() with { ContentHash = "stale" }).ThenRefused<Refusal.StaleContent>();

    [Fact]
    public void A_returned_report_is_a_draft_with_comments()
    {
        var spec = Given(Edit(), PassSecrecy(), Submit()).When(new ReportCommand.Return(Reviewer, [(Received.Pointer, "请核对")])).ThenState("draft");

        Assert.Equal("请核对", Assert.Single(spec.Report.WorkInHand!.Comments).Text.Text);
        Given(Edit(), PassSecrecy(), Submit(), Approve()).When(new ReportCommand.Return(Reviewer, [(null, "重报")])).ThenState("draft");
    }

    [Fact]
    public void A_submission_can_be_recalled_until_the_review_has_begun()
    {
        Given(Edit(), PassSecrecy(), Submit()).When(new ReportCommand.Recall(Author)).ThenState("draft");

        var waivable = Finding("T3-005", Severity.WaivableError);
        Given(
            Edit(), PassSecrecy(), new ReportCommand.Acknowledge(Author, Assessment(waivable), [new("T3-005", [], "理由")]), Submit(waivable),
            new ReportCommand.DecideWaiver(Reviewer, "T3-005", true, "同意")).When(new ReportCommand.Recall(Author)).ThenRefused<Refusal.ReviewBegun>();
    }

    [Fact]
    public void A_correction_makes_a_new_revision_while_the_old_one_stays_public()
    {
        var spec = Given(Published()).AndGiven(new ReportCommand.OpenCorrection(Author, "新收件数漏计")).ThenState("correcting")
            .AndGiven(Edit(Samples.Whole().With(Received, 77)));
        Assert.NotEqual(77, spec.Report.Public!.Content.Content.Cell(Received));

        spec.AndGiven(PassSecrecy(), Submit()).ThenState("correctionSubmitted").AndGiven(Approve()).ThenState("correctionApproved").AndGiven(Publish()).ThenState("published");
        Assert.Equal((2, 77m), (spec.Report.Public!.Number, spec.Report.Public.Content.Content.Cell(Received)));
    }

    [Fact]
    public void A_discarded_correction_leaves_what_is_public()
    {
        Given(Published()).AndGiven(new ReportCommand.OpenCorrection(Author, "更正")).When(new ReportCommand.Discard(Author)).ThenState("published");
        Given(Edit()).When(new ReportCommand.Discard(Author)).ThenState("none").When(Edit()).ThenState("draft");
    }

    [Fact]
    public void A_withdrawn_report_can_be_reinstated_as_it_was()
    {
        var spec = Given(Published()).When(new ReportCommand.Withdraw(Reviewer, "数据来源有误")).ThenState("withdrawn");
        Assert.Null(spec.Report.Public);

        spec.When(new ReportCommand.Reinstate(Reviewer, "经核实无误")).ThenState("published");
        Assert.Equal(1, spec.Report.Public!.Number);
        Given(Published()).AndGiven(new ReportCommand.OpenCorrection(Author, "更正")).When(new ReportCommand.Withdraw(Reviewer, "有误")).ThenState("withdrawn");
    }

    [Fact]
    public void A_report_published_elsewhere_comes_in_with_its_faults()
    {
        var archive = new ReportCommand.Archive(
            Author, Samples.AgencyName, Samples.Whole(), null, Assessment(Finding("T3-001", Severity.Error)), new DateOnly(2024, 1, 17), "https://www.example.gov.cn/nb.html");

        var spec = Given().When(archive).ThenState("published");

        Assert.Equal((1, new DateOnly(2024, 1, 17)), (spec.Report.Public!.Number, spec.Report.Public.PublishedOn));
        Assert.Contains("T3-001", spec.Report.Public.Assessment.Text);
        Given(Edit()).When(archive).ThenRefused<Refusal.WrongState>();
    }
}
