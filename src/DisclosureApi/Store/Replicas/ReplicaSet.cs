using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using DisclosureApi.Store.Measuring;

namespace DisclosureApi.Store.Replicas;

/// <summary>
/// The servers that a host was told of beside the one it writes to. Each is asked several times a second how far it is; one
/// that follows is read from when it has come to what this host knows.
/// </summary>
public sealed class ReplicaSet : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    /// <summary>What was stored a moment ago is waited for so long; then the primary is asked.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(250);

    /// <summary>A withdrawal waits so long for a replica that is behind. No host reads the report from one that stays behind.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(3);

    private readonly IReadOnlyList<Server> _servers;
    private readonly Horizon _horizon;
    private readonly Fence _fence;
    private readonly TimeProvider _clock;
    private readonly ConcurrentDictionary<string, long> _behindSince = new(StringComparer.Ordinal);
    private int _turn;

    public ReplicaSet(IReadOnlyList<Server> servers, Fence fence, TimeProvider clock, IMeterFactory meters)
    {
        (_servers, _horizon, _fence, _clock) = (servers, fence.Horizon, fence, clock);
        if (Any)
        {
            var meter = meters.Create(Instruments.Meter);
            meter.CreateObservableGauge("disclosure.replica.behind", () => Each(server => Math.Max(0, _horizon.Known - server.State!.Position)), "{event}", "Events that this host knows of and a replica does not show.");
            meter.CreateObservableGauge("disclosure.replica.lag", () => Each(server => _behindSince.TryGetValue(server.Name, out var since) ? _clock.GetElapsedTime(since).TotalSeconds : 0), "s", "How long a replica has not shown all that this host knows of.");
            meter.CreateObservableGauge("disclosure.replicas", () => _servers.Count(IsRead), "{server}", "Replicas that answer and follow.");
        }
    }

    public Horizon Horizon => _horizon;

    public bool Any => _servers.Count > 0;

    /// <summary>Whether there is a replica to read from now.</summary>
    public bool AnyUp => _servers.Any(IsRead);

    /// <summary>A replica that shows all events up to this position, waited for a moment; null when there is none.</summary>
    /// <param name="moment">The replica must also be past this time, so that nothing can happen before it any more.</param>
    /// <param name="only">The one that the request was answered from so far.</param>
    public async ValueTask<Server?> FindAsync(long position, DateTimeOffset? moment, Server? only, CancellationToken cancellation)
    {
        // Turns are taken by requests, not by their statements.
        var first = (uint)(only is null ? Interlocked.Increment(ref _turn) : 0);
        Server? nearest = null;
        for (var i = 0u; i < _servers.Count; i++)
        {
            var server = _servers[(int)((first + i) % (uint)_servers.Count)];
            if (!IsRead(server) || (only is not null && only != server))
            {
                continue;
            }
            if (Covers(server, position, moment))
            {
                return server;
            }
            if (_behindSince.ContainsKey(server.Name))
            {
                // It did not come in a quarter of a second; nobody else need wait for it.
                continue;
            }
            nearest = nearest is null || server.State?.Position > nearest.State?.Position ? server : nearest;
        }
        return nearest is not null && moment is null && await ComesAsync(nearest, position, Patience, cancellation) ? nearest : Promoted(position, moment);
    }

    /// <summary>The replica that was just promoted is read from before hosts have found their way to it as the primary.</summary>
    private Server? Promoted(long position, DateTimeOffset? moment) =>
        _servers.FirstOrDefault(server => server.State?.Timeline > 1 && server.State.Timeline == _fence.Newest && Covers(server, position, moment));

    /// <summary>Waits until every replica that is read from shows this position, or is none any more.</summary>
    public Task EveryoneAsync(long position, CancellationToken cancellation) =>
        Task.WhenAll(_servers.Where(IsRead).Select(server => ComesAsync(server, position, Longest, cancellation)));

    /// <summary>Asks every server how far it is, and whether it is a primary.</summary>
    public async Task LookAsync()
    {
        var known = _horizon.Known;
        await Task.WhenAll(_servers.Select(server => server.LookAsync()));
        Note(known);
        // Timelines of other databases say nothing of this one's.
        if (_servers.Where(server => _fence.System is not { } own || server.State?.System == own).Max(server => server.State?.Timeline) is { } timeline)
        {
            _fence.Hear(timeline);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (Any && !stoppingToken.IsCancellationRequested)
        {
            await LookAsync();
            await Task.Delay(Interval, _clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Who has not come to what was known before it was asked is behind, since it first was.</summary>
    private void Note(long known)
    {
        foreach (var server in _servers)
        {
            if (IsRead(server) && !Covers(server, known, null))
            {
                _behindSince.TryAdd(server.Name, _clock.GetTimestamp());
            }
            else
            {
                _behindSince.TryRemove(server.Name, out _);
            }
        }
    }

    /// <summary>It answers, follows, and follows this database and no other.</summary>
    private bool IsRead(Server server) => server.State is { Timeline: null } state && (_fence.System is not { } system || system == state.System);

    private bool Covers(Server server, long position, DateTimeOffset? moment) =>
        server.State is { } state && state.Position >= position && state.Rebuild >= _horizon.Rebuild && (moment is null || state.At > moment);

    private async Task<bool> ComesAsync(Server server, long position, TimeSpan patience, CancellationToken cancellation)
    {
        var since = _clock.GetTimestamp();
        while (!Covers(server, position, null))
        {
            if (_clock.GetElapsedTime(since) > patience || !IsRead(server))
            {
                return false;
            }
            await Task.Delay(Pause, _clock, cancellation);
            await server.LookAsync().WaitAsync(cancellation);
        }
        return true;
    }

    private IEnumerable<Measurement<T>> Each<T>(Func<Server, T> value)
        where T : struct => [.. from server in _servers where IsRead(server) select new Measurement<T>(value(server), new KeyValuePair<string, object?>("server", server.Name))];
}
