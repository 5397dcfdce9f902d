using DisclosureApi.Access;
using DisclosureApi.Http;
using DisclosureApi.Webhooks.Delivering;

namespace DisclosureApi.Webhooks.Requests;

/// <summary>POST …/deliveries/{delivery}/replay: sends one delivery once more, beside the others.</summary>
internal static class PostDeliveryReplay
{
    public static readonly OperationContract Contract = new("replay_webhook_delivery", "Webhooks", "Send one delivery once more")
    {
        Description = "The same event under the same webhook-id, sent once, at once, out of the order, whatever became of it before; what becomes of it now stands at Location.",
        Body = "StepNothing",
        IsStep = true,
        Answers = [new(201, "WebhookDelivery", "The delivery that is about to be sent") { Headers = ["Location"] }],
        Problems = [400, 404, 409, 413, 415, 422],
        Refusals = [ProblemTypes.WebhookLimit, ProblemTypes.Contended],
    };

    public static async Task<IResult> HandleAsync(
        Guid webhook, Guid delivery, HttpContext context, WebhookDesk desk, Deliverer deliverer, CancellationToken cancellation)
    {
        var body = await StepBody.ReadAsync(context);
        body.Finish();
        var owner = WebhookDesk.OwnerOf(context);
        var answer = await desk.OnceAsync(body.Key, async connection => await DeliveryLog.FindAsync(connection, owner, webhook, delivery, cancellation) is null
            ? (null, new Problem(ProblemTypes.NotFound))
            : PostTest.Waiting(body.Key, await DeliveryLog.AddAgainAsync(connection, webhook, delivery, cancellation)), cancellation);
        deliverer.Wake();
        return answer;
    }
}
