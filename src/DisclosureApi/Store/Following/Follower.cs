using DisclosureApi.Store.Replicas;
using Npgsql;

namespace DisclosureApi.Store.Following;

/// <summary>
/// Keeps this host's memory in step with the store: hears of every event, whoever stored it, and tells those who hold
/// copies what has changed. It also says in the database how far it has come, so that others can wait for it.
/// </summary>
public sealed class Follower(WholeDatabase whole, TimeProvider clock, ILogger<Follower> log, Fence? fence = null, ReplicaSet? replicas = null) : BackgroundService
{
    /// <summary>How long a host counts as alive after it was last heard of, and trusts its memory after it last asked.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    /// <summary>Between two looks while each of them finds something, so that what happens on a busy store is heard of together. After a silence it is heard of at once.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(20);

    /// <summary>Longer than a host may be silent; whoever waits for all others is told by then.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);
    private const int MostAtOnce = 5_000;
    private const string Redacted = "texts_redacted";

    private readonly Guid _host = Guid.CreateVersion7();
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _position = -1;
    private long _rebuild;
    private long _confirmedAt;

    /// <summary>Tells which streams have new events. Handlers drop what they hold of these streams; they must be quick and must not throw.</summary>
    public Action<IReadOnlyList<string>>? Changed { get; set; }

    /// <summary>Tells that something happened that anyone may hear of, and its position; of what people do to their drafts it says nothing. Handlers must be quick and must not throw.</summary>
    public Action<long>? Published { get; set; }

    /// <summary>Tells that something was removed by law. Handlers drop what they hold of persons; they must be quick and must not throw.</summary>
    public Action? Removed { get; set; }

    /// <summary>Tells that anything may have changed, because the store could not be asked for too long to know.</summary>
    public Action? Lost { get; set; }

    /// <summary>
    /// Whether memory may be believed: the store was asked within the lease, so that nobody who waits for this host has
    /// given it up. A host that was frozen finds its lease run out when it thaws, and asks the database.
    /// </summary>
    public bool IsCurrent => Volatile.Read(ref _position) >= 0 && clock.GetElapsedTime(Volatile.Read(ref _confirmedAt)) < Lease;

    /// <summary>The name under which the others see this host.</summary>
    public Guid Host => _host;

    /// <summary>How long a host may be silent before the others go on without it.</summary>
    public static TimeSpan Silent => Lease + Interval;

    /// <summary>Up to which event this host has heard; below 0 while it does not know.</summary>
    public long Position => Volatile.Read(ref _position);

    /// <summary>How long the store has not been heard of; null before the first time.</summary>
    public TimeSpan? Silence => Started.IsCompleted ? clock.GetElapsedTime(Volatile.Read(ref _confirmedAt)) : null;

    /// <summary>Completes when the follower has come to the end of the order for the first time.</summary>
    public Task Started => _started.Task;

    /// <summary>Waits until every live host has heard of this position, or has stopped being alive, and every replica that is read from shows it.</summary>
    /// <param name="from">Where it is asked; on the primary when left out.</param>
    /// <exception cref="TimeoutException">They have not, for longer than anybody is kept waiting.</exception>
    public Task EveryoneAsync(long position, CancellationToken cancellation, NpgsqlDataSource? from = null) => HeardOfAsync(position, from, cancellation).WaitAsync(Patience, clock, cancellation);

