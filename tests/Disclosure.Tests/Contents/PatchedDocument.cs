using System.Text.Json.Nodes;

namespace Disclosure.Tests;

/// <summary>Carries out JSON Patches as RFC 6902 says, written from the RFC alone.</summary>
public static class PatchedDocument
{
    public static JsonNode? Apply(JsonNode? document, JsonArray patch)
    {
        var root = new JsonObject { ["root"] = document?.DeepClone() };
        foreach (var operation in patch)
        {
            var path = new[] { "root" }.Concat(operation!["path"]!.ToString().Split('/').Skip(1).Select(Unescaped)).ToArray();
            Carry(operation["op"]!.ToString(), Parent(root, path), path[^1], operation["value"]);
        }
        return root["root"]?.DeepClone();
    }

    private static JsonNode Parent(JsonNode root, string[] path) =>
        path[..^1].Aggregate(root, (node, name) => node is JsonArray items ? items[int.Parse(name)]! : node[name]!);

    private static void Carry(string operation, JsonNode parent, string name, JsonNode? value)
    {
        switch (operation, parent)
        {
            case ("add", JsonArray items):
                items.Insert(name == "-" ? items.Count : int.Parse(name), value?.DeepClone());
                break;
            case ("add", JsonObject members):
                members[name] = value?.DeepClone();
                break;
            case ("replace", JsonArray items):
                items[int.Parse(name)] = value?.DeepClone();
                break;
            case ("replace", JsonObject members):
                Assert.True(members.ContainsKey(name), $"nothing to replace at {name}");
                members[name] = value?.DeepClone();
                break;
            case ("remove", JsonArray items):
                items.RemoveAt(int.Parse(name));
                break;
            case ("remove", JsonObject members):
                Assert.True(members.Remove(name), $"nothing to remove at {name}");
                break;
            default:
                throw new NotSupportedException(operation);
        }
    }

    private static string Unescaped(string name) => name.Replace("~1", "/").Replace("~0", "~");
}
