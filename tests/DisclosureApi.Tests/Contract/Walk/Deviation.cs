using System.Text.Json;
using System.Text.Json.Nodes;
using DisclosureApi.Access;

namespace DisclosureApi.Tests.Contract.Walk;

/// <summary>One way in which a request is not as the contract says, and what it must be answered with.</summary>
/// <param name="Statuses">Every answer that refuses it; where the state of the resource may be told first, those too.</param>
/// <param name="Bend">Bends the request; false when there is nothing to bend about this one.</param>
internal sealed record Deviation(string Name, int[] Statuses, Func<Operation, bool> Applies, Func<Asked, Bending, bool> Bend)
{
    private static readonly int[] _resource = [404, 409, 410, 412];

    private static readonly string[] _methods = ["GET", "PUT", "POST", "DELETE", "PATCH", "TRACE", "PURGE"];
    private static readonly string[] _places = ["x", "%F0%A0%AE%B7", "-1", "99999", "2147483648", "2023.0", "%20", "%2F", "1132080000123451111", "'%20or%201=1"];
    private static readonly string[] _values = ["", "x", "-1", "0", "0.5", "1e400", "99999999999999999999", "\0", "😀", "%", "' or 1=1", "null"];

    public static IReadOnlyList<Deviation> All { get; } =
    [
        new("no token", [401], NeedsToken, (asked, _) => Put(() => asked.Token = null)),
        new("broken token", [401], NeedsToken, (asked, bent) => Put(() => asked.Token = bent.Pick("x", "a.b.c", "eyJhbGciOiJub25lIn0.e30.", asked.Token![..^4]))),
        new("another role", [403], operation => NeedsToken(operation) && operation.Roles.Count < Role.All.Count, (asked, bent) =>
            Put(() => asked.Token = bent.Stage.Token(bent.Pick([.. Role.All.Except(bent.Operation.Roles)]), bent.Subject))),
        new("another body's token", [403, 404, 415, 422], operation => NeedsToken(operation) && operation.IsAboutAgency && !operation.Roles.Contains(Role.Auditor), (asked, bent) =>
            Put(() => asked.Token = bent.Stage.Token(bent.Pick([.. bent.Operation.Roles]), bent.Subject, isForAnother: true))),
        new("no condition", [428], operation => operation.Tells(428), (asked, _) => asked.Headers.Remove("If-Match") | asked.Headers.Remove("If-None-Match")),
        new("stale condition", [412, 404, 409, 415, 422], operation => operation.Takes("If-Match"), (asked, _) =>
            Put(() => asked.Headers["If-Match"] = "\"999999\"")),
        new("malformed condition", [400], operation => operation.Takes("If-Match"), (asked, bent) =>
            Put(() => asked.Headers["If-Match"] = bent.Pick("7", "\"7", "*, \"7\"", "W/7", "\"7\" \"8\""))),
        new("malformed key", [400], operation => operation.Takes("Idempotency-Key"), (asked, bent) =>
            Put(() => asked.Headers["Idempotency-Key"] = bent.Pick("bare", "\"", "\"\"", "\"a\", \"b\"", $"\"{new string('k', 300)}\""))),
        new("no key", [400], operation => operation.Parameters.Any(parameter => parameter["name"]!.ToString() == "Idempotency-Key" && parameter["required"] is not null),
            (asked, _) => asked.Headers.Remove("Idempotency-Key")),
        new("unknown media type", [415], TakesBody, (asked, bent) => Put(() => asked.MediaType = bent.Pick("image/png", "application/xml", "application/octet-stream", "nonsense"))),
        new("no media type", [415], TakesBody, (asked, _) => Put(() => asked.MediaType = null)),
        new("unread charset", [415], TakesBody, (asked, _) => Put(() => asked.MediaType = $"{asked.MediaType!.Split(';')[0]}; charset=koi8-r")),
        new("compressed body", [415], TakesBody, (asked, _) => Put(() => asked.Headers["Content-Encoding"] = "gzip")),
        new("empty body", [400, 422, .. _resource], TakesJson, (asked, _) => Put(() => asked.Body = [])),
        new("broken JSON", [400, 422, .. _resource], TakesJson, (asked, bent) => IsJson(asked) && Put(() => asked.Body = bent.Breaker.Garble(asked.Body!))),
        new("misshapen JSON", [400, 413, 422, .. _resource], TakesJson, BreakBody),
        new("broken document", [200, 201, 400, 415, 422, .. _resource], TakesBody, (asked, bent) => !IsJson(asked) && Put(() => Scramble(asked.Body!, bent))),
        new("impossible place", [400, 404, 422], operation => operation.Path.Contains('{', StringComparison.Ordinal), WrongPlace),
        new("impossible query", [400, 404, 422], operation => operation.Parameters.Any(IsQuery), WrongQuery),
        new("another method", [405], _ => true, (asked, bent) => Put(() => asked.Method = bent.Pick([.. _methods.Except(bent.Operation.Siblings)]))),
    ];

