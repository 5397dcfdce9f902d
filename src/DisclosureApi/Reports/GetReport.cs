using Disclosure.Reports;
using DisclosureApi.Http;
using DisclosureApi.Reports.AsOf;

namespace DisclosureApi.Reports;

/// <summary>GET /v1/agencies/{code}/reports/{year}: the report as it is public now.</summary>
internal static class GetReport
{
    public static readonly OperationContract Contract = new("get_report", "Reports", "Read a published report")
    {
        Description =
            "The current public revision, with links to its versions (RFC 5829). While a correction is under way, the revision it corrects stays here. A withdrawn report answers 410 with the reason.\n\n"
            + "With asOf it is the report as it stood at that time, and the same whenever it is asked again: the revision that was public then, 404 before the first, 410 while it was withdrawn. "
            + "The address is also the report's TimeGate (RFC 7089): with Accept-Datetime the answer is the revision of that time, with Memento-Datetime and its own address in Content-Location.",
        Filters = ["asOf"],
        IsTimeGate = true,
        Answers =
        [
            new(200, "Report", "The report") { Headers = ["Content-Location", "ETag", "Link", "Memento-Datetime"] },
            new(304, null, "The reader already has these bytes") { Headers = ["ETag", "Link"] },
        ],
        Problems = [400, 404, 410],
        Refusals = [ProblemTypes.NotYetPublished, ProblemTypes.ImpossibleQuery],
    };

    /// <summary>
    /// Answers from memory before a route is looked for: by the address as it is linked everywhere. It is what most requests
    /// ask for, and it needs nothing of what comes between: no route, no caller, no binding, no fault to translate. Whatever
    /// is not in memory, or is asked for in another way, goes the whole way.
    /// </summary>
    public static void UseMemory(WebApplication app)
    {
        var published = app.Services.GetRequiredService<PublishedReports>();
        var limits = app.Services.GetRequiredService<RateLimits>();
        app.Use(next => context => IsPlainReading(context.Request) && published.InMemory(context.Request.Path.Value!) is { Report: { } report }
            ? (limits.EnterStranger(context) ?? (IResult)report).ExecuteAsync(context)
            : next(context));
    }

    private static bool IsPlainReading(HttpRequest request) =>
        HttpMethods.IsGet(request.Method)
        && request.Headers.Authorization.Count == 0
        && !request.QueryString.HasValue
        && !request.Headers.ContainsKey(Memento.AcceptDatetime);

    public static async Task<IResult> HandleAsync(
        string code, int year, HttpRequest request, PublishedReports published, ReportsThen then, CancellationToken cancellation)
    {
        var id = new ReportId(code, year);
        if (await then.PositionAsync(request, cancellation) is { } position)
        {
            var (found, problem) = await then.FindAsync(id, position, cancellation);
            return found is null ? problem! : Memento.Answer(id, found);
        }
        if (Memento.Wanted(request) is { } wanted)
        {
            return await Memento.NegotiateAsync(id, wanted, then, cancellation);
        }
        return await published.FindAsync(id, cancellation) switch
        {
            { Withdrawal: { } withdrawal } => Memento.Varying(Withdrawn(withdrawal)),
            { Report: { } report } => report,
            _ => Memento.Varying(new Problem(ProblemTypes.NotFound)),
        };
    }

    public static Problem Withdrawn(Withdrawal withdrawal) =>
        new Problem(ProblemTypes.Withdrawn).With("reason", withdrawal.Reason).With("withdrawnAt", withdrawal.At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'"));
}
