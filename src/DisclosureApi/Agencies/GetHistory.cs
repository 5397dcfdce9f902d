using System.Globalization;
using System.Text.Json;
using Disclosure.Agencies;
using Disclosure.Canonical;
using DisclosureApi.Http;
using DisclosureApi.Store;

namespace DisclosureApi.Agencies;

/// <summary>GET /v1/agencies/{code}/history: what the register recorded of a body, as what it stood there when, and who came before and after it.</summary>
internal static class GetHistory
{
    public static readonly OperationContract Contract = new("get_history", "Agencies", "Read an agency's history in the register")
    {
        Description =
            "periods tell as what the body stood in the register on any day: reports carry the name of their time. events tell what was recorded, when and why. "
            + "predecessors are bodies whose entries name this one as a successor.",
        Answers =
        [
            new(200, "AgencyHistory", "The history") { Headers = ["ETag"] },
            new(304, null, "The reader already has these bytes") { Headers = ["ETag"] },
        ],
        Problems = [404],
    };

    public static async Task<IResult> HandleAsync(string code, EventStore store, AgencyRegister register, CancellationToken cancellation)
    {
        var history = await store.ReadAsync(Agency.Stream(code), cancellation);
        if (history.Version == 0)
        {
            return new Problem(ProblemTypes.NotFound);
        }
        var timeline = AgencyTimeline.Of(history.Events.Select(stored => (AgencyEvent)stored.Happened));
        var predecessors = await register.PredecessorsAsync(code, cancellation);
        return Answer.Public(writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("code", code);
            WritePeriods(writer, timeline);
            WriteCodes(writer, "predecessors", predecessors);
            WriteCodes(writer, "successors", timeline.Now.Successors);
            writer.WriteStartArray("events");
            foreach (var stored in history.Events)
            {
                WriteEvent(writer, stored);
            }
            writer.WriteEndArray();
            writer.WriteEndObject();
        });
    }

    private static void WritePeriods(Utf8JsonWriter writer, AgencyTimeline timeline)
    {
        writer.WriteStartArray("periods");
        for (var i = 0; i < timeline.Periods.Count; i++)
        {
            writer.WriteStartObject();
            writer.WriteString("from", Day(timeline.Periods[i].From));
            writer.WriteString("to", timeline.EndOf(i) is { } last ? Day(last) : null);
            writer.WritePropertyName("agency");
            writer.WriteRawValue(Json.Bytes(timeline.Periods[i].Agency), skipInputValidation: true);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }

    private static void WriteCodes(Utf8JsonWriter writer, string name, IReadOnlyList<string> codes)
    {
        writer.WriteStartArray(name);
        foreach (var code in codes)
        {
            writer.WriteStringValue(code);
        }
        writer.WriteEndArray();
    }

    private static void WriteEvent(Utf8JsonWriter writer, StoredEvent stored)
    {
        var (type, reason) = Told((AgencyEvent)stored.Happened);
        writer.WriteStartObject();
        writer.WriteNumber("version", stored.Version);
        writer.WriteNumber("position", stored.Position);
        writer.WriteString("at", stored.At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture));
        writer.WriteString("type", type);
        writer.WriteString("reason", reason?.Text);
        writer.WriteEndObject();
    }

    private static (string Type, CommittedText? Reason) Told(AgencyEvent happened) => happened switch
    {
        AgencyEvent.AgencyRegistered => ("registered", null),
        AgencyEvent.AgencyChanged => ("changed", null),
        AgencyEvent.AgencyRenamed renamed => ("renamed", renamed.Reason),
        AgencyEvent.AgencyMerged merged => ("merged", merged.Reason),
        AgencyEvent.AgencyDissolved dissolved => ("dissolved", dissolved.Reason),
        AgencyEvent.AgencyRestored restored => ("restored", restored.Reason),
        AgencyEvent.DutyDecided decided => ("dutyDecided", decided.Reason),
        _ => throw new InvalidOperationException($"unknown event {happened.GetType().Name}"),
    };

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
