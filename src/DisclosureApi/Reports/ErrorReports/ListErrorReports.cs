using System.Globalization;
using System.Text.Json;
using Disclosure.Reports;
using DisclosureApi.Access;
using DisclosureApi.Http;

namespace DisclosureApi.Reports.ErrorReports;

/// <summary>GET …/error-reports: what readers found wrong in a report, in the order in which they told it.</summary>
internal static class ListErrorReports
{
    public static readonly OperationContract Contract = new("list_error_reports", "Reports", "List the error reports on a report")
    {
        Description =
            "Every error that a reader reported in what was ever public of the report, also after a withdrawal, each shown as its own address shows it to the caller; and how many there are in which state. "
            + "Whoever is about to report an error sees here whether somebody has.",
        IsPaged = true,
        Filters = ["state"],
        Answers = [new(200, "ErrorReportPage", "A page of error reports") { Headers = ["ETag", "Link"] }, new(304, null, "The reader already has these bytes") { Headers = ["ETag", "Link"] }],
        Problems = [400, 404],
    };

    public static async Task<IResult> HandleAsync(string code, int year, HttpContext context, KnownErrorReports known, CallerSight sight, CancellationToken cancellation)
    {
        var id = new ReportId(code, year);
        var page = Page.Of(context.Request, "state");
        var state = Filter.Choice(context.Request, "state", "open", "answered", "dismissed");
        var (counts, found) = await known.ListAsync(id, state, From(page), page.IsBackwards, page.Limit + 1, sight.Now, cancellation);
        if (counts is null)
        {
            return new Problem(ProblemTypes.NotFound);
        }
        var isInsider = await known.IsInsiderAsync(context, code, cancellation);
        return page.Answer(
            Links.ErrorReports(id), [.. found.Select(row => (Key(row), (isInsider ? row : row.ForStrangers()).Json(id, isInsider)))], isInsider, writer => Write(writer, counts));
    }

    private static string Key(ErrorReportRow row) => row.Number.ToString(CultureInfo.InvariantCulture);

    private static int From(Page page) => page.Cursor.Length == 0 ? 0
        : int.TryParse(page.Cursor, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : throw Page.WrongCursor(page.IsBackwards ? "before" : "after");

    private static void Write(Utf8JsonWriter writer, ErrorReportCounts counts)
    {
        writer.WriteStartObject("counts");
        writer.WriteNumber("open", counts.Open);
        writer.WriteNumber("answered", counts.Answered);
        writer.WriteNumber("dismissed", counts.Dismissed);
        writer.WriteEndObject();
    }
}
