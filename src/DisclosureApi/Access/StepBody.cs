using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Disclosure.Contents;
using Disclosure.Formats;
using DisclosureApi.Http;
using DisclosureApi.Store;

namespace DisclosureApi.Access;

/// <summary>The small bodies of the steps: known members, every fault at once.</summary>
internal sealed class StepBody
{
    public const int MaxText = 2_000;

    private const string Stranger = "stranger";

    private readonly Dictionary<string, JsonElement> _members;

    private StepBody(JsonWalk walk, Dictionary<string, JsonElement> members, StepKey key) => (Walk, _members, Key) = (walk, members, key);

    public JsonWalk Walk { get; }

    /// <summary>The key that came with the request, bound to what it says.</summary>
    public StepKey Key { get; }

    public static async Task<StepBody> ReadAsync(HttpContext context, params string[] known)
    {
        var key = IdempotencyKey.Required(context.Request);
        var walk = new JsonWalk([]);
        var bytes = await Body.JsonBytesAsync(context);
        return new StepBody(walk, walk.Members(Body.Parse(bytes), "", known), KeyOf(context, key, bytes));
    }

    /// <summary>The body of a step that anyone may take without saying who he is, also where he shows a token.</summary>
    public static async Task<StepBody> ReadOfStrangerAsync(HttpContext context, params string[] known)
    {
        var key = IdempotencyKey.Required(context.Request);
        var walk = new JsonWalk([]);
        var bytes = await Body.JsonBytesAsync(context);
        return new StepBody(walk, walk.Members(Body.Parse(bytes), "", known), new StepKey(Stranger, KeyOfStranger(context, key), FingerprintOf(context, bytes)));
    }

    private static StepKey KeyOf(HttpContext context, string key, byte[] body)
    {
        var caller = Caller.Of(context)!;
        return new StepKey($"{caller.Issuer} {caller.Client} {caller.Subject}", key, FingerprintOf(context, body));
    }

    private static byte[] FingerprintOf(HttpContext context, byte[] body) => Idempotency.FingerprintOf(context.Request.Method, context.Request.Path, body);

    /// <summary>Keys of one address mean nothing to another. Kept is a hash of both, from which nobody learns an address without the key, which is not kept.</summary>
    private static string KeyOfStranger(HttpContext context, string key) =>
        Convert.ToHexStringLower(SHA256.HashData([.. RateLimits.AddressOf(context).GetAddressBytes(), 0, .. Encoding.UTF8.GetBytes(key)]));

    public string? Text(string name) => Walk.Text(_members, name, "", MaxText);

    public string RequiredText(string name)
    {
        var text = Text(name);
        if (string.IsNullOrWhiteSpace(text) && !Walk.Faults.Any(fault => fault.Pointer == $"/{name}"))
        {
            Walk.Missing($"/{name}");
        }
        return text ?? "";
    }

    /// <summary>False when it is left out.</summary>
    public bool Boolean(string name) => _members.TryGetValue(name, out var member) && member.ValueKind != JsonValueKind.Null && (Walk.Boolean(_members, name, "") ?? false);

    public bool RequiredBoolean(string name)
    {
        if (Walk.Boolean(_members, name, "") is { } value)
        {
            return value;
        }
        if (!_members.ContainsKey(name))
        {
            Walk.Missing($"/{name}");
        }
        return false;
    }

    /// <summary>Null when it is left out.</summary>
    public int? Integer(string name, int min, int max) => Walk.Integer(_members, name, "", min, max);

    /// <summary>A year that has an official form.</summary>
    public int RequiredYear(string name)
    {
        if (!_members.ContainsKey(name))
        {
            Walk.Missing($"/{name}");
        }
        return Walk.Integer(_members, name, "", KnownFormats.FirstYear, 9998) ?? KnownFormats.FirstYear;
    }

    /// <summary>All that were given.</summary>
    public Dictionary<string, JsonElement> Members => _members;

    public JsonElement? Member(string name) => _members.TryGetValue(name, out var value) ? value : null;

    /// <summary>The items of a list of objects; an absent list has none.</summary>
    public IEnumerable<(JsonElement Item, string At)> Items(string name, int max)
    {
        if (Member(name) is not { } list)
        {
            return [];
        }
        if (list.ValueKind == JsonValueKind.Array && list.GetArrayLength() <= max)
        {
            return list.EnumerateArray().Select((item, i) => (item, $"/{name}/{i}"));
        }
        Walk.Wrong($"/{name}", $"最多{max}项的列表", $"a list of at most {max} items");
        return [];
    }

    /// <summary>Ends the request with all faults, if there are any.</summary>
    public void Finish()
    {
        if (Walk.Faults.Count > 0)
        {
            throw new ProblemException(new Problem(ProblemTypes.InvalidBody).With(Walk.Faults));
        }
    }
}
