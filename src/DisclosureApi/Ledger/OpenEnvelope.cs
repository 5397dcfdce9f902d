using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Nodes;
using Disclosure.Canonical;
using Disclosure.Ledger;

namespace DisclosureApi.Ledger;

/// <summary>
/// An event as it is given out with its proof. Those who work on the report see it whole; the public sees events that made
/// something public, and of their texts those that are public: the others stand there as commitments alone, which proves as much.
/// </summary>
internal static class OpenEnvelope
{
    /// <summary>Types of events that the public is shown, each with the members whose texts are public.</summary>
    private static readonly FrozenDictionary<string, string[]> _public = new Dictionary<string, string[]>(StringComparer.Ordinal)
    {
        ["report_published"] = [],
        ["report_archived"] = ["changes", "agencyName", "assessment"],
        ["correction_opened"] = ["reason"],
        ["report_withdrawn"] = ["reason"],
        ["report_reinstated"] = ["reason"],
        ["report_rechecked"] = ["assessment"],
        ["texts_redacted"] = ["reason"],
        ["error_report_answered"] = ["reason"],
        ["error_report_dismissed"] = ["reason"],
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static bool IsPublic(string type) => _public.ContainsKey(type);

    /// <summary>The register is public, the reasons of its changes are not.</summary>
    public static byte[] OfRegister(Envelope envelope) => Shown(envelope, []);

    /// <summary>The bytes that the public may see; they give the same commitment.</summary>
    public static byte[] Public(Envelope envelope) => Shown(envelope, _public[envelope.Type]);

    private static byte[] Shown(Envelope envelope, string[] open)
    {
        var data = JsonNode.Parse(envelope.Data.Span)!.AsObject();
        foreach (var (name, value) in data.ToList())
        {
            if (!open.Contains(name))
            {
                data[name] = Closed(value);
            }
        }
        return (envelope with { Data = JsonSerializer.SerializeToUtf8Bytes(data) }).Open();
    }

    private static JsonNode? Closed(JsonNode? node) => node switch
    {
        JsonObject { Count: 2 } text when text["text"] is JsonValue && text["salt"] is JsonValue => Commitment(new CommittedText(text["text"]!.GetValue<string>(), text["salt"]!.GetValue<string>())),
        JsonObject members => new JsonObject(members.Select(member => KeyValuePair.Create(member.Key, Closed(member.Value)))),
        JsonArray items => new JsonArray([.. items.Select(Closed)]),
        _ => node?.DeepClone(),
    };

    private static JsonObject Commitment(CommittedText text) => new() { ["commitment"] = text.Commitment };
}
