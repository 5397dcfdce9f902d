using Npgsql;

namespace DisclosureApi.Store;

/// <summary>
/// Stores batches of appends on one connection, in one round trip where the end is where it is believed to be, in three
/// where it is not. It blocks while it waits: the line has a thread of its own, and waking that thread costs less than
/// coming back from an asynchronous wait.
/// </summary>
internal sealed class AppendTransaction(NpgsqlConnection connection, TimeProvider clock)
{
    /// <summary>Stores the batch, tells each caller, and returns where the order ends now.</summary>
    public Tail Store(IReadOnlyList<PendingAppend> batch, Tail? believed)
    {
        if (believed is not null && Place(batch, believed, AsExpected(batch)) is { Refused.Count: 0 } all)
        {
            try
            {
                Run(believed, AsExpected(batch), all.Placed);
                return Tell(all, believed);
            }
            catch (PostgresException moved) when (moved.SqlState == AppendBatch.Moved)
            {
                // Nothing of it was stored. Under the lock the end is asked for, and then it cannot move any more.
            }
        }
        var (tail, versions) = TakeLock(batch);
        var before = new Dictionary<string, long>(versions, StringComparer.Ordinal);
        var some = Place(batch, tail, versions);
        if (some.Placed.Count > 0)
        {
            Run(tail, before, some.Placed);
        }
        Execute("commit");
        return Tell(some, tail);
    }

    /// <summary>Which of these appends are in the store, by their first event's id.</summary>
    public IReadOnlyDictionary<Guid, (long Position, DateTimeOffset At)> Find(IReadOnlyList<PendingAppend> batch)
    {
        using var statements = new NpgsqlBatch(connection);
        AddLock(statements);
        statements.BatchCommands.Add(EventStore.Command("select id, seq_id, timestamp from mt_events where id = any ($1)", (object)batch.Select(pending => pending.FirstId).ToArray()));
        statements.BatchCommands.Add(new("commit"));
        using var reader = statements.ExecuteReader();
        reader.NextResult();
        var found = new Dictionary<Guid, (long, DateTimeOffset)>();
        while (reader.Read())
        {
            found.Add(reader.GetGuid(0), (reader.GetInt64(1), reader.GetFieldValue<DateTimeOffset>(2)));
        }
        return found;
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
    private (Tail Tail, Dictionary<string, long> Versions) TakeLock(IReadOnlyList<PendingAppend> batch)
    {
        using var statements = new NpgsqlBatch(connection);
        AddLock(statements);
        statements.BatchCommands.Add(new("select seq_id, timestamp from mt_events order by seq_id desc limit 1"));
        statements.BatchCommands.Add(EventStore.Command("select id, version from mt_streams where id = any ($1)", (object)AsExpected(batch).Keys.ToArray()));
        using var reader = statements.ExecuteReader();
        reader.NextResult();
        var tail = reader.Read() ? new Tail(reader.GetInt64(0), reader.GetFieldValue<DateTimeOffset>(1)) : new Tail(0, null);
        reader.NextResult();
        var versions = new Dictionary<string, long>(StringComparer.Ordinal);
        while (reader.Read())
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

    private void Run(Tail tail, Dictionary<string, long> versions, IReadOnlyList<PlacedAppend> placed)
    {
        using var statements = new NpgsqlBatch(connection);
        AppendBatch.Fill(statements, tail, versions, placed);
        statements.ExecuteNonQuery();
    }

    private void Execute(string sql)
    {
        using var command = new NpgsqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }

    private static Tail Tell(Placing placing, Tail before)
    {
        placing.Refused.ForEach(refused => refused.Pending.Resolve(new AppendResult.Conflict(refused.Version)));
        placing.Placed.ForEach(placed => placed.Pending.Resolve(new AppendResult.Stored(placed.Events)));
        return placing.Placed.Count > 0 ? new Tail(placing.Placed[^1].Events[^1].Position, placing.Placed[^1].Events[^1].At) : before;
    }
}
