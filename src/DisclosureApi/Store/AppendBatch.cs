using Npgsql;
using NpgsqlTypes;

namespace DisclosureApi.Store;

/// <summary>
/// The statements that store appends on one connection, many rows at a time. The call that stores the events is made once
/// and given other values for each batch: to make its parameters anew took as long as to send them.
/// </summary>
internal sealed class AppendBatch : IAsyncDisposable
{
    public const long Lock = 0x4453_434c_4150;

    /// <summary>SQLSTATE of the function that finds another end, or another version of a stream, than the one believed in.</summary>
    public const string Moved = "DSMVD";

    private readonly NpgsqlBatch _statements;
    private readonly NpgsqlBatchCommand _store = new("select disclosure_store($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)");

    // The arguments in the function's order.
    private readonly NpgsqlParameter<long> _tail = new() { NpgsqlDbType = NpgsqlDbType.Bigint };
    private readonly ArrayParameter<ChangedStream>[] _streams =
    [
        new ArrayParameter<ChangedStream, string>(NpgsqlDbType.Varchar, stream => stream.Last.Pending.Append.Stream),
        new ArrayParameter<ChangedStream, string>(NpgsqlDbType.Varchar, stream => stream.Last.Pending.Append.StreamType),
        new ArrayParameter<ChangedStream, long>(NpgsqlDbType.Bigint, stream => stream.Before),
        new ArrayParameter<ChangedStream, long>(NpgsqlDbType.Bigint, stream => stream.Last.Events[^1].Version),
    ];
    private readonly ArrayParameter<KeyValuePair<string, long>>[] _others =
    [
        new ArrayParameter<KeyValuePair<string, long>, string>(NpgsqlDbType.Varchar, other => other.Key),
        new ArrayParameter<KeyValuePair<string, long>, long>(NpgsqlDbType.Bigint, other => other.Value),
    ];
    private readonly NpgsqlParameter<DateTimeOffset> _at = new() { NpgsqlDbType = NpgsqlDbType.TimestampTz };
    private readonly ArrayParameter<PlacedEvent>[] _events =
    [
        new ArrayParameter<PlacedEvent, Guid>(NpgsqlDbType.Uuid, placed => placed.Row.Id),
        new ArrayParameter<PlacedEvent, string>(NpgsqlDbType.Varchar, placed => placed.Stored.Stream),
        new ArrayParameter<PlacedEvent, long>(NpgsqlDbType.Bigint, placed => placed.Stored.Version),
        new ArrayParameter<PlacedEvent, string>(NpgsqlDbType.Varchar, placed => placed.Row.Type),
        new ArrayParameter<PlacedEvent, string>(NpgsqlDbType.Varchar, placed => placed.Row.DotnetType),
        new ArrayParameter<PlacedEvent, string>(NpgsqlDbType.Varchar, placed => placed.Stored.Provenance.Request),
        new ArrayParameter<PlacedEvent, string>(NpgsqlDbType.Varchar, placed => placed.Stored.Provenance.Actor),
        new ArrayParameter<PlacedEvent, string>(NpgsqlDbType.Jsonb, placed => placed.Row.Data),
        new ArrayParameter<PlacedEvent, string>(NpgsqlDbType.Jsonb, placed => placed.Row.Headers),
    ];

    public AppendBatch(NpgsqlConnection connection)
    {
        _statements = new NpgsqlBatch(connection);
        NpgsqlParameter[] arguments =
        [
            _tail, .. _streams.Select(streams => streams.Parameter), .. _others.Select(others => others.Parameter),
            _at, .. _events.Select(events => events.Parameter),
        ];
        foreach (var argument in arguments)
        {
            _store.Parameters.Add(argument);
        }
    }

    /// <summary>
    /// Stores the rows and what read models make of them. Sent by itself this is a transaction in one round trip, because
    /// what is sent together commits together: the lock, the proof that the end and the versions are as believed, the rows.
    /// When the proof fails, nothing of it happens.
    /// </summary>
    /// <param name="versions">The versions that the streams are believed to have.</param>
    public async Task StoreAsync(Tail believed, Dictionary<string, long> versions, IReadOnlyList<PlacedAppend> placed, CancellationToken cancellation)
    {
        _statements.BatchCommands.Clear();
        Fill(believed, versions, placed);
        _statements.BatchCommands.Add(_store);
        foreach (var rows in placed.SelectMany(append => append.Pending.Append.Standing(append.Events)).GroupBy(row => row.Table))
        {
            _statements.BatchCommands.Add(rows.Key.UpsertAll([.. rows]));
        }
        foreach (var append in placed)
        {
            foreach (var command in append.Pending.Append.Project(append.Events))
            {
                _statements.BatchCommands.Add(command);
            }
        }
        await _statements.ExecuteNonQueryAsync(cancellation);
    }

    public ValueTask DisposeAsync() => _statements.DisposeAsync();

    /// <summary>Each stream once, as it is before and as the last of its appends leaves it; those that decisions only read; the events.</summary>
    private void Fill(Tail believed, Dictionary<string, long> versions, IReadOnlyList<PlacedAppend> placed)
    {
        var last = new Dictionary<string, PlacedAppend>(placed.Count, StringComparer.Ordinal);
        var events = new List<PlacedEvent>(placed.Count);
        foreach (var append in placed)
        {
            last[append.Pending.Append.Stream] = append;
            for (var i = 0; i < append.Events.Count; i++)
            {
                events.Add(new PlacedEvent(append.Events[i], append.Pending.Rows[i]));
            }
        }
        _tail.TypedValue = believed.Position;
        Fill(_streams, [.. last.Select(stream => new ChangedStream(versions[stream.Key], stream.Value))]);
        Fill(_others, [.. versions.Where(version => !last.ContainsKey(version.Key))]);
        _at.TypedValue = placed[0].Events[0].At;
        Fill(_events, events);
    }

    private static void Fill<TRow>(ArrayParameter<TRow>[] parameters, List<TRow> rows)
    {
        foreach (var parameter in parameters)
        {
            parameter.Fill(rows);
        }
    }

    private readonly record struct ChangedStream(long Before, PlacedAppend Last);

    private readonly record struct PlacedEvent(StoredEvent Stored, EventRow Row);

    /// <summary>An argument that is a list with one value of each row.</summary>
    private abstract class ArrayParameter<TRow>
    {
        public abstract NpgsqlParameter Parameter { get; }

        public abstract void Fill(List<TRow> rows);
    }

    private sealed class ArrayParameter<TRow, TValue>(NpgsqlDbType type, Func<TRow, TValue> of) : ArrayParameter<TRow>
    {
        private readonly NpgsqlParameter<TValue[]> _parameter = new() { NpgsqlDbType = NpgsqlDbType.Array | type };

        public override NpgsqlParameter Parameter => _parameter;

        public override void Fill(List<TRow> rows)
        {
            var values = new TValue[rows.Count];
            for (var i = 0; i < values.Length; i++)
            {
                values[i] = of(rows[i]);
            }
            _parameter.TypedValue = values;
        }
    }
}
