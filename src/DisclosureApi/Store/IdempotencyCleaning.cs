using Npgsql;

namespace DisclosureApi.Store;

/// <summary>Forgets answers whose keys have run out, so that the table stays as small as a day's work.</summary>
internal sealed class IdempotencyCleaning(NpgsqlDataSource database, TimeProvider clock, ILogger<IdempotencyCleaning> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    /// <summary>By the time at which it began, which an index can be asked for; the clock's own moves on from row to row.</summary>
    public const string Removal = "delete from idempotency where ctid = any (array(select ctid from idempotency where stored_at <= now() - $1 limit $2))";

    /// <summary>So many at once take no longer than a step may wait, also after a day on which the whole country filed.</summary>
    private const int Piece = 5_000;

    /// <summary>Removes what has run out by now, piece by piece.</summary>
    public static async Task CleanAsync(NpgsqlDataSource database, CancellationToken cancellation)
    {
        int removed;
        do
        {
            await using var command = database.CreateCommand(Removal);
            command.Parameters.Add(new() { Value = Idempotency.Kept });
            command.Parameters.Add(new() { Value = Piece });
            removed = await command.ExecuteNonQueryAsync(cancellation);
        }
        while (removed == Piece);
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
