using DisclosureApi.Store;
using Npgsql;

namespace DisclosureApi.Statistics.Sums;

/// <summary>Stores the sums at each position where they are due, a moment after the events have come so far; one host at a time does it.</summary>
internal sealed class SumsKeeper(WholeDatabase whole, TimeProvider clock, ILogger<SumsKeeper> log) : BackgroundService
{
    private const long Lock = 0x4453_434c_5355;

    private static readonly TimeSpan _interval = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await CatchUpAsync(stoppingToken);
            }
            catch (Exception) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception fault) when (fault is NpgsqlException or TimeoutException or IOException or InvalidOperationException)
            {
                log.LogWarning(fault, "Sums could not be stored; statistics are added up report by report until they can.");
            }
            await Task.Delay(_interval, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>The lock is that of a connection and goes with it, so that a host that dies leaves the work to another.</summary>
    private async Task CatchUpAsync(CancellationToken cancellation)
    {
        await using var connection = await whole.Source.OpenConnectionAsync(cancellation);
        if (!await AskAsync("select pg_try_advisory_lock($1)"))
        {
            return;
        }
        try
        {
            while (await StoredSums.GoOnAsync(whole.Source, StoredSums.Step, cancellation))
            {
                // A store that was filled at once has many of them to catch up on.
            }
        }
        finally
        {
            await AskAsync("select pg_advisory_unlock($1)");
        }

        async Task<bool> AskAsync(string sql)
        {
            await using var command = new NpgsqlCommand(sql, connection);
            command.Parameters.Add(new() { Value = Lock });
            return (bool)(await command.ExecuteScalarAsync(CancellationToken.None))!;
        }
    }
}
