using DisclosureApi.Access;
using DisclosureApi.Http;
using DisclosureApi.Store;
using DisclosureApi.Webhooks.Delivering;

namespace DisclosureApi.Webhooks.Requests;

/// <summary>POST …/replay {after}: deliveries go on behind this position.</summary>
internal static class PostReplay
{
    public static readonly OperationContract Contract = new("replay_webhook", "Webhooks", "Deliver again from a position")
    {
        Description =
            "Deliveries go on with the first change behind after, whatever was delivered before; each change keeps its webhook-id, by which a receiver knows what it has. A later position passes over what "
            + "lies before it. The status stays as it is.",
        Body = "WebhookReplay",
        IsStep = true,
        Answers = [new(200, "Webhook", "The subscription") { Headers = ["ETag"] }],
        Problems = [400, 404, 409, 413, 415, 422],
        Refusals = [ProblemTypes.Contended],
    };

    public static async Task<IResult> HandleAsync(Guid webhook, HttpContext context, WebhookDesk desk, Deliverer deliverer, CancellationToken cancellation)
    {
        var body = await StepBody.ReadAsync(context, "after");
        var after = SubscriptionReader.ReadPosition(body.Walk, body.Members, "after");
        if (after is null && body.Walk.Faults.Count == 0)
        {
            body.Walk.Missing("/after");
        }
        body.Finish();
        var answer = await desk.OnceAsync(body.Key, async connection =>
            await Subscriptions.MoveAsync(connection, WebhookDesk.OwnerOf(context), webhook, after!.Value, cancellation) is { } moved
                ? (new StoredAnswer(body.Key.Fingerprint, StatusCodes.Status200OK, moved.Json, Precondition.ETag(moved.Version), null), null)
                : (null, new Problem(ProblemTypes.NotFound)), cancellation);
        deliverer.Wake();
        return answer;
    }
}
