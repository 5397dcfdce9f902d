using System.Diagnostics;
using Disclosure.Formats;
using Disclosure.Tests;

namespace DisclosureApi.Tests.Replicas;

/// <summary>A host with a streaming replica: who shows no token reads there, and is shown nothing less than on the primary.</summary>
public sealed class ReplicaTests
{
    /// <summary>One address of each kind that anyone reads.</summary>
    private static string[] Readings(ReportLife life) =>
    [
        life.Address, $"{life.Address}/findings", $"{life.Address}/revisions", $"{life.Address}/revisions/1", $"{life.Address}/revisions/1/changes?since=0", $"{life.Address}/timemap",
        $"{life.Address}/assessments", $"{life.Address}/document", $"{life.Address}/cells".Replace($"/{life.Address.Split('/')[^1]}/cells", ""), $"/v1/agencies/{life.Agency}", $"/v1/agencies/{life.Agency}/history",
        "/v1/agencies", "/v1/reports", "/v1/reports?year=2021", "/v1/statistics?year=2021&indicator=disclosureRate", "/v1/statistics/ranking?year=2021&measure=applications.received",
        "/v1/statistics/distribution?year=2021&measure=applications.received", $"/v1/statistics/comparison?agencies={life.Agency}&from=2021&to=2021&indicator=disclosureRate",
        "/v1/timeliness/2021", "/v1/search?q=%E6%94%BF%E5%BA%9C", "/v1/exports/2021", "/v1/exports/2021/manifest", "/v1/exports", "/v1/changes?after=0", "/v1/changes.atom",
        "/v1/ledger/checkpoint", "/v1/ledger/keys", $"{life.Address}/proof", "/v1/formats", "/v1/rules",
    ];

    [Fact]
    public async Task Without_the_primary_everything_public_is_read_as_before_and_writes_are_told_to_wait()
    {
        await using var pair = await Pair.StartAsync();
        var life = await pair.Api.ReportAsync(2021);
        var published = await life.PublishAsync((await life.FileAsync()).Expect(201));
        await UntilAsync(async () => (await pair.Api.Anon.GetAsync($"{life.Address}/proof")).Status == 200 && await pair.ReplayedAsync() >= published.Json["position"]!.GetValue<long>());
        var before = new Dictionary<string, Reply>();
        foreach (var address in Readings(life))
        {
            before[address] = (await pair.Api.Anon.GetAsync(address)).Expect(200);
        }

        var since = Stopwatch.StartNew();
        pair.Primary.Kill();
        (await pair.Api.Anon.GetAsync(life.Address)).Expect(200);
        (await pair.Api.Anon.GetAsync("/v1/statistics?year=2021&groupBy=level")).Expect(200);
        TestContext.Current.SendDiagnosticMessage("read on {0} ms after the kill", since.ElapsedMilliseconds);
        Assert.InRange(since.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(1));

        foreach (var (address, reply) in before)
        {
            var now = (await pair.Api.Anon.GetAsync(address)).Expect(200);
            Assert.True(now.Text == reply.Text, $"{address} answers otherwise without the primary.");
        }
        (await pair.Api.Anon.PostAsync("/v1/validations", Bodies.Filing(Samples.Whole(), 2021))).Expect(200);
        await UntilAsync(async () => (await pair.Api.Anon.GetAsync("/health/ready")).Expect(200).Json["status"]!.GetValue<string>() == "reading");
        var refused = (await life.WithdrawAsync()).ExpectProblem(503, "unavailable");
        Assert.NotNull(refused.Header("Retry-After"));

        await pair.Primary.StartAsync();
        await UntilAsync(async () => (await life.WithdrawAsync()).Status == 201);
        (await pair.Api.Anon.GetAsync(life.Address)).ExpectProblem(410, "withdrawn");
        await UntilAsync(async () => (await pair.Api.Anon.GetAsync("/health/ready")).Expect(200).Json["status"]!.GetValue<string>() == "ready");
    }

