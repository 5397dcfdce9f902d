using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace DisclosureApi.Contract.Schemas;

/// <summary>The few shapes that JSON of this API is made of, as JSON Schema 2020-12.</summary>
internal static class Shape
{
    /// <summary>An object whose members are all known; another member is refused in requests and never sent.</summary>
    public static OpenApiSchema Closed(string description, params (string Name, IOpenApiSchema Schema)[] members) =>
        Open(description, members).With(schema => schema.AdditionalPropertiesAllowed = false);

    /// <summary>An object that may tell more than is told here.</summary>
    public static OpenApiSchema Open(string description, params (string Name, IOpenApiSchema Schema)[] members) => new()
    {
        Type = JsonSchemaType.Object,
        Description = description,
        Properties = members.ToDictionary(member => member.Name, member => member.Schema, StringComparer.Ordinal),
    };

    public static OpenApiSchema Text(string description, int? maxLength = null) =>
        new() { Type = JsonSchemaType.String, Description = description, MaxLength = maxLength };

    public static OpenApiSchema Pattern(string description, string pattern, string example) =>
        new() { Type = JsonSchemaType.String, Description = description, Pattern = pattern, Examples = [example] };

    public static OpenApiSchema Day(string description) => new() { Type = JsonSchemaType.String, Description = description, Format = "date", Examples = ["2024-01-17"] };

    public static OpenApiSchema Time(string description) => new() { Type = JsonSchemaType.String, Description = description, Format = "date-time" };

    public static OpenApiSchema Flag(string description) => new() { Type = JsonSchemaType.Boolean, Description = description };

    public static OpenApiSchema Integer(string description, long minimum, long? maximum = null) =>
        new() { Type = JsonSchemaType.Integer, Description = description, Minimum = Number(minimum), Maximum = maximum is { } most ? Number(most) : null };

    public static OpenApiSchema Decimal(string description, decimal? minimum = null, decimal? maximum = null) => new()
    {
        Type = JsonSchemaType.Number,
        Description = description,
        Minimum = minimum is { } least ? Number(least) : null,
        Maximum = maximum is { } most ? Number(most) : null,
    };

    public static OpenApiSchema List(string description, IOpenApiSchema items, int? maxItems = null) =>
        new() { Type = JsonSchemaType.Array, Description = description, Items = items, MaxItems = maxItems };

    /// <summary>One of a few words. What each means stands in the description for people and beside the words for tools.</summary>
    public static OpenApiSchema Choice(string description, params (string Value, string Meaning)[] choices) => new()
    {
        Type = JsonSchemaType.String,
        Description = $"{description}\n\n{string.Join('\n', choices.Select(choice => $"- `{choice.Value}`: {choice.Meaning}"))}",
        Enum = [.. choices.Select(choice => (JsonNode)choice.Value)],
        Extensions = new Dictionary<string, IOpenApiExtension>(StringComparer.Ordinal)
        {
            ["x-enum-descriptions"] = new JsonNodeExtension(new JsonArray([.. choices.Select(choice => (JsonNode)choice.Meaning)])),
        },
    };

    /// <summary>A word for each member of the enumeration; a member without a meaning stops the start.</summary>
    public static OpenApiSchema Choice<T>(string description, IReadOnlyDictionary<T, string> meanings)
        where T : struct, Enum =>
        Choice(description, [.. Enum.GetValues<T>().Select(value => (System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(value.ToString()), meanings[value]))]);

    public static OpenApiSchemaReference Named(string name, string? description = null) => new(name) { Description = description };

    /// <summary>The named schema, or null.</summary>
    public static OpenApiSchema NamedOrNull(string name, string description) =>
        new() { Description = description, OneOf = [Named(name), new OpenApiSchema { Type = JsonSchemaType.Null }] };

    public static OpenApiSchema OrNull(this OpenApiSchema schema) => schema.With(nullable =>
    {
        nullable.Type |= JsonSchemaType.Null;
        nullable.Enum?.Add(JsonNullSentinel.JsonNull);
    });

    public static OpenApiSchema Requiring(this OpenApiSchema schema, params string[] names) =>
        schema.With(demanding => demanding.Required = new HashSet<string>(names, StringComparer.Ordinal));

    /// <summary>Every member is always there, null where there is nothing to tell.</summary>
    public static OpenApiSchema Whole(this OpenApiSchema schema) => schema.Requiring([.. schema.Properties!.Keys]);

    public static OpenApiSchema NotEmpty(this OpenApiSchema schema) => schema.With(filled =>
    {
        if (filled.Type!.Value.HasFlag(JsonSchemaType.Array))
        {
            filled.MinItems = 1;
        }
        else
        {
            filled.MinLength = 1;
        }
    });

    public static OpenApiSchema WithExample(this OpenApiSchema schema, string json) => schema.With(shown => shown.Examples = [JsonNode.Parse(json)!]);

    public static OpenApiSchema With(this OpenApiSchema schema, Action<OpenApiSchema> change)
    {
        change(schema);
        return schema;
    }

    private static string Number(decimal value) => value.ToString(CultureInfo.InvariantCulture);
}
