using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace DisclosureApi.Tests.Audit;

/// <summary>Folds reports from exported events as openapi/HISTORY.md says, with nothing of the product's own code.</summary>
internal sealed class StrangersFold
{
    private static readonly Dictionary<string, string> _corrections = new() { ["draft"] = "correcting", ["submitted"] = "correctionSubmitted", ["approved"] = "correctionApproved" };
    private JsonObject? _work;
    private JsonObject? _public;
    private JsonObject? _withdrawn;

    public string State { get; private set; } = "none";

    /// <summary>Values by path, as they are stored.</summary>
    public JsonObject? Content => (_work ?? _public ?? _withdrawn)?["content"]!.AsObject();

    public void Apply(JsonObject happened)
    {
        var (type, data, actor) = (happened["type"]!.ToString(), happened["data"]!.AsObject(), happened["actor"]!.ToString());
        State = type switch
        {
            "draft_changed" or "document_imported" => Change(data, actor),
            "report_compiled" => Change(data, actor, work => StrangersCompilation.Compile(work, data["plan"]!.AsObject())),
            "compilation_adjusted" => Change(data, actor, work => StrangersCompilation.Adjust(work, data["adjustments"]!.AsArray(), actor)),
            "draft_discarded" => Drop(),
            "secrecy_reviewed" => Keep(() => _work!["secrecyReview"] = new JsonObject { ["reviewer"] = actor, ["contentHash"] = data["contentHash"]!.DeepClone(), ["passed"] = data["passed"]!.DeepClone() }),
            "findings_acknowledged" => Keep(() => Acknowledge(data["acknowledgements"]!.AsArray())),
            "report_submitted" => Move("submitted", () => _work!["comments"] = new JsonArray()),
            "submission_recalled" => Move("draft", () => { }),
            "report_returned" => Move("draft", () => Return(data["comments"]!.AsArray())),
            "waiver_decided" => Keep(() => Waive(data)),
            "report_approved" => Move("approved", () => _work!["approver"] = actor),
            "report_published" => Publish(data["revision"]!.GetValue<int>()),
            "correction_opened" => Correct(data["reason"]!["text"]!.ToString(), actor),
            "report_withdrawn" => Withdraw(data["reason"]!["text"]!.ToString()),
            "report_reinstated" => Reinstate(),
            "report_archived" => Archive(data),
            "report_rechecked" or "texts_redacted" => Keep(() => { }),
            _ => throw new NotSupportedException(type),
        };
        if (data["contentHash"] is { } hash && type != "secrecy_reviewed")
        {
            Assert.Equal(hash.ToString(), Hash(Content!));
        }
    }

    /// <summary>What the API should answer, nulls and empty places left out.</summary>
    public JsonNode Answer()
    {
        var work = _work?.DeepClone().AsObject();
        work?.Remove("content");
        if (work is not null)
        {
            work["authors"] = Sorted(work["authors"]!.AsArray(), item => item.ToString());
            work["acknowledgements"] = Listed(work["acknowledgements"]!.AsObject());
            work["waivers"] = Listed(work["waivers"]!.AsObject());
        }
        return Dense(new JsonObject
        {
            ["state"] = State,
            ["contentHash"] = Content is { } content ? Hash(content) : null,
            ["content"] = Content is { } shown ? Tree(shown, Text) : null,
            ["work"] = work,
            ["public"] = _public is null ? null : Revision(_public),
            ["withdrawn"] = _withdrawn is null ? null : new JsonObject { ["reason"] = _withdrawn["reason"]!.DeepClone(), ["revision"] = _withdrawn["revision"]!.DeepClone() },
        })!;
    }

    /// <summary>Null, and an object or a list in which nothing stands, all mean not given.</summary>
    public static JsonNode? Dense(JsonNode? node) => node switch
    {
        JsonObject members when members.Select(member => (member.Key, Value: Dense(member.Value))).Where(member => member.Value is not null).ToList() is { Count: > 0 } dense =>
            new JsonObject(dense.Select(member => KeyValuePair.Create(member.Key, member.Value))),
        JsonArray items when items.Count > 0 => new JsonArray([.. items.Select(item => Dense(item))]),
        JsonObject or JsonArray => null,
        _ => node?.DeepClone(),
    };

    private string Working(string state) => _public is null ? state : _corrections[state];

    private string Keep(Action change)
    {
        change();
        return State;
    }

    private string Move(string state, Action change)
    {
        change();
        return Working(state);
    }

    private static JsonObject NewWork(JsonNode content, JsonNode? agencyName, string? reason) => new()
    {
        ["content"] = content.DeepClone(), ["agencyName"] = agencyName?.DeepClone(), ["correctionReason"] = reason, ["authors"] = new JsonArray(),
        ["acknowledgements"] = new JsonObject(), ["waivers"] = new JsonObject(), ["comments"] = new JsonArray(), ["secrecyReview"] = null, ["approver"] = null,
    };

    private string Change(JsonObject data, string actor, Action<JsonObject>? further = null)
    {
        _work ??= NewWork(new JsonObject(), null, null);
        ApplyTo(_work["content"]!.AsObject(), data);
        if (data["agencyName"]?["text"]?.ToString() is { } name)
        {
            _work["agencyName"] = name.Length == 0 ? null : name;
        }
        if (_work["authors"]!.AsArray().All(author => author!.ToString() != actor))
        {
            _work["authors"]!.AsArray().Add(actor);
        }
        further?.Invoke(_work);
        return Working("draft");
    }

    private static void ApplyTo(JsonObject content, JsonObject data)
    {
        foreach (var change in data["changes"]!.AsArray())
        {
            var path = change!["path"]!.ToString();
            content.Remove(path);
            if (change["to"] is { } to)
            {
                content[path] = to.DeepClone();
            }
        }
    }

