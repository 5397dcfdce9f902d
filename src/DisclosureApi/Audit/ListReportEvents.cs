using System.Text.Json;
using Disclosure.Reports;
using DisclosureApi.Access.Recording;
using DisclosureApi.Http;
using DisclosureApi.Http.History;
using DisclosureApi.Store;
using DisclosureApi.Store.History;

namespace DisclosureApi.Audit;

/// <summary>GET /v1/audit/reports/{code}/{year}/events: one report's life, step by step, with what each step led to and changed.</summary>
internal static class ListReportEvents
{
    public static readonly OperationContract Contract = new("list_report_events", "Audit", "Replay one report")
    {
        Description =
            "Every event of the report in order: who did it in which role for which body, when, why, in which request; the state it led to; and the cells and texts of the content that it changed, "
            + "under the labels of the form. The report is folded anew from its events for this answer. A registered body's report that nobody has begun has none. This use is recorded.",
        Answers = [new(200, "ReportTrail", "The report's life")],
        Problems = [404],
    };

    public static async Task<IResult> HandleAsync(
        string code, int year, HttpContext context, ReplayedReport reports, AgencyRegister register, Actors actors, CancellationToken cancellation)
    {
        var id = new ReportId(code, year);
        if (!FilingBody.IsReportYear(year) || await register.FindAsync(code, cancellation) is null)
        {
            return new Problem(ProblemTypes.NotFound);
        }
        var events = await reports.ReadAsync(id, cancellation);
        AuditAccess.Of(context).Events += events.Count;
        var names = await actors.NamesAsync([.. events.Select(replayed => replayed.Stored.Actor ?? "")], cancellation);
        var steps = Trail.Replay(events.Select(replayed => (replayed.Happened, replayed.Stored.Actor ?? ""))).ToList();
        return new Answer(StatusCodes.Status200OK, etag: "", body: Json.Bytes(writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("agency", code);
            writer.WriteNumber("year", year);
            writer.WriteString("state", steps.Count == 0 ? Report.None.State : steps[^1].After.State);
            writer.WriteNumber("version", events.Count);
            writer.WriteStartArray("items");
            for (var i = 0; i < steps.Count; i++)
            {
                Write(writer, events[i], names[i], steps[i]);
            }
            writer.WriteEndArray();
            writer.WriteEndObject();
        }));
    }

    /// <summary>The event with its envelope, and beside it what the replay says of it.</summary>
    private static void Write(Utf8JsonWriter writer, ReplayedEvent replayed, string name, TrailStep step)
    {
        writer.WriteStartObject();
        EventJson.WriteMembers(writer, replayed.Stored);
        writer.WriteString("name", name == replayed.Stored.Actor ? null : name);
        writer.WriteString("role", replayed.Header("role"));
        writer.WriteString("agency", replayed.Header("agency"));
        writer.WriteString("state", step.After.State);
        ChangeJson.Write(writer, "revision", step.After.Public?.Number);
        writer.WriteString("reason", step.Reason);
        ChangeJson.Write(writer, step.Changes);
        writer.WriteEndObject();
    }
}
