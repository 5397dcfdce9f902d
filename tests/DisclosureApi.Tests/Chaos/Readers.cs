using System.Security.Cryptography;
using System.Collections.Concurrent;
using System.Text;

namespace DisclosureApi.Tests.Chaos;

/// <summary>Readers who look closely: what they are shown is a revision that was on its way to be public, with its own figure, and the same bytes each time.</summary>
internal sealed class Readers(Traffic traffic, IReadOnlyList<People> everyone)
{
    private static readonly string[] _others = ["/v1/reports?year=2023", "/v1/statistics?year=2023", "/v1/changes?limit=5", "/v1/ledger/checkpoint"];

    private readonly ConcurrentDictionary<(string Code, long Revision), string> _shown = new();

    public async Task ReadOnAsync(Random random, CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            var people = everyone[random.Next(everyone.Count)];
            switch (random.Next(8))
            {
                case 0:
                    await ReadAsync(_others[random.Next(_others.Length)]);
                    break;
                case 1 when people.UnderWay > 0:
                    var revision = 1 + random.NextInt64(people.UnderWay);
                    LookAt(people, await ReadAsync($"{People.Address(people.Code)}/revisions/{revision}"), revision);
                    break;
                default:
                    LookAt(people, await ReadAsync(People.Address(people.Code)), null);
                    break;
            }
            await Task.Delay(10, CancellationToken.None);
        }
    }

    private async Task<Reply?> ReadAsync(string path)
    {
        var reply = await traffic.AskAsync(HttpMethod.Get, path, null, null, CancellationToken.None);
        if (reply is { Status: 200 })
        {
            Interlocked.Increment(ref traffic.Reads);
        }
        else if (reply is { Status: not (404 or 410 or 503) })
        {
            traffic.Wrong.Enqueue($"{reply.Request}: {reply.Status} {reply.Text}");
        }
        return reply;
    }

    private void LookAt(People people, Reply? reply, long? asked)
    {
        if (reply is not { Status: 200 })
        {
            return;
        }
        var (revision, figure) = (reply.Json["revision"]!.GetValue<long>(), reply.Json["content"]!["tables"]!["proactive"]!["licensing"]!["decisions"]!.GetValue<long>());
        var etag = $"\"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(reply.Text)).AsSpan(0, 16))}\"";
        if (figure != People.FigureOf(revision) || revision > people.UnderWay || revision != (asked ?? revision))
        {
            traffic.Wrong.Enqueue($"{reply.Request}: revision {revision} tells {figure}");
        }
        if (reply.ETag != etag || (asked is null && _shown.GetOrAdd((people.Code, revision), etag) != etag))
        {
            traffic.Wrong.Enqueue($"{reply.Request}: revision {revision} has other bytes than its ETag {reply.ETag} says or than it had");
        }
    }
}
