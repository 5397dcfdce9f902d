using Disclosure.Tests;
using DisclosureApi.Http.History;
using DisclosureApi.Store;
using DisclosureApi.Tests.Reports.AsOf;
using Npgsql;

namespace DisclosureApi.Tests.Statistics;

/// <summary>Figures as of a position or a time leave out nothing that was being stored when they were asked for.</summary>
public sealed class SettledStatisticsTests(Api api) : IClassFixture<Api>
{
    private const int Reports = 60;
    private const string Year = "/v1/statistics?year=2023";

    [Fact]
    public Task What_was_answered_while_others_published_is_answered_ever_after() => SettledAnswers.AssertLastAsync(
        api, Reports,
        async () => $"{Year}&asOf={await EndAsync()}", () => Task.FromResult($"{Year}&asOf={Moment.Text(TimeProvider.System.GetUtcNow())}"), () => Task.FromResult($"{Year}&asOf={Moment.Text(TimeProvider.System.GetUtcNow())}"));

    [Fact]
    public async Task While_an_append_is_open_no_position_behind_it_can_be_seen_and_none_is_left_out()
    {
        await api.RegisterAsync(Samples.CodeOf(5_001));
        var end = await EndAsync();
        await using var database = NpgsqlDataSource.Create($"{api.Database.Serving};Options=-c disclosure.oversight=on");
        await using var connection = await database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await using var append = new NpgsqlCommand(
            """
            select disclosure_store($1, array['report/open']::varchar[], array['report']::varchar[], array[0]::bigint[], array[1]::bigint[], array[]::varchar[], array[]::bigint[],
                now(), array[gen_random_uuid()], array['report/open']::varchar[], array[1]::bigint[], array['draft_discarded']::varchar[], array['x']::varchar[],
                array['request']::varchar[], array['p_open']::varchar[], array['{}']::jsonb[], array['{"role":"submitter","salt":"00"}']::jsonb[])
            """, connection);
        append.Parameters.Add(new() { Value = end });
        await append.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);

        var behind = api.RegisterAsync(Samples.CodeOf(5_002));
        await WaitingAsync();
        Assert.Equal(end, await EndAsync());
        Assert.InRange((await api.Anon.GetAsync("/v1/statistics?year=2023")).Expect(200).Json["asOf"]!["position"]!.GetValue<long>(), 0, end);
        await transaction.CommitAsync(TestContext.Current.CancellationToken);
        await behind;

        Assert.Equal("p_open", await api.Database.ScalarAsync<string>($"select user_name from mt_events where seq_id = {end + 1}"));
        Assert.Equal(end + 2, await EndAsync());
    }

    private Task<long> EndAsync() => api.Database.ScalarAsync<long>("select coalesce(max(seq_id), 0) from mt_events");

    /// <summary>Returns once somebody waits for the lock that the open append holds.</summary>
    private async Task WaitingAsync()
    {
        while (await api.Database.ScalarAsync<long>($"select count(*) from pg_locks where locktype = 'advisory' and not granted and (classid::bigint << 32 | objid::bigint) = {AppendBatch.Lock}") == 0)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(10), TestContext.Current.CancellationToken);
        }
    }
}
