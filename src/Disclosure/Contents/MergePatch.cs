using System.Text.Json.Nodes;

namespace Disclosure.Contents;

/// <summary>JSON Merge Patch (RFC 7396): members that are given replace, null takes away, what is not named stays.</summary>
public static class MergePatch
{
    /// <summary>The target with the patch applied. Neither of the two is changed.</summary>
    public static JsonNode? Apply(JsonNode? target, JsonNode? patch)
    {
        if (patch is not JsonObject changes)
        {
            return patch?.DeepClone();
        }
        var result = target is JsonObject given ? given.DeepClone().AsObject() : [];
        foreach (var (name, value) in changes)
        {
            if (value is null)
            {
                result.Remove(name);
            }
            else
            {
                result[name] = Apply(result[name], value);
            }
        }
        return result;
    }
}
