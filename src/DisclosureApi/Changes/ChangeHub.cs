using System.Threading.Channels;
using DisclosureApi.Store.Following;
using DisclosureApi.Store.History;
using Npgsql;

namespace DisclosureApi.Changes;

/// <summary>The last changes, as all who listen find them in memory, and the task that ends when there is another window.</summary>
/// <param name="From">All changes behind this position are here.</param>
/// <param name="To">Up to where was looked.</param>
internal sealed record ChangeWindow(long From, long To, Change[] Changes)
{
    private readonly TaskCompletionSource _over = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Over => _over.Task;

    public void End() => _over.TrySetResult();
}

/// <summary>
/// Reads each change once for all who listen to this host: it hears of events from the follower, and nobody who listens
/// asks the database while he keeps up. Who has fallen behind the window reads pages, as anyone does.
/// </summary>
internal sealed class ChangeHub : BackgroundService
{
    private const int Kept = 1_000;
    private const int Handful = 200;

    /// <summary>How often those who listen are woken and it is looked for events that nobody told of, at least.</summary>
    public static readonly TimeSpan Beat = TimeSpan.FromSeconds(10);

    private readonly ChangeReader _changes;
    private readonly Moments _moments;
    private readonly TimeProvider _clock;
    private readonly ILogger<ChangeHub> _log;
    private readonly Follower _follower;
    private readonly Channel<bool> _news = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private ChangeWindow _window = new(long.MaxValue, 0, []);
    private int _listeners;

    public ChangeHub(ChangeReader changes, Moments moments, Follower follower, TimeProvider clock, ILogger<ChangeHub> log)
    {
        (_changes, _moments, _follower, _clock, _log) = (changes, moments, follower, clock, log);
        follower.Changed += Hear;
        follower.Lost += Look;
    }

    public ChangeWindow Window => Volatile.Read(ref _window);

    /// <summary>Lets one more listen, unless there are as many as this host can bear.</summary>
    public bool Enter(int most)
    {
        if (Interlocked.Increment(ref _listeners) <= most)
        {
            return true;
        }
        Leave();
        return false;
    }

    public void Leave() => Interlocked.Decrement(ref _listeners);

    public override void Dispose()
    {
        _follower.Changed -= Hear;
        _follower.Lost -= Look;
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await CatchUpAsync(stoppingToken);
                await _news.Reader.ReadAsync(stoppingToken).AsTask().WaitAsync(Beat, _clock, stoppingToken);
            }
            catch (TimeoutException)
            {
                Show(new ChangeWindow(Window.From, Window.To, Window.Changes));
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                Window.End();
            }
            catch (Exception fault) when (fault is NpgsqlException or IOException or InvalidOperationException)
            {
                _log.LogDebug(fault, "Changes cannot be read; those who listen wait until they can.");
                await Task.Delay(TimeSpan.FromSeconds(1), _clock, CancellationToken.None);
            }
        }
    }

    private void Hear(IReadOnlyList<string> streams) => Look();

    private void Look() => _news.Writer.TryWrite(true);

    private async Task CatchUpAsync(CancellationToken cancellation)
    {
        var end = await _moments.EndAsync(cancellation);
        var (from, to) = (Window.From, Window.To);
        if (from == long.MaxValue)
        {
            Show(new ChangeWindow(end, end, []));
            return;
        }
        while (to < end)
        {
            var read = await _changes.ReadAsync(to, end, Handful, cancellation);
            Change[] all = [.. Window.Changes, .. read.Changes];
            var dropped = Math.Max(0, all.Length - Kept);
            from = dropped > 0 ? all[dropped - 1].Position : from;
            to = read.Position;
            Show(new ChangeWindow(from, to, all[dropped..]));
        }
    }

    private void Show(ChangeWindow window) => Interlocked.Exchange(ref _window, window).End();
}
