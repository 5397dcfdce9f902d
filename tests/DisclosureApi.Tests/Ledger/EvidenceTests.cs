using System.Text;
using System.Text.Json.Nodes;
using Disclosure.Tests;
using DisclosureApi.Access;
using DisclosureApi.Ledger.Verifying;

namespace DisclosureApi.Tests.Ledger;

/// <summary>What a court is handed: a file that proves what the report said, and that shows any change of a single byte.</summary>
public sealed class EvidenceTests(Api api) : IClassFixture<Api>
{
    private const int Flips = 1_000;

    [Fact]
    public async Task The_evidence_of_a_report_verifies_and_shows_the_public_no_more_than_was_public()
    {
        var bytes = await Bundles.GetAsync(api.Anon, await CorrectedAsync(2022));
        var check = new EvidenceCheck(EvidenceFile.Open(new MemoryStream(bytes)));

        Assert.Empty(check.Faults());
        Assert.Equal((3, 2), (check.Events, check.Revisions));
        var events = Bundles.Text(bytes, "events.jsonl").Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!).ToList();
        Assert.Equal(["report_published", "correction_opened", "report_published"], events.Select(happened => happened["type"]!.ToString()));
        Assert.Equal("漏计两件", events[1]["data"]!["reason"]!["text"]!.ToString());
        Assert.All(events, happened => Assert.StartsWith("p_", happened["actor"]!.ToString(), StringComparison.Ordinal));
        Assert.DoesNotContain("已核对，情况属实", Encoding.UTF8.GetString(bytes), StringComparison.Ordinal);
        Assert.Equal((await api.Anon.GetAsync($"/v1/agencies/{Samples.Agency}/reports/2022/revisions/1")).Text, Bundles.Text(bytes, "revisions/1/report.json"));
    }

    [Fact]
    public async Task Auditors_get_every_event_open()
    {
        var report = await CorrectedAsync(2021);
        var bytes = await Bundles.GetAsync(api.As(Role.Auditor, []), $"/v1/audit{report["/v1".Length..].Replace("/agencies", "/reports", StringComparison.Ordinal).Replace("/reports/2021", "/2021", StringComparison.Ordinal)}");
        var check = new EvidenceCheck(EvidenceFile.Open(new MemoryStream(bytes)));

        Assert.Empty(check.Faults());
        Assert.Contains("draft_changed", Bundles.Text(bytes, "events.jsonl"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Any_byte_that_is_another_is_found()
    {
        var bytes = await Bundles.GetAsync(api.Anon, await CorrectedAsync(2024));
        var random = new Random(20_260_101);
        var names = Bundles.Names(bytes).Where(name => name != "README.txt").ToList();
        for (var i = 0; i < Flips; i++)
        {
            var name = names[random.Next(names.Count)];
            var changed = Bundles.Rewritten(bytes, files => files[name][random.Next(files[name].Length)] ^= (byte)(1 << random.Next(8)), isMended: name != EvidenceFile.Sums);
            Assert.True(new EvidenceCheck(EvidenceFile.Open(new MemoryStream(changed))).Faults().Count > 0 || IsHarmless(bytes, changed, name), $"a byte of {name} was changed and nobody saw it");
        }
    }

    [Fact]
    public async Task There_is_no_evidence_of_what_was_never_published()
    {
        var life = await api.ReportAsync(2025);
        (await life.FileAsync()).Expect(201);

        (await api.Anon.GetAsync($"{life.Address}/evidence")).ExpectProblem(404, "not-found");
        (await life.Submitter.GetAsync($"{life.Address}/evidence")).ExpectProblem(404, "not-found");
        (await api.Anon.GetAsync($"{life.Address}/evidence?revision=x")).ExpectProblem(400, "invalid-request");
    }

    /// <summary>The words for people in keys.json prove nothing; the key beside them is the same.</summary>
    private static bool IsHarmless(byte[] before, byte[] after, string name) => name == "keys.json" && Keys(before).SequenceEqual(Keys(after));

    private static IEnumerable<string?> Keys(byte[] bundle) => JsonNode.Parse(Bundles.Text(bundle, "keys.json"))!["items"]!.AsArray().Select(key => key!["publicKey"]?.ToString());

    private async Task<string> CorrectedAsync(int year)
    {
        var life = await api.ReportAsync(year);
        await life.PublishAsync((await life.FileAsync()).Expect(201));
        (await life.Submitter.PostAsync($"{life.Address}/correction", Bodies.Json("""{"reason":"漏计两件"}"""))).Expect(201);
        var draft = (await life.Submitter.GetAsync($"{life.Address}/draft")).Expect(200);
        var corrected = Samples.Whole().With("/sections/problems", "公开不够及时，已经改进。").With(new("disputes", "reconsideration", "upheld"), 2).With(new("disputes", "reconsideration", "total"), 6);
        await life.PublishAsync((await life.Submitter.PutAsync($"{life.Address}/draft", Bodies.Filing(corrected, year), Headers.Match(draft.ETag))).Expect(200));
        return life.Address;
    }
}
