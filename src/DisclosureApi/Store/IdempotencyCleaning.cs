using Npgsql;

namespace DisclosureApi.Store;

/// <summary>Forgets answers whose keys have run out, so that the table stays as small as a day's work.</summary>
internal sealed class IdempotencyCleaning(NpgsqlDataSource database, TimeProvider clock, ILogger<IdempotencyCleaning> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    /// <summary>Removes what has run out by now.</summary>
    public static async Task CleanAsync(NpgsqlDataSource database, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand("delete from idempotency where stored_at <= clock_timestamp() - $1");
        command.Parameters.Add(new() { Value = Idempotency.Kept });
        await command.ExecuteNonQueryAsync(cancellation);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        try
        {
            do
            {
                await TryAsync(stoppingToken);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops; what is left is removed by the next one.
        }
    }

    private async Task TryAsync(CancellationToken cancellation)
    {
        try
        {
            await CleanAsync(database, cancellation);
        }
        catch (NpgsqlException fault)
        {
            log.LogWarning(fault, "Answers that ran out could not be removed; the next attempt is in {Interval}.", Interval);
        }
    }
}
