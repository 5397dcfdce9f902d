using DisclosureApi.Access;
using DisclosureApi.Http;
using DisclosureApi.Store;

namespace DisclosureApi.Webhooks.Requests;

/// <summary>POST …/rotation: a new secret, beside which the old one signs for a day.</summary>
internal static class PostRotation
{
    private static readonly TimeSpan _overlap = TimeSpan.FromHours(24);

    public static readonly OperationContract Contract = new("rotate_webhook_secret", "Webhooks", "Replace the secret of a subscription")
    {
        Description =
            "The answer holds the new secret, once. For 24 hours each delivery is signed with both, so that the receiver changes over when it likes. A secret that others may know signs no longer after "
            + "two rotations in a row.",
        Body = "StepNothing",
        IsStep = true,
        Answers = [new(201, "WebhookWithSecret", "The subscription, with its new secret") { Headers = ["ETag"] }],
        Problems = [400, 404, 409, 413, 415, 422],
        Refusals = [ProblemTypes.Contended],
    };

    public static async Task<IResult> HandleAsync(Guid webhook, HttpContext context, WebhookDesk desk, WebhookSecrets secrets, CancellationToken cancellation)
    {
        var body = await StepBody.ReadAsync(context);
        body.Finish();
        return await desk.OnceAsync(body.Key, async connection =>
            await Subscriptions.RotateAsync(connection, WebhookDesk.OwnerOf(context), webhook, secrets.KeyId, _overlap, cancellation) is { } rotated
                ? (new StoredAnswer(body.Key.Fingerprint, StatusCodes.Status201Created, rotated.Json, Precondition.ETag(rotated.Version), null), null)
                : (null, new Problem(ProblemTypes.NotFound)), cancellation, stored => PostWebhook.WithSecret(stored, secrets));
    }
}
