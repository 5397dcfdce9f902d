using DisclosureApi.Http;
using DisclosureApi.Http.History;
using DisclosureApi.Store.Following;

namespace DisclosureApi.Webhooks.Delivering;

/// <summary>A change as it is delivered: a CloudEvent (1.0) in JSON, whose data is the very item of GET /v1/changes.</summary>
/// <param name="Id">The event's own id, the same however often and to whomever it is sent.</param>
internal sealed record CloudEvent(Guid Id, string Type, long? Position, byte[] Body)
{
    public const string MediaType = "application/cloudevents+json";
    public const string TestType = "disclosure.webhook.test";

    /// <param name="origin">Scheme and host that the subscription was made at.</param>
    public static CloudEvent Of(Change change, string origin)
    {
        var type = $"disclosure.change.{change.Type}";
        return new CloudEvent(change.Id, type, change.Position, Json.Bytes(writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("specversion", "1.0");
            writer.WriteString("id", change.Id);
            writer.WriteString("source", $"{origin}/v1/changes");
            writer.WriteString("type", type);
            writer.WriteString("subject", change.Address);
            writer.WriteString("time", Moment.Text(change.At));
            writer.WriteNumber("position", change.Position);
            writer.WriteString("datacontenttype", Json.MediaType);
            writer.WriteString("dataschema", $"{origin}/v1/schemas/change");
            writer.WritePropertyName("data");
            writer.WriteRawValue(change.Json, skipInputValidation: true);
            writer.WriteEndObject();
        }));
    }

    /// <summary>Says nothing but that it comes from here.</summary>
    public static CloudEvent Test(Guid id, Guid webhook, DateTimeOffset at, string origin) => new(id, TestType, null, Json.Bytes(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("specversion", "1.0");
        writer.WriteString("id", id);
        writer.WriteString("source", $"{origin}{Subscription.AddressOf(webhook)}");
        writer.WriteString("type", TestType);
        writer.WriteString("subject", Subscription.AddressOf(webhook));
        writer.WriteString("time", Moment.Text(at));
        writer.WriteEndObject();
    }));
}
