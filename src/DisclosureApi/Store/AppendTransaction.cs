using DisclosureApi.Store.Following;
using Npgsql;

namespace DisclosureApi.Store;

/// <summary>
/// Stores batches of appends on one connection, in one round trip where the end is where it is believed to be, in three
/// where it is not.
/// </summary>
/// <param name="connection">Goes with this.</param>
/// <param name="left">Ends when the connection leads to a primary that is none any more; what was stored there is then asked of the one that is.</param>
/// <param name="recent">Takes in what was committed.</param>
internal sealed class AppendTransaction(NpgsqlConnection connection, TimeProvider clock, RecentEvents recent, CancellationToken left) : IAsyncDisposable
{
    private readonly AppendBatch _appends = new(connection);

    /// <summary>Stores the batch, decides each append, and returns where the order ends now.</summary>
    public async Task<Tail> StoreAsync(IReadOnlyList<PendingAppend> batch, Tail? believed)
    {
        var expected = AsExpected(batch);
        if (believed is not null && Place(batch, believed, new(expected, expected.Comparer)) is { Refused.Count: 0 } all)
        {
            try
            {
                await _appends.StoreAsync(believed, expected, all.Placed, left);
                return Decide(all, believed);
            }
            catch (PostgresException moved) when (moved.SqlState == AppendBatch.Moved)
            {
                // Nothing of it was stored. Under the lock the end is asked for, and then it cannot move any more.
            }
        }
        var (tail, versions) = await TakeLockAsync(expected.Keys);
        var before = expected.Keys.ToDictionary(stream => stream, stream => versions.GetValueOrDefault(stream), StringComparer.Ordinal);
        var some = Place(batch, tail, versions);
        if (some.Placed.Count > 0)
        {
            await _appends.StoreAsync(tail, before, some.Placed, left);
        }
        await ExecuteAsync("commit");
        return Decide(some, tail);
    }

    /// <summary>Which of these appends are in the store, by their first event's id.</summary>
    public async Task<IReadOnlyDictionary<Guid, (long Position, DateTimeOffset At)>> FindAsync(IReadOnlyList<PendingAppend> batch)
    {
        await using var statements = new NpgsqlBatch(connection);
        AddLock(statements);
        statements.BatchCommands.Add(EventStore.Command("select id, seq_id, timestamp from mt_events where id = any ($1)", (object)batch.Select(pending => pending.FirstId).ToArray()));
        // With a synchronous standby this commit, because it writes, waits until the standby has it, and with it the events that are told of.
        statements.BatchCommands.Add(new("select pg_logical_emit_message(true, 'disclosure', '')"));
        statements.BatchCommands.Add(new("commit"));
        await using var reader = await statements.ExecuteReaderAsync(left);
        await reader.NextResultAsync(left);
        var found = new Dictionary<Guid, (long, DateTimeOffset)>();
        while (await reader.ReadAsync(left))
        {
            found.Add(reader.GetGuid(0), (reader.GetInt64(1), reader.GetFieldValue<DateTimeOffset>(2)));
        }
        return found;
    }

    /// <summary>Gives the connection back, which rolls back what it has begun.</summary>
    public async ValueTask DisposeAsync()
    {
        await _appends.DisposeAsync();
        await connection.DisposeAsync();
    }

    private sealed record Placing(List<PlacedAppend> Placed, List<(PendingAppend Pending, long Version)> Refused);

    /// <summary>Gives each append its place in the order of the line; an append sees those before it in the same batch.</summary>
    /// <param name="versions">The versions that streams have before the batch.</param>
    private Placing Place(IReadOnlyList<PendingAppend> batch, Tail tail, Dictionary<string, long> versions)
    {
        var (placing, position, at) = (new Placing([], []), tail.Position, tail.Next(clock));
        foreach (var pending in batch)
        {
            var append = pending.Append;
            var version = versions.GetValueOrDefault(append.Stream);
            if (version != append.ExpectedVersion || (append.Unchanged is { } other && versions.GetValueOrDefault(other.Stream) != other.Version))
            {
                placing.Refused.Add((pending, version));
                continue;
            }
            placing.Placed.Add(pending.After(position, at));
            position += pending.Size;
            versions[append.Stream] = version + pending.Size;
        }
        return placing;
    }

    /// <summary>The versions if everyone expects rightly; two who expect differently of one stream cannot both.</summary>
    private static Dictionary<string, long> AsExpected(IReadOnlyList<PendingAppend> batch)
    {
        var versions = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var append in batch.Select(pending => pending.Append))
        {
            versions.TryAdd(append.Stream, append.ExpectedVersion);
            if (append.Unchanged is { } other)
            {
                versions.TryAdd(other.Stream, other.Version);
            }
        }
        return versions;
    }

    /// <summary>Takes the lock that orders all appends and reads, once it is ours, where the order ends and what versions the streams have.</summary>
    private async Task<(Tail Tail, Dictionary<string, long> Versions)> TakeLockAsync(IEnumerable<string> streams)
    {
        await using var statements = new NpgsqlBatch(connection);
        AddLock(statements);
        statements.BatchCommands.Add(new("select seq_id, timestamp from mt_events order by seq_id desc limit 1"));
        statements.BatchCommands.Add(EventStore.Command("select id, version from mt_streams where id = any ($1)", (object)streams.ToArray()));
        await using var reader = await statements.ExecuteReaderAsync(left);
        await reader.NextResultAsync(left);
        var tail = await reader.ReadAsync(left) ? new Tail(reader.GetInt64(0), reader.GetFieldValue<DateTimeOffset>(1)) : new Tail(0, null);
        await reader.NextResultAsync(left);
        var versions = new Dictionary<string, long>(StringComparer.Ordinal);
        while (await reader.ReadAsync(left))
        {
            versions.Add(reader.GetString(0), reader.GetInt64(1));
        }
        return (tail, versions);
    }

    private static void AddLock(NpgsqlBatch statements)
    {
        statements.BatchCommands.Add(new("begin"));
        statements.BatchCommands.Add(new($"select pg_advisory_xact_lock({AppendBatch.Lock})"));
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(left);
    }

    private Tail Decide(Placing placing, Tail before)
    {
        recent.Add(placing.Placed);
        placing.Refused.ForEach(refused => refused.Pending.Decide(new AppendResult.Conflict(refused.Version)));
        placing.Placed.ForEach(placed => placed.Pending.Decide(new AppendResult.Stored(placed.Events)));
        return placing.Placed.Count > 0 ? new Tail(placing.Placed[^1].Events[^1].Position, placing.Placed[^1].Events[^1].At) : before;
    }
}
