using Npgsql;

namespace DisclosureApi.Store.Replicas;

/// <summary>What a server said of itself.</summary>
/// <param name="Timeline">Raised by every promotion; null while the server only follows another.</param>
/// <param name="Position">The last event that can be read there.</param>
/// <param name="At">When it happened; null before the first.</param>
/// <param name="Rebuild">The last rebuild of the read models that has come there.</param>
/// <param name="System">Tells the servers of one database from all others.</param>
public sealed record ServerState(int? Timeline, long Position, DateTimeOffset? At, long Rebuild, long System);

/// <summary>One of the PostgreSQL servers that a host knows of, and how far it was seen to be.</summary>
public sealed class Server : IAsyncDisposable
{
    /// <summary>A server that takes longer to say how far it is is not asked for more.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private const string Question =
        """
        select case when not pg_is_in_recovery() then ('x' || substr(pg_walfile_name(pg_current_wal_insert_lsn()), 1, 8))::bit(32)::int end,
            coalesce(last.seq_id, 0), last.timestamp, (select coalesce(max(number), 0) from rebuilds), (select system_identifier from pg_control_system())
        from (values (1)) as one left join (select seq_id, timestamp from mt_events order by seq_id desc limit 1) as last on true
        """;

    private readonly Lock _gate = new();
    private readonly TimeProvider _clock;
    private readonly Hangup _hangup = new();
    private Task _look = Task.CompletedTask;
    private ServerState? _state;
    private long _seenAt;

    public Server(string name, string connection, TimeProvider clock)
    {
        (Name, _clock) = (name, clock);
        (Requests, Whole) = (Database.OpenForRequests(connection, hangup: _hangup), Database.Open(connection, hangup: _hangup));
    }

    public string Name { get; }

    /// <summary>Connections that see what anyone may see.</summary>
    public NpgsqlDataSource Requests { get; }

    /// <summary>Connections that see drafts too, for answers that are made from them and tell none.</summary>
    public NpgsqlDataSource Whole { get; }

    /// <summary>What it said last; null while it does not answer.</summary>
    public ServerState? State => _clock.GetElapsedTime(Volatile.Read(ref _seenAt)) < 2 * Patience ? Volatile.Read(ref _state) : null;

    /// <summary>A reading went wrong there: it is not asked again before it has answered a look.</summary>
    public void Suspect() => Volatile.Write(ref _state, null);

    /// <summary>Asks how far it is. Whoever comes while somebody else is asking hears the same answer.</summary>
    public Task LookAsync()
    {
        lock (_gate)
        {
            return _look.IsCompleted ? _look = LookOnceAsync() : _look;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Requests.DisposeAsync();
        await Whole.DisposeAsync();
    }

    private async Task LookOnceAsync()
    {
        using var patience = new CancellationTokenSource(Patience, _clock);
        try
        {
            // A server that is frozen does not hear that the question was taken back, so the answer is not waited for either.
            Volatile.Write(ref _state, await AskAsync(patience.Token).WaitAsync(patience.Token));
            Volatile.Write(ref _seenAt, _clock.GetTimestamp());
        }
        catch (Exception fault) when (fault is NpgsqlException or TimeoutException or IOException or OperationCanceledException or ObjectDisposedException or InvalidOperationException)
        {
            Suspect();
            _hangup.IsSilent();
        }
    }

    private async Task<ServerState> AskAsync(CancellationToken cancellation)
    {
        await using var command = Whole.CreateCommand(Question);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        await reader.ReadAsync(cancellation);
        return new ServerState(
            await reader.IsDBNullAsync(0, cancellation) ? null : reader.GetInt32(0), reader.GetInt64(1),
            await reader.IsDBNullAsync(2, cancellation) ? null : reader.GetFieldValue<DateTimeOffset>(2), reader.GetInt64(3), reader.GetInt64(4));
    }
}
