using Disclosure.Reports;
using DisclosureApi.Http;
using DisclosureApi.Store;
using DisclosureApi.Store.History;
using Npgsql;

namespace DisclosureApi.Audit;

/// <summary>One event of a report, and the JSON in which auditors read it.</summary>
internal sealed record ReplayedEvent(long Position, long Version, DateTimeOffset At, string Actor, EventHeaders Headers, byte[] Json, ReportEvent Happened);

/// <summary>All events of a report, for whoever checks its life.</summary>
internal sealed class ReplayedReport(NpgsqlDataSource database)
{
    /// <summary>In order; none where nothing has happened.</summary>
    public async Task<IReadOnlyList<ReplayedEvent>> ReadAsync(ReportId id, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand($"select {EventJson.Columns} from mt_events where stream_id = $1 order by version");
        command.Parameters.Add(new() { Value = id.Stream });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var events = new List<ReplayedEvent>();
        while (await reader.ReadAsync(cancellation))
        {
            events.Add(new ReplayedEvent(
                reader.GetInt64(0), reader.GetInt64(3), reader.GetFieldValue<DateTimeOffset>(5), reader.GetString(8),
                EventRow.ReadHeaders(reader.GetString(9)), Written(reader), (ReportEvent)EventCodec.Decode(reader.GetString(4), reader.GetFieldValue<byte[]>(EventJson.Data))));
        }
        return events;
    }

    private static byte[] Written(NpgsqlDataReader row) => Json.Bytes(writer =>
    {
        writer.WriteStartObject();
        EventJson.WriteMembers(writer, row);
        writer.WriteEndObject();
    });
}
