using System.Text.Json.Nodes;
using DisclosureApi.Access;

namespace DisclosureApi.Tests.Contract.Walk;

/// <summary>One operation as the contract tells it, references followed.</summary>
internal sealed class Operation(JsonObject document, string path, string method, JsonObject told)
{
    public JsonObject Document => document;

    public string Id { get; } = told["operationId"]!.ToString();

    public string Path => path;

    public string Method { get; } = method.ToUpperInvariant();

    public IReadOnlyList<JsonObject> Parameters { get; } =
        [.. (told["parameters"] as JsonArray ?? []).Select(parameter => (JsonObject)Resolved(document, parameter!))];

    /// <summary>The bodies it takes, by media type.</summary>
    public JsonObject Bodies { get; } = told["requestBody"]?["content"] as JsonObject ?? [];

    /// <summary>Roles that its door opens to; none when anyone may come in.</summary>
    public IReadOnlyList<Role> Roles { get; } =
    [
        .. from requirement in told["security"]!.AsArray()
           from scheme in (JsonObject)requirement!
           from scope in scheme.Value!.AsArray()
           select Role.All.Single(role => role.Scope == scope!.ToString()),
    ];

    /// <summary>Methods that the path takes.</summary>
    public IReadOnlyList<string> Siblings { get; } = [.. ((JsonObject)document["paths"]![path]!).Select(entry => entry.Key.ToUpperInvariant())];

    public bool IsAboutAgency => path.Contains("{code}", StringComparison.Ordinal) && (path.StartsWith("/v1/agencies/", StringComparison.Ordinal) || path.StartsWith("/v1/audit/", StringComparison.Ordinal));

    public bool IsAboutWebhook => path.Contains("{webhook}", StringComparison.Ordinal);

    public bool IsAboutReport => IsAboutAgency && path.Contains("{year}", StringComparison.Ordinal);

    public bool Tells(int status) => told["responses"]![$"{status}"] is not null;

    public bool Takes(string header) => Parameters.Any(parameter => parameter["in"]!.ToString() == "header" && parameter["name"]!.ToString() == header);

    public JsonObject? Answer(int status) => told["responses"]![$"{status}"] is { } answer ? (JsonObject)Resolved(document, answer) : null;

    /// <summary>Lines of JSON are no JSON as a whole.</summary>
    public static bool IsJson(string? mediaType) => mediaType is not null && (mediaType.EndsWith("/json", StringComparison.Ordinal) || mediaType.EndsWith("+json", StringComparison.Ordinal));

    public static IEnumerable<Operation> All(JsonObject document) =>
        from path in (JsonObject)document["paths"]!
        from operation in (JsonObject)path.Value!
        select new Operation(document, path.Key, operation.Key, (JsonObject)operation.Value!);

    public static JsonNode Resolved(JsonObject document, JsonNode node) =>
        node["$ref"] is { } reference ? Resolved(document, SchemaCheck.Resolve(document, reference.ToString())) : node;
}
