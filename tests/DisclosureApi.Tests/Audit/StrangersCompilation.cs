using System.Text.Json.Nodes;

namespace DisclosureApi.Tests.Audit;

/// <summary>What compiling and adjusting leave in the work, as openapi/HISTORY.md says.</summary>
internal static class StrangersCompilation
{
    public static void Compile(JsonObject work, JsonObject plan) => work["compilation"] = new JsonObject
    {
        ["scope"] = plan["scope"]!.DeepClone(), ["form"] = plan["form"]!.DeepClone(), ["upTo"] = plan["upTo"]!.DeepClone(), ["sums"] = plan["sums"]!.DeepClone(),
        ["members"] = new JsonArray([.. plan["members"]!.AsArray().Select(Member)]),
        ["adjustments"] = work["compilation"]?["adjustments"]?.DeepClone() ?? new JsonArray(),
    };

    public static void Adjust(JsonObject work, JsonArray adjustments, string actor)
    {
        foreach (var adjustment in adjustments)
        {
            work["compilation"]!["adjustments"]!.AsArray().Add((JsonNode)new JsonObject
            {
                ["cell"] = adjustment!["cell"]!.DeepClone(), ["amount"] = adjustment["amount"]!.DeepClone(), ["reason"] = adjustment["reason"]!["text"]!.DeepClone(), ["actor"] = actor,
            });
        }
    }

    private static JsonNode Member(JsonNode? member) => new JsonObject
    {
        ["agency"] = member!["agency"]!.DeepClone(), ["revision"] = member["revision"]?.DeepClone(), ["leftOut"] = member["leftOut"]?.DeepClone(), ["decision"] = member["decision"]?["text"]?.DeepClone(),
    };
}
