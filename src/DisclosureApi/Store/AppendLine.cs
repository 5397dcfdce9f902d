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
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    // Who comes to an empty line wakes the thread that serves it directly, without another thread between.
    private readonly Channel<PendingAppend> _line = Channel.CreateBounded<PendingAppend>(
        new BoundedChannelOptions(10_000) { SingleReader = true, AllowSynchronousContinuations = true });
    private readonly NpgsqlDataSource _database;
    private readonly TimeProvider _clock;
    private readonly CancellationToken _stopping;
    private readonly TaskCompletionSource _served = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // Kept open from batch to batch with its prepared statements, and let go of when anything went wrong on it.
    private NpgsqlConnection? _connection;

    private volatile bool _ending;

    // What this host believes to be the end; another host's append proves it wrong, and then the end is asked for.
    private Tail? _tail;

    /// <param name="stopping">Ends the search for the truth after a lost answer: a host that stops has no time for it.</param>
    public AppendLine(NpgsqlDataSource database, TimeProvider clock, CancellationToken stopping)
    {
        (_database, _clock, _stopping) = (database, clock, stopping);
        new Thread(Serve) { IsBackground = true, Name = "append line" }.Start();
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
        // Whoever asked has been answered or has gone; a database that does not answer is not waited for.
        _ending = true;
        _line.Writer.TryComplete();
        await _served.Task;
    }

    private void Serve()
    {
        while (_line.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            var batch = new List<PendingAppend>();
            for (var size = 0; size < MostEvents && _line.Reader.TryRead(out var next); size += next.Size)
            {
                batch.Add(next);
            }
            Store(batch);
        }
        LetGo();
        _served.SetResult();
    }

    /// <summary>Stores what has gathered. One that fails by its own fault fails alone: the others are tried without it.</summary>
    private void Store(List<PendingAppend> batch)
    {
        if (TryOpen(out var unreachable) is not { } transaction)
        {
            // Nothing was sent, so nothing can be stored, and there is nothing to find out.
            batch.ForEach(pending => pending.Fail(unreachable!));
            return;
        }
        try
        {
            _tail = transaction.Store(batch, _tail);
        }
        catch (PostgresException) when (batch.Count > 1)
        {
            LetGo();
            foreach (var alone in batch)
            {
                Store([alone]);
            }
        }
        catch (PostgresException fault)
        {
            LetGo();
            batch.ForEach(pending => pending.Fail(fault));
        }
        catch (Exception fault) when (fault is NpgsqlException or IOException or TimeoutException)
        {
            LetGo();
            Settle(batch, fault);
        }
        catch (Exception fault)
        {
            // A fault of ours must reach those who wait, and must not end the line for those who come after.
            LetGo();
            batch.ForEach(pending => pending.Fail(fault));
        }
    }

    /// <summary>
    /// The connection broke, and with it perhaps the answer to a commit. Under the lock, which a transaction of ours that
    /// is still under way would hold, the store is asked what it has; only then is anyone told anything.
    /// </summary>
    private void Settle(List<PendingAppend> batch, Exception fault)
    {
        var since = _clock.GetTimestamp();
        while (_clock.GetElapsedTime(since) < Patience && !_ending && !_stopping.IsCancellationRequested)
        {
            try
            {
                var stored = Open().Find(batch);
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
            catch (Exception again) when (again is NpgsqlException or IOException or TimeoutException)
            {
                LetGo();
                fault = again;
                _stopping.WaitHandle.WaitOne(Pause);
            }
        }
        batch.ForEach(pending => pending.Fail(new NpgsqlException("The database could not be asked whether the events are stored.", fault)));
    }

    private AppendTransaction? TryOpen(out Exception? unreachable)
    {
        try
        {
            unreachable = null;
            return Open();
        }
        catch (Exception fault)
        {
            unreachable = fault;
            return null;
        }
    }

    private AppendTransaction Open() => new(_connection ??= _database.OpenConnection(), _clock);

    /// <summary>Gives the connection back, which rolls back what it has begun, and believes nothing any more.</summary>
    private void LetGo()
    {
        _tail = null;
        try
        {
            _connection?.Dispose();
        }
        catch (Exception broken) when (broken is NpgsqlException or IOException)
        {
            // It was of no use any more.
        }
        _connection = null;
    }
}
