using Disclosure.Agencies;
using Disclosure.Canonical;
using Disclosure.Compiling;
using Disclosure.Contents;
using Disclosure.Reports;
using Disclosure.Reports.ErrorReports;
using Disclosure.Tests;

namespace DisclosureApi.Tests.Store;

/// <summary>One event of each type with every field, and one with those alone that it cannot do without.</summary>
internal static class PinnedEvents
{
    private const string Hash = "5f70bf18a086007016e948b04aed3b82103a36bea41755b6cddfaf10ace3c6ef";

    private static readonly IReadOnlyList<ContentChange> Changes =
    [
        new("/forms/proactive", null, new StoredValue.Plain("2021")),
        new("/tables/applications/received/total", new StoredValue.Number(10), new StoredValue.Number(11)),
        new("/tables/proactive/fees/amount", new StoredValue.Number(7730.28m), null),
        new("/title", null, new StoredValue.Text(Text("云州市桂山区工业和信息化局2023年政府信息公开工作年度报告"))),
    ];

    private static readonly AgencyEvent.AgencyRegistered Agency = new(
        Samples.Agency, Samples.AgencyName, "990102", AgencyLevel.County, AgencyKind.Department, Samples.Office, Samples.OtherAgency,
        new DateOnly(2019, 1, 1), new DateOnly(2024, 6, 30), [Samples.OtherAgency]);

    private static readonly AgencyEvent.AgencyRegistered National = new(
        Samples.Office, "国务院办公厅", "000000", AgencyLevel.National, AgencyKind.Office, null, null, new DateOnly(1949, 10, 1), null, []);

