using DisclosureApi.Access;

namespace DisclosureApi.Tests.Chaos;

/// <summary>A host whose clock is set back and forward under it, as a wrong time server or a careless hand does.</summary>
public sealed class TurnedClockTests(TestServer server)
{
    private readonly LaterClock _clock = new();

    [Fact]
    public async Task Times_never_go_back_keys_are_remembered_and_what_was_public_stays_as_it_was()
    {
        var api = await Api.OnAsync(await server.CreateDatabaseAsync($"clock_{Guid.NewGuid():N}"), _clock);
        try
        {
            var life = await api.ReportAsync(2021);
            var first = await life.PublishAsync((await life.FileAsync()).Expect(201));
            var then = $"{life.Address}?asOf={first.Json["position"]}";
            var shown = (await api.Anon.GetAsync(then)).Expect(200).Text;
            var corrected = (await CorrectAsync(life)).Expect(201).Text;

            _clock.Later += TimeSpan.FromDays(-3);
            Assert.Equal(corrected, (await CorrectAsync(life)).Expect(201).Text);
            (await life.WithdrawAsync()).Expect(201);
            (await api.Anon.GetAsync(life.Address)).ExpectProblem(410, "withdrawn");

            _clock.Later += TimeSpan.FromDays(4);
            Assert.Equal(corrected, (await CorrectAsync(life)).Expect(201).Text);
            await ReinstateAsync(api, life);

            _clock.Later += TimeSpan.FromDays(-1);
            Assert.Equal(corrected, (await CorrectAsync(life)).Expect(201).Text);
            (await api.Anon.GetAsync(life.Address)).Expect(200);
            await UntilAsync(async () => (await api.Anon.GetAsync("/health/ready")).Status == 200);
            Assert.Equal(shown, (await api.Anon.GetAsync(then)).Expect(200).Text);
            Assert.Equal(["0"], await api.Database.TextsAsync(
                "select count(*)::text from (select timestamp at, lag(timestamp) over (order by seq_id) before from mt_events) e where at < before"));
        }
        finally
        {
            await api.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_token_is_judged_by_the_clock_of_the_host_whichever_way_it_was_turned()
    {
        var api = await Api.OnAsync(await server.CreateDatabaseAsync($"clock_{Guid.NewGuid():N}"), _clock);
        try
        {
            var old = api.As(Role.Auditor, []);
            (await old.GetAsync("/v1/audit/events")).Expect(200);

            _clock.Later += TimeSpan.FromDays(1);
            (await old.GetAsync("/v1/audit/events")).ExpectProblem(401, "unauthenticated");
            (await api.As(Role.Auditor, []).GetAsync("/v1/audit/events")).Expect(200);

            _clock.Later += TimeSpan.FromDays(-1);
            (await old.GetAsync("/v1/audit/events")).Expect(200);
        }
        finally
        {
            await api.DisposeAsync();
        }
    }

    private static Task<Reply> CorrectAsync(ReportLife life) =>
        life.Submitter.PostAsync($"{life.Address}/correction", Bodies.Json(new { reason = "新收件数漏计" }), (Headers.Key, "\"once\""));

    private static async Task ReinstateAsync(Api api, ReportLife life) =>
        (await api.Reviewer.PostAsync($"{life.Address}/reinstatement", Bodies.Json(new { reason = "数据来源已核实" }))).Expect(201);

    private static async Task UntilAsync(Func<Task<bool>> holds)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!await holds())
        {
            await Task.Delay(20, patience.Token);
        }
    }
}
