using System.Collections.Concurrent;
using System.Diagnostics;

namespace DisclosureApi.Tests.Chaos;

/// <summary>Everything that is asked while things go wrong, and what became of it.</summary>
internal sealed class Traffic : IDisposable
{
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Still = TimeSpan.FromSeconds(3);

    private readonly Func<Uri> _host;
    private readonly HttpClient _http = new(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(1) }) { Timeout = Scale.Patience };
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _over = new();
    private long _beat = Stopwatch.GetTimestamp();
    private long _stoodStill;
    private long _requests;
    private long _unavailable;
    private long _unanswered;
    private long _refused;
    private (TimeSpan Took, string Request) _slowest;

    public Traffic(Func<Uri> host)
    {
        _host = host;
        _ = BeatAsync();
    }

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
        using var request = new HttpRequestMessage(method, new Uri(_host(), path)) { Content = content };
        foreach (var (name, value) in token is null ? headers : [.. headers, ("Authorization", $"Bearer {token}")])
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }
        Interlocked.Increment(ref _requests);
        var since = Stopwatch.GetTimestamp();
        try
        {
            using var response = await _http.SendAsync(request, patience);
            var reply = new Reply(response, await response.Content.ReadAsStringAsync(patience));
            Note(reply, since);
            return reply;
        }
        catch (Exception gone) when (gone is HttpRequestException || patience.IsCancellationRequested)
        {
            Interlocked.Increment(ref _unanswered);
            return null;
        }
    }

    public void Dispose()
    {
        _over.Cancel();
        _http.Dispose();
    }

    public override string ToString() =>
        $"{_requests} requests, {Reads} readings with 200, {Filed} drafts filed, {Acknowledged.Count} steps acknowledged, {Retries} asked again, "
        + $"{_unavailable} times 503, {_refused} times 401, {_unanswered} unanswered; slowest answer {_slowest.Took.TotalMilliseconds:F0} ms ({_slowest.Request})";

    /// <summary>Notices when this very process, or the machine, stood still: an answer that waited for that tells nothing of the hosts.</summary>
    private async Task BeatAsync()
    {
        while (!_over.IsCancellationRequested)
        {
            await Task.Delay(Beat);
            if (Stopwatch.GetElapsedTime(_beat) > Still)
            {
                Volatile.Write(ref _stoodStill, Stopwatch.GetTimestamp());
            }
            _beat = Stopwatch.GetTimestamp();
        }
    }

    private void Note(Reply reply, long since)
    {
        var took = since < Volatile.Read(ref _stoodStill) || Stopwatch.GetElapsedTime(_beat) > Still ? TimeSpan.Zero : Stopwatch.GetElapsedTime(since);
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