    [Fact]
    public async Task A_replica_that_lags_shows_nobody_what_was_taken_back_or_less_than_was_acknowledged()
    {
        await using var pair = await Pair.StartAsync();
        var life = await pair.Api.ReportAsync(2022);
        var other = pair.Api.Of(null, await pair.Api.AnotherHostAsync());
        var draft = (await life.FileAsync()).Expect(201);
        await pair.PauseReplayAsync();

        // Everyone who reads without a token after the answer finds what it told of, while the replica stands still.
        var published = await life.PublishAsync(draft);
        var position = published.Json["position"]!.GetValue<long>();
        Assert.True(await pair.ReplayedAsync() < position);
        (await pair.Api.Anon.GetAsync(life.Address)).Expect(200);
        Assert.Contains(life.Agency, (await pair.Api.Anon.GetAsync("/v1/reports?year=2022")).Expect(200).Text);
        (await other.GetAsync($"/v1/reports?year=2022&asOf={position}")).Expect(200);
        Assert.Equal(1, (await pair.Api.Anon.GetAsync($"/v1/statistics?year=2022&asOf={position}")).Expect(200).Json["groups"]![0]!["reports"]!.GetValue<int>());
        await pair.ResumeReplayAsync();
        await UntilAsync(async () => await pair.ReplayedAsync() >= position && (await other.GetAsync(life.Address)).Status == 200);

        await pair.PauseReplayAsync();
        (await life.WithdrawAsync()).Expect(201);
        for (var i = 0; i < 50; i++)
        {
            (await pair.Api.Anon.GetAsync(life.Address)).ExpectProblem(410, "withdrawn");
            (await other.GetAsync(life.Address)).ExpectProblem(410, "withdrawn");
            (await other.GetAsync($"{life.Address}/findings")).ExpectProblem(410, "withdrawn");
        }
        // Nor does it come back when the primary falls before the replica heard of the withdrawal.
        pair.Primary.Kill();
        for (var i = 0; i < 20; i++)
        {
            Assert.True((await pair.Api.Anon.GetAsync(life.Address)).Status is 410 or 503);
            Assert.True((await other.GetAsync(life.Address)).Status is 410 or 503);
        }
        await pair.ResumeReplayAsync();
        await UntilAsync(async () => (await other.GetAsync(life.Address)).Status == 410);
    }

    [Fact]
    public async Task No_reader_is_shown_less_than_was_acknowledged_before_he_asked_while_the_replica_stops_and_goes_on()
    {
        await using var pair = await Pair.StartAsync();
        var life = await pair.Api.ReportAsync(2023);
        await life.PublishAsync((await life.FileAsync()).Expect(201));
        var acknowledged = 1;
        using var stopping = new CancellationTokenSource();
        var readers = Enumerable.Range(0, 3).Select(_ => Task.Run(async () =>
        {
            var read = 0;
            for (; !stopping.IsCancellationRequested; read++)
            {
                var least = Volatile.Read(ref acknowledged);
                var shown = (await pair.Api.Anon.GetAsync($"{life.Address}/revisions")).Expect(200).Json["items"]!.AsArray().Count;
                Assert.InRange(shown, least, Volatile.Read(ref acknowledged) + 1);
                Assert.InRange((await pair.Api.Anon.GetAsync(life.Address)).Expect(200).Json["revision"]!.GetValue<int>(), least, Volatile.Read(ref acknowledged) + 1);
            }
            return read;
        })).ToList();
        for (var revision = 2; revision <= 6; revision++)
        {
            await (revision % 2 == 0 ? pair.PauseReplayAsync() : pair.ResumeReplayAsync());
            (await life.Submitter.PostAsync($"{life.Address}/correction", Bodies.Json(new { reason = "新收件数漏计" }))).Expect(201);
            var corrected = Samples.Whole().With(new CellAddress("proactive", "licensing", "decisions"), 4_000 + revision);
            var draft = (await life.Submitter.PutAsync($"{life.Address}/draft", life.Filing(corrected), Headers.Match("*"))).Expect(200);
            await life.PublishAsync(draft);
            Volatile.Write(ref acknowledged, revision);
        }
        await stopping.CancelAsync();
        Assert.All(await Task.WhenAll(readers), read => Assert.True(read > 0));
    }

    [Fact]
    public async Task A_replica_that_falls_or_stands_still_costs_no_reader_an_answer()
    {
        await using var pair = await Pair.StartAsync();
        var life = await pair.Api.ReportAsync(2024);
        await life.PublishAsync((await life.FileAsync()).Expect(201));
        string[] addresses = ["/v1/reports", "/v1/statistics?year=2024", $"{life.Address}/revisions"];
        foreach (var address in addresses)
        {
            (await pair.Api.Anon.GetAsync(address)).Expect(200);
        }

        pair.Replica.Kill();
        foreach (var address in addresses.Concat(addresses))
        {
            (await pair.Api.Anon.GetAsync(address)).Expect(200);
        }
        Assert.Equal("ready", (await pair.Api.Anon.GetAsync("/health/ready")).Expect(200).Json["status"]!.GetValue<string>());
        (await life.WithdrawAsync()).Expect(201);

        await pair.Replica.StartAsync();
        (await pair.Api.Anon.GetAsync(life.Address)).ExpectProblem(410, "withdrawn");
    }

    private static async Task UntilAsync(Func<Task<bool>> holds)
    {
        var waited = Stopwatch.StartNew();
        while (!await holds())
        {
            Assert.True(waited.Elapsed < TimeSpan.FromSeconds(30), "Time is up.");
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }
}