    private async Task HeardOfAsync(long position, NpgsqlDataSource? from, CancellationToken cancellation)
    {
        await using var command = (from ?? whole.Source).CreateCommand("select count(*) from hosts where position < $1 and seen_at > clock_timestamp() - $2");
        command.Parameters.Add(new() { Value = position });
        command.Parameters.Add(new() { Value = Silent });
        while (await command.ExecuteScalarAsync(cancellation) is > 0L)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), clock, cancellation);
        }
        await (replicas?.EveryoneAsync(position, cancellation) ?? Task.CompletedTask);
    }

    /// <summary>
    /// Up to where every live host has heard, and the end of the order. Who is told of an event by the first finds what it
    /// changed at any host, and nothing older in anyone's memory.
    /// </summary>
    public async Task<(long Heard, long End)> HeardAsync(CancellationToken cancellation, NpgsqlDataSource? from = null)
    {
        await using var command = (from ?? whole.Source).CreateCommand(
            """
            select coalesce((select min(position) from hosts where position >= 0 and seen_at > clock_timestamp() - $1), whole.position), whole.position
            from (select coalesce(max(seq_id), 0) from mt_events) as whole (position)
            """);
        command.Parameters.Add(new() { Value = Silent });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        await reader.ReadAsync(cancellation);
        return (reader.GetInt64(0), reader.GetInt64(1));
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await FollowAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                await LeaveAsync();
            }
            catch (Exception) when (stoppingToken.IsCancellationRequested)
            {
                // The host ends and so may its database; the lease runs out by itself.
            }
            catch (Exception fault) when (fault is NpgsqlException or TimeoutException or IOException or InvalidOperationException or OperationCanceledException)
            {
                log.LogWarning(fault, "The store cannot be followed; what is held in memory is not served until it can.");
                Volatile.Write(ref _position, -1);
                Lost?.Invoke();
                await Task.Delay(Interval, clock, CancellationToken.None);
            }
        }
    }

    /// <param name="stopping">Ends when the host does; a primary that is none any more is left sooner.</param>
    private async Task FollowAsync(CancellationToken stopping)
    {
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(stopping, fence?.Moved ?? CancellationToken.None);
        var cancellation = leaving.Token;
        await using var connection = await whole.Source.OpenConnectionAsync(cancellation);
        // All that is written here is how far this host has come. If it is lost with the database, it is written anew: no look waits for a disk.
        await using (var listen = new NpgsqlCommand("set synchronous_commit = off; listen disclosure_events", connection))
        {
            await listen.ExecuteNonQueryAsync(cancellation);
        }
        while (true)
        {
            // What was found is confirmed by the look that follows at once; when that one finds more, the store is busy.
            for (var isBusy = false; await CatchUpAsync(connection, cancellation); isBusy = true)
            {
                if (isBusy)
                {
                    _started.TrySetResult();
                    await Task.Delay(Rest, clock, cancellation);
                }
            }
            _started.TrySetResult();
            await connection.WaitAsync(Interval, cancellation);
        }
    }

    /// <summary>Looks once, in one round trip; true when there may be more.</summary>
    private async Task<bool> CatchUpAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        var asked = clock.GetTimestamp();
        var known = Volatile.Read(ref _position);
        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(EventStore.Command(
            """
            insert into hosts (id, position, seen_at) values ($1, $2, clock_timestamp())
            on conflict (id) do update set position = excluded.position, seen_at = excluded.seen_at
            """, _host, known));
        batch.BatchCommands.Add(known < 0
            ? new("select max(seq_id), null, null from mt_events")
            : EventStore.Command("select seq_id, stream_id, type from mt_events where seq_id > $1 order by seq_id limit $2", known, MostAtOnce));
        batch.BatchCommands.Add(new("select coalesce(max(number), 0) from rebuilds"));
        var streams = new List<string>();
        var (last, rebuild, taken, published, isRemoved) = (known, 0L, 0L, 0L, false);
        await using (var reader = await batch.ExecuteReaderAsync(cancellation))
        {
            while (await reader.ReadAsync(cancellation))
            {
                last = await reader.IsDBNullAsync(0, cancellation) ? 0 : reader.GetInt64(0);
                if (known >= 0)
                {
                    streams.Add(reader.GetString(1));
                    var type = reader.GetString(2);
                    taken = type is "report_withdrawn" or Redacted ? last : taken;
                    isRemoved |= type == Redacted;
                    published = Change.Types.ContainsKey(type) ? last : published;
                }
            }
            await reader.NextResultAsync(cancellation);
            await reader.ReadAsync(cancellation);
            rebuild = reader.GetInt64(0);
        }
        Note(last, taken, rebuild);
        Tell(streams, published, isRemoved, hasBegun: known < 0, rebuild);
        Volatile.Write(ref _confirmedAt, asked);
        Volatile.Write(ref _position, last);
        return last != known;
    }

    /// <summary>Before anybody is told: who reads because of it must not be shown less.</summary>
    private void Note(long position, long taken, long rebuild)
    {
        if (fence?.Horizon is { } horizon)
        {
            horizon.Reach(position);
            horizon.Take(taken);
            horizon.Rebuild = rebuild;
        }
    }

    /// <summary>
    /// After a rebuild every row may be another than the one that was read before it; and what was learnt while nobody
    /// followed may be of before an event that is not read any more.
    /// </summary>
    private void Tell(List<string> streams, long published, bool isRemoved, bool hasBegun, long rebuild)
    {
        if (rebuild != _rebuild || hasBegun)
        {
            _rebuild = rebuild;
            Lost?.Invoke();
        }
        if (isRemoved)
        {
            Removed?.Invoke();
        }
        if (published > 0)
        {
            Published?.Invoke(published);
        }
        if (streams.Count > 0)
        {
            Changed?.Invoke(streams);
        }
    }

    /// <summary>A host that ends in order is waited for no longer.</summary>
    private async Task LeaveAsync()
    {
        try
        {
            await using var command = whole.Source.CreateCommand("delete from hosts where id = $1 or seen_at < clock_timestamp() - interval '1 hour'");
            command.Parameters.Add(new() { Value = _host });
            await command.ExecuteNonQueryAsync(CancellationToken.None);
        }
        catch (Exception fault) when (fault is NpgsqlException or ObjectDisposedException)
        {
            log.LogDebug(fault, "The host could not take leave of the others; its lease runs out by itself.");
        }
    }
}
