using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace DisclosureApi.Tests.Contract;

/// <summary>Judges JSON by the contract's schemas: the part of JSON Schema 2020-12 that they use, and a crash on any other.</summary>
internal sealed class SchemaCheck(JsonObject document)
{
    private static readonly HashSet<string> _known = new(StringComparer.Ordinal)
    {
        "$ref", "type", "enum", "pattern", "minLength", "maxLength", "minimum", "maximum", "minItems", "maxItems", "items", "properties", "required",
        "additionalProperties", "patternProperties", "oneOf", "anyOf", "allOf", "const", "uniqueItems", "format", "default", "deprecated", "description", "examples",
        "title", "x-enum-descriptions",
    };

    private readonly List<string> _faults = [];

    /// <summary>What the named schema has against the value; empty when it is right.</summary>
    public static IReadOnlyList<string> Faults(JsonObject document, string schema, JsonNode? value) =>
        Faults(document, document["components"]!["schemas"]![schema]!, value);

    /// <summary>What a schema of the document has against the value.</summary>
    public static IReadOnlyList<string> Faults(JsonObject document, JsonNode schema, JsonNode? value)
    {
        var check = new SchemaCheck(document);
        check.Check(schema, value, "");
        return check._faults;
    }

    private void Check(JsonNode node, JsonNode? value, string at)
    {
        var schema = (JsonObject)node;
        foreach (var unknown in schema.Select(member => member.Key).Where(name => !_known.Contains(name)))
        {
            throw new NotSupportedException($"The check knows nothing of {unknown}.");
        }
        if (schema["$ref"] is { } reference)
        {
            Check(Resolve(document, reference.ToString()), value, at);
            return;
        }
        if (schema["oneOf"] is JsonArray choices)
        {
            Require(choices.Count(choice => Holds(choice!, value)) == 1, at, "fits none or several of its choices");
        }
        Require(schema["anyOf"] is not JsonArray ways || ways.Any(way => Holds(way!, value)), at, "fits none of its choices");
        foreach (var part in schema["allOf"] as JsonArray ?? [])
        {
            Check(part!, value, at);
        }
        Require(!schema.ContainsKey("const") || JsonNode.DeepEquals(schema["const"], value), at, $"is not {schema["const"]?.ToJsonString()}");
        Require(schema["type"] is null || Names(schema["type"]!).Any(type => IsOf(type, value)), at, $"is no {schema["type"]?.ToJsonString()}");
        Require(schema["enum"] is not JsonArray words || words.Any(word => JsonNode.DeepEquals(word, value)), at, "is none of the words");
        CheckText(schema, value, at);
        CheckNumber(schema, value, at);
        CheckList(schema, value, at);
        CheckMembers(schema, value, at);
    }

    public static JsonNode Resolve(JsonObject document, string reference) =>
        reference.Split('/').Skip(1).Aggregate((JsonNode)document, (node, name) => node[name] ?? throw new KeyNotFoundException($"{reference} leads nowhere"));

    private bool Holds(JsonNode schema, JsonNode? value)
    {
        var trial = new SchemaCheck(document);
        trial.Check(schema, value, "");
        return trial._faults.Count == 0;
    }

    private void CheckText(JsonObject schema, JsonNode? value, string at)
    {
        if (value?.GetValueKind() != JsonValueKind.String)
        {
            return;
        }
        var text = value.GetValue<string>();
        // JSON Schema counts characters, not the halves that UTF-16 makes of some.
        var length = text.EnumerateRunes().Count();
        Require(schema["maxLength"] is not { } most || length <= most.GetValue<int>(), at, "is too long");
        Require(schema["minLength"] is not { } least || length >= least.GetValue<int>(), at, "is too short");
        Require(schema["format"] is not { } format || Formats.IsOf(format.ToString(), text), at, $"is no {schema["format"]}");
        Require(schema["pattern"] is not { } pattern || Matches(text, pattern.ToString()), at, $"does not match {schema["pattern"]}");
    }

    private void CheckNumber(JsonObject schema, JsonNode? value, string at)
    {
        if (value?.GetValueKind() == JsonValueKind.Number)
        {
            var number = Number(value);
            Require(schema["maximum"] is not { } most || number <= Number(most), at, "is too large");
            Require(schema["minimum"] is not { } least || number >= Number(least), at, "is too small");
        }
    }

    private void CheckList(JsonObject schema, JsonNode? value, string at)
    {
        if (value is not JsonArray list)
        {
            return;
        }
        Require(schema["maxItems"] is not { } most || list.Count <= most.GetValue<int>(), at, "holds too many items");
        Require(schema["minItems"] is not { } least || list.Count >= least.GetValue<int>(), at, "holds too few items");
        Require(schema["uniqueItems"]?.GetValueKind() != JsonValueKind.True || list.Select(item => item?.ToJsonString()).Distinct(StringComparer.Ordinal).Count() == list.Count, at, "holds an item twice");
        foreach (var (i, item) in schema["items"] is null ? [] : list.Index())
        {
            Check(schema["items"]!, item, $"{at}/{i}");
        }
    }

    private void CheckMembers(JsonObject schema, JsonNode? value, string at)
    {
        if (value is not JsonObject members)
        {
            return;
        }
        foreach (var name in Names(schema["required"]))
        {
            Require(members.ContainsKey(name), at, $"lacks {name}");
        }
        foreach (var (name, member) in members)
        {
            if (schema["properties"]?[name] is { } known)
            {
                Check(known, member, $"{at}/{name}");
            }
            else if (schema["patternProperties"] is JsonObject patterns && patterns.FirstOrDefault(pattern => Matches(name, pattern.Key)).Value is { } fitting)
            {
                Check(fitting, member, $"{at}/{name}");
            }
            else if (schema["additionalProperties"] is JsonObject other)
            {
                Check(other, member, $"{at}/{name}");
            }
            else
            {
                Require(schema["additionalProperties"]?.GetValueKind() != JsonValueKind.False, $"{at}/{name}", "is no member");
            }
        }
    }

    /// <summary>Exact as far as bounds go: 2^53 is the largest of them.</summary>
    private static double Number(JsonNode value) => double.Parse(value.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture);

    private static bool Matches(string text, string pattern) => Regex.IsMatch(text, pattern, RegexOptions.ECMAScript, TimeSpan.FromSeconds(1));

    private void Require(bool holds, string at, string fault)
    {
        if (!holds)
        {
            _faults.Add($"{(at.Length > 0 ? at : "the whole")} {fault}");
        }
    }

    private static IEnumerable<string> Names(JsonNode? node) => node switch
    {
        JsonArray list => list.Select(item => item!.ToString()),
        null => [],
        _ => [node.ToString()],
    };

    private static bool IsOf(string type, JsonNode? value) => (type, value?.GetValueKind() ?? JsonValueKind.Null) switch
    {
        ("null", JsonValueKind.Null) or ("string", JsonValueKind.String) or ("number", JsonValueKind.Number) or ("object", JsonValueKind.Object)
            or ("array", JsonValueKind.Array) or ("boolean", JsonValueKind.True or JsonValueKind.False) => true,
        ("integer", JsonValueKind.Number) => double.IsInteger(Number(value!)),
        _ => false,
    };
}
