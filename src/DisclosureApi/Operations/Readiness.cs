using DisclosureApi.Store;
using DisclosureApi.Store.Following;
using DisclosureApi.Store.Replicas;
using Npgsql;

namespace DisclosureApi.Operations;

/// <summary>Whether this host should be sent requests, and if not, what stands in the way.</summary>
internal sealed class Readiness(WholeDatabase whole, Follower follower, ReplicaSet replicas, IHostApplicationLifetime lifetime)
{
    /// <summary>A database that does not answer so long keeps requests waiting too.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>So long a host may have heard nothing of the store before others should serve in its place.</summary>
    private static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(10);

    /// <summary>A ledger that has events to take in and has not grown for so long stands still. One that catches up on many events does not.</summary>
    internal static readonly TimeSpan Standstill = TimeSpan.FromMinutes(1);

    /// <summary>What fails, by the words that operators know: draining, database, schema, memory, ledger. Empty when nothing does.</summary>
    public async Task<IReadOnlyList<string>> FailingAsync(CancellationToken cancellation)
    {
        if (lifetime.ApplicationStopping.IsCancellationRequested)
        {
            return ["draining"];
        }
        if (await StateAsync(cancellation) is not { } state)
        {
            return ["database"];
        }
        var failing = new List<string>();
        if (!state.IsOfThisProgram)
        {
            failing.Add("schema");
        }
        if (!await HearsAsync(cancellation))
        {
            failing.Add("memory");
        }
        if (state.LedgerLag > Standstill && !(state.SinceCheckpoint < Standstill))
        {
            failing.Add("ledger");
        }
        return failing;
    }

    /// <summary>Whether those who show no token are answered, from a replica, while the primary is away.</summary>
    public bool CanRead => replicas.AnyUp;

    private async Task<StoreState?> StateAsync(CancellationToken cancellation)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(Patience);
        try
        {
            // A server that is frozen does not hear that the question was taken back, so the answer is not waited for either.
            return await StoreState.ReadAsync(whole.Source, patience.Token).WaitAsync(patience.Token);
        }
        catch (Exception fault) when (fault is NpgsqlException or TimeoutException or OperationCanceledException && !cancellation.IsCancellationRequested)
        {
            return null;
        }
    }

    /// <summary>A host that has just started hears of the store in a moment.</summary>
    private async Task<bool> HearsAsync(CancellationToken cancellation)
    {
        await follower.Started.WaitAsync(Patience, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return follower.Silence < LongestSilence;
    }
}
