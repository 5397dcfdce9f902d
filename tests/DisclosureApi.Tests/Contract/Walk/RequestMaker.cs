using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Disclosure.Tests;

namespace DisclosureApi.Tests.Contract.Walk;

/// <summary>Makes requests that the contract allows, about a subject that is really there.</summary>
internal sealed class RequestMaker(Operation operation, Stage stage, Random random)
{
    private static readonly string _text = File.ReadAllText(Path.Combine(Repository.Root, "openapi", "examples", "report-2023.txt"));

    /// <summary>The last cursor seen, by its name, which no client can make up.</summary>
    public Dictionary<string, string> Cursors { get; } = new(StringComparer.Ordinal);

    /// <summary>The last ETag seen at an address.</summary>
    public Dictionary<string, string> Tags { get; } = new(StringComparer.Ordinal);

    public Asked Make(Subject subject)
    {
        var asked = new Asked(operation.Path) { Method = operation.Method };
        var maker = new BodyMaker(operation.Document, random, name => Known(subject, name));
        foreach (var parameter in operation.Parameters)
        {
            Fill(asked, parameter, subject, maker);
        }
        if (operation.Bodies.Count > 0)
        {
            var (mediaType, body) = operation.Bodies.ElementAt(random.Next(3) > 0 ? 0 : random.Next(operation.Bodies.Count));
            (asked.MediaType, asked.Body) = Operation.IsJson(mediaType)
                ? (mediaType, Encoding.UTF8.GetBytes(Json(body!["schema"]!, subject, maker)?.ToJsonString() ?? "null"))
                : Document(mediaType);
        }
        if (operation.Roles.Count > 0)
        {
            asked.Token = stage.Token(operation.Roles[random.Next(operation.Roles.Count)], subject);
        }
        return asked;
    }

    private void Fill(Asked asked, JsonObject parameter, Subject subject, BodyMaker maker)
    {
        var (name, isRequired) = (parameter["name"]!.ToString(), parameter["required"]?.GetValue<bool>() == true);
        switch (parameter["in"]!.ToString())
        {
            case "path":
                asked.Places[name] = Uri.EscapeDataString((Known(subject, name) ?? maker.Make(parameter["schema"]!))!.ToString());
                break;
            case "query" when name is "after" or "before" or "cursor":
                if (Cursors.TryGetValue(name, out var cursor) && random.Next(2) == 0)
                {
                    asked.Query.Add((name, cursor));
                }
                break;
            case "query" when name == "agencies":
                asked.Query.Add((name, subject.Code));
                break;
            case "query" when isRequired || random.Next(4) == 0:
                if (maker.Make(parameter["schema"]!) is { } value)
                {
                    asked.Query.Add((name, value.GetValueKind() == System.Text.Json.JsonValueKind.String ? value.ToString() : value.ToJsonString()));
                }
                break;
            case "header":
                FillHeader(asked, name, isRequired, subject, parameter);
                break;
            default:
                break;
        }
    }

    private void FillHeader(Asked asked, string name, bool isRequired, Subject subject, JsonObject parameter)
    {
        var value = name switch
        {
            "If-Match" when operation.Takes("If-None-Match") && subject.ETag is null => null,
            "If-Match" when isRequired || operation.Takes("If-None-Match") || random.Next(4) == 0 => random.Next(5) == 0 ? "*" : subject.ETag ?? "\"1\"",
            "If-Match" => null,
            "If-None-Match" when operation.Method is "GET" => random.Next(2) == 0 ? Tags.GetValueOrDefault(asked.Address) : null,
            "If-None-Match" => subject.ETag is null ? "*" : null,
            "Idempotency-Key" when isRequired || random.Next(3) == 0 => $"\"{random.NextInt64():x}\"",
            "Idempotency-Key" => null,
            "Accept-Language" => random.Next(3) switch { 0 => "en", 1 => "zh-CN, en;q=0.5", _ => null },
            _ => isRequired || random.Next(3) == 0 ? (parameter["schema"]!["examples"] ?? throw new NotSupportedException($"{name} needs an example"))[0]!.ToString() : null,
        };
        if (value is not null)
        {
            asked.Headers[name] = value;
        }
    }

    private JsonNode? Json(JsonNode schema, Subject subject, BodyMaker maker)
    {
        var body = random.Next(3) switch
        {
            0 => JsonNode.Parse(Access.Doors.Json(operation.Path)),
            1 when Operation.Resolved(operation.Document, schema)["examples"] is JsonArray examples => examples[0]!.DeepClone(),
            _ => maker.Make(schema),
        };
        if (SchemaCheck.Faults(operation.Document, schema, body).Count > 0)
        {
            body = maker.Make(schema);
        }
        return About(schema, body, subject);
    }

    /// <summary>An example speaks of a body and a year of its own; a request is about those of its address.</summary>
    private JsonNode? About(JsonNode node, JsonNode? body, Subject subject)
    {
        if (body is JsonObject members && Operation.Resolved(operation.Document, node)["properties"] is JsonObject told)
        {
            foreach (var (name, schema) in told.Where(member => members.ContainsKey(member.Key)).ToList())
            {
                members[name] = (Known(subject, name) ?? Known(subject, NameOf(schema!)))?.DeepClone() ?? About(schema!, members[name]?.DeepClone(), subject);
            }
        }
        return body;
    }

    private static string NameOf(JsonNode schema) => (schema["$ref"] ?? schema["oneOf"]?[0]?["$ref"])?.ToString().Split('/')[^1] ?? "";

    private static JsonNode? Known(Subject subject, string name) => name switch
    {
        "AgencyCode" => subject.Code,
        "year" => subject.Year,
        "number" => 1,
        // Of what every draft and every error report of the stage says.
        "words" => new JsonArray("政府信息公开", "件数"),
        "contentHash" => subject.Hash,
        "webhook" => subject.Subscription?.Webhook,
        "delivery" => subject.Subscription?.Delivery,
        "supervisor" => Samples.Office,
        _ => null,
    };

    private static string Line(string key, string text) => new JsonObject { ["key"] = key, ["mediaType"] = "text/plain", ["text"] = text }.ToJsonString();

    /// <summary>Bodies that a list brings to the register are none of those that questions are about: their codes count from another number on.</summary>
    private (string MediaType, byte[] Body) Document(string mediaType) => mediaType switch
    {
        "text/html" => (mediaType, Encoding.UTF8.GetBytes($"<!doctype html><meta charset=utf-8><body><pre>{System.Net.WebUtility.HtmlEncode(_text)}</pre>")),
        "text/csv" => (mediaType, Encoding.UTF8.GetBytes($"code,name,region,level,kind,validFrom\n{Samples.CodeOf(random.Next(90_000_000, 90_010_000))},示例局,990102,county,department,2019-01-01\n")),
        "application/x-ndjson" => (mediaType, Encoding.UTF8.GetBytes($"{Line("年报", _text)}\n{Line("计划", "2023年工作计划")}\n")),
        _ when mediaType.StartsWith("multipart/", StringComparison.Ordinal) =>
            ($"{mediaType}; boundary=part", Encoding.UTF8.GetBytes($"--part\r\nContent-Disposition: form-data; name=\"one\"\r\nContent-Type: text/plain\r\n\r\n{_text}\r\n--part--\r\n")),
        _ when mediaType.StartsWith("text/", StringComparison.Ordinal) => ($"{mediaType}; charset=utf-8", Encoding.UTF8.GetBytes(_text)),
        _ => (mediaType, [.. "PK\u0003\u0004"u8, .. Encoding.UTF8.GetBytes(random.NextInt64().ToString(CultureInfo.InvariantCulture))]),
    };
}
