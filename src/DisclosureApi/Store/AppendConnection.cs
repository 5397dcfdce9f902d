using DisclosureApi.Store.Following;
using DisclosureApi.Store.Replicas;
using Npgsql;

namespace DisclosureApi.Store;

/// <summary>
/// The one connection that the line appends through. It is kept open from batch to batch with its prepared statements,
/// and let go of when anything went wrong on it. After each call every append of the batch is decided.
/// </summary>
internal sealed class AppendConnection(NpgsqlDataSource database, TimeProvider clock, Fence? fence, CancellationToken stopping) : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private AppendTransaction? _transaction;

    // What this host believes to be the end; another host's append proves it wrong, and then the end is asked for.
    private Tail? _tail;

    // Ends when the server that the connection leads to is the primary no more.
    private CancellationToken _moved;

    private volatile bool _ending;

    /// <summary>What was stored last.</summary>
    public RecentEvents Recent { get; } = new();

    /// <summary>Ends the search for the truth after a lost answer: a host that stops has no time for it.</summary>
    public void End() => _ending = true;

    public ValueTask DisposeAsync() => LetGoAsync();

    /// <summary>Stores what has gathered. One that fails by its own fault fails alone: the others are tried without it.</summary>
    public async Task StoreAsync(List<PendingAppend> batch)
    {
        AppendTransaction transaction;
        try
        {
            transaction = await OpenAsync();
        }
        catch (Exception unreachable)
        {
            // Nothing was sent, so nothing can be stored, and there is nothing to find out.
            batch.ForEach(pending => pending.Fail(unreachable));
            return;
        }
        try
        {
            _tail = await transaction.StoreAsync(batch, _tail);
            fence?.Horizon.Reach(_tail.Position);
        }
        catch (PostgresException refused) when (batch.Count > 1 && !IsEnd(refused))
        {
            await LetGoAsync();
            foreach (var alone in batch)
            {
                await StoreAsync([alone]);
            }
        }
        catch (Exception fault) when (fault is PostgresException said ? IsEnd(said) : fault is NpgsqlException or IOException or TimeoutException or OperationCanceledException)
        {
            await LetGoAsync();
            await SettleAsync(batch, fault);
        }
        catch (Exception fault)
        {
            // A fault of ours, too, must reach those who wait, and must not end the line for those who come after.
            await LetGoAsync();
            batch.ForEach(pending => pending.Fail(fault));
        }
    }

    /// <summary>Whether the server ended the session, or itself, with these words: then they say nothing of what was committed before.</summary>
    private static bool IsEnd(PostgresException said) => said.InvariantSeverity is "FATAL" or "PANIC";

    /// <summary>
    /// The connection broke, and with it perhaps the answer to a commit. Under the lock, which a transaction of ours that
    /// is still under way would hold, the store is asked what it has; only then is anyone told anything.
    /// </summary>
    private async Task SettleAsync(List<PendingAppend> batch, Exception fault)
    {
        var since = clock.GetTimestamp();
        while (clock.GetElapsedTime(since) < Patience && !_ending && !stopping.IsCancellationRequested)
        {
            try
            {
                var stored = await (await OpenAsync()).FindAsync(batch);
                foreach (var pending in batch)
                {
                    if (stored.TryGetValue(pending.FirstId, out var found))
                    {
                        pending.Decide(new AppendResult.Stored(pending.After(found.Position - 1, found.At).Events));
                    }
                    else
                    {
                        pending.Fail(fault);
                    }
                }
                return;
            }
            catch (Exception again) when (again is NpgsqlException or IOException or TimeoutException or OperationCanceledException)
            {
                await LetGoAsync();
                fault = again;
                await Task.Delay(Pause, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
        batch.ForEach(pending => pending.Fail(new NpgsqlException("The database could not be asked whether the events are stored.", fault)));
    }

    private async Task<AppendTransaction> OpenAsync()
    {
        var moved = fence?.Moved ?? CancellationToken.None;
        if (moved != _moved)
        {
            // The connection leads to a server that is the primary no more.
            await LetGoAsync();
            _moved = moved;
        }
        return _transaction ??= new(await database.OpenConnectionAsync(CancellationToken.None), clock, Recent, moved);
    }

    /// <summary>Gives the connection back, which rolls back what it has begun, and believes nothing any more.</summary>
    private async ValueTask LetGoAsync()
    {
        _tail = null;
        try
        {
            await (_transaction?.DisposeAsync() ?? ValueTask.CompletedTask);
        }
        catch (Exception broken) when (broken is NpgsqlException or IOException)
        {
            // It was of no use any more.
        }
        _transaction = null;
    }
}
