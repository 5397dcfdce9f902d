using System.Text.Json;
using System.Text.Json.Nodes;
using Disclosure.Contents;

namespace DisclosureApi.Http.History;

/// <summary>What changed in a report's content, as answers tell it.</summary>
internal static class ChangeJson
{
    public static void Write(Utf8JsonWriter writer, IEnumerable<LabelledChange> changes)
    {
        writer.WriteStartArray("changes");
        foreach (var change in changes)
        {
            writer.WriteStartObject();
            writer.WriteString("kind", change.IsCell ? "cell" : "text");
            writer.WriteString("pointer", change.Pointer);
            writer.WriteString("label", change.Label);
            Write(writer, "from", change.From);
            Write(writer, "to", change.To);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }

    public static void Write(Utf8JsonWriter writer, string name, JsonNode? value)
    {
        writer.WritePropertyName(name);
        switch (value)
        {
            case null:
                writer.WriteNullValue();
                break;
            // Histories name numbers by the thousand, and a node that writes itself asks the serializer how.
            case JsonValue number when number.TryGetValue<decimal>(out var given):
                writer.WriteNumberValue(given);
                break;
            default:
                value.WriteTo(writer);
                break;
        }
    }
}
