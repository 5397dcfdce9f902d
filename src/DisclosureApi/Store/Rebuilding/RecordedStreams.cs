using System.Runtime.CompilerServices;
using Npgsql;
using NpgsqlTypes;

namespace DisclosureApi.Store.Rebuilding;

/// <summary>An event with its JSON still to be read.</summary>
internal sealed record RecordedRow(long Position, long Version, DateTimeOffset At, string Actor, string Type, byte[] Json);

/// <summary>All events of one stream that have happened so far, as they stand in the store.</summary>
internal sealed class RecordedStream(string name)
{
    private readonly List<RecordedRow> _rows = [];

    public string Name => name;

    public int Count => _rows.Count;

    /// <summary>The events decoded, which is the greater part of the work with them and may be done on any thread.</summary>
    public IReadOnlyList<RecordedEvent> Decode() =>
        _rows.ConvertAll(row => new RecordedEvent(row.Position, row.Version, row.At, row.Actor, EventCodec.Decode(row.Type, row.Json)));

    public void Add(RecordedRow row) => _rows.Add(row);
}

/// <summary>Reads events stream by stream. Rows flow from the server as they are taken, so that no more is held than is asked for.</summary>
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
        RecordedStream? stream = null;
        while (await reader.ReadAsync(cancellation))
        {
            var name = reader.GetString(0);
            if (stream?.Name != name)
            {
                if (stream is not null)
                {
                    yield return stream;
                }
                stream = new RecordedStream(name);
            }
            stream.Add(new RecordedRow(
                reader.GetInt64(1), reader.GetInt64(2), reader.GetFieldValue<DateTimeOffset>(3), reader.GetString(4), reader.GetString(5), reader.GetFieldValue<byte[]>(6)));
        }
        if (stream is not null)
        {
            yield return stream;
        }
    }
}
