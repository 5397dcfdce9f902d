using DisclosureApi.Store.Following;
using DisclosureApi.Store.Replicas;
using Npgsql;

namespace DisclosureApi.Store;

/// <summary>The events of one stream, in order.</summary>
public sealed record StreamHistory(long Version, IReadOnlyList<StoredEvent> Events);

/// <summary>
/// The one place where events are stored and read. All appends pass under one lock, so that positions are gapless and in
/// commit order: a reader that has seen position n has seen everything before it.
/// </summary>
/// <param name="whole">The host's own connections: for appends, and for who asks for no sight.</param>
/// <param name="requests">Connections that see what a request's sight shows; the host's own when left out.</param>
/// <param name="readings">Where a request reads that writes nothing; where it would write when left out.</param>
public sealed class EventStore(
    NpgsqlDataSource whole, TimeProvider clock, NpgsqlDataSource? requests = null, Fence? fence = null, ReadDatabase? readings = null, CancellationToken stopping = default) : IAsyncDisposable
{
    private const int LongestReading = 4;

    private readonly AppendLine _line = new(whole, clock, fence, stopping);
    private readonly NpgsqlDataSource _requests = requests ?? whole;

    /// <summary>All events of the stream, whoever asks.</summary>
    public async Task<StreamHistory> ReadAsync(string stream, CancellationToken cancellation) =>
        await ReadAsync(readings is null ? whole : await readings.WholeAsync(cancellation), Sight.None, stream, cancellation);

    /// <summary>The events of the stream; none of a report's where the sight does not reach.</summary>
    public async Task<StreamHistory> ReadAsync(string stream, Sight sight, CancellationToken cancellation) =>
        await ReadAsync(readings is null ? _requests : await readings.SourceAsync(cancellation), sight, stream, cancellation);

    private static async Task<StreamHistory> ReadAsync(NpgsqlDataSource database, Sight sight, string stream, CancellationToken cancellation)
    {
        await using var batch = database.CreateBatch();
        // Who decides on a stream has no more time than who reads it, on whichever connection.
        batch.Timeout = LongestReading;
        batch.BatchCommands.Add(sight.Open());
        batch.BatchCommands.Add(Command(
            """
            select seq_id, id, version, timestamp, type, data::text, headers::text, user_name, correlation_id
            from mt_events where stream_id = $1 order by version
            """, stream));
        await using var reader = await batch.ExecuteReaderAsync(cancellation);
        await reader.NextResultAsync(cancellation);
        var events = new List<StoredEvent>();
        while (await reader.ReadAsync(cancellation))
        {
            events.Add(Read(reader, stream));
        }
        return new StreamHistory(events.Count == 0 ? 0 : events[^1].Version, events);
    }

    /// <summary>Whether both streams still have these versions, in one round trip.</summary>
    public async Task<bool> StandAsync(string stream, long version, string other, long otherVersion, Sight sight, CancellationToken cancellation)
    {
        await using var batch = _requests.CreateBatch();
        batch.BatchCommands.Add(sight.Open());
        batch.BatchCommands.Add(Command(
            "select coalesce((select version from mt_streams where id = $1), 0) = $2 and coalesce((select version from mt_streams where id = $3), 0) = $4",
            stream, version, other, otherVersion));
        await using var reader = await batch.ExecuteReaderAsync(cancellation);
        await reader.NextResultAsync(cancellation);
        return await reader.ReadAsync(cancellation) && reader.GetBoolean(0);
    }

    /// <summary>Stores the events and the read models' changes in one transaction, or tells which version stands in the way.</summary>
    public Task<AppendResult> AppendAsync(Append append, CancellationToken cancellation) => _line.AppendAsync(append, cancellation);

    /// <summary>How many appends wait for the transaction that is under way.</summary>
    public int Queued => _line.Queued;

    /// <summary>What this host stored last.</summary>
    internal RecentEvents Recent => _line.Recent;

    public ValueTask DisposeAsync() => _line.DisposeAsync();

    private static StoredEvent Read(NpgsqlDataReader reader, string stream)
    {
        var headers = EventRow.ReadHeaders(reader.GetString(6));
        return new StoredEvent(
            reader.GetInt64(0), reader.GetGuid(1), stream, reader.GetInt64(2), reader.GetFieldValue<DateTimeOffset>(3),
            EventCodec.Decode(reader.GetString(4), reader.GetString(5)),
            new Provenance(reader.GetString(7), headers.Role, headers.Agency, headers.Client, reader.GetString(8)));
    }

    /// <summary>A statement with positional parameters, null for what is not given.</summary>
    public static NpgsqlBatchCommand Command(string sql, params ReadOnlySpan<object?> values)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var value in values)
        {
            command.Parameters.Add(new() { Value = value ?? DBNull.Value });
        }
        return command;
    }
}
