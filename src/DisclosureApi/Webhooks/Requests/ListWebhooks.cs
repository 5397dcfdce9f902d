using DisclosureApi.Http;

namespace DisclosureApi.Webhooks.Requests;

/// <summary>GET /v1/webhooks: the caller's subscriptions.</summary>
internal static class ListWebhooks
{
    public static readonly OperationContract Contract = new("list_webhooks", "Webhooks", "List your subscriptions")
    {
        Description = "Those that the application of the token made in the hands of its subject, in the order in which they were made.",
        IsPaged = true,
        Answers = [new(200, "WebhookPage", "A page of subscriptions") { Headers = ["Link"] }],
        Problems = [400],
    };

    public static async Task<IResult> HandleAsync(HttpContext context, Subscriptions subscriptions, CancellationToken cancellation)
    {
        var page = Page.Of(context.Request);
        return page.PrivateAnswer(WebhooksApi.Path, await subscriptions.ListAsync(WebhookDesk.OwnerOf(context), page, cancellation));
    }
}
