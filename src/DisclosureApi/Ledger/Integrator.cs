using DisclosureApi.Store;
using DisclosureApi.Store.Following;
using Npgsql;

namespace DisclosureApi.Ledger;

/// <summary>Keeps the ledger within a second of the events. Every host tries; the one that holds the lock does it.</summary>
internal sealed class Integrator(WholeDatabase whole, EventStore store, LedgerKey key, Witness witness, Settings settings, Follower follower, TimeProvider clock, ILogger<Integrator> log)
    : BackgroundService
{
    /// <summary>So long the ledger rests between two checkpoints: under load each takes in many events, and the signing costs nothing.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(100);

    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(500);

    private readonly SemaphoreSlim _news = new(0, 1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        follower.Changed += Wake;
        var integration = new Integration(whole.Source, key.Key, settings.LedgerOrigin, store.Recent);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                while (await integration.AdvanceAsync(stoppingToken) is { } advanced)
                {
                    await witness.WriteAsync(advanced.Note, stoppingToken);
                    await Task.Delay(Rest, clock, stoppingToken);
                }
                await _news.WaitAsync(Poll, stoppingToken);
            }
            catch (Exception) when (stoppingToken.IsCancellationRequested)
            {
                // The host ends and so may its database; what is left is taken in by the next host.
            }
            catch (LedgerFault fault)
            {
                log.LogCritical("{Fault}", fault.Message);
                await Task.Delay(TimeSpan.FromSeconds(10), clock, CancellationToken.None);
            }
            catch (Exception fault) when (fault is NpgsqlException or TimeoutException or IOException or InvalidOperationException)
            {
                log.LogWarning(fault, "The ledger could not be brought up to date; it is tried again.");
                await Task.Delay(Poll, clock, CancellationToken.None);
            }
        }
        follower.Changed -= Wake;
    }

    private void Wake(IReadOnlyList<string> streams)
    {
        // A wake-up that is already under way is enough for all that has happened until it is heard.
        if (_news.CurrentCount == 0)
        {
            try
            {
                _news.Release();
            }
            catch (SemaphoreFullException)
            {
                // Another thread was faster by a hair.
            }
        }
    }

    public override void Dispose()
    {
        _news.Dispose();
        base.Dispose();
    }
}
