using System.Text.Json;
using System.Text.Json.Nodes;
using DisclosureApi.Http.Guarding;

namespace DisclosureApi.Tests.Contract.Walk;

/// <summary>Holds an answer against what the contract says of its operation: status, headers, media type, body, kind of problem.</summary>
internal static class AnswerCheck
{
    private const string Problem = "application/problem+json";
    private const string Lines = "application/x-ndjson";

    /// <summary>What HTTP itself sends with any answer, and what the contract tells once of all answers.</summary>
    private static readonly HashSet<string> _transport = new([.. SecurityHeaders.Names, "Date", "Content-Type", "Content-Length", "Transfer-Encoding", "Connection"], StringComparer.OrdinalIgnoreCase);

    /// <summary>What comes only where there is something to tell: the last page has no next, a body is refused for its type or its coding, and the past is told where it was asked for.</summary>
    public static readonly IReadOnlySet<string> Sometimes = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { "Link", "Accept", "Accept-Patch", "Accept-Encoding", "Memento-Datetime", "Content-Location", "Access-Control-Allow-Origin", "Access-Control-Expose-Headers" };

    public static IEnumerable<string> Faults(Operation operation, string method, int status, IReadOnlyDictionary<string, string> headers, byte[] body)
    {
        if (!operation.Siblings.Contains(method, StringComparer.Ordinal) && method != "HEAD")
        {
            return OfOtherMethod(operation, status, headers, body);
        }
        if (operation.Answer(status) is not { } told)
        {
            return [$"answers {status}, which is not told"];
        }
        return [.. Headers(operation, told, headers), .. method == "HEAD" ? Bare(body) : Body(operation, status, told, headers, body)];
    }

    /// <summary>Told once for the whole document: a method that a resource does not take answers 405 with Allow.</summary>
    private static List<string> OfOtherMethod(Operation operation, int status, IReadOnlyDictionary<string, string> headers, byte[] body)
    {
        var allow = headers.GetValueOrDefault("Allow", "").Split(", ");
        List<string> faults = [.. status == 405 ? [] : new[] { $"answers {status} to a method that it does not take" }];
        faults.AddRange(operation.Siblings.Except(allow, StringComparer.Ordinal).Select(missing => $"Allow lacks {missing}"));
        return [.. faults, .. body.Length == 0 ? [] : OfProblem(operation, status, headers, body)];
    }

    private static IEnumerable<string> OfProblem(Operation operation, int status, IReadOnlyDictionary<string, string> headers, byte[] body) =>
        headers.GetValueOrDefault("Content-Type") == Problem && Parse(body) is { } problem
            ? [.. SchemaCheck.Faults(operation.Document, "Problem", problem), .. Numbered(status, problem)]
            : [$"answers {status} without a problem"];

    /// <summary>Whether every problem of the answer asks to come again.</summary>
    private static bool IsAlways(JsonObject told) => told["x-problem-types"]?.AsArray().All(type => type!.ToString() != "/problems/not-yet-proved") ?? true;

    private static IEnumerable<string> Headers(Operation operation, JsonObject told, IReadOnlyDictionary<string, string> sent)
    {
        var named = told["headers"] as JsonObject ?? [];
        foreach (var (name, header) in named)
        {
            if (sent.GetValueOrDefault(name) is not { } value)
            {
                // What is not there yet is there in a second; what was never there is not.
                if (!Sometimes.Contains(name) && !(name == "Retry-After" && !IsAlways(told)))
                {
                    yield return $"does not send {name}";
                }
            }
            else
            {
                var schema = Operation.Resolved(operation.Document, header!)["schema"]!;
                foreach (var fault in SchemaCheck.Faults(operation.Document, schema, Typed(operation.Document, schema, value)))
                {
                    yield return $"{name}: {value}: {fault}";
                }
            }
        }
        // An answer that only says that nothing has changed may repeat what the whole answer tells.
        var repeated = told == operation.Answer(304) ? operation.Answer(200)!["headers"] as JsonObject ?? [] : [];
        var known = named.Concat(repeated).Select(header => header.Key).Concat(_transport).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var name in sent.Keys.Where(name => !known.Contains(name)))
        {
            yield return $"sends {name}, which is not told";
        }
    }

    private static JsonNode Typed(JsonObject document, JsonNode schema, string value) =>
        Operation.Resolved(document, schema)["type"]?.ToString() is "integer" or "number" ? JsonNode.Parse(value)! : JsonValue.Create(value);

    private static IEnumerable<string> Bare(byte[] body) => body.Length == 0 ? [] : ["sends a body where there is none"];

    private static IEnumerable<string> Body(Operation operation, int status, JsonObject told, IReadOnlyDictionary<string, string> headers, byte[] body)
    {
        if (told["content"] is not JsonObject content)
        {
            return Bare(body);
        }
        var mediaType = headers.GetValueOrDefault("Content-Type", "").Split(';')[0];
        if (content[mediaType] is not { } said)
        {
            return [$"sends {mediaType}, which is not told"];
        }
        if (mediaType == Lines)
        {
            var lines = System.Text.Encoding.UTF8.GetString(body).Split('\n', StringSplitOptions.RemoveEmptyEntries);
            return lines.SelectMany(line => SchemaCheck.Faults(operation.Document, said["schema"]!, JsonNode.Parse(line)));
        }
        if (!Operation.IsJson(mediaType))
        {
            return [];
        }
        return Parse(body) is not { } json
            ? ["sends JSON that is none"]
            : [.. SchemaCheck.Faults(operation.Document, said["schema"]!, json), .. told["x-problem-types"] is JsonArray types ? Kinds(json, types) : [],
                .. mediaType == Problem ? Numbered(status, json) : []];
    }

    private static IEnumerable<string> Kinds(JsonNode problem, JsonArray types) =>
        types.Any(type => type!.ToString() == problem["type"]?.ToString()) ? [] : [$"is of the kind {problem["type"]}, which is not told"];

    private static IEnumerable<string> Numbered(int status, JsonNode problem) =>
        problem["status"]?.GetValue<int>() == status ? [] : [$"says {problem["status"]} in a problem of status {status}"];

    private static JsonNode? Parse(byte[] body)
    {
        try
        {
            return JsonNode.Parse(body);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
