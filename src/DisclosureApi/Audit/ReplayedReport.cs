using System.Text.Json;
using Disclosure.Reports;
using DisclosureApi.Store;
using DisclosureApi.Store.History;

namespace DisclosureApi.Audit;

/// <summary>One event of a report: as it is stored, and as what happened.</summary>
internal sealed record ReplayedEvent(EventRecord Stored, ReportEvent Happened)
{
    /// <summary>The member of the headers that has this name; null where there is none.</summary>
    public string? Header(string name)
    {
        using var headers = JsonDocument.Parse(Stored.Headers);
        return headers.RootElement.TryGetProperty(name, out var value) ? value.GetString() : null;
    }
}

/// <summary>All events of a report, for whoever checks its life.</summary>
internal sealed class ReplayedReport(WholeDatabase whole)
{
    /// <summary>In order; none where nothing has happened.</summary>
    public async Task<IReadOnlyList<ReplayedEvent>> ReadAsync(ReportId id, CancellationToken cancellation)
    {
        await using var command = whole.Source.CreateCommand($"select {EventJson.Columns} from mt_events where stream_id = $1 order by version");
        command.Parameters.Add(new() { Value = id.Stream });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var events = new List<ReplayedEvent>();
        while (await reader.ReadAsync(cancellation))
        {
            var stored = EventJson.Read(reader);
            events.Add(new ReplayedEvent(stored, (ReportEvent)EventCodec.Decode(stored.Type, stored.Data)));
        }
        return events;
    }
}
