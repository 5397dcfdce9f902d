using DisclosureApi.Http;

namespace DisclosureApi.Webhooks.Requests;

/// <summary>GET /v1/webhooks/{webhook}: one subscription and how it fares; its secret is not told again.</summary>
internal static class GetWebhook
{
    public static readonly OperationContract Contract = new("get_webhook", "Webhooks", "See one of your subscriptions")
    {
        Answers = [new(200, "Webhook", "The subscription") { Headers = ["ETag"] }],
        Problems = [404],
    };

    public static async Task<IResult> HandleAsync(Guid webhook, HttpContext context, Subscriptions subscriptions, CancellationToken cancellation) =>
        await subscriptions.FindAsync(WebhookDesk.OwnerOf(context), webhook, cancellation) is { } found ? Of(found) : new Problem(ProblemTypes.NotFound);

    public static Answer Of(Subscription subscription) => new(StatusCodes.Status200OK, subscription.Json, Precondition.ETag(subscription.Version));
}
