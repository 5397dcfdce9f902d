using System.Text.Json.Nodes;

namespace Disclosure.Contents;

/// <summary>JSON Patch (RFC 6902): the operations that turn one document into another, in an order in which they can be carried out.</summary>
public static class JsonPatch
{
    public const string MediaType = "application/json-patch+json";

    /// <param name="before">The document to begin with; null when there is none yet, and then the whole of the other is added.</param>
    public static JsonArray Between(JsonNode? before, JsonNode? after)
    {
        var operations = new JsonArray();
        if (before is null && after is not null)
        {
            operations.Add(Operation("add", "", after));
        }
        else
        {
            Compare("", before, after, operations);
        }
        return operations;
    }

    private static void Compare(string at, JsonNode? before, JsonNode? after, JsonArray operations)
    {
        switch (before, after)
        {
            case (JsonObject was, JsonObject now):
                CompareMembers(at, was, now, operations);
                break;
            case (JsonArray was, JsonArray now):
                CompareItems(at, was, now, operations);
                break;
            case var _ when !JsonNode.DeepEquals(before, after):
                operations.Add(Operation("replace", at, after));
                break;
            default:
                break;
        }
    }

    private static void CompareMembers(string at, JsonObject before, JsonObject after, JsonArray operations)
    {
        foreach (var (name, value) in before)
        {
            if (!after.TryGetPropertyValue(name, out var other))
            {
                operations.Add(new JsonObject { ["op"] = "remove", ["path"] = $"{at}/{Escaped(name)}" });
            }
            else
            {
                Compare($"{at}/{Escaped(name)}", value, other, operations);
            }
        }
        foreach (var (name, value) in after.Where(member => !before.ContainsKey(member.Key)))
        {
            operations.Add(Operation("add", $"{at}/{Escaped(name)}", value));
        }
    }

    /// <summary>Items are compared place by place. What is too many goes from the end, so that places before it keep their numbers.</summary>
    private static void CompareItems(string at, JsonArray before, JsonArray after, JsonArray operations)
    {
        for (var i = 0; i < Math.Min(before.Count, after.Count); i++)
        {
            Compare($"{at}/{i}", before[i], after[i], operations);
        }
        for (var i = before.Count - 1; i >= after.Count; i--)
        {
            operations.Add(new JsonObject { ["op"] = "remove", ["path"] = $"{at}/{i}" });
        }
        for (var i = before.Count; i < after.Count; i++)
        {
            operations.Add(Operation("add", $"{at}/{i}", after[i]));
        }
    }

    private static JsonObject Operation(string operation, string path, JsonNode? value) => new() { ["op"] = operation, ["path"] = path, ["value"] = value?.DeepClone() };

    private static string Escaped(string name) => name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);
}
