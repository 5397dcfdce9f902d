using System.Globalization;
using DisclosureApi.Webhooks.Targets;

namespace DisclosureApi.Webhooks.Delivering;

/// <summary>Signs a delivery after Standard Webhooks and sends it once.</summary>
internal sealed class Sender(TargetClient client, WebhookSecrets secrets, TimeProvider clock)
{
    public Task<Answered> SendAsync(Taken webhook, CloudEvent sent, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var (id, timestamp) = (sent.Id.ToString(), now.ToUnixTimeSeconds());
        int[] generations = webhook.PreviousUntil > now ? [webhook.Generation, webhook.Generation - 1] : [webhook.Generation];
        return client.PostAsync(new Uri(webhook.Url), sent.Body, CloudEvent.MediaType,
        [
            ("webhook-id", id),
            ("webhook-timestamp", timestamp.ToString(CultureInfo.InvariantCulture)),
            ("webhook-signature", secrets.SignatureOf(webhook.Id, generations, id, timestamp, sent.Body)),
        ], cancellation);
    }
}
