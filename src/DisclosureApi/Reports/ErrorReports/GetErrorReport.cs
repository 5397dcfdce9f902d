using Disclosure.Reports;
using Disclosure.Reports.ErrorReports;
using DisclosureApi.Access;
using DisclosureApi.Http;

namespace DisclosureApi.Reports.ErrorReports;

/// <summary>GET …/error-reports/{number}: what a reader found wrong, and what the agency said of it.</summary>
internal static class GetErrorReport
{
    public static readonly OperationContract Contract = new("get_error_report", "Reports", "Read an error report")
    {
        Description =
            "Until it is answered the public reads that it is there and what it is about; the reader's words are for the agency, its supervising office and who removes personal data. An answer publishes them. "
            + "A dismissal publishes its reason and leaves the words unpublished.",
        Answers = [new(200, "ErrorReport", "The error report; for those who may settle it, its ETag is its version") { Headers = ["ETag"] }, new(304, null, "The reader already has these bytes") { Headers = ["ETag"] }],
        Problems = [404],
    };

    public static async Task<IResult> HandleAsync(string code, int year, int number, HttpContext context, KnownErrorReports known, CallerSight sight, CancellationToken cancellation)
    {
        var id = new ErrorReportId(new ReportId(code, year), number);
        if (await known.FindAsync(id, sight.Now, cancellation) is not { } found)
        {
            return new Problem(ProblemTypes.NotFound);
        }
        return await known.IsInsiderAsync(context, code, cancellation)
            ? new Answer(StatusCodes.Status200OK, found.Json(id.Report, isInsider: true), Precondition.ETag(found.Version)) { Headers = [("Vary", "Authorization")] }
            : Answer.Public(new PublicBody(found.ForStrangers().Json(id.Report, isInsider: false)), Json.MediaType, ("Vary", "Authorization"));
    }
}