    private string Drop()
    {
        _work = null;
        return _public is null ? "none" : "published";
    }

    private void Acknowledge(JsonArray items)
    {
        foreach (var item in items)
        {
            _work!["acknowledgements"]![item!["inputs"]!.ToString()] = new JsonObject
                { ["code"] = item["code"]!.DeepClone(), ["inputs"] = item["inputs"]!.DeepClone(), ["reason"] = item["reason"]?["text"]?.DeepClone() };
        }
    }

    private void Return(JsonArray comments)
    {
        _work!["comments"] = new JsonArray([.. comments.Select(comment => new JsonObject { ["pointer"] = comment!["pointer"]?.DeepClone(), ["text"] = comment["text"]!["text"]!.DeepClone() })]);
        _work["approver"] = null;
    }

    private void Waive(JsonObject data)
    {
        foreach (var input in data["inputs"]!.AsArray())
        {
            _work!["waivers"]![input!.ToString()] = new JsonObject { ["inputs"] = input.DeepClone(), ["granted"] = data["granted"]!.DeepClone() };
        }
    }

    private string Publish(int revision)
    {
        _public = new JsonObject { ["revision"] = revision, ["content"] = _work!["content"]!.DeepClone(), ["agencyName"] = _work["agencyName"]?.DeepClone(), ["compilation"] = _work["compilation"]?.DeepClone() };
        _work = null;
        return "published";
    }

    private string Correct(string reason, string actor)
    {
        _work = NewWork(_public!["content"]!, _public["agencyName"], reason);
        _work["authors"]!.AsArray().Add(actor);
        _work["compilation"] = _public["compilation"]?.DeepClone();
        return "correcting";
    }

    private string Withdraw(string reason)
    {
        _withdrawn = _public!;
        _withdrawn["reason"] = reason;
        (_public, _work) = (null, null);
        return "withdrawn";
    }

    private string Reinstate()
    {
        (_public, _withdrawn) = (_withdrawn, null);
        return "published";
    }

    private string Archive(JsonObject data)
    {
        var content = new JsonObject();
        ApplyTo(content, data);
        _public = new JsonObject
        {
            ["revision"] = 1, ["content"] = content, ["agencyName"] = data["agencyName"]?["text"]?.DeepClone(),
            ["publishedOn"] = data["publishedOn"]!.DeepClone(), ["sourceUrl"] = data["sourceUrl"]!.DeepClone(),
        };
        return "published";
    }

    private static JsonObject Revision(JsonObject revision) => new()
    {
        ["revision"] = revision["revision"]!.DeepClone(), ["contentHash"] = Hash(revision["content"]!.AsObject()),
        ["publishedOn"] = revision["publishedOn"]?.DeepClone(), ["sourceUrl"] = revision["sourceUrl"]?.DeepClone(), ["content"] = Tree(revision["content"]!.AsObject(), Text),
    };

    private static JsonArray Listed(JsonObject byInputs) => Sorted([.. byInputs.Select(entry => entry.Value!.DeepClone())], item => item["inputs"]!.ToString());

    private static JsonArray Sorted(JsonArray items, Func<JsonNode, string> key) => new([.. items.Select(item => item!.DeepClone()).OrderBy(key, StringComparer.Ordinal)]);

    private static JsonNode Text(JsonNode value) => value is JsonObject text ? text["text"]!.DeepClone() : value.DeepClone();

    private static JsonNode Commitment(JsonNode value) => value is JsonObject text
        ? Convert.ToHexStringLower(SHA256.HashData([.. Convert.FromHexString(text["salt"]!.ToString()), .. Encoding.UTF8.GetBytes(text["text"]!.ToString())]))
        : value.DeepClone();

    private static string Hash(JsonObject content) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Canonical(Tree(content, Commitment)))));

    private static JsonNode Tree(JsonObject values, Func<JsonNode, JsonNode> shown)
    {
        var root = new JsonObject();
        foreach (var (path, value) in values)
        {
            var parts = path.Split('/')[1..];
            var node = parts[..^1].Aggregate(root, (parent, name) => (JsonObject)(parent[name] ??= new JsonObject()));
            node[parts[^1]] = shown(value!);
        }
        return WithLists(root);
    }

    private static JsonNode WithLists(JsonNode node) => node is not JsonObject members ? node.DeepClone()
        : members.Count > 0 && members.All(member => int.TryParse(member.Key, out _)) ? new JsonArray([.. members.OrderBy(member => int.Parse(member.Key)).Select(member => WithLists(member.Value!))])
        : new JsonObject(members.Select(member => KeyValuePair.Create(member.Key, (JsonNode?)WithLists(member.Value!))));

    /// <summary>RFC 8785 for what contents hold: objects, lists, strings without control characters but line breaks, and plain decimals.</summary>
    private static string Canonical(JsonNode node) => node switch
    {
        JsonObject members => $"{{{string.Join(',', members.OrderBy(member => member.Key, StringComparer.Ordinal).Select(member => $"{Quoted(member.Key)}:{Canonical(member.Value!)}"))}}}",
        JsonArray items => $"[{string.Join(',', items.Select(item => Canonical(item!)))}]",
        _ when node.GetValueKind() == JsonValueKind.String => Quoted(node.ToString()),
        _ => decimal.Parse(node.ToJsonString(), CultureInfo.InvariantCulture).ToString("0.######", CultureInfo.InvariantCulture),
    };

    private static string Quoted(string text) => $"\"{text.Replace("\\", "\\\\").Replace("\"", "\\\"").Replace("\n", "\\n")}\"";
}