    public bool Allows(int status) => Statuses.Contains(status);

    private static bool BreakBody(Asked asked, Bending bent)
    {
        if (!IsJson(asked) || bent.Breaker.Break(bent.Operation.Bodies[asked.MediaType!]!["schema"]!, JsonNode.Parse(asked.Body!)) is not { } broken)
        {
            return false;
        }
        asked.Body = JsonSerializer.SerializeToUtf8Bytes(broken);
        return true;
    }

    private static void Scramble(byte[] body, Bending bent)
    {
        for (var i = 0; i < 20 && body.Length > 0; i++)
        {
            body[bent.Random.Next(body.Length)] = (byte)bent.Random.Next(256);
        }
    }

    private static bool WrongPlace(Asked asked, Bending bent)
    {
        var name = bent.Pick([.. asked.Places.Keys]);
        var schema = bent.Operation.Parameters.First(parameter => parameter["in"]!.ToString() == "path" && parameter["name"]!.ToString() == name)["schema"]!;
        var place = bent.Pick(_places);
        return bent.IsRefused(schema, Uri.UnescapeDataString(place)) && Put(() => asked.Places[name] = place);
    }

    private static bool WrongQuery(Asked asked, Bending bent)
    {
        var parameter = bent.Pick([.. bent.Operation.Parameters.Where(IsQuery)]);
        var value = bent.Pick([.. _values, new string('长', 400)]);
        var name = parameter["name"]!.ToString();
        return bent.IsRefused(parameter["schema"]!, value) && Put(() =>
        {
            asked.Query.RemoveAll(pair => pair.Name == name);
            asked.Query.Add((name, value));
        });
    }

    private static bool Put(Action change)
    {
        change();
        return true;
    }

    private static bool IsQuery(JsonObject parameter) => parameter["in"]!.ToString() == "query";

    private static bool NeedsToken(Operation operation) => operation.Roles.Count > 0;

    private static bool TakesBody(Operation operation) => operation.Bodies.Count > 0;

    private static bool TakesJson(Operation operation) => operation.Bodies.Any(body => Operation.IsJson(body.Key));

    private static bool IsJson(Asked asked) => Operation.IsJson(asked.MediaType);
}

/// <summary>What bends a request.</summary>
internal sealed record Bending(Operation Operation, Subject Subject, Stage Stage, Random Random)
{
    public BodyBreaker Breaker { get; } = new(Operation.Document, Random);

    public T Pick<T>(params IReadOnlyList<T> list) => list[Random.Next(list.Count)];

    /// <summary>Whether no reading of the text is what the schema allows.</summary>
    public bool IsRefused(JsonNode schema, string text)
    {
        var isNumber = double.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var number) && double.IsFinite(number);
        return SchemaCheck.Faults(Operation.Document, schema, JsonValue.Create(text)).Count > 0
            && !(isNumber && SchemaCheck.Faults(Operation.Document, schema, JsonNode.Parse(JsonSerializer.Serialize(number))).Count == 0)
            && text is not ("true" or "false");
    }
}
