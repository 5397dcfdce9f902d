using System.Globalization;
using System.Text.Json;
using Disclosure.Reports;
using DisclosureApi.Access;
using DisclosureApi.Http;

namespace DisclosureApi.Reports;

/// <summary>GET /v1/work: the reports that wait for the caller, or that he waits for.</summary>
internal static class GetWork
{
    private const int MostPointers = 100;

    public static readonly OperationContract Contract = new("list_work", "Reports", "List what waits for the caller")
    {
        Description =
            "Submitters see the unfinished reports of their agencies, those of the year now due that nobody has begun among them; secrecy reviewers the drafts that they did not write and whose content waits for them; "
            + "reviewers what was handed in to their office or waits for publication, with what changed since it was last returned; "
            + "both the error reports of readers that wait for an answer, an item for each report that has some, and the new findings of a check after others were corrected, until somebody checks the report again or corrects it; "
            + "archivists the bodies under their office that are past the deadline with nothing filed. In the order of codes and years. next is the address of the following page, null on the last.",
        IsPaged = true,
        Answers = [new(200, "WorkPage", "A page of reports") { Headers = ["Link"] }],
        Problems = [400],
    };

    public static async Task<IResult> HandleAsync(HttpContext context, WorkList work, Settings settings, TimeProvider clock, CancellationToken cancellation)
    {
        var page = Page.Of(context.Request);
        var (today, forgotten) = (WorkList.Today(clock), clock.GetUtcNow() - settings.ForgottenAfter);
        var found = await work.ListAsync(Caller.Of(context)!, today, page, cancellation);
        return page.PrivateAnswer("/v1/work", [.. found.Select(item => ($"{item.Agency.Code}/{item.Year:D4}/{item.Place}", Json.Bytes(writer => Write(writer, item, today, forgotten))))]);
    }

    /// <param name="forgotten">A draft that was last touched before this time is forgotten: it is told, and never discarded behind its agency's back.</param>
    private static void Write(Utf8JsonWriter writer, WorkItem item, DateOnly today, DateTimeOffset forgotten)
    {
        var id = new ReportId(item.Agency.Code, item.Year);
        writer.WriteStartObject();
        AgencySummary.Write(writer, item.Agency);
        writer.WriteNumber("year", item.Year);
        writer.WriteString("kind", item.Kind);
        writer.WriteString("state", item.State);
        writer.WriteString("nextStep", item.NextStep);
        WriteAll(writer, "waitsFor", item.WaitsFor);
        writer.WriteString("deadline", Day(item.Deadline));
        // The figures of a correction are public already; nothing about it can be late.
        writer.WriteBoolean("isLate", today > item.Deadline && item.Kind == WorkItem.OfReport && !item.State.StartsWith("correct", StringComparison.Ordinal));
        writer.WriteString("since", item.Since?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture));
        writer.WriteBoolean("isForgotten", item.Kind == WorkItem.OfReport && item.State is "draft" or "correcting" && item.Since < forgotten);
        writer.WriteString("contentHash", item.ContentHash);
        writer.WriteNumber("comments", item.Comments);
        WriteChanges(writer, item.Changed);
        writer.WriteNumber("errorReports", item.ErrorReports);
        writer.WriteNumber("newFindings", item.NewFindings);
        writer.WriteStartObject("links");
        writer.WriteString("report", Links.Report(id));
        writer.WriteString("draft", Links.Draft(id));
        writer.WriteString("errorReports", Links.ErrorReports(id));
        writer.WriteString("assessments", Links.Assessments(id));
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static void WriteChanges(Utf8JsonWriter writer, IReadOnlyList<string>? changed)
    {
        if (changed is null)
        {
            writer.WriteNull("changedSinceReturn");
            return;
        }
        writer.WriteStartObject("changedSinceReturn");
        writer.WriteNumber("count", changed.Count);
        WriteAll(writer, "pointers", changed.Take(MostPointers));
        writer.WriteEndObject();
    }

    private static void WriteAll(Utf8JsonWriter writer, string name, IEnumerable<string> values)
    {
        writer.WriteStartArray(name);
        foreach (var value in values)
        {
            writer.WriteStringValue(value);
        }
        writer.WriteEndArray();
    }

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
