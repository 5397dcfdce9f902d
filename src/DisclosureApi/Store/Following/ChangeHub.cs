using Npgsql;

namespace DisclosureApi.Store.Following;

/// <summary>
/// Reads each change once for all who listen to this host: it hears of events from the follower, and nobody who listens
/// asks the database while he keeps up. Who has fallen behind the window reads pages, as anyone does.
/// </summary>
internal sealed class ChangeHub : BackgroundService
{
    private const int Kept = 1_000;
    private const int Handful = 200;

    /// <summary>How often those who listen are woken, at least; then it is also looked for events that nobody told of.</summary>
    public static readonly TimeSpan Beat = TimeSpan.FromSeconds(10);

    /// <summary>How soon it is looked again for what others are about to hear of.</summary>
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(10);

    private readonly ChangeReader _changes;
    private readonly TimeProvider _clock;
    private readonly ILogger<ChangeHub> _log;
    private readonly Follower _follower;
    private readonly SemaphoreSlim _news = new(0);

    // The last event that the follower told of, and whether it may have missed some, as it has at the start.
    private long _told;
    private bool _hasMissed = true;

    // Up to here it is looked until it has been seen.
    private long _wanted;
    private ChangeWindow? _window;
    private ChangeWindow _shown = new(long.MaxValue, 0, []);
    private long _shownAt;

    public ChangeHub(ChangeReader changes, Follower follower, TimeProvider clock, ILogger<ChangeHub> log)
    {
        (_changes, _follower, _clock, _log) = (changes, follower, clock, log);
        follower.Published += Hear;
        follower.Lost += LookAtAll;
    }

    /// <summary>What there is to hear; before the first look, nothing.</summary>
    public ChangeWindow Window => Volatile.Read(ref _shown);

    public override void Dispose()
    {
        _follower.Published -= Hear;
        _follower.Lost -= LookAtAll;
        _news.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var isWhole = await CatchUpAsync(stoppingToken);
                await _news.WaitAsync(isWhole ? Beat : Moment, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                Window.End();
            }
            catch (Exception) when (stoppingToken.IsCancellationRequested)
            {
                // The host ends and so may its database.
            }
            catch (Exception fault) when (fault is NpgsqlException or TimeoutException or IOException or InvalidOperationException)
            {
                _log.LogWarning(fault, "Changes cannot be read; those who listen wait until they can.");
                await Task.Delay(TimeSpan.FromSeconds(1), _clock, CancellationToken.None);
            }
        }
    }

    private void Hear(long position)
    {
        Volatile.Write(ref _told, position);
        Look();
    }

    private void LookAtAll()
    {
        Volatile.Write(ref _hasMissed, true);
        Look();
    }

    private void Look()
    {
        // Once is enough, however much has happened; that it is sometimes told twice costs a look.
        if (_news.CurrentCount == 0)
        {
            _news.Release();
        }
    }

    /// <summary>Reads what every host has heard of; false when some have not yet heard of what was told.</summary>
    private async Task<bool> CatchUpAsync(CancellationToken cancellation)
    {
        var (told, hasMissed) = (Volatile.Read(ref _told), Interlocked.Exchange(ref _hasMissed, false));
        var (end, last) = await _follower.HeardAsync(cancellation);
        var window = _window ?? Show(new ChangeWindow(end, end, []));
        while (window.To < end)
        {
            var read = await _changes.ReadAsync(window.To, end, Handful, cancellation);
            if (read.Changes.Count == 0)
            {
                window.Reach(read.Position);
            }
            else
            {
                window = Show(window.With(read, Kept));
            }
        }
        if (_clock.GetElapsedTime(_shownAt) >= Beat)
        {
            Show(window.Again());
        }
        _wanted = Math.Max(_wanted, hasMissed ? last : told);
        return end >= Math.Min(_wanted, last);
    }

    private ChangeWindow Show(ChangeWindow window)
    {
        (_window, _shownAt) = (window, _clock.GetTimestamp());
        Interlocked.Exchange(ref _shown, window).End();
        return window;
    }
}
