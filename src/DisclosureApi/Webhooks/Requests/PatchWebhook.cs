using System.Text.Json;
using System.Text.Json.Nodes;
using Disclosure.Contents;
using DisclosureApi.Http;
using DisclosureApi.Webhooks.Delivering;
using DisclosureApi.Webhooks.Targets;

namespace DisclosureApi.Webhooks.Requests;

/// <summary>PATCH /v1/webhooks/{webhook}: another address, filter or description; a pause, and its end.</summary>
internal static class PatchWebhook
{
    public static readonly OperationContract Contract = new("change_webhook", "Webhooks", "Change, pause or resume a subscription")
    {
        Description =
            "A JSON Merge Patch (RFC 7396) on url, description, filter and status. Status paused holds deliveries back; active goes on where they stopped, also after the subscription was disabled or ended. "
            + "Another filter holds from the next change on.",
        Body = "WebhookPatch",
        BodyType = Body.MergePatchType,
        IsConditional = true,
        Answers = [new(200, "Webhook", "The subscription as changed") { Headers = ["ETag"] }],
        Problems = [400, 404, 409, 412, 413, 415, 422, 428],
        Refusals = [ProblemTypes.Contended],
    };

    public static async Task<IResult> HandleAsync(
        Guid webhook, HttpContext context, Subscriptions subscriptions, Resolver resolver, Deliverer deliverer, Settings settings, CancellationToken cancellation)
    {
        var precondition = Precondition.Required(context.Request);
        var patch = Body.Parse(await Body.MergePatchBytesAsync(context));
        var owner = WebhookDesk.OwnerOf(context);
        if (await subscriptions.FindAsync(owner, webhook, cancellation) is not { } before)
        {
            return new Problem(ProblemTypes.NotFound);
        }
        if (precondition.Check(before.Version) is { } failed)
        {
            return failed;
        }
        var (wanted, faults) = Patched(before, patch, settings);
        if (faults.Count > 0)
        {
            return new Problem(ProblemTypes.InvalidBody).With(faults);
        }
        if (wanted.Url != before.Url)
        {
            await PostWebhook.RequireOutsideAsync(wanted.Url, resolver, settings, cancellation);
        }
        if (await subscriptions.ChangeAsync(owner, before, wanted, cancellation) is not { } after)
        {
            var current = await subscriptions.FindAsync(owner, webhook, cancellation);
            return current is null ? new Problem(ProblemTypes.NotFound) : precondition.Check(current.Version) ?? new Problem(ProblemTypes.Contended);
        }
        deliverer.Wake();
        return GetWebhook.Of(after);
    }

    private static (Wanted Wanted, IReadOnlyList<Fault> Faults) Patched(Subscription before, JsonElement patch, Settings settings)
    {
        var walk = new JsonWalk([]);
        walk.Members(patch, "", SubscriptionReader.Changeable);
        if (walk.Faults.Count > 0)
        {
            return (new Wanted("", null, ChangeFilter.All, "", null), walk.Faults);
        }
        var target = JsonNode.Parse(before.Json)!.AsObject();
        foreach (var name in target.Select(member => member.Key).Where(name => name is "status" || !SubscriptionReader.Changeable.Contains(name, StringComparer.Ordinal)).ToList())
        {
            target.Remove(name);
        }
        var merged = MergePatch.Apply(target, JsonNode.Parse(patch.GetRawText()));
        var wanted = SubscriptionReader.Read(walk, walk.Members(JsonSerializer.SerializeToElement(merged), "", SubscriptionReader.Changeable), settings.Webhooks.LocalTargets);
        return (patch.TryGetProperty("status", out _) ? wanted : wanted with { Status = before.Status }, walk.Faults);
    }
}
