using System.Diagnostics.Metrics;
using DisclosureApi.Store;
using DisclosureApi.Store.Following;
using DisclosureApi.Store.Measuring;
using Npgsql;

namespace DisclosureApi.Webhooks.Delivering;

/// <summary>Tells operators how deliveries stand, over all hosts.</summary>
internal sealed class Standing : BackgroundService
{
    private static readonly TimeSpan _interval = TimeSpan.FromSeconds(10);

    /// <summary>So many of those who wait are looked at closely; they have waited longest.</summary>
    private const int Handful = 100;

    private readonly NpgsqlDataSource _database;
    private readonly ChangeHub _hub;
    private readonly TimeProvider _clock;
    private Now? _now;

    public Standing(WholeDatabase whole, ChangeHub hub, IMeterFactory meters, TimeProvider clock)
    {
        (_database, _hub, _clock) = (whole.Source, hub, clock);
        var meter = meters.Create(Instruments.Meter);
        meter.CreateObservableGauge("disclosure.webhooks.pending", () => Told(now => now.Pending), "{subscription}", "Subscriptions that wait for a delivery.");
        meter.CreateObservableGauge("disclosure.webhooks.oldest", () => Told(now => now.Oldest.TotalSeconds), "s", "How long the longest waiting of them has waited for an attempt that is due.");
        meter.CreateObservableGauge("disclosure.webhooks.failing", () => Told(now => now.Failing), "{subscription}", "Subscriptions whose receiver failed last.");
        meter.CreateObservableGauge("disclosure.webhooks.disabled", () => Told(now => now.Disabled), "{subscription}", "Subscriptions that were disabled because their receiver failed for too long, or that it ended.");
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                _now = _hub.Window is var window && window.To >= window.From ? await ReadAsync(window.Last, stoppingToken) : null;
            }
            catch (Exception fault) when (fault is NpgsqlException or TimeoutException or IOException or InvalidOperationException or OperationCanceledException)
            {
                // Nothing is told rather than what was true once; the follower says that the store cannot be asked.
                _now = null;
            }
            await Task.Delay(_interval, _clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<Now> ReadAsync(long last, CancellationToken cancellation)
    {
        await using var command = _database.CreateCommand(
            """
            with waiting as (select position, next_at from webhooks where status = 'active' and position < $1 order by next_at limit $2)
            select count(*) filter (where status = 'active' and position < $1), count(*) filter (where status = 'active' and attempts > 0), count(*) filter (where status in ('disabled', 'ended')),
                coalesce((select max(clock_timestamp() - greatest(w.next_at, change.timestamp)) from waiting w, lateral
                    (select timestamp from mt_events where seq_id > w.position and type = any ($3) order by seq_id limit 1) change), interval '0')
            from webhooks
            """);
        command.Parameters.Add(new() { Value = last });
        command.Parameters.Add(new() { Value = Handful });
        command.Parameters.Add(new() { Value = Change.Types.Keys.ToArray() });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        await reader.ReadAsync(cancellation);
        var oldest = reader.GetFieldValue<TimeSpan>(3);
        return new Now(reader.GetInt64(0), reader.GetInt64(1), reader.GetInt64(2), oldest > TimeSpan.Zero ? oldest : TimeSpan.Zero);
    }

    private IEnumerable<Measurement<T>> Told<T>(Func<Now, T> value)
        where T : struct => _now is { } now ? [new(value(now))] : [];

    private sealed record Now(long Pending, long Failing, long Disabled, TimeSpan Oldest);
}
