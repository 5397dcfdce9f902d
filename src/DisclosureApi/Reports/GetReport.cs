using System.Globalization;
using Disclosure.Reports;
using DisclosureApi.Http;

namespace DisclosureApi.Reports;

/// <summary>GET /v1/agencies/{code}/reports/{year}: the report as it is public now.</summary>
internal static class GetReport
{
    public static readonly OperationContract Contract = new("get_report", "Reports", "Read a published report")
    {
        Description = "The current public revision, with links to its versions (RFC 5829). While a correction is under way, the revision it corrects stays here. A withdrawn report answers 410 with the reason.",
        Answers =
        [
            new(200, "Report", "The report") { Headers = ["ETag", "Link"] },
            new(304, null, "The reader already has these bytes") { Headers = ["ETag", "Link"] },
        ],
        Problems = [404, 410],
    };

    /// <summary>
    /// Answers from memory as soon as the route is known. It is what most requests ask for, and it needs nothing of what
    /// comes between: no caller, no binding, no fault to translate. Whatever is not in memory goes the whole way.
    /// </summary>
    public static void UseMemory(WebApplication app)
    {
        var published = app.Services.GetRequiredService<PublishedReports>();
        var limits = app.Services.GetRequiredService<RateLimits>();
        app.Use((context, next) =>
            HttpMethods.IsGet(context.Request.Method)
            && context.Request.Headers.Authorization.Count == 0
            && ReferenceEquals(context.GetEndpoint()?.Metadata.GetMetadata<OperationContract>(), Contract)
            && context.Request.RouteValues is var route
            && int.TryParse((string?)route["year"], NumberStyles.None, CultureInfo.InvariantCulture, out var year)
            && published.InMemory(new ReportId((string)route["code"]!, year)) is { Report: { } report }
                ? (limits.Enter(context) ?? (IResult)report).ExecuteAsync(context)
                : next(context));
    }

    public static async Task<IResult> HandleAsync(string code, int year, PublishedReports published, CancellationToken cancellation) =>
        await published.FindAsync(new ReportId(code, year), cancellation) switch
        {
            { Withdrawal: { } withdrawal } => Withdrawn(withdrawal),
            { Report: { } report } => report,
            _ => new Problem(ProblemTypes.NotFound),
        };

    public static Problem Withdrawn(Withdrawal withdrawal) =>
        new Problem(ProblemTypes.Withdrawn).With("reason", withdrawal.Reason).With("withdrawnAt", withdrawal.At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'"));
}
