using System.Text;
using Disclosure.Contents;
using DisclosureApi.Access;
using DisclosureApi.Http;
using DisclosureApi.Store;
using DisclosureApi.Webhooks.Delivering;
using DisclosureApi.Webhooks.Targets;

namespace DisclosureApi.Webhooks.Requests;

/// <summary>POST /v1/webhooks {url, description, filter, after}: subscribes an address to what is public.</summary>
internal static class PostWebhook
{
    private const int MostHost = 260;

    public static readonly OperationContract Contract = new("subscribe_webhook", "Webhooks", "Have changes sent to an address")
    {
        Description =
            "Each change that the filter takes is sent to url as a CloudEvent (application/cloudevents+json; its data is the item of GET /v1/changes), signed after Standard Webhooks with the secret "
            + "that this answer holds: keep it, it is shown once. Changes come at least once, one after the other in the order of positions, from now on, or behind after: whoever takes an export "
            + "subscribes behind its position. What is not answered with 2xx within 15 seconds is sent again after 5 s, 5 min, 30 min, 2, 5, 10, 14, 20 and 24 h, or later where Retry-After says so; "
            + "then the subscription is disabled. 410 ends it; a redirect is not followed. The address is https on port 443 or one from 1024 on, at a full name of the public internet.",
        Body = "NewWebhook",
        IsStep = true,
        Answers = [new(201, "WebhookWithSecret", "The subscription, with its secret") { Headers = ["ETag", "Location"] }],
        Problems = [400, 409, 413, 415, 422],
        Refusals = [ProblemTypes.ImpossibleQuery, ProblemTypes.WebhookLimit, ProblemTypes.Contended],
    };

    public static async Task<IResult> HandleAsync(
        HttpContext context, WebhookDesk desk, WebhookSecrets secrets, Resolver resolver, Deliverer deliverer, Settings settings, CancellationToken cancellation)
    {
        var body = await StepBody.ReadAsync(context, SubscriptionReader.Known);
        var wanted = SubscriptionReader.Read(body.Walk, body.Members, settings.Webhooks.LocalTargets);
        body.Finish();
        await Changes.ListChanges.RequireReachedAsync(wanted.After, context.Request, cancellation);
        if (context.Request.Host.Value is { Length: > MostHost })
        {
            throw Page.Wrong("Host标头过长", "The header Host is longer than any name.");
        }
        await RequireOutsideAsync(wanted.Url, resolver, settings, cancellation);
        var (owner, origin) = (WebhookDesk.OwnerOf(context), $"{context.Request.Scheme}://{context.Request.Host}");
        var answer = await desk.OnceAsync(body.Key, async connection =>
        {
            var made = await Subscriptions.AddAsync(connection, owner, wanted, origin, secrets.KeyId, settings.Webhooks.MostOfClient, cancellation);
            return made is null
                ? (null, new Problem(ProblemTypes.WebhookLimit).With("limit", settings.Webhooks.MostOfClient))
                : (new StoredAnswer(body.Key.Fingerprint, StatusCodes.Status201Created, made.Json, Precondition.ETag(made.Version), made.Address), null);
        }, cancellation, stored => WithSecret(stored, secrets));
        deliverer.Wake();
        return answer;
    }

    /// <summary>A name that leads inside is refused here already; where it leads to later is looked at with each connection.</summary>
    public static async Task RequireOutsideAsync(string url, Resolver resolver, Settings settings, CancellationToken cancellation)
    {
        var target = new Uri(url);
        if (target.HostNameType == UriHostNameType.Dns && await Target.LeadsInsideAsync(target, resolver, settings.Webhooks.LocalTargets, cancellation))
        {
            throw new ProblemException(new Problem(ProblemTypes.InvalidBody).With([new Fault("/url", new("主机名指向非公网地址", "names a host that leads to no public address"))]));
        }
    }

    /// <summary>The answer as its owner sees it. The secret is made anew from its number and is nowhere stored.</summary>
    public static byte[] WithSecret(byte[] stored, WebhookSecrets secrets)
    {
        using var told = System.Text.Json.JsonDocument.Parse(stored);
        var secret = secrets.TextOf(told.RootElement.GetProperty("id").GetGuid(), told.RootElement.GetProperty("secretGeneration").GetInt32());
        return [.. stored[..^1], .. Encoding.ASCII.GetBytes($",\"secret\":\"{secret}\"}}")];
    }
}
