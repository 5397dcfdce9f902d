using System.Text.Json;
using System.Text.Json.Nodes;
using DisclosureApi.Http;

namespace DisclosureApi.Reports.Redaction;

/// <summary>
/// A text without the words that must go. Some texts of an event are JSON (findings, and how a document was read): of these
/// the prose is blotted out, and what programs read stays, so that a word such as null or error breaks nothing.
/// </summary>
internal static class BlottedText
{
    private const char Blot = '□';

    /// <summary>Members whose values are names that programs know.</summary>
    private static readonly HashSet<string> _names = new(["code", "severity", "state", "pointer", "pointers", "at", "section", "ruleSet", "ruleset"], StringComparer.Ordinal);

    public static string Of(string text, IReadOnlyList<string> words)
    {
        if (Parsed(text) is not { } json)
        {
            return Plain(text, words);
        }
        var blotted = Within(json, words);
        return JsonNode.DeepEquals(json, blotted) ? text : blotted!.ToJsonString(Json.Options);
    }

    private static string Plain(string text, IReadOnlyList<string> words) =>
        words.Aggregate(text, (shown, word) => shown.Replace(word, new string(Blot, word.Length), StringComparison.Ordinal));

    private static JsonNode? Within(JsonNode? node, IReadOnlyList<string> words) => node switch
    {
        JsonObject members => new JsonObject(members.Select(member => KeyValuePair.Create(member.Key, _names.Contains(member.Key) ? member.Value?.DeepClone() : Within(member.Value, words)))),
        JsonArray items => new JsonArray([.. items.Select(item => Within(item, words))]),
        JsonValue value when value.GetValueKind() == JsonValueKind.String => JsonValue.Create(Plain(value.GetValue<string>(), words)),
        _ => node?.DeepClone(),
    };

    private static JsonNode? Parsed(string text)
    {
        if (text is not ['{' or '[', ..])
        {
            return null;
        }
        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            // Prose may begin with a bracket too.
            return null;
        }
    }
}
