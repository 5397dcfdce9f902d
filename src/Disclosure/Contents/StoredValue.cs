using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Disclosure.Canonical;

namespace Disclosure.Contents;

/// <summary>
/// One value of the content as events keep it: a number, a plain word (a date, a key of the form), or a text with its
/// salt. In JSON: <c>12</c>, <c>"2021"</c>, <c>{"text": "…", "salt": "…"}</c>. This is a storage format.
/// </summary>
[JsonConverter(typeof(StoredValueJson))]
public abstract record StoredValue
{
    private StoredValue()
    {
    }

    /// <summary>The value as people read it, without its salt.</summary>
    [JsonIgnore]
    public JsonNode? Shown => this switch
    {
        Number(var value) => JsonValue.Create(value),
        Plain(var word) => JsonValue.Create(word),
        Text(var text) => JsonValue.Create(text.Text),
        _ => throw new InvalidOperationException($"unknown stored value {GetType().Name}"),
    };

    public sealed record Number(decimal Value) : StoredValue;

    public sealed record Plain(string Value) : StoredValue;

    public sealed record Text(CommittedText Value) : StoredValue;
}

/// <summary>One changed path of a report's content. From is null where the path was not given before, To where it no longer is.</summary>
public sealed record ContentChange(string Path, StoredValue? From, StoredValue? To);

internal sealed class StoredValueJson : JsonConverter<StoredValue>
{
    public override StoredValue? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.Number => new StoredValue.Number(reader.GetDecimal()),
        JsonTokenType.String => new StoredValue.Plain(reader.GetString()!),
        _ => new StoredValue.Text(JsonSerializer.Deserialize<CommittedText>(ref reader, options)!),
    };

    public override void Write(Utf8JsonWriter writer, StoredValue value, JsonSerializerOptions options)
    {
        switch (value)
        {
            case StoredValue.Number(var number):
                writer.WriteNumberValue(number);
                break;
            case StoredValue.Plain(var word):
                writer.WriteStringValue(word);
                break;
            case StoredValue.Text(var text):
                JsonSerializer.Serialize(writer, text, options);
                break;
            default:
                throw new InvalidOperationException($"unknown stored value {value.GetType().Name}");
        }
    }
}
