using DisclosureApi.Http;

namespace DisclosureApi.Webhooks.Requests;

/// <summary>GET …/deliveries/{delivery}: what became of one delivery.</summary>
internal static class GetDelivery
{
    public static readonly OperationContract Contract = new("get_webhook_delivery", "Webhooks", "See what became of one delivery")
    {
        Answers = [new(200, "WebhookDelivery", "The delivery")],
        Problems = [404],
    };

    public static async Task<IResult> HandleAsync(Guid webhook, Guid delivery, HttpContext context, DeliveryLog log, CancellationToken cancellation) =>
        await log.FindAsync(WebhookDesk.OwnerOf(context), webhook, delivery, cancellation) is { } found
            ? new Answer(StatusCodes.Status200OK, found, etag: "")
            : new Problem(ProblemTypes.NotFound);
}
