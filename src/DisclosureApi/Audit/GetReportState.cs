using System.Globalization;
using Disclosure.Reports;
using DisclosureApi.Access.Recording;
using DisclosureApi.Http;
using DisclosureApi.Http.History;
using DisclosureApi.Store;
using DisclosureApi.Store.History;

namespace DisclosureApi.Audit;

/// <summary>GET /v1/audit/reports/{code}/{year}/state?version=|at=: the report as it stood after any of its events, or at any moment.</summary>
internal static class GetReportState
{
    public static readonly OperationContract Contract = new("get_report_state", "Audit", "Read a report as it stood at any version or time")
    {
        Description =
            "The report folded from its events up to a version, or up to a moment, whichever comes first where both are given; as it stands now where neither is. Version 0 is before the first event. "
            + "content is the work in hand where there is some, else what is or was public. How a stranger folds the same from list_events stands in openapi/HISTORY.md. This use is recorded.",
        Parameters = ["version", "at"],
        Answers = [new(200, "ReportState", "The report then")],
        Problems = [400, 404],
    };

    public static async Task<IResult> HandleAsync(
        string code, int year, HttpContext context, ReplayedReport reports, AgencyRegister register, Moments moments, CancellationToken cancellation)
    {
        var (version, at) = (Version(context.Request), Moment.Of(context.Request, "at"));
        if (!FilingBody.IsReportYear(year) || await register.FindAsync(code, cancellation) is null)
        {
            return new Problem(ProblemTypes.NotFound);
        }
        var position = at is { } moment
            ? await moments.PositionAtAsync(moment, cancellation) ?? throw Page.Wrong("at不得晚于现在", "at must not lie in the future.")
            : long.MaxValue;
        var all = await reports.ReadAsync(new ReportId(code, year), cancellation);
        if (version > all.Count)
        {
            return new Problem(ProblemTypes.NotFound);
        }
        var events = all.TakeWhile(replayed => replayed.Stored.Version <= (version ?? long.MaxValue) && replayed.Stored.Position <= position).ToList();
        AuditAccess.Of(context).Events += events.Count;
        var report = events.Aggregate(Report.None, (state, replayed) => state.Apply(replayed.Happened, replayed.Stored.Actor ?? ""));
        return new Answer(StatusCodes.Status200OK, Json.Bytes(writer => ReportStateJson.Write(writer, new ReportId(code, year), report, events.LastOrDefault()?.Stored)), etag: "");
    }

    private static long? Version(HttpRequest request) => request.Query["version"] switch
    {
        [] => null,
        [var text] when long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var version) => version,
        _ => throw Page.Wrong("version应为0或正整数，且只给一次", "version must be 0 or a positive integer, given once."),
    };
}