    public static IReadOnlyDictionary<string, object> All { get; } = new Dictionary<string, object>(StringComparer.Ordinal)
    {
        ["agency_registered.complete"] = Agency,
        ["agency_registered.minimal"] = National,
        ["agency_changed.complete"] = new AgencyEvent.AgencyChanged(Agency, [new FieldChange("/name", "桂山区工信局", Samples.AgencyName)]),
        ["agency_changed.minimal"] = new AgencyEvent.AgencyChanged(National, [new FieldChange("/line", null, null)]),
        ["agency_renamed.complete"] = new AgencyEvent.AgencyRenamed(Agency, "桂山区工信局", new DateOnly(2020, 7, 1), Text("机构改革")),
        ["agency_renamed.minimal"] = new AgencyEvent.AgencyRenamed(National, "国务院秘书厅", new DateOnly(1954, 9, 27), null),
        ["agency_merged.complete"] = new AgencyEvent.AgencyMerged(Agency, Text("机构改革")),
        ["agency_dissolved.complete"] = new AgencyEvent.AgencyDissolved(Agency, Text("机构改革")),
        ["agency_restored.complete"] = new AgencyEvent.AgencyRestored(National, Text("登记有误")),
        ["duty_decided.complete"] = new AgencyEvent.DutyDecided(Agency, 2023, false, Text("当年未对外行使行政职权")),
        ["duty_decided.minimal"] = new AgencyEvent.DutyDecided(National, 2023, null, Text("依名录")),
        ["draft_changed.complete"] = new ReportEvent.DraftChanged(Changes, Hash, Text(Samples.AgencyName), Text("""{"readings":{},"notes":[]}""")),
        ["draft_changed.minimal"] = new ReportEvent.DraftChanged([], Hash, null, null),
        ["document_imported.complete"] = new ReportEvent.DocumentImported(
            new OriginalDocument(Hash, "text/plain", 5311), Changes, Hash, Text(Samples.AgencyName), Text("""{"readings":{},"notes":[]}""")),
        ["document_imported.minimal"] = new ReportEvent.DocumentImported(new OriginalDocument(Hash, "text/plain", 0), [], Hash, null, null),
        ["document_imported.reader"] = new ReportEvent.DocumentImported(
            new OriginalDocument(Hash, "text/plain", 5311) { Charset = "gb18030", Reader = "2026.1" }, [], Hash, null, null),
        ["report_compiled.complete"] = new ReportEvent.ReportCompiled(
            new CompilationPlan(CompilationScope.Area, "2021", 41,
            [
                new CompiledMember(Samples.Agency, Samples.AgencyName, "990102", AgencyLevel.County, AgencyKind.Department, 2, null) { Decision = Text("年中并入前的件数单独统计") },
                new CompiledMember(Samples.OtherAgency, "云州市桂山区财政局", "990102", AgencyLevel.County, AgencyKind.Department, 1, LeftOut.CountedElsewhere) { CountedBy = ["云州市"], Successors = [Samples.Agency] },
            ],
            new SortedDictionary<string, decimal>(StringComparer.Ordinal) { ["/tables/applications/received/total"] = 11, ["/tables/proactive/compulsoryMeasures/decisions"] = 7730.28m }),
            Changes, Hash, Text(Samples.AgencyName), Text("""{"readings":{},"notes":[]}""")),
        ["report_compiled.minimal"] = new ReportEvent.ReportCompiled(
            new CompilationPlan(CompilationScope.Line, "2019", 0, [], new SortedDictionary<string, decimal>(StringComparer.Ordinal)), [], Hash, null, null),
        ["compilation_adjusted.complete"] = new ReportEvent.CompilationAdjusted([new Adjustment("/tables/applications/received/total", -2, Text("移送件重复登记"))], Changes, Hash),
        ["draft_discarded.minimal"] = new ReportEvent.DraftDiscarded(),
        ["secrecy_reviewed.complete"] = new ReportEvent.SecrecyReviewed(Hash, true, Text("已审")),
        ["secrecy_reviewed.minimal"] = new ReportEvent.SecrecyReviewed(Hash, false, null),
        ["findings_acknowledged.complete"] = new ReportEvent.FindingsAcknowledged([new Acknowledgement("T2-002", Hash, Text("本机关无规章制定权"))]),
        ["findings_acknowledged.minimal"] = new ReportEvent.FindingsAcknowledged([new Acknowledgement("T2-002", Hash, null)]),
        ["report_submitted.complete"] = new ReportEvent.ReportSubmitted(Hash, "2026.1", Text("""{"ruleSet":"2026.1","findings":[],"notAssessed":[]}"""), Text("请审")),
        ["report_submitted.minimal"] = new ReportEvent.ReportSubmitted(Hash, "2026.1", Text("""{"ruleSet":"2026.1","findings":[],"notAssessed":[]}"""), null),
        ["report_submitted.original"] = new ReportEvent.ReportSubmitted(Hash, "2026.1", Text("""{"ruleSet":"2026.1","findings":[],"notAssessed":[]}"""), null) { PublishOriginal = true },
        ["submission_recalled.minimal"] = new ReportEvent.SubmissionRecalled(),
        ["report_returned.complete"] = new ReportEvent.ReportReturned([new Comment("/tables/disputes/litigation/total", Text("请核对"))]),
        ["report_returned.minimal"] = new ReportEvent.ReportReturned([new Comment(null, Text("请重报"))]),
        ["waiver_decided.complete"] = new ReportEvent.WaiverDecided("T3-005", [Hash], true, Text("同意")),
        ["waiver_decided.minimal"] = new ReportEvent.WaiverDecided("T3-005", [], false, Text("")),
        ["report_approved.complete"] = new ReportEvent.ReportApproved(Hash, Text("同意发布")),
        ["report_approved.minimal"] = new ReportEvent.ReportApproved(Hash, null),
        ["report_published.complete"] = new ReportEvent.ReportPublished(2, Hash, Text("按时发布")),
        ["report_published.minimal"] = new ReportEvent.ReportPublished(1, Hash, null),
        ["correction_opened.complete"] = new ReportEvent.CorrectionOpened(Text("新收件数漏计")),
        ["report_withdrawn.complete"] = new ReportEvent.ReportWithdrawn(Text("数据来源有误")),
        ["report_reinstated.complete"] = new ReportEvent.ReportReinstated(Text("经核实无误")),
        ["report_archived.complete"] = new ReportEvent.ReportArchived(
            Changes, Hash, Text(Samples.AgencyName), Text("""{"readings":{},"notes":[]}"""), "2026.1",
            Text("""{"ruleSet":"2026.1","findings":[],"notAssessed":[]}"""), new DateOnly(2022, 1, 28), "https://www.example.gov.cn/nb/2021.html"),
        ["report_rechecked.complete"] = new ReportEvent.ReportRechecked(2, "2026.1", Text("""{"ruleSet":"2026.1","findings":[],"notAssessed":[]}"""), "correction", 3),
        ["report_rechecked.minimal"] = new ReportEvent.ReportRechecked(1, "2026.1", Text("{}"), "request", null),
        ["texts_redacted.complete"] = new ReportEvent.TextsRedacted([new RedactedText(7, "/changes/3/to", Hash)], "个人信息保护法第四十七条", Text("误载个人电话")),
        ["error_reported.complete"] = new ErrorReportEvent.ErrorReported(1, "/tables/proactive/fees/amount", 7730.28m, 7730, 7370.28m, Text("与第六部分不一致")),
        ["error_reported.minimal"] = new ErrorReportEvent.ErrorReported(2, "/sections/overview", null, null, null, Text("件数有误")),
        ["error_report_answered.complete"] = new ErrorReportEvent.ErrorReportAnswered(Text("已更正"), 3),
        ["error_report_answered.minimal"] = new ErrorReportEvent.ErrorReportAnswered(Text("经核实无误"), null),
        ["error_report_dismissed.complete"] = new ErrorReportEvent.ErrorReportDismissed(Text("与年报无关")),
        ["error_report_redacted.complete"] = new ErrorReportEvent.ErrorReportRedacted([new RedactedText(7, "/message", Hash)], "个人信息保护法第四十七条", Text("误载个人电话")),
        ["correction_opened.removed"] = new ReportEvent.CorrectionOpened(new CommittedText("□□来电更正", null) { Removed = Hash }),
        ["report_archived.minimal"] = new ReportEvent.ReportArchived(
            [], Hash, null, null, "2026.1", Text("{}"), new DateOnly(2022, 1, 28), "https://www.example.gov.cn/nb/2021.html"),
    };

    private static CommittedText Text(string text) => new(text, "000102030405060708090a0b0c0d0e0f");
}
