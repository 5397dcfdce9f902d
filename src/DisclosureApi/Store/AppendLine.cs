using System.Threading.Channels;
using Npgsql;

namespace DisclosureApi.Store;

/// <summary>
/// Where appends stand in line. What has gathered while one transaction was under way goes into the next, so that many
/// writers share one lock, one round trip and one flush to disk; nobody waits for company that does not come.
/// </summary>
internal sealed class AppendLine : IAsyncDisposable
{
    private const int MostEvents = 500;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly Channel<PendingAppend> _line = Channel.CreateBounded<PendingAppend>(new BoundedChannelOptions(10_000) { SingleReader = true });
    private readonly NpgsqlDataSource _database;
    private readonly TimeProvider _clock;
    private readonly CancellationToken _stopping;
    private readonly Task _serving;

    // What this host believes to be the end; another host's append proves it wrong, and then the end is asked for.
    private Tail? _tail;

    /// <param name="stopping">Ends the search for the truth after a lost answer: a host that stops has no time for it.</param>
    public AppendLine(NpgsqlDataSource database, TimeProvider clock, CancellationToken stopping)
    {
        (_database, _clock, _stopping) = (database, clock, stopping);
        _serving = Task.Run(ServeAsync, CancellationToken.None);
    }

    /// <summary>Stands in line. A caller who goes away leaves what it asked for in line: it may be in the store already.</summary>
    public async Task<AppendResult> AppendAsync(Append append, CancellationToken cancellation)
    {
        var pending = new PendingAppend(append);
        await _line.Writer.WriteAsync(pending, cancellation);
        return await pending.Answer.WaitAsync(cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        _line.Writer.Complete();
        await _serving;
    }

    private async Task ServeAsync()
    {
        while (await _line.Reader.WaitToReadAsync())
        {
            var batch = new List<PendingAppend>();
            for (var size = 0; size < MostEvents && _line.Reader.TryRead(out var next); size += next.Size)
            {
                batch.Add(next);
            }
            await StoreAsync(batch);
        }
    }

    /// <summary>Stores what has gathered. One that fails by its own fault fails alone: the others are tried without it.</summary>
    private async Task StoreAsync(List<PendingAppend> batch)
    {
        try
        {
            await using var transaction = await AppendTransaction.OpenAsync(_database, _clock);
            _tail = await transaction.StoreAsync(batch, _tail);
        }
        catch (PostgresException) when (batch.Count > 1)
        {
            _tail = null;
            foreach (var alone in batch)
            {
                await StoreAsync([alone]);
            }
        }
        catch (PostgresException fault)
        {
            _tail = null;
            batch.ForEach(pending => pending.Fail(fault));
        }
        catch (Exception fault) when (fault is NpgsqlException or IOException or TimeoutException)
        {
            _tail = null;
            await SettleAsync(batch, fault);
        }
        catch (Exception fault)
        {
            // A fault of ours must reach those who wait, and must not end the line for those who come after.
            _tail = null;
            batch.ForEach(pending => pending.Fail(fault));
        }
    }

    /// <summary>
    /// The connection broke, and with it perhaps the answer to a commit. Under the lock, which a transaction of ours that
    /// is still under way would hold, the store is asked what it has; only then is anyone told anything.
    /// </summary>
    private async Task SettleAsync(List<PendingAppend> batch, Exception fault)
    {
        using var patience = new CancellationTokenSource(Patience, _clock);
        using var asking = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, _stopping);
        while (!asking.IsCancellationRequested)
        {
            try
            {
                await using var transaction = await AppendTransaction.OpenAsync(_database, _clock);
                var stored = await transaction.FindAsync(batch, asking.Token);
                foreach (var pending in batch)
                {
                    if (stored.TryGetValue(pending.FirstId, out var found))
                    {
                        pending.Resolve(new AppendResult.Stored(pending.After(found.Position - 1, found.At).Events));
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
                fault = again;
                await Task.Delay(TimeSpan.FromMilliseconds(100), _clock, CancellationToken.None);
            }
        }
        batch.ForEach(pending => pending.Fail(new NpgsqlException("The database could not be asked whether the events are stored.", fault)));
    }
}
