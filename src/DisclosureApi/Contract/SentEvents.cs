using System.Text.Json.Nodes;
using DisclosureApi.Contract.Schemas.Figures;
using Microsoft.OpenApi;
using static DisclosureApi.Contract.Schemas.Shape;

namespace DisclosureApi.Contract;

/// <summary>What this API sends to those who subscribed, as the contract's section of webhooks tells it.</summary>
internal static class SentEvents
{
    public static Dictionary<string, IOpenApiPathItem> All() => new(StringComparer.Ordinal)
    {
        ["change"] = new OpenApiPathItem
        {
            Operations = new Dictionary<HttpMethod, OpenApiOperation> { [HttpMethod.Post] = Change() },
        },
    };

    private static OpenApiOperation Change() => new()
    {
        OperationId = "receive_change",
        Summary = "Something happened in public",
        Description =
            "Sent to the address of each subscription whose filter takes it (POST /v1/webhooks). Verify the signature before anything else: HMAC-SHA256 with the secret over webhook-id, webhook-timestamp "
            + "and the body as it came, parted by dots. Refuse a timestamp more than five minutes off, and pass over a webhook-id that was seen before.",
        Tags = new HashSet<OpenApiTagReference> { new("Webhooks") },
        Security = [],
        Parameters =
        [
            Header("webhook-id", "The event's id.", WebhookSchemas.Id("The same however often it is sent.")),
            Header("webhook-timestamp", "When it was sent, in seconds since 1970.", Pattern("Digits.", "^[0-9]+$", "1706256000")),
            Header("webhook-signature", "One signature, or two while the secret is being replaced, with a blank between.",
                Pattern("`v1,` and the signature in base64.", "^v1,[A-Za-z0-9+/]{43}=( v1,[A-Za-z0-9+/]{43}=)*$", $"v1,{new string('A', 43)}=")),
        ],
        RequestBody = new OpenApiRequestBody
        {
            Required = true,
            Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal) { ["application/cloudevents+json"] = new() { Schema = new OpenApiSchemaReference("ChangeEvent") } },
        },
        Responses = new OpenApiResponses
        {
            ["2XX"] = new OpenApiResponse { Description = "Taken: the next change is sent." },
            ["410"] = new OpenApiResponse { Description = "Send nothing more: the subscription has ended." },
            ["default"] = new OpenApiResponse { Description = "Not taken: it is sent again later, and nothing that follows it before. Redirects are not followed; Retry-After is heeded." },
        },
        Extensions = new Dictionary<string, IOpenApiExtension>(StringComparer.Ordinal) { ["x-signature"] = new JsonNodeExtension((JsonNode)"https://www.standardwebhooks.com/") },
    };

    private static OpenApiParameter Header(string name, string description, OpenApiSchema schema) =>
        new() { In = ParameterLocation.Header, Name = name, Description = description, Required = true, Schema = schema };
}
