using DisclosureApi.Http;

namespace DisclosureApi.Webhooks.Requests;

/// <summary>GET …/deliveries: what was sent and what became of it, newest first.</summary>
internal static class ListDeliveries
{
    public static readonly OperationContract Contract = new("list_webhook_deliveries", "Webhooks", "See what became of deliveries")
    {
        Description = "Newest first, for 30 days: how often each was tried, what the receiver last answered, when it is tried again. Nothing of the answers' bodies is kept.",
        IsPaged = true,
        Answers = [new(200, "WebhookDeliveryPage", "A page of deliveries") { Headers = ["Link"] }],
        Problems = [400, 404],
    };

    public static async Task<IResult> HandleAsync(Guid webhook, HttpContext context, Subscriptions subscriptions, DeliveryLog log, CancellationToken cancellation)
    {
        var page = Page.Of(context.Request);
        return await subscriptions.FindAsync(WebhookDesk.OwnerOf(context), webhook, cancellation) is { } found
            ? page.PrivateAnswer($"{found.Address}/deliveries", await log.ListAsync(found.Id, page, cancellation))
            : new Problem(ProblemTypes.NotFound);
    }
}
