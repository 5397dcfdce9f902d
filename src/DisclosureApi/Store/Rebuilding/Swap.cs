using Npgsql;

namespace DisclosureApi.Store.Rebuilding;

/// <summary>
/// The moment in which the new tables take the place of the old. Appends wait for it under their own lock, so that none
/// fails; whoever reads a table for long makes the swap step back and try again, because those who come after would
/// otherwise have to wait for both.
/// </summary>
internal sealed class Swap(
    NpgsqlConnection connection, NpgsqlTransaction transaction, ShadowTables shadow, CatchUp catchUp, TimeProvider clock, Action<string> tell)
{
    /// <summary>Few enough to be made up for while appends stand still.</summary>
    private const long SmallGap = 500;
    private const string Savepoint = "swap";
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    /// <param name="position">The last event that the new tables know of.</param>
    /// <param name="events">How many events were read until now.</param>
    /// <returns>The position of the new tables, and how long appends stood still.</returns>
    public async Task<(long Position, TimeSpan Standstill)> RunAsync(long position, long events, CancellationToken cancellation)
    {
        var (began, before) = (clock.GetTimestamp(), events - position);
        for (var attempt = 1; ; attempt++)
        {
            position = await ApproachAsync(position, cancellation);
            await transaction.SaveAsync(Savepoint, cancellation);
            try
            {
                return await ChangePlacesAsync(position, before, cancellation);
            }
            catch (PostgresException busy) when (busy.SqlState is PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.DeadlockDetected)
            {
                // The locks go with what was done since the savepoint; the new tables stay.
                await transaction.RollbackAsync(Savepoint, cancellation);
                if (clock.GetElapsedTime(began) > Patience)
                {
                    throw new InvalidOperationException("Someone has been reading or locking the read models for ten minutes, so that their tables cannot be replaced. Everything is as it was.", busy);
                }
                if (attempt == 1)
                {
                    tell("The new tables are whole and wait for a moment in which nobody holds the old ones.");
                }
                await Task.Delay(Pause, clock, cancellation);
            }
        }
    }

    /// <summary>Catches up without holding anyone up, until only little is left.</summary>
    private async Task<long> ApproachAsync(long position, CancellationToken cancellation)
    {
        while (await CatchUp.EndAsync(connection, cancellation) - position > SmallGap)
        {
            position = await catchUp.RunAsync(position, cancellation);
        }
        return position;
    }

    private async Task<(long Position, TimeSpan Standstill)> ChangePlacesAsync(long position, long before, CancellationToken cancellation)
    {
        // Shorter than deadlock_timeout: where a reader and the swap wait for each other, it is the swap that steps back.
        await ExecuteAsync("set local lock_timeout = '500ms'", cancellation);
        // A host that upgrades the schema is let finish first. Tables made after the old version must not replace those of the new.
        await ExecuteAsync($"select pg_advisory_xact_lock({Database.UpgradeLock})", cancellation);
        await Database.CheckAsync(connection, cancellation);
        await ExecuteAsync($"select pg_advisory_xact_lock({AppendBatch.Lock})", cancellation);
        var stopped = clock.GetTimestamp();
        var end = await catchUp.RunAsync(position, cancellation);
        await shadow.SwapAsync(cancellation);
        // Sums follow from the rows that were made anew, and hosts store them anew.
        await ExecuteAsync("truncate figure_sums, figure_marks", cancellation);
        await ExecuteAsync($"insert into rebuilds (position, events) values ({end}, {before + end})", cancellation);
        await transaction.CommitAsync(cancellation);
        return (end, clock.GetElapsedTime(stopped));
    }

    private async Task ExecuteAsync(string sql, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
