using DisclosureApi.Store.Following;

namespace DisclosureApi.Webhooks.Delivering;

/// <summary>Delivers for one subscription that this host has taken: change after change in their order, until there are no more or one is not taken.</summary>
internal sealed class Delivery(ChangeHub hub, ChangeReader changes, Sender sender, Queue queue, Outcomes outcomes, Settings settings, TimeProvider clock)
{
    private const int Handful = 200;

    /// <summary>After so long the others have their turn.</summary>
    private static readonly TimeSpan _turn = TimeSpan.FromSeconds(10);

    public async Task CarryOutAsync(Taken webhook, CancellationToken cancellation)
    {
        var began = clock.GetTimestamp();
        var at = webhook.Position;
        try
        {
            while (clock.GetElapsedTime(began) < _turn)
            {
                var read = await ReadAsync(at, cancellation);
                foreach (var change in read.Changes.Where(webhook.Filter.Takes))
                {
                    if (await SendAsync(webhook, change, cancellation) is not { } after)
                    {
                        return;
                    }
                    (webhook, at) = (after, change.Position);
                }
                at = read.Position;
                if (read.Changes.Count == 0)
                {
                    break;
                }
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // The host ends. What was under way may have arrived; whoever goes on sends it again under the same id.
        }
        await queue.LeaveAsync(webhook, at, CancellationToken.None);
    }

    public async Task CarryOutAsync(Extra extra, CancellationToken cancellation)
    {
        var sent = extra.Position is { } position
            ? (await changes.CatchUpAsync(position - 1, position, 1, cancellation)).Changes is [var change] ? CloudEvent.Of(change, extra.Webhook.Origin) : null
            : CloudEvent.Test(extra.Event, extra.Webhook.Id, clock.GetUtcNow(), extra.Webhook.Origin);
        if (sent is not null)
        {
            await outcomes.RecordAsync(extra, await sender.SendAsync(extra.Webhook, sent, cancellation), cancellation);
        }
    }

    private async Task<Taken?> SendAsync(Taken webhook, Change change, CancellationToken cancellation)
    {
        var sent = CloudEvent.Of(change, webhook.Origin);
        var answered = await sender.SendAsync(webhook, sent, cancellation);
        var verdict = Verdict.On(answered, webhook.Attempts, settings.Webhooks, Random.Shared.NextDouble());
        // An answer that came is stored even when the host is about to end.
        return await outcomes.RecordAsync(webhook, sent, answered, verdict, CancellationToken.None);
    }

    /// <summary>From memory while the subscription keeps up, else from the database.</summary>
    private async Task<ChangeReading> ReadAsync(long after, CancellationToken cancellation)
    {
        var window = hub.Window;
        return after >= window.Last ? new ChangeReading([], after)
            : after >= window.From ? window.After(after, Handful)
            : await changes.CatchUpAsync(after, window.Last, Handful, cancellation);
    }
}
