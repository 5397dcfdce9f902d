using System.Text.Json;
using System.Text.Json.Serialization;
using Disclosure.Canonical;
using Npgsql;
using NpgsqlTypes;

namespace DisclosureApi.Store;

/// <summary>An append that waits for its place, and the caller who waits for the answer.</summary>
internal sealed class PendingAppend(Append append)
{
    private readonly TaskCompletionSource<AppendResult> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // Ids are given once, so that after a lost answer the store can be asked whether they are in it.
    private readonly Guid[] _ids = [.. append.Events.Select(_ => Guid.CreateVersion7())];
    private readonly string[] _salts = [.. append.Events.Select(_ => CommittedText.NewSalt())];

    public Append Append => append;

    public Task<AppendResult> Answer => _answer.Task;

    public Guid FirstId => _ids[0];

    public int Size => append.Events.Count;

    public void Resolve(AppendResult result) => _answer.TrySetResult(result);

    public void Fail(Exception fault) => _answer.TrySetException(fault);

    /// <summary>The events at their place after this position.</summary>
    public PlacedAppend After(long position, DateTimeOffset at) => new(this, [.. append.Events.Select((happened, i) =>
        new StoredEvent(position + 1 + i, _ids[i], append.Stream, append.ExpectedVersion + 1 + i, at, happened, append.Provenance))], _salts);
}

/// <summary>An append at the place it will have if everything is as it is believed to be.</summary>
internal sealed record PlacedAppend(PendingAppend Pending, IReadOnlyList<StoredEvent> Events, IReadOnlyList<string> Salts);

/// <summary>The statements that store appends, many rows at a time.</summary>
internal static class AppendBatch
{
    public const long Lock = 0x4453_434c_4150;

    /// <summary>SQLSTATE of the function that finds another end, or another version of a stream, than the one believed in.</summary>
    public const string Moved = "DSMVD";

    private static readonly JsonSerializerOptions HeaderOptions = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    /// <summary>
    /// Everything of a transaction in one round trip: the lock, the proof that the end and the versions are as believed,
    /// the rows, the commit. When the proof fails, nothing of it happens.
    /// </summary>
    /// <param name="versions">The versions that the streams are believed to have.</param>
    public static void Fill(NpgsqlBatch batch, Tail believed, Dictionary<string, long> versions, IReadOnlyList<PlacedAppend> placed)
    {
        batch.BatchCommands.Add(new("begin"));
        batch.BatchCommands.Add(new($"select pg_advisory_xact_lock({Lock})"));
        batch.BatchCommands.Add(Proof(believed, versions));
        AddRows(batch, placed);
    }

    /// <summary>The rows and the commit, for a transaction that already holds the lock and knows the end.</summary>
    public static void AddRows(NpgsqlBatch batch, IReadOnlyList<PlacedAppend> placed)
    {
        batch.BatchCommands.Add(Streams(placed));
        batch.BatchCommands.Add(Events(placed));
        foreach (var append in placed)
        {
            foreach (var command in append.Pending.Append.Project(append.Events))
            {
                batch.BatchCommands.Add(command);
            }
        }
        batch.BatchCommands.Add(EventStore.Command("select setval('mt_events_sequence', $1)", placed[^1].Events[^1].Position));
        batch.BatchCommands.Add(new("notify disclosure_events"));
        batch.BatchCommands.Add(new("commit"));
    }

    private static NpgsqlBatchCommand Proof(Tail believed, Dictionary<string, long> versions) =>
        EventStore.Command("select disclosure_stands($1, $2, $3)", believed.Position, versions.Keys.ToArray(), versions.Values.ToArray());

    private static NpgsqlBatchCommand Streams(IReadOnlyList<PlacedAppend> placed)
    {
        var last = placed.GroupBy(append => append.Pending.Append.Stream, StringComparer.Ordinal).Select(stream => stream.Last()).ToList();
        return EventStore.Command(
            """
            insert into mt_streams (id, type, version, timestamp, created)
            select id, type, version, at, at from unnest($1, $2, $3, $4) as s (id, type, version, at)
            on conflict (id) do update set version = excluded.version, timestamp = excluded.timestamp
            """,
            last.ConvertAll(append => append.Pending.Append.Stream).ToArray(),
            last.ConvertAll(append => append.Pending.Append.StreamType).ToArray(),
            last.ConvertAll(append => append.Events[^1].Version).ToArray(),
            last.ConvertAll(append => append.Events[^1].At).ToArray());
    }

    private static NpgsqlBatchCommand Events(IReadOnlyList<PlacedAppend> placed)
    {
        var rows = placed.SelectMany(append => append.Events.Zip(append.Salts)).ToList();
        var command = EventStore.Command(
            """
            insert into mt_events (seq_id, id, stream_id, version, type, timestamp, mt_dotnet_type, correlation_id, user_name, data, headers)
            select * from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
            """,
            rows.ConvertAll(row => row.First.Position).ToArray(),
            rows.ConvertAll(row => row.First.Id).ToArray(),
            rows.ConvertAll(row => row.First.Stream).ToArray(),
            rows.ConvertAll(row => row.First.Version).ToArray(),
            rows.ConvertAll(row => EventCodec.NameOf(row.First.Happened)).ToArray(),
            rows.ConvertAll(row => row.First.At).ToArray(),
            rows.ConvertAll(row => EventCodec.DotnetTypeOf(row.First.Happened)).ToArray(),
            rows.ConvertAll(row => row.First.Provenance.Request).ToArray(),
            rows.ConvertAll(row => row.First.Provenance.Actor).ToArray());
        command.Parameters.Add(Jsonb(rows.ConvertAll(row => EventCodec.Encode(row.First.Happened)).ToArray()));
        command.Parameters.Add(Jsonb(rows.ConvertAll(row => Headers(row.First.Provenance, row.Second)).ToArray()));
        return command;
    }

    public static EventHeaders ReadHeaders(string json) => JsonSerializer.Deserialize<EventHeaders>(json, HeaderOptions)!;

    private static string Headers(Provenance by, string salt) => JsonSerializer.Serialize(new EventHeaders(by.Role, by.Agency, by.Client, salt), HeaderOptions);

    private static NpgsqlParameter Jsonb(string[] values) => new() { Value = values, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Jsonb };
}
