using Disclosure.Reports;
using DisclosureApi.Http;
using Microsoft.Net.Http.Headers;

namespace DisclosureApi.Reports.AsOf;

/// <summary>
/// Reports through time after RFC 7089. A report's address is the original and its own TimeGate; each revision is a
/// memento, at its own address. Who asks the TimeGate for a time gets the memento at once, with its address told.
/// </summary>
internal static class Memento
{
    public const string AcceptDatetime = "Accept-Datetime";
    public const string Datetime = "Memento-Datetime";

    /// <summary>What the answers at a report's own address depend on.</summary>
    public const string Vary = "Accept-Encoding, accept-datetime";

    /// <summary>The time that the reader wants the report of; null when it wants the present.</summary>
    public static DateTimeOffset? Wanted(HttpRequest request) => request.Headers[AcceptDatetime] switch
    {
        [] => null,
        [var text] when HeaderUtilities.TryParseDate(text, out var date) && date.Year is > 1 and < 9999 => date.ToUniversalTime(),
        _ => throw Page.Wrong($"标头{AcceptDatetime}应为HTTP日期（RFC 1123，GMT）", $"The header {AcceptDatetime} must be an HTTP date, such as Wed, 17 Jan 2024 08:30:00 GMT."),
    };

    /// <summary>As HTTP tells times, in whole seconds.</summary>
    public static string Date(DateTimeOffset at) => HeaderUtilities.FormatDate(at);

    /// <summary>The headers of a memento: when it was made public, and the way to all the others.</summary>
    public static (string Name, string Value)[] Headers(ReportId id, int number, int latest, DateTimeOffset at) =>
    [
        (Datetime, Date(at)),
        ("Link", $"{Links.OfRevision(id, number, latest)}, {Links.OfTime(id)}, <{Links.Revision(id, number)}>; rel=\"memento\"; datetime=\"{Date(at)}\", {Links.OfErrorReports(id)}"),
    ];

    /// <summary>A revision as the answer at another address than its own.</summary>
    public static Answer Answer(ReportId id, ReportThen then) => Http.Answer.Public(
        new PublicBody(then.Body), headers: [.. Headers(id, then.Revision, then.Latest, then.At), ("Content-Location", Links.Revision(id, then.Revision))]);

    /// <summary>What the TimeGate answers: the report as it stood then; before the first memento that one, as RFC 7089 §4.5.3 demands.</summary>
    public static async Task<IResult> NegotiateAsync(ReportId id, DateTimeOffset wanted, ReportsThen reports, CancellationToken cancellation)
    {
        var position = await reports.PositionAsync(wanted, cancellation);
        var (found, problem) = await reports.FindAsync(id, position, cancellation);
        if (found is null && problem!.Type == ProblemTypes.NotYetPublished)
        {
            found = await reports.FirstAsync(id, cancellation);
        }
        return found is null ? Varying(problem!) : Answer(id, found).WithVary(Vary);
    }

    /// <summary>A problem at a report's own address, where another time might find another answer.</summary>
    public static Problem Varying(Problem problem) => problem.WithHeader("Vary", "Accept-Language, accept-datetime");
}
