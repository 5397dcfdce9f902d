using System.Text.Json;
using System.Text.Json.Serialization;
using Disclosure.Canonical;
using Npgsql;
using NpgsqlTypes;

namespace DisclosureApi.Store;

/// <summary>Events to store in one stream, all or none, and what reads models say of them.</summary>
/// <param name="ExpectedVersion">The version of the stream that the decision was made on; 0 for a stream that is not there.</param>
/// <param name="Unchanged">Another stream that the decision read, which must still be at this version.</param>
/// <param name="Project">The changes of read models, computed from the events with their positions and stored with them.</param>
public sealed record Append(
    string Stream, string StreamType, long ExpectedVersion, IReadOnlyList<object> Events, Provenance Provenance,
    StreamVersion? Unchanged, Func<IReadOnlyList<StoredEvent>, IEnumerable<NpgsqlBatchCommand>> Project);

public sealed record StreamVersion(string Stream, long Version);

/// <summary>What became of an append.</summary>
public abstract record AppendResult
{
    private AppendResult()
    {
    }

    public sealed record Stored(IReadOnlyList<StoredEvent> Events) : AppendResult;

    /// <summary>Someone else was faster.</summary>
    public sealed record Conflict(long ActualVersion) : AppendResult;
}

/// <summary>The events of one stream, in order.</summary>
public sealed record StreamHistory(long Version, IReadOnlyList<StoredEvent> Events);

/// <summary>
/// The one place where events are stored and read. All appends pass under one lock, so that positions are gapless and in
/// commit order: a reader that has seen position n has seen everything before it.
/// </summary>
public sealed class EventStore(NpgsqlDataSource database, TimeProvider clock)
{
    private const long AppendLock = 0x4453_434c_4150;

    private static readonly JsonSerializerOptions HeaderOptions = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    public async Task<StreamHistory> ReadAsync(string stream, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(
            """
            select seq_id, id, version, timestamp, type, data::text, headers::text, user_name, correlation_id
            from mt_events where stream_id = $1 order by version
            """);
        command.Parameters.Add(new() { Value = stream });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var events = new List<StoredEvent>();
        while (await reader.ReadAsync(cancellation))
        {
            events.Add(Read(reader, stream));
        }
        return new StreamHistory(events.Count == 0 ? 0 : events[^1].Version, events);
    }

    /// <summary>Stores the events and the read models' changes in one transaction, or tells which version stands in the way.</summary>
    public async Task<AppendResult> AppendAsync(Append append, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        var (position, last, version, other) = await LockTailAsync(connection, append, cancellation);
        if (version != append.ExpectedVersion || other != (append.Unchanged?.Version ?? 0))
        {
            return new AppendResult.Conflict(version);
        }
        var events = Place(append, position, last);
        await using var batch = new NpgsqlBatch(connection, transaction);
        batch.BatchCommands.Add(UpsertStream(append, events[^1]));
        foreach (var stored in events)
        {
            batch.BatchCommands.Add(Insert(stored));
        }
        foreach (var command in append.Project(events))
        {
            batch.BatchCommands.Add(command);
        }
        batch.BatchCommands.Add(Command("select setval('mt_events_sequence', $1)", events[^1].Position));
        await batch.ExecuteNonQueryAsync(cancellation);
        // Once the batch is in, a client that hangs up must not decide whether it counts.
        await transaction.CommitAsync(CancellationToken.None);
        return new AppendResult.Stored(events);
    }

    /// <summary>Takes the lock that orders all appends and reads, after it is ours, where the order ends and what versions the streams have.</summary>
    private static async Task<(long Position, DateTimeOffset? Last, long Version, long Other)> LockTailAsync(
        NpgsqlConnection connection, Append append, CancellationToken cancellation)
    {
        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(new($"select pg_advisory_xact_lock({AppendLock})"));
        batch.BatchCommands.Add(Command(
            """
            select coalesce(tail.seq_id, 0), tail.timestamp,
                coalesce((select version from mt_streams where id = $1), 0), coalesce((select version from mt_streams where id = $2), 0)
            from (select 1) one left join (select seq_id, timestamp from mt_events order by seq_id desc limit 1) tail on true
            """, append.Stream, append.Unchanged?.Stream ?? ""));
        await using var reader = await batch.ExecuteReaderAsync(cancellation);
        await reader.NextResultAsync(cancellation);
        await reader.ReadAsync(cancellation);
        return (
            reader.GetInt64(0),
            await reader.IsDBNullAsync(1, cancellation) ? null : reader.GetFieldValue<DateTimeOffset>(1),
            reader.GetInt64(2),
            reader.GetInt64(3));
    }

    private List<StoredEvent> Place(Append append, long position, DateTimeOffset? last)
    {
        var now = clock.GetUtcNow();
        var at = new DateTimeOffset(now.Ticks - now.Ticks % TimeSpan.TicksPerMicrosecond, TimeSpan.Zero);
        if (last > at)
        {
            at = last.Value;
        }
        return [.. append.Events.Select((happened, i) => new StoredEvent(
            position + 1 + i, Guid.CreateVersion7(), append.Stream, append.ExpectedVersion + 1 + i, at, happened, append.Provenance))];
    }

    private static NpgsqlBatchCommand UpsertStream(Append append, StoredEvent last) => Command(
        """
        insert into mt_streams (id, type, version, timestamp, created) values ($1, $2, $3, $4, $4)
        on conflict (id) do update set version = excluded.version, timestamp = excluded.timestamp
        """, append.Stream, append.StreamType, last.Version, last.At);

    private static NpgsqlBatchCommand Insert(StoredEvent stored)
    {
        var (happened, by) = (stored.Happened, stored.Provenance);
        var command = Command(
            """
            insert into mt_events (seq_id, id, stream_id, version, type, timestamp, mt_dotnet_type, correlation_id, user_name, data, headers)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
            """,
            stored.Position, stored.Id, stored.Stream, stored.Version, EventCodec.NameOf(happened), stored.At, EventCodec.DotnetTypeOf(happened), by.Request, by.Actor);
        var headers = new EventHeaders(by.Role, by.Agency, by.Client, CommittedText.NewSalt());
        command.Parameters.Add(new() { Value = EventCodec.Encode(happened), NpgsqlDbType = NpgsqlDbType.Jsonb });
        command.Parameters.Add(new() { Value = JsonSerializer.Serialize(headers, HeaderOptions), NpgsqlDbType = NpgsqlDbType.Jsonb });
        return command;
    }

    private static StoredEvent Read(NpgsqlDataReader reader, string stream)
    {
        var headers = JsonSerializer.Deserialize<EventHeaders>(reader.GetString(6), HeaderOptions)!;
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
