using System.Diagnostics.Metrics;
using DisclosureApi.Store;
using DisclosureApi.Store.Following;
using DisclosureApi.Store.Measuring;
using Npgsql;

namespace DisclosureApi.Operations;

/// <summary>
/// Looks at the store now and then, so that lags and sizes can be told without asking for each reader of them, and warns
/// before the disk under the data directory is full.
/// </summary>
internal sealed class Watch : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    /// <summary>Less than this part of the disk left is worth waking somebody up.</summary>
    private const double LeastFree = 0.1;

    private readonly NpgsqlDataSource _database;
    private readonly Settings _settings;
    private readonly Follower _follower;
    private readonly TimeProvider _clock;
    private readonly ILogger<Watch> _log;
    private StoreState? _state;
    private Sizes? _sizes;
    private bool _warned;

    public Watch(WholeDatabase whole, Settings settings, EventStore store, Follower follower, IMeterFactory meters, TimeProvider clock, ILogger<Watch> log)
    {
        (_database, _settings, _follower, _clock, _log) = (whole.Source, settings, follower, clock, log);
        var meter = meters.Create(Instruments.Meter);
        meter.CreateObservableGauge("disclosure.append.queue", () => store.Queued, "{append}", "Appends that wait for the transaction that is under way.");
        meter.CreateObservableGauge("disclosure.events", () => Of(_state, state => state.Position), "{event}", "Position of the newest event.");
        meter.CreateObservableGauge("disclosure.ledger.lag", () => Of(_state, state => state.LedgerLag.TotalSeconds), "s", "Age of the oldest event that no checkpoint has taken in.");
        meter.CreateObservableGauge("disclosure.ledger.behind", () => Of(_state, state => state.LedgerBehind), "{event}", "Events that no checkpoint has taken in.");
        meter.CreateObservableGauge("disclosure.projection.lag", () => Of(_state, Behind), "{event}", "Events that this host's memory has not heard of. What stands in tables changes with the event itself.");
        meter.CreateObservableGauge("disclosure.projection.silence", () => Of(follower.Silence, silence => silence.TotalSeconds), "s", "How long this host has not heard of the store.");
        meter.CreateObservableGauge("disclosure.database.size", () => Of(_sizes, sizes => sizes.Total), "By", "The database with all its indexes.");
        meter.CreateObservableGauge("disclosure.database.growth", () => Of(_sizes, sizes => sizes.DailyGrowth), "By/d", "Bytes a day, after the events of the last 30 days.");
        meter.CreateObservableGauge("disclosure.database.table.size", Tables, "By", "The largest tables with their indexes.");
        meter.CreateObservableGauge("disclosure.disk.free", () => Of(Disk(settings), disk => disk.AvailableFreeSpace), "By", "Free space where the data directory lies.");
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, _clock);
        try
        {
            do
            {
                await LookAsync(stoppingToken);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host ends, and with it what it would have told.
        }
    }

    private async Task LookAsync(CancellationToken cancellation)
    {
        try
        {
            _state = await StoreState.ReadAsync(_database, cancellation);
            _sizes = await Sizes.ReadAsync(_database, cancellation);
        }
        catch (Exception fault) when (fault is NpgsqlException or TimeoutException or InvalidOperationException)
        {
            // Nothing is told rather than what was true once; the follower says that the store cannot be asked.
            (_state, _sizes) = (null, null);
        }
        WarnOfDisk();
    }

    private void WarnOfDisk()
    {
        var isLow = Disk(_settings) is { } disk && disk.AvailableFreeSpace < disk.TotalSize * LeastFree;
        if (isLow && !_warned)
        {
            _log.LogWarning("Less than a tenth of the disk is free where {Directory} lies; the database grows by about {Growth} bytes a day.", _settings.DataDirectory, (long)(_sizes?.DailyGrowth ?? 0));
        }
        _warned = isLow;
    }

    /// <summary>The disk that the data directory lies on; null where there is none yet.</summary>
    internal static DriveInfo? Disk(Settings settings) => Directory.Exists(settings.DataDirectory) ? new DriveInfo(settings.DataDirectory) : null;

    private long Behind(StoreState state) => _follower.Position < 0 ? state.Position : Math.Max(0, state.Position - _follower.Position);

    private IEnumerable<Measurement<long>> Tables() =>
        _sizes?.ByTable.Select(table => new Measurement<long>(table.Value, new KeyValuePair<string, object?>("table", table.Key))) ?? [];

    /// <summary>What is not known is not told, instead of a zero that would calm.</summary>
    private static IEnumerable<Measurement<TValue>> Of<T, TValue>(T? known, Func<T, TValue> value)
        where T : class
        where TValue : struct => known is null ? [] : [new(value(known))];

    private static IEnumerable<Measurement<TValue>> Of<T, TValue>(T? known, Func<T, TValue> value)
        where T : struct
        where TValue : struct => known is { } told ? [new(value(told))] : [];
}
