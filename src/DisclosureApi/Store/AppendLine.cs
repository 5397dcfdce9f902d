using DisclosureApi.Store.Following;
using DisclosureApi.Store.Replicas;
using System.Diagnostics;
using System.Threading.Channels;
using DisclosureApi.Store.Measuring;
using Npgsql;

namespace DisclosureApi.Store;

/// <summary>
/// Where appends stand in line. What has gathered while one transaction was under way goes into the next, so that many
/// writers share one lock, one round trip and one flush to disk; nobody waits for company that does not come. Whoever
/// comes to an empty line leads it until it is empty again, which spares a lone writer every change of thread.
/// </summary>
internal sealed class AppendLine(NpgsqlDataSource database, TimeProvider clock, Fence? fence, CancellationToken stopping) : IAsyncDisposable
{
    private const int MostEvents = 500;

    /// <summary>So long a caller is kept waiting. What he asked for stays in line; under its Idempotency-Key he learns what became of it.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);

    private readonly Channel<PendingAppend> _line = Channel.CreateBounded<PendingAppend>(10_000);
    private readonly SemaphoreSlim _lead = new(1, 1);
    private readonly AppendConnection _connection = new(database, clock, fence, stopping);

    /// <summary>How many stand in line.</summary>
    public int Queued => _line.Reader.Count;

    /// <summary>What was stored last.</summary>
    public RecentEvents Recent => _connection.Recent;

    /// <summary>The same as <see cref="StandAsync"/>, with its time taken where anybody wants to know it.</summary>
    public Task<AppendResult> AppendAsync(Append append, CancellationToken cancellation) =>
        Instruments.MeasureAppends ? MeasuredAsync(append, cancellation) : StandAsync(append, cancellation);

    /// <summary>Stands in line. A caller who goes away leaves what it asked for in line: it may be in the store already.</summary>
    private async Task<AppendResult> StandAsync(Append append, CancellationToken cancellation)
    {
        var pending = new PendingAppend(append);
        await _line.Writer.WriteAsync(pending, cancellation);
        if (_lead.Wait(0, CancellationToken.None))
        {
            Lead();
        }
        return await pending.Answer.WaitAsync(Patience, clock, cancellation);
    }

    private async Task<AppendResult> MeasuredAsync(Append append, CancellationToken cancellation)
    {
        var (since, outcome) = (Stopwatch.GetTimestamp(), "failed");
        try
        {
            var result = await StandAsync(append, cancellation);
            outcome = result is AppendResult.Stored ? "stored" : "conflict";
            return result;
        }
        finally
        {
            Instruments.Appended(Stopwatch.GetElapsedTime(since), outcome);
        }
    }

    public async ValueTask DisposeAsync()
    {
        // Whoever asked has been answered or has gone; a database that does not answer is not waited for.
        _connection.End();
        _line.Writer.TryComplete();
        await _lead.WaitAsync();
        await _connection.DisposeAsync();
        _lead.Dispose();
    }

    /// <summary>Serves the line for everyone, so what belongs to the caller's request alone must not flow into it.</summary>
    private void Lead()
    {
        using (ExecutionContext.SuppressFlow())
        {
            _ = ServeAsync();
        }
    }

    private async Task ServeAsync()
    {
        do
        {
            while (Take() is { Count: > 0 } batch)
            {
                Instruments.Batched(batch.Count);
                await _connection.StoreAsync(batch);
                if (batch.Count == 1 && _line.Reader.Count == 0)
                {
                    // Nobody else is here. The lead is given up first, because the caller goes on here and may come again.
                    _lead.Release();
                    // Who came between the look and that found the lead taken, and waits for whoever has it.
                    if (_line.Reader.Count == 0 || !_lead.Wait(0, CancellationToken.None))
                    {
                        batch[0].Execute();
                        return;
                    }
                }
                batch.ForEach(pending => ThreadPool.UnsafeQueueUserWorkItem(pending, preferLocal: false));
                await new BehindTheOthers();
            }
            _lead.Release();
        }
        while (_line.Reader.Count > 0 && _lead.Wait(0, CancellationToken.None));
    }

    private List<PendingAppend> Take()
    {
        var batch = new List<PendingAppend>();
        for (var size = 0; size < MostEvents && _line.Reader.TryRead(out var next); size += next.Size)
        {
            batch.Add(next);
        }
        return batch;
    }
}
