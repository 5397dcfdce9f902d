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
    /// <summary>Those of one owner, and those who failed before, share a part of the places, so that they cannot take all.</summary>
    private static readonly Shares _shares = new(All: 200, Failing: 100, Owner: 10);

    /// <summary>How long what became of deliveries is remembered.</summary>
    public static readonly TimeSpan Remembered = TimeSpan.FromDays(30);

    private static readonly TimeSpan _beat = TimeSpan.FromSeconds(1);
    private readonly Places _places = new(_shares);
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
        await _places.EmptyAsync();
    }

    private async Task LookAsync(ChangeWindow window, CancellationToken cancellation)
    {
        if (window.To < window.From)
        {
            return;
        }
        _places.Clear();
        foreach (var extra in _places.FreeForUnproven > 0 ? await outcomes.TakeExtrasAsync(_places, cancellation) : [])
        {
            // Whether its receiver answers is not known yet.
            _places.Add(Start(() => delivery.CarryOutAsync(extra, cancellation)), extra.Webhook.Owner, isFailing: true);
        }
        var target = window.Last;
        var behind = (await queue.BehindAsync(target, cancellation)).ToLookup(one => one.Position < window.From || window.After(one.Position, int.MaxValue).Changes.Any(one.Filter.Takes));
        await PassAsync([.. behind[false]], target, cancellation);
        var wanted = _places.Choose(behind[true]);
        foreach (var taken in wanted.Count > 0 ? await queue.TakeAsync([.. wanted.Select(one => one.Id)], cancellation) : [])
        {
            _places.Add(Start(() => delivery.CarryOutAsync(taken, cancellation)), taken.Owner, taken.Attempts > 0);
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

    private Task Start(Func<Task> work) => Task.Run(async () =>
    {
        try
        {
            await work();
        }
        catch (Exception fault)
        {
            log.LogWarning(fault, "What became of a delivery could not be stored; it is sent again when its lease has run out.");
        }
        finally
        {
            Wake();
        }
    });
}
