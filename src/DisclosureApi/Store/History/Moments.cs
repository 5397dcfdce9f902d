using DisclosureApi.Store.Replicas;
using Npgsql;

namespace DisclosureApi.Store.History;

/// <summary>
/// Which events had happened at a moment. Times never go back along positions, so once an event is stored after a moment,
/// nothing can be stored before it any more. Until then an append under way may still bear an earlier time; it is waited
/// for, so that an answer given once stays the answer.
/// </summary>
public sealed class Moments(ReadDatabase database, TimeProvider clock)
{
    /// <summary>How long an append may be under way, from the look at the clock to the lock that orders it.</summary>
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);

    /// <summary>The position of the last event there is; 0 before the first.</summary>
    /// <param name="atLeast">A position that is asked for, so that no replica is asked that does not know it yet.</param>
    public async Task<long> EndAsync(CancellationToken cancellation, long atLeast = 0)
    {
        await using var command = (await database.WholeAsync(cancellation, atLeast)).CreateCommand("select coalesce(max(seq_id), 0) from mt_events");
        return (long)(await command.ExecuteScalarAsync(cancellation))!;
    }

    /// <summary>The position of the last event at this moment, 0 before the first; null for a moment that is still to come.</summary>
    public async Task<long?> PositionAtAsync(DateTimeOffset moment, CancellationToken cancellation)
    {
        // A replica is asked only when it is past the moment; who is appending can be seen on the primary alone.
        var source = await database.WholeAsync(cancellation, moment: moment);
        while (true)
        {
            var age = clock.GetUtcNow() - moment;
            if (age < TimeSpan.Zero && !(await LookAsync(source, moment, cancellation)).IsPassed)
            {
                return null;
            }
            var (isQuiet, position, isPassed) = await LookAsync(source, moment, cancellation);
            if (isPassed || (isQuiet && age >= Settling))
            {
                return position;
            }
            await Task.Delay(Interval, clock, cancellation);
        }
    }

    /// <summary>Whether nobody is appending, and what is stored by then: two statements, so that the second sees what the first waited for.</summary>
    private static async Task<(bool IsQuiet, long Position, bool IsPassed)> LookAsync(NpgsqlDataSource source, DateTimeOffset moment, CancellationToken cancellation)
    {
        await using var batch = source.CreateBatch();
        batch.BatchCommands.Add(EventStore.Command(
            "select not exists (select from pg_locks where locktype = 'advisory' and database = (select oid from pg_database where datname = current_database()) and (classid::bigint << 32 | objid::bigint) = $1)", AppendBatch.Lock));
        batch.BatchCommands.Add(EventStore.Command(
            "select disclosure_position_at($1), coalesce((select timestamp from mt_events order by seq_id desc limit 1) > $1, false)", moment));
        await using var reader = await batch.ExecuteReaderAsync(cancellation);
        await reader.ReadAsync(cancellation);
        var isQuiet = reader.GetBoolean(0);
        await reader.NextResultAsync(cancellation);
        await reader.ReadAsync(cancellation);
        return (isQuiet, reader.GetInt64(0), reader.GetBoolean(1));
    }
}
