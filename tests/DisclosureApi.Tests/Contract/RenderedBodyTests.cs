using System.Text.Json.Nodes;
using Disclosure.Agencies;
using Disclosure.Canonical;
using Disclosure.Contents;
using Disclosure.Reports;
using Disclosure.Rules;
using DisclosureApi.Access;
using DisclosureApi.Reports;
using DisclosureApi.Store;

namespace DisclosureApi.Tests.Contract;

/// <summary>What the code makes of reports is what the schemas say of them.</summary>
public sealed class RenderedBodyTests(ContractHost host)
{
    private static readonly Agency _agency =
        new("11320800001234511H", "示例市人民政府办公室", "320800", AgencyLevel.Prefecture, AgencyKind.Office, null, null, new DateOnly(2008, 5, 1), null, []);

    private static readonly Assessment _assessment = RuleBook.Assess(new RuleInput(2023, new Filing(null, 2023, ReportContent.Empty, Filing.NoReadings, []), Surroundings.Unknown));
    private static readonly CommittedText _assessmentText = new(AssessmentJson.Text(_assessment), new string('0', 32));

    [Theory]
    [InlineData(null, null)]
    [InlineData("2024-01-17", "https://www.example.gov.cn/nb/2023.html")]
    public void A_published_report_fits_its_schema(string? publishedOn, string? sourceUrl)
    {
        var id = new ReportId(_agency.Code, 2023);
        var revision = Revision() with { PublishedOn = publishedOn is null ? null : DateOnly.Parse(publishedOn), SourceUrl = sourceUrl };
        var recorded = new RecordedEvent(12, 4, DateTimeOffset.UnixEpoch, "p", new object());
        Assert.Empty(SchemaCheck.Faults(host.Document, "Report", JsonNode.Parse(PublishedBody.Render(id, _agency, revision, recorded))));
    }

    [Fact]
    public void Stored_findings_fit_their_schema() =>
        Assert.Empty(SchemaCheck.Faults(host.Document, "Findings", JsonNode.Parse(_assessmentText.Text)));

    [Fact]
    public void The_states_that_the_contract_tells_are_those_that_reports_have()
    {
        var (first, correction) = (Work.Begin(null), Work.Begin(Revision()));
        var submission = new Submission(_assessment, _assessmentText, ReviewBegun: false);
        Report[] working =
        [
            .. new[] { first, correction }.SelectMany(work =>
                new Report[] { new Report.Draft(work), new Report.Submitted(work, submission), new Report.Approved(work, submission, "p") }),
        ];
        Report[] resting = [Report.None, new Report.Published(Revision()), new Report.Withdrawn(Revision(), _assessmentText)];
        Assert.Equal(States(working), Told("Draft"));
        Assert.Equal(States([.. working, .. resting]), Told("Step"));
    }

    /// <summary>The room of the contract does not see the rooms of its operations, so their limits are told there a second time.</summary>
    [Fact]
    public void The_longest_note_is_as_long_as_the_contract_says() =>
        Assert.Equal(StepBody.MaxText, host.Document["components"]!["schemas"]!["StepNote"]!["properties"]!["note"]!["maxLength"]!.GetValue<int>());

    private static Revision Revision() => new(1, CommittedContent.Empty, null, null, _assessmentText, null, null);

    private static IEnumerable<string> States(IEnumerable<Report> reports) => reports.Select(report => report.State).Order(StringComparer.Ordinal);

    private IEnumerable<string> Told(string schema) =>
        host.Document["components"]!["schemas"]![schema]!["properties"]!["state"]!["enum"]!.AsArray().Select(state => state!.ToString()).Order(StringComparer.Ordinal);
}
