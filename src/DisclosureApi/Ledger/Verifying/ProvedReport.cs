using System.Text.Json;
using System.Text.Json.Nodes;
using Disclosure.Contents;
using DisclosureApi.Http;

namespace DisclosureApi.Ledger.Verifying;

/// <summary>The report that proved events and a proved content make: what report.json must say, member for member.</summary>
internal static class ProvedReport
{
    /// <param name="published">The envelope of the event that made the revision public.</param>
    /// <param name="entry">The envelope of the agency's entry in the register then.</param>
    /// <param name="content">The bytes of content.json.</param>
    public static JsonObject Of(JsonObject published, JsonObject entry, byte[] content)
    {
        var (data, agency) = (published["data"]!, entry["data"]!["agency"] ?? entry["data"]!);
        var parts = published["stream"]!.GetValue<string>().Split('/');
        var address = $"/v1/agencies/{parts[1]}/reports/{parts[2]}";
        return new JsonObject
        {
            ["agency"] = new JsonObject(((string[])["code", "name", "region", "level", "kind"]).Select(name => KeyValuePair.Create(name, agency[name]?.DeepClone()))),
            ["year"] = int.Parse(parts[2], System.Globalization.CultureInfo.InvariantCulture),
            ["revision"] = data["revision"]?.DeepClone() ?? 1,
            ["status"] = "published",
            ["publishedAt"] = published["time"]!.DeepClone(),
            ["publishedOn"] = data["publishedOn"]?.DeepClone(),
            ["sourceUrl"] = data["sourceUrl"]?.DeepClone(),
            ["lastEvent"] = published["position"]!.DeepClone(),
            ["contentHash"] = data["contentHash"]!.DeepClone(),
            ["content"] = Content(content),
            ["links"] = new JsonObject { ["self"] = address, ["findings"] = $"{address}/findings", ["agency"] = $"/v1/agencies/{parts[1]}" },
        };
    }

    /// <summary>Where the two differ first, as a JSON pointer.</summary>
    public static string FirstDifference(JsonNode? one, JsonNode? other, string path)
    {
        if (one is JsonObject members && other is JsonObject others)
        {
            return members.Select(member => member.Key).Union(others.Select(member => member.Key), StringComparer.Ordinal)
                .Where(name => !members.ContainsKey(name) || !others.ContainsKey(name) || !JsonNode.DeepEquals(members[name], others[name]))
                .Select(name => FirstDifference(members[name], others[name], $"{path}/{name}")).FirstOrDefault(path);
        }
        return path;
    }

    /// <summary>The content as the API writes it, from the texts that content.json opens.</summary>
    private static JsonNode Content(byte[] content)
    {
        using var filing = JsonDocument.Parse(new JsonObject { ["content"] = Open(JsonNode.Parse(content)) }.ToJsonString());
        var read = FilingReader.Read(filing.RootElement).Filing.Content;
        return JsonNode.Parse(Json.Bytes(writer => FilingWriter.WriteContent(writer, read)))!;
    }

    private static JsonNode? Open(JsonNode? node) => node switch
    {
        JsonObject text when text.Count == 2 && text["text"] is JsonValue words && (text["salt"] ?? text["commitment"]) is JsonValue => words.DeepClone(),
        JsonObject members => new JsonObject(members.Select(member => KeyValuePair.Create(member.Key, Open(member.Value)))),
        JsonArray items => new JsonArray([.. items.Select(Open)]),
        _ => node?.DeepClone(),
    };
}
