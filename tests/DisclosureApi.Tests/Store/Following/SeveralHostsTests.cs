using System.Diagnostics;
using Disclosure.Formats;
using Disclosure.Tests;

namespace DisclosureApi.Tests.Store.Following;

/// <summary>Several hosts on one database answer as one.</summary>
public sealed class SeveralHostsTests(Api api) : IClassFixture<Api>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task What_one_host_publishes_and_corrects_the_others_soon_show()
    {
        var other = api.Of(null, await api.AnotherHostAsync());
        var life = await api.ReportAsync(2021);
        await life.PublishAsync((await life.FileAsync()).Expect(201));
        await UntilAsync(async () => (await other.GetAsync(life.Address)).Status == 200);

        (await life.Submitter.PostAsync($"{life.Address}/correction", Bodies.Json(new { reason = "新收件数漏计" }))).Expect(201);
        Assert.Equal(1, (await other.GetAsync(life.Address)).Expect(200).Json["revision"]!.GetValue<int>());
        var corrected = Samples.Whole().With(new CellAddress("proactive", "licensing", "decisions"), 4711);
        var draft = await life.Submitter.PutAsync($"{life.Address}/draft", Bodies.Filing(corrected, 2021), Headers.Match("*"));
        await life.PublishAsync(draft.Expect(200));

        Assert.Equal(2, (await api.Anon.GetAsync(life.Address)).Expect(200).Json["revision"]!.GetValue<int>());
        await UntilAsync(async () => (await other.GetAsync(life.Address)).Expect(200).Json["revision"]!.GetValue<int>() == 2);
    }

    [Fact]
    public async Task A_withdrawal_is_told_when_no_host_serves_the_report_any_more()
    {
        var other = api.Of(null, await api.AnotherHostAsync());
        for (var number = 4_100; number < 4_108; number++)
        {
            var life = await api.ReportAsync(2023, Samples.CodeOf(number));
            await life.PublishAsync((await life.FileAsync()).Expect(201));
            await UntilAsync(async () => (await other.GetAsync(life.Address)).Status == 200);

            (await life.WithdrawAsync()).Expect(201);

            // No waiting here: the answer to the withdrawal is the promise.
            Assert.Equal("数据来源有误", (await other.GetAsync(life.Address)).ExpectProblem(410, "withdrawn").Json["reason"]!.GetValue<string>());
            (await other.GetAsync($"{life.Address}/findings")).ExpectProblem(410, "withdrawn");
            (await api.Anon.GetAsync(life.Address)).ExpectProblem(410, "withdrawn");
        }
    }

    [Fact]
    public async Task A_withdrawal_that_is_asked_for_again_is_told_no_sooner()
    {
        var life = await api.ReportAsync(2023, Samples.CodeOf(4_110));
        await life.PublishAsync((await life.FileAsync()).Expect(201));
        Task<Reply> Withdraw() => api.Reviewer.PostAsync($"{life.Address}/withdrawal", Bodies.Json(new { reason = "数据来源有误" }), ("Idempotency-Key", "\"withdrawn once\""));
        var first = (await Withdraw()).Expect(201);
        var since = await api.Database.ScalarAsync<DateTime>("select clock_timestamp()");
        // Roles see what others of their own ask.
        var serving = api.Database with { Owner = api.Database.Serving, Superuser = api.Database.Serving };
        // A host that lives and has not heard of anything yet.
        var slow = Guid.NewGuid();
        await api.Database.RunAsync($"insert into hosts (id, position, seen_at) values ('{slow}', 0, clock_timestamp() + interval '1 hour')");
        try
        {
            var again = Withdraw();
            await UntilAsync(async () =>
            {
                Assert.False(again.IsCompleted, "It was told while a host may still serve the report.");
                return await serving.ScalarAsync<long>($"select count(*) from pg_stat_activity where query like '%from hosts where position <%' and pid <> pg_backend_pid() and query_start > '{since:O}'") > 0;
            });
            Assert.NotNull((await again).Expect(503).Header("Retry-After"));
        }
        finally
        {
            await api.Database.RunAsync($"delete from hosts where id = '{slow}'");
        }

        Assert.Equal(first.Text, (await Withdraw()).Expect(201).Text);
    }

    [Fact]
    public async Task A_reinstated_report_has_the_bytes_it_had()
    {
        var life = await api.ReportAsync(2023, Samples.CodeOf(4_111));
        await life.PublishAsync((await life.FileAsync()).Expect(201));
        var before = (await api.Anon.GetAsync(life.Address)).Expect(200);
        (await life.WithdrawAsync()).Expect(201);

        (await api.Reviewer.PostAsync($"{life.Address}/reinstatement", Bodies.Json(new { reason = "经核实无误" }))).Expect(201);

        var after = (await api.Anon.GetAsync(life.Address)).Expect(200);
        Assert.Equal((before.ETag, before.Text), (after.ETag, after.Text));
    }

    [Fact]
    public async Task Two_hosts_that_write_one_report_do_not_lose_each_others_changes()
    {
        var elsewhere = await api.AnotherHostAsync();
        var life = await api.ReportAsync(2032);
        var draft = (await life.FileAsync()).Expect(201);
        Client[] writers = [life.Submitter, api.Of(life.Submitter.Token, elsewhere)];

        for (var i = 0; i < 10; i++)
        {
            var content = Samples.Whole().With(new CellAddress("proactive", "licensing", "decisions"), 1_000 + i);
            var stale = draft.ETag;
            draft = (await writers[i % 2].PutAsync($"{life.Address}/draft", Bodies.Filing(content, 2032), Headers.Match(stale))).Expect(200);
            (await writers[i % 2].PutAsync($"{life.Address}/draft", Bodies.Filing(content, 2032), Headers.Match(stale))).ExpectProblem(412, "precondition-failed");
        }

        Assert.Equal("\"11\"", (await writers[0].GetAsync($"{life.Address}/draft")).Expect(200).ETag);
        Assert.Equal("\"11\"", (await writers[1].GetAsync($"{life.Address}/draft")).Expect(200).ETag);
    }

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        var waited = Stopwatch.StartNew();
        while (!await condition())
        {
            Assert.True(waited.Elapsed < Patience, "The other host did not hear of it.");
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }
}
