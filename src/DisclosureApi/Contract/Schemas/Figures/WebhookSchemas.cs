using Disclosure.Formats;
using DisclosureApi.Http;
using Microsoft.OpenApi;
using static DisclosureApi.Contract.Schemas.Shape;

namespace DisclosureApi.Contract.Schemas.Figures;

/// <summary>Subscriptions to changes, and what is sent to them.</summary>
internal static class WebhookSchemas
{
    private const string Example = "3f0c9c5e-6f1e-4a53-9d0b-2f6f3c1d7a10";
    private const string EventName = "ChangeEvent";

    public static IEnumerable<(string Name, OpenApiSchema Schema)> All() =>
    [
        ("NewWebhook", Closed(
            "What is to be sent where.",
            ("url", Url()),
            ("description", Description().OrNull()),
            ("filter", NamedOrNull("ChangeFilter", "Which changes; all of them when left out.")),
            ("after", Integer("Begins with the first change behind this position; with the next that happens when left out.", 0, 9_007_199_254_740_991).OrNull()))
            .Requiring("url").WithExample("""{ "url": "https://receiver.example.org/disclosure", "filter": { "types": ["published", "corrected"], "region": "320800" }, "after": 0 }""")),
        ("WebhookPatch", Closed(
            "What is to be otherwise (JSON Merge Patch).",
            ("url", Url()),
            ("description", Description().OrNull()),
            ("filter", NamedOrNull("ChangeFilter", "Which changes; null for all.")),
            ("status", Choice("Whether it is delivered.", ("active", "it is"), ("paused", "it waits")))).WithExample("""{ "status": "paused" }""")),
        ("WebhookReplay", Closed("From where.", ("after", Integer("The position behind which deliveries go on.", 0, 9_007_199_254_740_991))).Whole().WithExample("""{ "after": 0 }""")),
        ("ChangeFilter", Filter()),
        ("Webhook", Closed("A subscription.", Members()).Whole()),
        ("WebhookWithSecret", Closed("A subscription with its secret, which is told this once.", [.. Members(), ("secret", Pattern("The secret that deliveries are signed with (Standard Webhooks).", "^whsec_[A-Za-z0-9+/]{43}=$", $"whsec_{new string('A', 43)}="))]).Whole()),
        ("WebhookPage", PageOf("Subscriptions in the order in which they were made.", "Webhook")),
        ("WebhookDelivery", Delivery()),
        ("WebhookDeliveryPage", PageOf("Deliveries, newest first.", "WebhookDelivery")),
        (EventName, Event()),
    ];

    public static OpenApiSchema Id(string description) => Pattern(description, "^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$", Example);

    private static OpenApiSchema Url() => Text("An https address on port 443 or one from 1024 on, at the full name of a host of the public internet, without user name, password and fragment; visible ASCII characters alone.", 2_000)
        .With(url => (url.Pattern, url.Examples) = ("^[Hh][Tt][Tt][Pp][Ss]?://[!-~]+$", ["https://receiver.example.org/disclosure"]));

    private static OpenApiSchema Description() => Text("For its owner's own use.", 200);

    private static (string Name, IOpenApiSchema Schema)[] Members() =>
    [
        ("id", Id("Its id.")),
        ("url", Text("Where deliveries go.")),
        ("description", Text("For its owner's own use.").OrNull()),
        ("filter", Named("ChangeFilter")),
        ("status", Choice("How it is.",
            ("active", "changes are delivered"), ("paused", "its owner holds deliveries back"), ("disabled", "its receiver failed for more than three days"), ("ended", "its receiver answered 410"))),
        ("failingSince", Time("When the first attempt at what comes next failed; null while all is well.").OrNull()),
        ("secretGeneration", Integer("Which secret signs: 1 is the first, each rotation makes the next.", 1)),
        ("previousSecretUntil", Time("Until when the secret before it signs as well; null before the first rotation.").OrNull()),
        ("createdAt", Time("When it was made.")),
        ("links", Closed("Addresses.", ("self", Text("Its own.")), ("deliveries", Text("What became of deliveries."))).Whole()),
    ];

    private static OpenApiSchema Filter() => Closed(
        "All that is given must hold; what is null or left out chooses nothing away.",
        ("types", List("Of these types.", BulkSchemas.ChangeType(), Store.Following.Change.Names.Count).NotEmpty().With(list => list.Type |= JsonSchemaType.Null)),
        ("agency", NamedOrNull("AgencyCode", "About this body.")),
        ("region", AgencySchemas.Region().With(region => region.Description = "About bodies of this region and of all within it, as the register has them now.").OrNull()),
        ("year", Integer("About reports of this year.", KnownFormats.FirstYear, 9999).OrNull()));

    private static OpenApiSchema Delivery() => Closed(
        "One delivery.",
        ("id", Id("Its id.")),
        ("kind", Choice("Why it was sent.", ("change", "in the order of changes"), ("replay", "once more, as its owner asked"), ("test", "to try the address"))),
        ("event", Id("The event's id, which is sent as webhook-id: the same however often it is sent.")),
        ("position", Integer("Position of the change; null for a test.", 1).OrNull()),
        ("type", Text("The event's type.")),
        ("status", Choice("What became of it.", ("pending", "it is sent when nextAttemptAt has come and what is before it has arrived"), ("delivered", "the receiver answered 2xx"), ("failed", "it is not tried again"))),
        ("attempts", Integer("How often it was sent.", 0)),
        ("answered", Integer("The status that the receiver answered last; null where there was no answer.", 100, 599).OrNull()),
        ("fault", Text("Why there was no answer: unreachable, tls, timeout, badAnswer.").With(fault => fault.Enum = ["unreachable", "tls", "timeout", "badAnswer"]).OrNull()),
        ("madeAt", Time("When it was first sent or asked for.")),
        ("lastAttemptAt", Time("When it was last sent.").OrNull()),
        ("nextAttemptAt", Time("When it is sent again; null when it is not.").OrNull()),
        ("links", Closed("Addresses.", ("self", Text("Its own."))).Whole())).Whole();

    private static OpenApiSchema Event() => Open(
        "A change as it is delivered: a CloudEvent 1.0 in structured JSON mode. A test has neither position nor data.",
        ("specversion", Text("1.0").With(version => version.Enum = ["1.0"])),
        ("id", Id("The event's id, also in the header webhook-id: the same however often it is sent.")),
        ("source", Text("Where it comes from: the address of the feed of changes.")),
        ("type", Pattern("disclosure.change. and the type of the change, or disclosure.webhook.test.", "^disclosure[.](change[.][A-Za-z]+|webhook[.]test)$", "disclosure.change.published")),
        ("subject", Text("What to fetch again.")),
        ("time", Time("When it happened.")),
        ("position", Integer("Its place in the one order of all events. Each delivery of a subscription has a higher one than the delivery before, unless it is sent again.", 1)),
        ("datacontenttype", Text("application/json")),
        ("dataschema", Text("Address of the schema of data.")),
        ("data", Named("Change"))).Requiring("specversion", "id", "source", "type", "subject", "time");

    private static OpenApiSchema PageOf(string description, string item) => Closed(
        description, ("items", List("The items.", Named(item), Page.MaxLimit)), ("next", Text("Address of the following page; null on the last.").OrNull())).Whole();
}
