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

/// <summary>Reads events stream by stream, some streams at once, so that no more is held than these.</summary>
internal static class RecordedStreams
{
    public const int AtOnce = 200;

    /// <summary>Each stream is looked up by its name, and not found by going through all events.</summary>
    private const string Named =
        """
        select n.name, e.seq_id, e.version, e.timestamp, e.user_name, e.type, e.data::text
        from unnest($1::varchar[]) with ordinality as n (name, nth) cross join lateral (select * from mt_events s where s.stream_id = n.name offset 0) as e
        order by n.nth, e.version
        """;

    /// <summary>The kind of a stream is compared by a pattern, which means the same under every collation.</summary>
    private const string Next =
        "select stream_id, seq_id from mt_events where seq_id > $1 and version = 1 and stream_id like $2 || '/%' order by seq_id limit $3";

    /// <summary>
    /// Every stream of a kind, as the connection's transaction sees them, in the order in which they began: what happened together is read
    /// together, and the rows that are made of it lie together, as they do in a database that grew.
    /// </summary>
    public static async IAsyncEnumerable<RecordedStream> OfKindAsync(NpgsqlConnection connection, string kind, [EnumeratorCancellation] CancellationToken cancellation)
    {
        for (var (names, last) = await NextAsync(connection, kind, 0, cancellation); names.Length > 0; (names, last) = await NextAsync(connection, kind, last, cancellation))
        {
            await foreach (var stream in NamedAsync(connection, names, cancellation))
            {
                yield return stream;
            }
        }
    }

    /// <summary>These streams, in this order.</summary>
    public static async IAsyncEnumerable<RecordedStream> NamedAsync(NpgsqlConnection connection, string[] names, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(Named, connection);
        command.Parameters.Add(new() { Value = names, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Varchar });
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

    private static async Task<(string[] Names, long Last)> NextAsync(NpgsqlConnection connection, string kind, long after, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(Next, connection);
        command.Parameters.Add(new() { Value = after });
        command.Parameters.Add(new() { Value = kind, NpgsqlDbType = NpgsqlDbType.Text });
        command.Parameters.Add(new() { Value = AtOnce });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var (names, last) = (new List<string>(AtOnce), after);
        while (await reader.ReadAsync(cancellation))
        {
            names.Add(reader.GetString(0));
            last = reader.GetInt64(1);
        }
        return ([.. names], last);
    }
}
