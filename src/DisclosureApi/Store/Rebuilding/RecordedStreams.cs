using System.Runtime.CompilerServices;
using Npgsql;
using NpgsqlTypes;

namespace DisclosureApi.Store.Rebuilding;

/// <summary>All events of one stream that have happened so far.</summary>
internal sealed record RecordedStream(string Name, IReadOnlyList<RecordedEvent> Events);

/// <summary>Reads events stream by stream. Rows flow from the server as they are taken, so that no more than one stream is held at a time.</summary>
internal static class RecordedStreams
{
    // The kind of a stream is compared by a pattern, which means the same under every collation.
    private const string OfKind = "stream_id like $1 || '/%'";
    private const string Named = "stream_id = any ($1)";

    /// <summary>Every stream of a kind, as the connection's transaction sees them.</summary>
    public static IAsyncEnumerable<RecordedStream> OfKindAsync(NpgsqlConnection connection, string kind, CancellationToken cancellation) =>
        ReadAsync(connection, OfKind, new() { Value = kind, NpgsqlDbType = NpgsqlDbType.Text }, cancellation);

    /// <summary>These streams.</summary>
    public static IAsyncEnumerable<RecordedStream> NamedAsync(NpgsqlConnection connection, string[] names, CancellationToken cancellation) =>
        ReadAsync(connection, Named, new() { Value = names, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text }, cancellation);

    private static async IAsyncEnumerable<RecordedStream> ReadAsync(
        NpgsqlConnection connection, string which, NpgsqlParameter parameter, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(
            $"select stream_id, seq_id, version, timestamp, user_name, type, data::text from mt_events where {which} order by stream_id, version", connection);
        command.Parameters.Add(parameter);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var (name, events) = ("", new List<RecordedEvent>());
        while (await reader.ReadAsync(cancellation))
        {
            var next = reader.GetString(0);
            if (next != name && events.Count > 0)
            {
                yield return new RecordedStream(name, events);
                events = [];
            }
            name = next;
            events.Add(Read(reader));
        }
        if (events.Count > 0)
        {
            yield return new RecordedStream(name, events);
        }
    }

    private static RecordedEvent Read(NpgsqlDataReader reader) => new(
        reader.GetInt64(1), reader.GetInt64(2), reader.GetFieldValue<DateTimeOffset>(3), reader.GetString(4),
        EventCodec.Decode(reader.GetString(5), reader.GetFieldValue<byte[]>(6)));
}
