using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using DisclosureApi.Http;

namespace DisclosureApi.Contract;

/// <summary>JSON Schemas of what agencies write and of what is sent out, each whole in itself. They are the contract's own schemas, so that the two cannot tell different stories.</summary>
internal sealed class PublishedSchemas(PublishedContract contract)
{
    public const string MediaType = "application/schema+json";
    private const string Components = "#/components/schemas/";
    private const string Definitions = "#/$defs/";

    /// <summary>Names in the address, and in the contract.</summary>
    public static readonly IReadOnlyDictionary<string, string> Names = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["content"] = "Content",
        ["filing"] = "Filing",
        ["agency"] = "Agency",
        ["change"] = "Change",
    };

    private static readonly JsonSerializerOptions Pretty = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static readonly OperationContract Contract = new("get_schema", "Documents", "Get the JSON Schema of what agencies write")
    {
        Description = "JSON Schema 2020-12, whole in itself: `content` is what a report says, `filing` a report as it is handed in, `agency` an entry of the register, `change` what the feed of changes tells and webhooks carry. Made from the official forms.",
        Answers =
        [
            new(200, "JsonSchema", "The schema") { Headers = ["ETag"], MediaType = MediaType },
            new(304, null, "The reader already has these bytes") { Headers = ["ETag"] },
        ],
        Problems = [404],
    };

    private readonly Lazy<Task<Dictionary<string, Answer>>> _answers = new(() => MakeAsync(contract));

    public async Task<IResult> AnswerAsync(string schema) =>
        (await _answers.Value).TryGetValue(schema, out var answer) ? answer : new Problem(ProblemTypes.NotFound);

    private static async Task<Dictionary<string, Answer>> MakeAsync(PublishedContract contract)
    {
        var schemas = (JsonObject)JsonNode.Parse((await contract.BytesAsync()).Span)!["components"]!["schemas"]!;
        return Names.ToDictionary(
            name => name.Key,
            name => Answer.Public(new PublicBody(Encoding.UTF8.GetBytes(Whole(name.Key, name.Value, schemas).ToJsonString(Pretty) + "\n")), MediaType), StringComparer.Ordinal);
    }

    /// <summary>The schema with everything it refers to.</summary>
    private static JsonObject Whole(string address, string name, JsonObject schemas)
    {
        var definitions = new SortedDictionary<string, JsonNode?>(StringComparer.Ordinal);
        var waiting = new Queue<string>([name]);
        while (waiting.TryDequeue(out var next))
        {
            if (definitions.TryAdd(next, null))
            {
                definitions[next] = Moved(schemas[next]!.DeepClone(), waiting);
            }
        }
        return new JsonObject
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["$id"] = $"/v1/schemas/{address}",
            ["$ref"] = Definitions + name,
            ["$defs"] = new JsonObject(definitions),
        };
    }

    /// <summary>With references to where the definitions are now; what is referred to waits to be moved too.</summary>
    private static JsonNode Moved(JsonNode node, Queue<string> waiting)
    {
        switch (node)
        {
            case JsonObject members:
                if (members["$ref"]?.ToString() is { } reference && reference.StartsWith(Components, StringComparison.Ordinal))
                {
                    waiting.Enqueue(reference[Components.Length..]);
                    members["$ref"] = Definitions + reference[Components.Length..];
                }
                members.Select(member => member.Value).OfType<JsonNode>().ToList().ForEach(member => Moved(member, waiting));
                break;
            case JsonArray items:
                items.OfType<JsonNode>().ToList().ForEach(item => Moved(item, waiting));
                break;
        }
        return node;
    }
}
