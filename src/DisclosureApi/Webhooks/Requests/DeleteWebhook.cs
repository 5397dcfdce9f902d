using DisclosureApi.Http;

namespace DisclosureApi.Webhooks.Requests;

/// <summary>DELETE /v1/webhooks/{webhook}: nothing more is sent, and what was sent is forgotten here.</summary>
internal static class DeleteWebhook
{
    public static readonly OperationContract Contract = new("delete_webhook", "Webhooks", "End a subscription")
    {
        Description = "Nothing more is sent; what is under way may still arrive. Send If-Match with the subscription's ETag.",
        IsConditional = true,
        Answers = [new(204, null, "The subscription is gone")],
        Problems = [404, 409, 412, 428],
        Refusals = [ProblemTypes.Contended],
    };

    public static async Task<IResult> HandleAsync(Guid webhook, HttpContext context, Subscriptions subscriptions, CancellationToken cancellation)
    {
        var precondition = Precondition.Required(context.Request);
        var owner = WebhookDesk.OwnerOf(context);
        if (await subscriptions.FindAsync(owner, webhook, cancellation) is not { } before)
        {
            return new Problem(ProblemTypes.NotFound);
        }
        return precondition.Check(before.Version) is { } failed ? failed
            : await subscriptions.RemoveAsync(owner, before, cancellation) ? Results.NoContent()
            : new Problem(ProblemTypes.Contended);
    }
}
