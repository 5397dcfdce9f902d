using System.Collections.Concurrent;
using System.Diagnostics;

namespace DisclosureApi.Tests.Chaos;

/// <summary>Everything that is asked while things go wrong, and what became of it.</summary>
internal sealed class Traffic(Func<Uri> host) : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(1) }) { Timeout = TimeSpan.FromMinutes(1) };
    private readonly Lock _gate = new();
    private long _requests;
    private long _unavailable;
    private long _unanswered;
    private long _refused;
    private (TimeSpan Took, string Request) _slowest;

    /// <summary>What must not happen, in words.</summary>
    public ConcurrentQueue<string> Wrong { get; } = new();

    /// <summary>Each step that was acknowledged: its stream, the type of its event, its position.</summary>
    public ConcurrentQueue<string> Acknowledged { get; } = new();

    public int Filed;
    public int Retries;
    public int Reads;

    public TimeSpan Slowest => _slowest.Took;

    /// <summary>An answer; null where the connection broke, or where who asked went away.</summary>
    public async Task<Reply?> AskAsync(HttpMethod method, string path, string? token, HttpContent? content, CancellationToken patience, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, new Uri(host(), path)) { Content = content };
        foreach (var (name, value) in token is null ? headers : [.. headers, ("Authorization", $"Bearer {token}")])
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }
        Interlocked.Increment(ref _requests);
        var since = Stopwatch.StartNew();
        try
        {
            using var response = await _http.SendAsync(request, patience);
            var reply = new Reply(response, await response.Content.ReadAsStringAsync(patience));
            Note(reply, since.Elapsed);
            return reply;
        }
        catch (Exception gone) when (gone is HttpRequestException || patience.IsCancellationRequested)
        {
            Interlocked.Increment(ref _unanswered);
            return null;
        }
    }

    public void Dispose() => _http.Dispose();

    public override string ToString() =>
        $"{_requests} requests, {Reads} readings with 200, {Filed} drafts filed, {Acknowledged.Count} steps acknowledged, {Retries} asked again, "
        + $"{_unavailable} times 503, {_refused} times 401, {_unanswered} unanswered; slowest answer {_slowest.Took.TotalMilliseconds:F0} ms ({_slowest.Request})";

    private void Note(Reply reply, TimeSpan took)
    {
        Interlocked.Add(ref _unavailable, reply.Status == 503 ? 1 : 0);
        Interlocked.Add(ref _refused, reply.Status == 401 ? 1 : 0);
        if (reply.Status == 503 && reply.Header("Retry-After") is null)
        {
            Wrong.Enqueue($"{reply.Request}: 503 without Retry-After");
        }
        lock (_gate)
        {
            _slowest = took > _slowest.Took ? (took, $"{reply.Request}: {reply.Status}") : _slowest;
        }
    }
}
