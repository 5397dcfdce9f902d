using Disclosure.Reports;
using DisclosureApi.Http;
using DisclosureApi.Reports.AsOf;

namespace DisclosureApi.Reports;

/// <summary>GET /v1/agencies/{code}/reports/{year}/findings: what the rules said when the report was submitted or brought in.</summary>
internal static class GetFindings
{
    public static readonly OperationContract Contract = new("get_findings", "Reports", "Read the findings on a published report")
    {
        Description =
            "The findings stored with the current public revision, under the rule set they were made with. With asOf those of the revision that was public at that time, and the same whenever it is asked again.",
        Filters = ["asOf"],
        Answers =
        [
            new(200, "Findings", "The findings") { Headers = ["ETag"] },
            new(304, null, "The reader already has these bytes") { Headers = ["ETag"] },
        ],
        Problems = [400, 404, 410],
        Refusals = [ProblemTypes.NotYetPublished, ProblemTypes.ImpossibleQuery],
    };

    public static async Task<IResult> HandleAsync(
        string code, int year, HttpRequest request, PublishedReports published, ReportsThen then, CancellationToken cancellation)
    {
        var id = new ReportId(code, year);
        if (await then.PositionAsync(request, cancellation) is { } position)
        {
            var (found, problem) = await then.FindAsync(id, position, cancellation);
            return found is null ? problem! : Answer.Public(new PublicBody(found.Findings));
        }
        return await published.FindAsync(id, cancellation) switch
        {
            { Withdrawal: { } withdrawal } => GetReport.Withdrawn(withdrawal),
            { Findings: { } findings } => findings,
            _ => new Problem(ProblemTypes.NotFound),
        };
    }
}
