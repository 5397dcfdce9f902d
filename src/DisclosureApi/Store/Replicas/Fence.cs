using Npgsql;

namespace DisclosureApi.Store.Replicas;

/// <summary>
/// Lets this host write to one line of history and no other. A server that was promoted begins a new timeline; from then on
/// a primary of an older one, which comes back or never noticed, gets no connection. The promoted one gets them when it has
/// everything that this host knows of and all that the ledger signed.
/// </summary>
public sealed class Fence(Horizon horizon, ILogger<Fence> log) : IDisposable
{
    /// <summary>It is asked while somebody waits for the connection.</summary>
    private const int Seconds = 2;

    private const string Question =
        """
        select case when not pg_is_in_recovery() then ('x' || substr(pg_walfile_name(pg_current_wal_insert_lsn()), 1, 8))::bit(32)::int end,
            (select system_identifier from pg_control_system())
        """;

    private readonly SemaphoreSlim _judging = new(1);
    private CancellationTokenSource _moved = new();
    private int _timeline;
    private int _heard;
    private int _told;

    public Horizon Horizon => horizon;

    /// <summary>For every connection to the primary.</summary>
    public Hangup Hangup { get; } = new();

    /// <summary>Tells the servers of this database from all others; null before the first connection.</summary>
    public long? System { get; private set; }

    /// <summary>Throws when the ledger has signed what the server does not have.</summary>
    public Func<NpgsqlConnection, Task>? Ledger { get; set; }

    /// <summary>Whether the database was held against the ledger when the host started. Where there was no primary then, the first that comes is.</summary>
    public bool IsProven { get; set; } = true;

    /// <summary>Looks at all servers, before the first connection to any of them is believed.</summary>
    public Func<Task>? Survey { get; set; }

    /// <summary>The timeline of the last promotion that was heard of.</summary>
    public int Newest => Math.Max(Volatile.Read(ref _timeline), Volatile.Read(ref _heard));

    /// <summary>Ends when the primary is another than before: what is under way on connections to the old one is given up.</summary>
    public CancellationToken Moved => Volatile.Read(ref _moved).Token;

    /// <summary>Looks at the server that a new connection leads to.</summary>
    /// <exception cref="NpgsqlException">It follows another, is of an older timeline or of another database, or lacks what is known to have happened.</exception>
    public async Task AdmitAsync(NpgsqlConnection connection)
    {
        var (timeline, system) = await AskAsync(connection);
        if (timeline is not { } its)
        {
            // Kept for later, it would be taken for one to the primary as soon as the server is promoted, and be asked no more.
            throw new NpgsqlException($"{connection.DataSource} follows another server and is not written to.");
        }
        if (its == Volatile.Read(ref _timeline) && its == Newest && System == system)
        {
            return;
        }
        await _judging.WaitAsync();
        try
        {
            if (_timeline == 0)
            {
                await (Survey?.Invoke() ?? Task.CompletedTask);
            }
            if (System is { } known && known != system)
            {
                throw Refused(its, "it belongs to another database");
            }
            if (its < Newest)
            {
                throw Refused(its, $"another server was promoted since (timeline {Newest}); stop the old one and make it follow the new");
            }
            if (its > _timeline && (_timeline > 0 || !IsProven))
            {
                await RequireWholeAsync(connection, its);
                log.LogWarning("The primary is {Server} now, of timeline {Timeline}; it has all that this host knows of.", connection.DataSource, its);
            }
            (_timeline, System) = (its, system);
        }
        finally
        {
            _judging.Release();
        }
    }

    /// <summary>A server was seen that is primary under this timeline.</summary>
    public void Hear(int timeline)
    {
        if (timeline <= Newest)
        {
            return;
        }
        Volatile.Write(ref _heard, timeline);
        if (Volatile.Read(ref _timeline) > 0)
        {
            // Not disposed of: who holds its token may still ask it.
            Interlocked.Exchange(ref _moved, new CancellationTokenSource()).Cancel();
        }
    }

    public void Dispose()
    {
        _judging.Dispose();
        _moved.Dispose();
    }

    private static async Task<(int? Timeline, long System)> AskAsync(NpgsqlConnection connection)
    {
        await using var command = new NpgsqlCommand(Question, connection) { CommandTimeout = Seconds };
        await using var reader = await command.ExecuteReaderAsync();
        await reader.ReadAsync();
        return (await reader.IsDBNullAsync(0) ? null : reader.GetInt32(0), reader.GetInt64(1));
    }

    private async Task RequireWholeAsync(NpgsqlConnection connection, int timeline)
    {
        await using var command = new NpgsqlCommand("select disclosure_end()", connection) { CommandTimeout = Seconds };
        var end = (long)(await command.ExecuteScalarAsync())!;
        if (end < horizon.Known)
        {
            throw Refused(timeline, $"its newest event is {end}, and {horizon.Known} was acknowledged or heard of. Positions must not be given out twice: bring back the server that has them, or open a new epoch and restart the hosts");
        }
        try
        {
            await (Ledger?.Invoke(connection) ?? Task.CompletedTask);
        }
        catch (InvalidOperationException behind)
        {
            throw Refused(timeline, behind.Message);
        }
    }

    private NpgsqlException Refused(int timeline, string why)
    {
        // Every attempt to connect comes here; an operator is told once of each timeline.
        if (Interlocked.Exchange(ref _told, timeline) != timeline)
        {
            log.LogCritical("A primary of timeline {Timeline} is not written to: {Why}.", timeline, why);
        }
        return new NpgsqlException($"A primary of timeline {timeline} is not written to: {why}.");
    }
}
