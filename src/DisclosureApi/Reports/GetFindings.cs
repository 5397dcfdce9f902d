using Disclosure.Reports;
using DisclosureApi.Http;

namespace DisclosureApi.Reports;

/// <summary>GET /v1/agencies/{code}/reports/{year}/findings: what the rules said when the report was submitted or brought in.</summary>
internal static class GetFindings
{
    public static readonly OperationContract Contract = new("get_findings", "Reports", "Read the findings on a published report")
    {
        Description = "The findings stored with the current public revision, under the rule set they were made with.",
        Answers =
        [
            new(200, "Findings", "The findings") { Headers = ["ETag"] },
            new(304, null, "The reader already has these bytes") { Headers = ["ETag"] },
        ],
        Problems = [404, 410],
    };

    public static async Task<IResult> HandleAsync(string code, int year, PublishedReports published, CancellationToken cancellation) =>
        await published.FindAsync(new ReportId(code, year), cancellation) switch
        {
            { Withdrawal: { } withdrawal } => GetReport.Withdrawn(withdrawal),
            { Findings: { } findings } => findings,
            _ => new Problem(ProblemTypes.NotFound),
        };
}
