using DisclosureApi.Store.Following;
using Npgsql;

namespace DisclosureApi.Webhooks.Delivering;

/// <summary>
/// Sees to it that what happened is delivered: it is woken by each change, by what owners ask for at this host, and each second
/// for what is due again or was left by a host that is gone. A receiver that is slow keeps a place, and nobody else waiting.
/// </summary>
internal sealed class Deliverer(
    ChangeHub hub, Queue queue, Outcomes outcomes, Delivery delivery, TimeProvider clock, ILogger<Deliverer> log) : BackgroundService
{
    private const int MostAtOnce = 200;

    /// <summary>Those who failed before share a part of the places, so that they cannot take all.</summary>
    private const int MostFailing = 100;

    /// <summary>How long what became of deliveries is remembered.</summary>
    public static readonly TimeSpan Remembered = TimeSpan.FromDays(30);

    private static readonly TimeSpan _beat = TimeSpan.FromSeconds(1);
    private readonly HashSet<Task> _healthy = [];
    private readonly HashSet<Task> _failing = [];
    private volatile TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _passedAt;
    private long _forgotAt;

    /// <summary>There is something to do that no change tells of.</summary>
    public void Wake() => _asked.TrySetResult();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            _asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var window = hub.Window;
            try
            {
                await LookAsync(window, stoppingToken);
            }
            catch (Exception) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }
            catch (Exception fault) when (fault is NpgsqlException or TimeoutException or IOException or InvalidOperationException)
            {
                log.LogWarning(fault, "Webhooks cannot be seen to; it is tried again.");
            }
            await Task.WhenAny(window.Over, _asked.Task, Task.Delay(_beat, clock, stoppingToken));
        }
        await Task.WhenAll([.. _healthy, .. _failing]);
    }

    private async Task LookAsync(ChangeWindow window, CancellationToken cancellation)
    {
        if (window.To < window.From)
        {
            return;
        }
        _healthy.RemoveWhere(task => task.IsCompleted);
        _failing.RemoveWhere(task => task.IsCompleted);
        var free = MostAtOnce - _healthy.Count - _failing.Count;
        foreach (var extra in free > 0 ? await outcomes.TakeExtrasAsync(free, cancellation) : [])
        {
            // Whether its receiver answers is not known yet.
            Start(_failing, () => delivery.CarryOutAsync(extra, cancellation));
        }
        var target = window.Last;
        var behind = (await queue.BehindAsync(target, cancellation)).ToLookup(one => one.Position < window.From || window.After(one.Position, int.MaxValue).Changes.Any(one.Filter.Takes));
        await PassAsync([.. behind[false]], target, cancellation);
        free = MostAtOnce - _healthy.Count - _failing.Count;
        var wanted = behind[true].Where(one => !one.IsFailing).Concat(behind[true].Where(one => one.IsFailing).Take(Math.Max(0, MostFailing - _failing.Count))).Take(Math.Max(0, free)).ToList();
        foreach (var taken in wanted.Count > 0 ? await queue.TakeAsync([.. wanted.Select(one => one.Id)], cancellation) : [])
        {
            Start(taken.Attempts > 0 ? _failing : _healthy, () => delivery.CarryOutAsync(taken, cancellation));
        }
        if (_forgotAt == 0 || clock.GetElapsedTime(_forgotAt) > TimeSpan.FromHours(1))
        {
            _forgotAt = clock.GetTimestamp();
            await outcomes.ForgetAsync(Remembered, cancellation);
        }
    }

    /// <summary>Not more often than each second: it says nothing new to anyone, and spares the next host a look.</summary>
    private async Task PassAsync(IReadOnlyList<Behind> passed, long target, CancellationToken cancellation)
    {
        if (passed.Count > 0 && (_passedAt == 0 || clock.GetElapsedTime(_passedAt) >= _beat))
        {
            _passedAt = clock.GetTimestamp();
            await queue.PassAsync(passed, target, cancellation);
        }
    }

    private void Start(HashSet<Task> running, Func<Task> work) => running.Add(Task.Run(async () =>
    {
        try
        {
            await work();
        }
        catch (Exception fault) when (fault is NpgsqlException or TimeoutException or IOException or InvalidOperationException or OperationCanceledException)
        {
            log.LogWarning(fault, "What became of a delivery could not be stored; it is sent again when its lease has run out.");
        }
        finally
        {
            Wake();
        }
    }));
}
