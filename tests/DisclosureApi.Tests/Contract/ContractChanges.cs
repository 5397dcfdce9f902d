using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using DisclosureApi.Http;

namespace DisclosureApi.Tests.Contract;

/// <summary>One difference of two contracts.</summary>
/// <param name="IsBreaking">Whether a client that was right before can now be wrong.</param>
public sealed record ContractChange(bool IsBreaking, string What);

/// <summary>
/// Tells the differences of two contracts and which of them break clients. A schema is judged as if it were both sent
/// and received: what is taken away or allowed less breaks who sends, what is no longer promised breaks who reads.
/// </summary>
public sealed class ContractChanges
{
    private static readonly HashSet<string> _prose = new(StringComparer.Ordinal)
        { "description", "summary", "examples", "example", "title", "x-enum-descriptions" };

    private static readonly HashSet<string> _upperBounds = new(StringComparer.Ordinal) { "maximum", "maxLength", "maxItems" };
    private static readonly HashSet<string> _lowerBounds = new(StringComparer.Ordinal) { "minimum", "minLength", "minItems" };

    /// <summary>What allows less where it stands, so that its coming breaks and its going does not.</summary>
    private static readonly HashSet<string> _limits = new(_upperBounds.Concat(_lowerBounds).Concat(["pattern", "enum", "additionalProperties"]), StringComparer.Ordinal);

    /// <summary>Lists that mean sets: what is in them, not where.</summary>
    private static readonly HashSet<string> _sets = new(StringComparer.Ordinal) { "type", "enum", "required", "x-problem-types", "tags" };

    private readonly List<ContractChange> _changes = [];

    private readonly JsonObject _after;

    private ContractChanges(JsonObject after) => _after = after;

    public static IReadOnlyList<ContractChange> Between(JsonObject before, JsonObject after)
    {
        var changes = new ContractChanges(after);
        changes.Compare(before, after, "", "");
        return changes._changes;
    }

    private void Compare(JsonNode? before, JsonNode? after, string at, string name)
    {
        if (JsonNode.DeepEquals(before, after))
        {
            return;
        }
        if (before is JsonObject was && after is JsonObject now)
        {
            CompareMembers(was, now, at);
        }
        else if (before is JsonArray wasList && after is JsonArray nowList)
        {
            CompareLists(wasList, nowList, at, name);
        }
        else
        {
            Changed(before, after, at, name);
        }
    }

    private void CompareMembers(JsonObject before, JsonObject after, string at)
    {
        foreach (var name in before.Select(member => member.Key).Union(after.Select(member => member.Key), StringComparer.Ordinal))
        {
            var where = $"{at}/{name}";
            if (!after.ContainsKey(name))
            {
                Tell(!IsWords(at, name) && !IsLimit(at, name), $"removed {where}");
            }
            else if (!before.ContainsKey(name))
            {
                Tell(IsDemand(at, name, after[name]), $"added {where}");
            }
            else if (IsWords(at, name))
            {
                Compare(before[name], after[name], where, "description");
            }
            else
            {
                Compare(before[name], after[name], where, name);
            }
        }
    }

    private void CompareLists(JsonArray before, JsonArray after, string at, string name)
    {
        if (name == "parameters")
        {
            CompareMembers(ByName(before), ByName(after), at);
        }
        else if (_sets.Contains(name))
        {
            var (was, now) = (Values(before), Values(after));
            foreach (var value in was.Except(now, StringComparer.Ordinal))
            {
                Tell(name != "tags", $"removed {value} from {at}");
            }
            foreach (var value in now.Except(was, StringComparer.Ordinal))
            {
                Tell(name is "required" or "type", $"added {value} to {at}");
            }
        }
        else
        {
            Changed(before, after, at, name);
        }
    }

    private void Changed(JsonNode? before, JsonNode? after, string at, string name) =>
        Tell(!_prose.Contains(name) && !IsWiderBound(before, after, name) && !IsNoLongerDemanded(after, name), $"changed {at}: {Short(before)} to {Short(after)}");

    /// <summary>An addition that asks more of clients than before.</summary>
    private bool IsDemand(string at, string name, JsonNode? added) =>
        // A parameter that only stands ready asks for nothing; an operation that refers to it does.
        (at != "/components/parameters" && Referred(added)?["required"] is JsonValue required && required.GetValueKind() == JsonValueKind.True)
        || (name == "required" && !IsMemberName(at))
        || IsLimit(at, name);

    private JsonObject? Referred(JsonNode? added) => added is JsonObject { Count: 1 } reference && reference["$ref"] is { } target
        ? target.ToString().Split('/').Skip(1).Aggregate((JsonNode?)_after, (node, name) => node?[name]) as JsonObject
        : added as JsonObject;

    private static bool IsLimit(string at, string name) => !IsMemberName(at) && _limits.Contains(name);

    private static bool IsWords(string at, string name) => !IsMemberName(at) && _prose.Contains(name);

    /// <summary>Below properties and components, names are the API's own and mean nothing of JSON Schema.</summary>
    private static bool IsMemberName(string at) =>
        at.EndsWith("/properties", StringComparison.Ordinal) || (at.StartsWith("/components/", StringComparison.Ordinal) && at.Count(c => c == '/') == 2);

    private static bool IsWiderBound(JsonNode? before, JsonNode? after, string name) =>
        decimal.TryParse(before?.ToString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var was)
        && decimal.TryParse(after?.ToString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var now)
        && ((_upperBounds.Contains(name) && now > was) || (_lowerBounds.Contains(name) && now < was));

    private static bool IsNoLongerDemanded(JsonNode? after, string name) => name == "required" && after?.GetValueKind() == JsonValueKind.False;

    private static JsonObject ByName(JsonArray parameters)
    {
        var named = new JsonObject();
        foreach (var parameter in parameters.OfType<JsonObject>())
        {
            named[parameter["$ref"]?.ToString() ?? $"{parameter["in"]} {parameter["name"]}"] = parameter.DeepClone();
        }
        return named;
    }

    private static List<string> Values(JsonArray list) => [.. list.Select(item => item?.ToJsonString() ?? "null")];

    private static string Short(JsonNode? node) => node?.ToJsonString(Json.Options) is { } text ? text.Length > 80 ? text[..80] + "…" : text : "null";

    private void Tell(bool isBreaking, string what) => _changes.Add(new ContractChange(isBreaking, what));
}
