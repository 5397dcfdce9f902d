using Disclosure.Tests;
using DisclosureApi.Access;

namespace DisclosureApi.Tests.Ledger;

/// <summary>What somebody who trusts nobody can make of the ledger: every step proved within a second, by arithmetic alone.</summary>
public sealed class ReceiptTests(Api api) : IClassFixture<Api>
{
    [Fact]
    public async Task Every_step_has_a_receipt_that_an_outsider_verifies()
    {
        var life = await api.ReportAsync(2023);
        var draft = (await life.FileAsync()).Expect(201);
        var submitted = await SubmittedAsync(life, draft);
        var hash = draft.Json["contentHash"]!.ToString();
        (await life.ApproveAsync(hash)).Expect(201);
        var published = (await api.Reviewer.PostAsync($"{life.Address}/publication", Bodies.Empty)).Expect(201);

        Assert.Equal("rel=\"proof\"", published.Header("Link")!.Split("; ")[1]);
        await AssertProvenAsync(api.Anon, published);
        await AssertProvenAsync(life.Submitter, submitted);
        await AssertProvenAsync(api.As(Role.Auditor, []), submitted);
    }

    [Fact]
    public async Task Receipts_of_what_is_not_public_are_for_those_who_work_on_the_report_and_do_not_exist_for_others()
    {
        var life = await api.ReportAsync(2024);
        var submitted = await SubmittedAsync(life, (await life.FileAsync()).Expect(201));
        var proof = Proof(submitted);
        await Eventually.AnsweredAsync(() => life.Submitter.GetAsync(proof));

        foreach (var stranger in (Client[])[api.Anon, api.As(Role.Submitter, [Samples.OtherAgency])])
        {
            var nothing = (await stranger.GetAsync($"/v1/agencies/{Samples.CodeOf(99)}/reports/2024/proof?position=1")).ExpectProblem(404, "not-found");
            Assert.Equal(nothing.Everything, (await stranger.GetAsync(proof)).Everything);
        }
    }

    [Fact]
    public async Task A_checkpoint_that_was_kept_is_the_beginning_of_every_later_one()
    {
        var life = await api.ReportAsync(2025);
        await life.FileAsync();
        var keys = (await api.Anon.GetAsync("/v1/ledger/keys")).Expect(200).Json;
        var kept = LedgerReading.Checkpoint((await Eventually.AnsweredAsync(() => api.Anon.GetAsync("/v1/ledger/checkpoint"))).Text, keys);
        for (var i = 0; i < 20; i++)
        {
            await api.RegisterAsync(Samples.CodeOf(60_000 + i));
        }
        var size = await api.Database.ScalarAsync<long>("select max(seq_id) from mt_events");
        var later = LedgerReading.Checkpoint((await Eventually.AnsweredAsync(() => api.Anon.GetAsync("/v1/ledger/checkpoint"), reply => long.Parse(reply.Text.Split('\n')[1]) >= size)).Text, keys);

        var proof = (await api.Anon.GetAsync($"/v1/ledger/consistency/{kept.Size}?size={later.Size}")).Expect(200).Json;
        var path = proof["path"]!.AsArray().Select(hash => Convert.FromBase64String(hash!.ToString())).ToList();

        Assert.True(Disclosure.Ledger.MerkleTree.IsConsistent(kept.Size, kept.Root, later.Size, later.Root, path));
        Assert.Equal(later.Root, await RootOfEntriesAsync(later.Size));
        (await api.Anon.GetAsync($"/v1/ledger/consistency/{later.Size + 1}")).ExpectProblem(404, "not-found");
        (await api.Anon.GetAsync($"/v1/ledger/inclusion/{later.Size + 1_000}")).ExpectProblem(404, "not-found");
        Assert.All((await api.Anon.GetAsync("/v1/ledger/checkpoints?limit=200")).Expect(200).Json["items"]!.AsArray(),
            checkpoint => LedgerReading.Checkpoint(checkpoint!["checkpoint"]!.ToString(), keys));
    }

    [Theory]
    [InlineData("0/001")]
    [InlineData("0/000.p/0")]
    [InlineData("0/000.p/256")]
    [InlineData("0/x000/001")]
    [InlineData("8/000")]
    [InlineData("entries/00")]
    [InlineData("entries/x999/x999/x999/x999/999")]
    public async Task A_tile_that_is_not_there_is_not_found(string tile) => (await api.Anon.GetAsync($"/v1/ledger/tile/{tile}")).ExpectProblem(404, "not-found");

    /// <summary>The root made of the entries that tiles give out.</summary>
    private async Task<byte[]> RootOfEntriesAsync(long size)
    {
        using var http = new HttpClient { BaseAddress = api.Url };
        var tree = new Disclosure.Ledger.GrowingTree();
        var bundle = await http.GetByteArrayAsync($"/v1/ledger/tile/entries/000.p/{size}", TestContext.Current.CancellationToken);
        var hashes = await http.GetByteArrayAsync($"/v1/ledger/tile/0/000.p/{size}", TestContext.Current.CancellationToken);
        Assert.Equal((34 * size, 32 * size), (bundle.Length, hashes.Length));
        for (var i = 0; i < size; i++)
        {
            Assert.Equal((0, 32), (bundle[34 * i], bundle[34 * i + 1]));
            var leaf = LedgerReading.Leaf(bundle[(34 * i + 2)..(34 * i + 34)]);
            Assert.Equal(leaf, hashes[(32 * i)..(32 * i + 32)]);
            tree.Add(leaf);
        }
        return tree.Root();
    }

    private static async Task<Reply> SubmittedAsync(ReportLife life, Reply draft)
    {
        (await life.ReviewSecrecyAsync(draft.Json["contentHash"]!.ToString())).Expect(201);
        await life.AcknowledgeAsync(draft);
        return (await life.SubmitAsync()).Expect(201);
    }

    private async Task AssertProvenAsync(Client reader, Reply step)
    {
        var text = await Eventually.AnsweredAsync(() => reader.GetAsync(Proof(step)));
        var keys = (await api.Anon.GetAsync("/v1/ledger/keys")).Expect(200).Json;
        var (index, path, note) = LedgerReading.Receipt(text.Text);
        var checkpoint = LedgerReading.Checkpoint(note, keys);
        var json = (await reader.GetAsync(Proof(step), ("Accept", "application/json"))).Expect(200).Json;
        var commitment = LedgerReading.Commitment(json["envelope"]!);

        Assert.Equal(step.Json["position"]!.GetValue<long>() - 1, index);
        Assert.Equal(json["commitment"]!.ToString(), LedgerReading.Hex(commitment));
        Assert.Equal(checkpoint.Root, LedgerReading.Root(LedgerReading.Leaf(commitment), index, checkpoint.Size, path));
    }

    private static string Proof(Reply step) => step.Header("Link")!.Split(['<', '>'])[1];
}
