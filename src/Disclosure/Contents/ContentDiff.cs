using System.Text.Json.Nodes;
using Disclosure.Formats;

namespace Disclosure.Contents;

/// <summary>One place of a report at which two contents differ, with what people call it. Null stands for what is not given.</summary>
public sealed record LabelledChange(string Pointer, string Label, JsonNode? From, JsonNode? To)
{
    /// <summary>Whether it is a number of a table; all else is words.</summary>
    public bool IsCell => CellAddress.Parse(Pointer) is not null;
}

/// <summary>What differs between two contents as they are written in JSON, place by place.</summary>
public static class ContentDiff
{
    /// <summary>In the order of the later content; what is only in the earlier one comes last.</summary>
    public static IReadOnlyList<LabelledChange> Between(JsonNode? before, JsonNode? after)
    {
        var (was, now) = (Leaves(before), Leaves(after));
        return
        [
            .. now.Keys.Union(was.Keys, StringComparer.Ordinal)
                .Select(pointer => (Pointer: pointer, From: was.GetValueOrDefault(pointer), To: now.GetValueOrDefault(pointer)))
                .Where(place => !JsonNode.DeepEquals(place.From, place.To))
                .Select(place => new LabelledChange(place.Pointer, ContentLabels.Of(place.Pointer, FormAt(place.Pointer, after) ?? FormAt(place.Pointer, before)), place.From, place.To)),
        ];
    }

    /// <summary>The form that a content says the table of this place follows.</summary>
    private static ReportFormat? FormAt(string pointer, JsonNode? content) =>
        CellAddress.Parse(pointer) is { } address ? KnownFormats.ByKey(content?["forms"]?[address.Table]?.GetValue<string>()) : null;

    private static Dictionary<string, JsonNode> Leaves(JsonNode? root)
    {
        var leaves = new Dictionary<string, JsonNode>(StringComparer.Ordinal);
        Visit("", root, leaves);
        return leaves;
    }

    private static void Visit(string at, JsonNode? node, Dictionary<string, JsonNode> leaves)
    {
        switch (node)
        {
            case JsonObject members:
                foreach (var (name, value) in members)
                {
                    Visit($"{at}/{name}", value, leaves);
                }
                break;
            case JsonArray items:
                for (var i = 0; i < items.Count; i++)
                {
                    Visit($"{at}/{i}", items[i], leaves);
                }
                break;
            case not null:
                leaves.Add(at, node);
                break;
            default:
                break;
        }
    }
}
