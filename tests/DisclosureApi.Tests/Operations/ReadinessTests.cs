using Disclosure.Tests;
using DisclosureApi.Ledger;
using Npgsql;

namespace DisclosureApi.Tests.Operations;

/// <summary>Readiness says no when, and only when, requests should go to another host or nowhere.</summary>
public sealed class ReadinessTests(Api api) : IClassFixture<Api>
{
    [Fact]
    public async Task A_host_that_works_is_ready_and_alive()
    {
        (await api.Anon.GetAsync("/health/ready")).Expect(200);
        (await api.Anon.GetAsync("/health/live")).Expect(200);
    }

    [Fact]
    public async Task A_schema_that_is_older_than_the_program_is_told_and_life_goes_on()
    {
        await ReadyAsync();
        await api.Database.RunAsync("create table kept as select max(version) as version from schema_version; delete from schema_version where version = (select version from kept)");

        var reply = (await api.Anon.GetAsync("/health/ready")).ExpectProblem(503, "not-ready");

        Assert.Contains("schema", Failing(reply));
        Assert.NotNull(reply.Header("Retry-After"));
        (await api.Anon.GetAsync("/health/live")).Expect(200);
        await api.Database.RunAsync("insert into schema_version (version) select version from kept; drop table kept");
        await ReadyAsync();
    }

    [Fact]
    public async Task A_ledger_that_stands_still_is_told_and_one_that_catches_up_is_not()
    {
        await ReadyAsync();
        await api.RegisterAsync(Samples.CodeOf(41_001));
        while (await api.Database.ScalarAsync<long>("select coalesce(max(size), 0) from ledger_checkpoints") < 1)
        {
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }
        await using var other = NpgsqlDataSource.Create(api.Database.Superuser);
        await using var connection = await other.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using (var hold = new NpgsqlCommand($"select pg_advisory_lock({Integration.Lock})", connection))
        {
            await hold.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
            await api.RegisterAsync(Samples.CodeOf(41_002));
            hold.CommandText = "update mt_events set timestamp = timestamp - interval '2 minutes' where seq_id = (select max(seq_id) from mt_events)";
            await hold.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
            // An old event behind a fresh checkpoint is a ledger that catches up.
            (await api.Anon.GetAsync("/health/ready")).Expect(200);
            hold.CommandText = "update ledger_checkpoints set signed_at = signed_at - interval '2 minutes'";
            await hold.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);

            Assert.Equal(["ledger"], Failing((await api.Anon.GetAsync("/health/ready")).ExpectProblem(503, "not-ready")));

            hold.CommandText = $"select pg_advisory_unlock({Integration.Lock})";
            await hold.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }
        await ReadyAsync();
    }

    private static IEnumerable<string> Failing(Reply reply) => reply.Json["failing"]!.AsArray().Select(name => name!.ToString());

    /// <summary>It may take a moment after a fault is mended, and no longer.</summary>
    private async Task ReadyAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while ((await api.Anon.GetAsync("/health/ready")).Status != 200)
        {
            await Task.Delay(20, patience.Token);
        }
    }
}
