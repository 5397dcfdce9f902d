using System.Globalization;
using System.Text.Json.Nodes;

namespace DisclosureApi.Tests.Contract.Walk;

/// <summary>Makes JSON that a schema allows: sometimes its example, sometimes as little as it asks for, sometimes the edges of what it takes.</summary>
/// <param name="known">Values of the resource that the request is about, by the name of a member or of a schema.</param>
internal sealed class BodyMaker(JsonObject document, Random random, Func<string, JsonNode?> known)
{
    private const int MostItems = 3;
    private static readonly string[] _words = ["数据有误", "a", "𠮷野家 😀", "行1\n行2", "\"'\\/", "  ", "<b>&amp;</b>", "ﾊﾝｶｸ", "\u202e右", "0", "null"];

    public JsonNode? Make(JsonNode node, int depth = 0)
    {
        if (node["$ref"] is { } reference)
        {
            var name = reference.ToString().Split('/')[^1];
            return known(name)?.DeepClone() ?? Make(SchemaCheck.Resolve(document, reference.ToString()), depth);
        }
        var schema = (JsonObject)node;
        if (schema["examples"] is JsonArray examples && random.Next(3) == 0)
        {
            return Pick(examples)?.DeepClone();
        }
        if ((schema["oneOf"] ?? schema["anyOf"]) is JsonArray choices)
        {
            return Make(Pick(choices)!, depth);
        }
        if (schema.ContainsKey("const"))
        {
            return schema["const"]?.DeepClone();
        }
        return schema["enum"] is JsonArray words ? Pick(words)?.DeepClone() : Typed(schema, depth);
    }

    private JsonNode? Typed(JsonObject schema, int depth) => TypeOf(schema) switch
    {
        "object" => Members(schema, depth),
        "array" => Items(schema, depth),
        "string" => Text(schema),
        "integer" => JsonValue.Create(Integer(schema)),
        "number" => JsonValue.Create(random.Next(2) == 0 ? Integer(schema) : Math.Round((decimal)random.NextDouble() * Math.Min(1000, Bound(schema, "maximum", 1000)), 2)),
        "boolean" => JsonValue.Create(random.Next(2) == 0),
        _ => null,
    };

    private string TypeOf(JsonObject schema) => schema["type"] switch
    {
        JsonArray types when types.Any(type => type!.ToString() == "null") && random.Next(5) > 0 => types.First(type => type!.ToString() != "null")!.ToString(),
        JsonArray types => Pick(types)!.ToString(),
        null => "null",
        var type => type.ToString(),
    };

    private JsonObject Members(JsonObject schema, int depth)
    {
        var made = new JsonObject();
        var required = (schema["required"] as JsonArray ?? []).Select(name => name!.ToString()).ToHashSet(StringComparer.Ordinal);
        foreach (var (name, member) in schema["properties"] as JsonObject ?? [])
        {
            if (required.Contains(name) || random.Next(depth < 3 ? 2 : 4) == 0)
            {
                made[name] = known(name) is { } value ? value.DeepClone() : Make(member!, depth + 1);
            }
        }
        return made;
    }

    private JsonArray Items(JsonObject schema, int depth)
    {
        var least = (int)Bound(schema, "minItems", 0);
        var count = random.Next(least, (int)Math.Min(Bound(schema, "maxItems", MostItems), least + MostItems) + 1);
        return [.. Enumerable.Range(0, count).Select(_ => Make(schema["items"]!, depth + 1))];
    }

    private JsonNode Text(JsonObject schema)
    {
        if (schema["format"]?.ToString() is { } format)
        {
            return format switch
            {
                "date" => new DateOnly(2000, 1, 1).AddDays(random.Next(12_000)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                "date-time" => "2024-01-17T08:30:00Z",
                _ => "/v1/formats",
            };
        }
        if (schema["pattern"]?.ToString() is { } pattern)
        {
            return schema["examples"] is JsonArray examples ? Pick(examples)!.DeepClone() : Patterns.Word(pattern, random);
        }
        var (least, most) = ((int)Bound(schema, "minLength", 0), (int)Bound(schema, "maxLength", 40));
        var text = string.Concat(Enumerable.Range(0, random.Next(1, 4)).Select(_ => Pick(_words)));
        text = random.Next(12) == 0 ? new string('满', most) : text;
        return text.EnumerateRunes().Count() is var length && length < least ? text + new string('x', least - length) : Cut(text, most);
    }

    private static string Cut(string text, int most) => string.Concat(text.EnumerateRunes().Take(most));

    private decimal Integer(JsonObject schema)
    {
        var (least, most) = (Bound(schema, "minimum", -1000), Bound(schema, "maximum", 1000));
        return random.Next(6) switch { 0 => least, 1 => most, _ => random.NextInt64((long)least, (long)Math.Min(most, least + 2_000) + 1) };
    }

    private static decimal Bound(JsonObject schema, string name, decimal otherwise) =>
        schema[name] is { } bound ? decimal.Parse(bound.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture) : otherwise;

    private string Pick(string[] list) => list[random.Next(list.Length)];

    private JsonNode? Pick(JsonArray list) => list[random.Next(list.Count)];
}
