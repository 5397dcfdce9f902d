using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Disclosure.Tests;
using DisclosureApi.Access;

namespace DisclosureApi.Tests.Ledger;

/// <summary>Receipts that many writers are given at once, each checked by arithmetic alone.</summary>
public sealed class ManyReceiptsTests(Api api) : IClassFixture<Api>
{
    private const int Writers = 64;

    private sealed record Taken(long Position, string Receipt);

    [Fact]
    public async Task Every_receipt_of_sixty_four_writers_at_once_verifies()
    {
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(ArchiveAsync));
        var (taken, left) = (new ConcurrentBag<Taken>(), Scale.Receipts);
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(async writer =>
        {
            for (var step = 0; Interlocked.Decrement(ref left) >= 0; step++)
            {
                taken.Add(await StepAsync(writer, step));
            }
        }));

        var entries = await EntriesAsync();
        var keys = (await api.Anon.GetAsync("/v1/ledger/keys")).Expect(200).Json;
        var checkpoints = new Dictionary<string, (string Origin, long Size, byte[] Root)>();
        foreach (var (position, receipt) in taken)
        {
            var (index, path, note) = LedgerReading.Receipt(receipt);
            if (!checkpoints.TryGetValue(note, out var checkpoint))
            {
                checkpoints[note] = checkpoint = LedgerReading.Checkpoint(note, keys);
            }
            Assert.Equal(position - 1, index);
            Assert.Equal(checkpoint.Root, LedgerReading.Root(LedgerReading.Leaf(entries[position]), index, checkpoint.Size, path));
        }
        Assert.Equal(Scale.Receipts, taken.Select(one => one.Position).Distinct().Count());
        // One tree: nobody was shown another root of the same size, or another ledger.
        Assert.Equal(checkpoints.Values.DistinctBy(checkpoint => checkpoint.Size).Count(), checkpoints.Values.DistinctBy(checkpoint => Convert.ToHexString(checkpoint.Root)).Count());
        Assert.Single(checkpoints.Values.DistinctBy(checkpoint => checkpoint.Origin));
    }

    private static string Address(int writer) => $"/v1/agencies/{Samples.CodeOf(70_000 + writer)}/reports/2023";

    private async Task ArchiveAsync(int writer)
    {
        await api.RegisterAsync(Samples.CodeOf(70_000 + writer));
        var body = new JsonObject { ["filing"] = Bodies.Written(Samples.Filing()), ["publishedOn"] = "2024-01-28", ["sourceUrl"] = "https://www.example.gov.cn/nb/2023.html" };
        (await api.Archivist.PostAsync($"{Address(writer)}/archive", Bodies.Json(body.ToJsonString()))).Expect(201);
    }

    /// <summary>Withdraws a report or brings it back, and waits for the receipt as a client would.</summary>
    private async Task<Taken> StepAsync(int writer, int step)
    {
        var answer = (await api.Reviewer.PostAsync($"{Address(writer)}/{(step % 2 == 0 ? "withdrawal" : "reinstatement")}", Bodies.Json(new { reason = $"第{step}次" }))).Expect(201);
        var proof = answer.Header("Link")!.Split(['<', '>'])[1];
        while (true)
        {
            var reply = await api.Anon.GetAsync(proof);
            if (reply.Status == 200)
            {
                return new Taken(answer.Json["position"]!.GetValue<long>(), reply.Text);
            }
            reply.ExpectProblem(404, "not-yet-proved");
            await Task.Delay(TimeSpan.FromMilliseconds(100), TestContext.Current.CancellationToken);
        }
    }

    /// <summary>The entries of all events, made as openapi/LEDGER.md says from the events that auditors are shown.</summary>
    private async Task<Dictionary<long, byte[]>> EntriesAsync()
    {
        var export = (await api.As(Role.Auditor, []).GetAsync("/v1/audit/events", ("Accept", "application/x-ndjson"))).Expect(200).Text;
        return export.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!)
            .ToDictionary(envelope => envelope["position"]!.GetValue<long>(), LedgerReading.Commitment);
    }
}
