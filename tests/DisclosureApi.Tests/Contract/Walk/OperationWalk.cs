using System.Text.Json.Nodes;

namespace DisclosureApi.Tests.Contract.Walk;

/// <summary>Walks one operation: as many requests as asked for, and what is wrong with their answers.</summary>
internal sealed class OperationWalk(Operation operation, Stage stage, HttpClient http, Uri host, Random random)
{
    /// <summary>What a request that is right is never told.</summary>
    private static readonly int[] _never = [400, 401, 403, 413, 415, 428];

    private readonly RequestMaker _maker = new(operation, stage, random);
    private readonly IReadOnlyList<string> _states = Stage.StatesFor(operation);
    private readonly List<string> _good = [];
    private readonly Dictionary<string, string> _faults = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _doubts = new(StringComparer.Ordinal);
    private readonly SortedDictionary<int, int> _statuses = [];

    /// <summary>Each kind of fault with the first request that showed it.</summary>
    public IEnumerable<string> Faults => _faults.Select(fault => $"{operation.Id}: {fault.Key}\n    {fault.Value}");

    /// <summary>What the host has against bodies that the schema allows.</summary>
    public IEnumerable<string> Doubts => _doubts.Select(doubt => $"{operation.Id} refuses {doubt.Key}\n    {doubt.Value}");

    public bool HasSucceeded => _good.Count > 0;

    public string Told => $"{operation.Id}: {string.Join(", ", _statuses.Select(entry => $"{entry.Value} × {entry.Key}"))}";

    public async Task WalkAsync(int cases)
    {
        var bends = Deviation.All.Where(deviation => deviation.Applies(operation)).ToList();
        for (var i = 0; i < cases; i++)
        {
            var isRight = i < 2 * _states.Count || random.Next(3) == 0;
            var subject = await stage.SubjectAsync(StateFor(i));
            var asked = _maker.Make(subject);
            var bend = isRight ? null : bends[random.Next(bends.Count)];
            if (bend is not null && !bend.Bend(asked, new Bending(operation, subject, stage, random)))
            {
                bend = null;
            }
            if (bend is null && operation.Method == "GET" && random.Next(8) == 0)
            {
                asked.Method = "HEAD";
            }
            await TryAsync(asked, bend, subject);
        }
    }

    /// <summary>Every state in turn, then mostly those in which the operation has something to do.</summary>
    private string StateFor(int i) => i < 2 * _states.Count ? _states[i % _states.Count]
        : _good.Count > 0 && random.Next(4) > 0 ? _good[random.Next(_good.Count)]
        : _states[random.Next(_states.Count)];

    private async Task TryAsync(Asked asked, Deviation? bend, Subject subject)
    {
        var (status, headers, body) = await SendAsync(asked);
        _statuses[status] = _statuses.GetValueOrDefault(status) + 1;
        var faults = AnswerCheck.Faults(operation, asked.Method, status, headers, body);
        foreach (var fault in faults)
        {
            Note($"{bend?.Name ?? "a right request"} ({status}): {fault}", asked);
        }
        if (status >= 500 || (bend is null ? IsWronged(asked, status) : !bend.Allows(status)))
        {
            Note($"{bend?.Name ?? "a right request"} is answered {status}", asked);
        }
        if (bend is null && status == 422 && body.Length > 0 && JsonNode.Parse(body)!["type"]!.ToString() == "/problems/invalid-body")
        {
            _doubts.TryAdd(string.Join("; ", JsonNode.Parse(body)!["errors"]?.AsArray().Select(error => $"{error!["pointer"]} {error["detail"]}") ?? []), asked.ToString());
        }
        if (status < 300 && operation.Method != "GET" && asked.Method != "HEAD")
        {
            await RepeatAsync(asked, status, body);
            stage.UseUp(subject);
        }
        if (status < 300 && bend is null)
        {
            _good.Add(subject.State);
            Remember(asked, headers, body);
        }
    }

    /// <summary>Documents of a kind that an instance lacks a program for are refused as if they were of no kind.</summary>
    private static bool IsWronged(Asked asked, int status) =>
        _never.Contains(status) && !(status == 415 && asked.MediaType is { } type && !Operation.IsJson(type));

    /// <summary>Under a key the very same request is answered as it was, and another is refused.</summary>
    private async Task RepeatAsync(Asked asked, int status, byte[] body)
    {
        if (!asked.Headers.ContainsKey("Idempotency-Key"))
        {
            return;
        }
        var again = await SendAsync(asked);
        if (again.Status != status || (status == 201 && !again.Body.AsSpan().SequenceEqual(body)))
        {
            Note($"sent again under its key is answered {again.Status} instead of {status}", asked);
        }
        if (status == 201)
        {
            asked.Body = [.. asked.Body!, (byte)' '];
            var other = await SendAsync(asked);
            if (other.Status != 422)
            {
                Note($"another request under its key is answered {other.Status}", asked);
            }
        }
    }

    private void Remember(Asked asked, Dictionary<string, string> headers, byte[] body)
    {
        if (headers.TryGetValue("ETag", out var tag))
        {
            _maker.Tags[asked.Address] = tag;
        }
        if (operation.Parameters.Any(parameter => parameter["name"]!.ToString() == "after") && body.Length > 0
            && (JsonNode.Parse(body) as JsonObject)?["next"]?.ToString() is { } next)
        {
            _maker.Cursors["after"] = System.Web.HttpUtility.ParseQueryString(next[next.IndexOf('?', StringComparison.Ordinal)..])["after"]!;
        }
    }

    private async Task<(int Status, Dictionary<string, string> Headers, byte[] Body)> SendAsync(Asked asked)
    {
        using var message = asked.Message(host);
        using var response = await http.SendAsync(message, TestContext.Current.CancellationToken);
        var headers = response.Headers.Concat(response.Content.Headers)
            .ToDictionary(header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase);
        return ((int)response.StatusCode, headers, await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
    }

    private void Note(string fault, Asked asked) => _faults.TryAdd(fault, asked.ToString());
}
