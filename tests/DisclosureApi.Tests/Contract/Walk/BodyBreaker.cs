using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace DisclosureApi.Tests.Contract.Walk;

/// <summary>Takes JSON that a schema allows and breaks it in one place, so that the schema no longer does.</summary>
internal sealed class BodyBreaker(JsonObject document, Random random)
{
    private const int Attempts = 30;

    private sealed record Place(JsonObject Schema, JsonNode? Value, Action<JsonNode?> Set);

    /// <summary>The broken body; null when nothing about this one could be broken.</summary>
    public JsonNode? Break(JsonNode schema, JsonNode? body)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var whole = new JsonObject { ["body"] = body?.DeepClone() };
            var places = new List<Place>();
            Visit(schema, whole["body"], value => whole["body"] = value, places);
            // Not always at the bottom: most places lie there, and most faults of clients do not.
            var place = places[random.Next(random.Next(2) == 0 ? Math.Min(6, places.Count) : places.Count)];
            BreakAt(place);
            var broken = whole["body"]?.DeepClone();
            if (SchemaCheck.Faults(document, schema, broken).Count > 0)
            {
                return broken;
            }
        }
        return null;
    }

    private void Visit(JsonNode node, JsonNode? value, Action<JsonNode?> set, List<Place> places)
    {
        var schema = (JsonObject)Operation.Resolved(document, node);
        if ((schema["oneOf"] ?? schema["anyOf"]) is JsonArray choices)
        {
            schema = (JsonObject)Operation.Resolved(document, choices.First(choice => value is null || SchemaCheck.Faults(document, choice!, value).Count == 0)!);
        }
        places.Add(new Place(schema, value, set));
        if (value is JsonObject members)
        {
            foreach (var (name, member) in members.ToList())
            {
                if (schema["properties"]?[name] is { } told)
                {
                    Visit(told, member, changed => members[name] = changed, places);
                }
            }
        }
        else if (value is JsonArray items)
        {
            foreach (var (i, item) in items.Index().ToList())
            {
                Visit(schema["items"]!, item, changed => items[i] = changed, places);
            }
        }
    }

    private void BreakAt(Place place)
    {
        switch (place.Value)
        {
            case JsonObject members when random.Next(3) == 0:
                members["unknownMember"] = 1;
                break;
            case JsonObject { Count: > 0 } members when random.Next(2) == 0:
                members.Remove(members.ElementAt(random.Next(members.Count)).Key);
                break;
            case JsonArray items when random.Next(2) == 0:
                Stretch(place.Schema, items);
                break;
            case JsonValue when random.Next(2) == 0:
                place.Set(Beyond(place.Schema));
                break;
            default:
                place.Set(OtherType());
                break;
        }
    }

    /// <summary>As many items as are one too many; none, where there must be one.</summary>
    private static void Stretch(JsonObject schema, JsonArray items)
    {
        var first = items.FirstOrDefault();
        items.Clear();
        for (var i = 0; schema["maxItems"] is { } most && i <= most.GetValue<int>(); i++)
        {
            items.Add(first?.DeepClone());
        }
    }

    private JsonNode? Beyond(JsonObject schema) => random.Next(5) switch
    {
        0 when schema["maximum"] is { } most => JsonNode.Parse($"{most.ToJsonString()}0"),
        1 when schema["minimum"] is { } least => JsonValue.Create((double)JsonSerializer.Deserialize<double>(least.ToJsonString()) - 1),
        2 when schema["maxLength"] is { } long_ => JsonValue.Create(new string('长', Math.Min(long_.GetValue<int>() + 1, 100_000))),
        3 => JsonValue.Create("no such word"),
        _ => JsonValue.Create(""),
    };

    private JsonNode? OtherType() => JsonNode.Parse(_others[random.Next(_others.Length)]);

    private static readonly string[] _others =
        ["null", "true", "\"7\"", "7", "-7", "0.5", "1e400", "9007199254740993", "-0", "1E2", "{}", "[]", "[[]]", "{\"a\":null}", "\"\"", "\"\\n\"", "[null]"];

    /// <summary>Bytes that are no JSON of this API, made of JSON that is.</summary>
    public byte[] Garble(byte[] body)
    {
        var text = Encoding.UTF8.GetString(body);
        var at = random.Next(text.Length);
        return random.Next(8) switch
        {
            0 => Encoding.UTF8.GetBytes(text[..at]),
            1 => Encoding.UTF8.GetBytes(text + "}"),
            2 => [.. body, 0xff, 0xfe],
            3 => Encoding.UTF8.GetBytes(text.Insert(1, "\"x\":1,\"x\":2" + (text is "{}" ? "" : ","))),
            4 => Encoding.UTF8.GetBytes(text.Insert(1, "\"x\":\"\\ud800\"" + (text is "{}" ? "" : ","))),
            5 => Encoding.UTF8.GetBytes(new string('[', 10_000)),
            6 => Encoding.UTF8.GetBytes(text.Insert(1, "\"x\":NaN" + (text is "{}" ? "" : ","))),
            _ => Encoding.UTF8.GetBytes(text.Replace("\"", "'", StringComparison.Ordinal) + "'"),
        };
    }
}
