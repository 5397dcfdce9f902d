using DisclosureApi.Access;
using DisclosureApi.Http;
using DisclosureApi.Store;
using DisclosureApi.Webhooks.Delivering;

namespace DisclosureApi.Webhooks.Requests;

/// <summary>POST …/test: sends a signed event that says nothing, whatever the status of the subscription.</summary>
internal static class PostTest
{
    public static readonly OperationContract Contract = new("test_webhook", "Webhooks", "Send a signed test to a subscription's address")
    {
        Description = "An event of type disclosure.webhook.test without data, sent once, at once, and signed like all others; what became of it stands at Location.",
        Body = "StepNothing",
        IsStep = true,
        Answers = [new(201, "WebhookDelivery", "The test that is about to be sent") { Headers = ["Location"] }],
        Problems = [400, 404, 409, 413, 415, 422],
        Refusals = [ProblemTypes.WebhookLimit, ProblemTypes.Contended],
    };

    public static async Task<IResult> HandleAsync(
        Guid webhook, HttpContext context, WebhookDesk desk, Deliverer deliverer, CancellationToken cancellation)
    {
        var body = await StepBody.ReadAsync(context);
        body.Finish();
        var owner = WebhookDesk.OwnerOf(context);
        var answer = await desk.OnceAsync(body.Key, async connection => await Subscriptions.FindAsync(connection, owner, webhook, cancellation) is null
            ? (null, new Problem(ProblemTypes.NotFound))
            : Waiting(body.Key, await DeliveryLog.AddTestAsync(connection, webhook, cancellation)), cancellation);
        deliverer.Wake();
        return answer;
    }

    /// <summary>What is told of a delivery that was put in line; a problem where the line is full.</summary>
    public static (StoredAnswer? Answer, Problem? Problem) Waiting(StepKey key, byte[]? delivery)
    {
        if (delivery is null)
        {
            return (null, new Problem(ProblemTypes.WebhookLimit).With("limit", DeliveryLog.MostWaiting));
        }
        using var told = System.Text.Json.JsonDocument.Parse(delivery);
        return (new StoredAnswer(key.Fingerprint, StatusCodes.Status201Created, delivery, "", told.RootElement.GetProperty("links").GetProperty("self").GetString()), null);
    }
}
