using System.Diagnostics;
using Disclosure.Tests;
using DisclosureApi.Store;
using DisclosureApi.Tests.Replicas;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace DisclosureApi.Tests.Chaos;

/// <summary>A database that keeps everybody waiting: requests end within their limits, and all goes on when it does.</summary>
public sealed class StallTests
{
    /// <summary>Five seconds is what an operator may expect. A test allows for a machine that others use as well, and still finds who waits for the database's own half minute.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(25);

    [Fact]
    public async Task While_the_database_stands_still_requests_are_told_to_come_again_and_afterwards_each_write_is_there_once()
    {
        using var server = await PostgresServer.MakeAsync();
        await Database.PrepareAsync(server.Connection("disclosure_owner"), "disclosure", CancellationToken.None);
        var api = await Api.OnAsync(server.Database());
        try
        {
            var life = await api.ReportAsync(2021);
            var hash = (await life.FileAsync()).Expect(201).Json["contentHash"]!.GetValue<string>();
            var review = new { contentHash = hash, passed = true, note = "once" };
            await server.FreezeAsync();

            var asked = new[]
            {
                TimedAsync(() => api.Anon.GetAsync("/v1/reports")),
                TimedAsync(() => api.Anon.GetAsync("/v1/statistics?year=2021")),
                TimedAsync(() => life.Submitter.GetAsync($"{life.Address}/draft")),
                TimedAsync(() => life.SecrecyReviewer.PostAsync($"{life.Address}/secrecy-review", Bodies.Json(review), ("Idempotency-Key", "\"stalled\""))),
                TimedAsync(() => api.Registrar.PutAsync($"/v1/agencies/{Samples.CodeOf(7)}", Bodies.Agency(Samples.CodeOf(7)), Headers.Create)),
                TimedAsync(() => api.Anon.PostAsync("/v1/validations", Bodies.Filing(Samples.Whole()))),
            };
            await AssertToldToComeAgainAsync(asked);
            (await api.Anon.GetAsync("/health/live")).Expect(200);
            (await api.Anon.GetAsync("/health/ready")).ExpectProblem(503, "not-ready");

            await server.ThawAsync();
            await UntilAsync(async () =>
                (await life.SecrecyReviewer.PostAsync($"{life.Address}/secrecy-review", Bodies.Json(review), ("Idempotency-Key", "\"stalled\""))).Status is 200 or 201);
            await UntilAsync(async () => (await api.Registrar.PutAsync($"/v1/agencies/{Samples.CodeOf(7)}", Bodies.Agency(Samples.CodeOf(7)), Headers.Create)).Status is 201 or 412);
            await UntilAsync(async () => (await api.Anon.GetAsync("/health/ready")).Status == 200);
            (await api.Anon.GetAsync("/v1/reports")).Expect(200);
            Assert.Equal(["1", "1"], await api.Database.TextsAsync(
                "select count(*)::text from mt_events where type = 'secrecy_reviewed' union all select count(*)::text from mt_events where type = 'agency_registered' and data::text like '%" + Samples.CodeOf(7) + "%'"));
        }
        finally
        {
            await server.ThawAsync();
            await api.DisposeAsync();
        }
    }

    [Fact]
    public async Task When_every_connection_is_taken_requests_are_told_to_come_again_and_are_served_when_one_is_free()
    {
        using var server = await PostgresServer.MakeAsync();
        await Database.PrepareAsync(server.Connection("disclosure_owner"), "disclosure", CancellationToken.None);
        var api = await Api.OnAsync(server.Database());
        try
        {
            await api.RegisterAsync();
            var source = api.Services.GetRequiredService<NpgsqlDataSource>();
            var taken = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => source.OpenConnectionAsync(TestContext.Current.CancellationToken).AsTask()));

            await AssertToldToComeAgainAsync(
                TimedAsync(() => api.Anon.GetAsync("/v1/agencies")), TimedAsync(() => api.Registrar.PutAsync($"/v1/agencies/{Samples.CodeOf(8)}", Bodies.Agency(Samples.CodeOf(8)), Headers.Create)));

            await Task.WhenAll(taken.Select(connection => connection.DisposeAsync().AsTask()));
            (await api.Anon.GetAsync("/v1/agencies")).Expect(200);
            (await api.Registrar.PutAsync($"/v1/agencies/{Samples.CodeOf(8)}", Bodies.Agency(Samples.CodeOf(8)), Headers.Create)).Expect(201);
        }
        finally
        {
            await api.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_write_that_waits_for_one_thing_after_another_is_told_as_soon_as_one_that_waits_once()
    {
        using var server = await PostgresServer.MakeAsync();
        await Database.PrepareAsync(server.Connection("disclosure_owner"), "disclosure", CancellationToken.None);
        var database = server.Database();
        var api = await Api.OnAsync(database);
        try
        {
            var life = await api.ReportAsync(2021);
            (await life.FileAsync()).Expect(201);
            await using var superuser = NpgsqlDataSource.Create(database.Superuser);
            await using var reading = await LockAsync(superuser, "lock table agencies in access exclusive mode");
            await using (await LockAsync(superuser, "lock table mt_events in share mode"))
            {
                var write = TimedAsync(() => life.Submitter.PutAsync($"{life.Address}/draft", life.Filing(Samples.Whole().With("/sections/overview", "另行修改。")), Headers.Match("*")));
                // It waits for the body that it files for, and then for the events.
                await UntilAsync(async () => await database.ScalarAsync<long>("select count(*) from pg_locks where not granted and relation = 'agencies'::regclass") > 0);
                await Task.WhenAny(write, Task.Delay(TimeSpan.FromSeconds(3.5), TestContext.Current.CancellationToken));
                await reading.DisposeAsync();
                var (reply, took) = await write;
                Assert.NotNull(reply.ExpectProblem(503, "unavailable").Header("Retry-After"));
                Assert.InRange(took, TimeSpan.Zero, TimeSpan.FromSeconds(7));
            }
        }
        finally
        {
            await api.DisposeAsync();
        }
    }

    private static async Task<NpgsqlConnection> LockAsync(NpgsqlDataSource superuser, string sql)
    {
        var connection = await superuser.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand($"begin; {sql}", connection);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        return connection;
    }

    private static async Task AssertToldToComeAgainAsync(params Task<(Reply Reply, TimeSpan Took)>[] asked)
    {
        foreach (var (reply, took) in await Task.WhenAll(asked))
        {
            Assert.NotNull(reply.ExpectProblem(503, "unavailable").Header("Retry-After"));
            Assert.True(took < Longest, $"{reply.Request} took {took}.");
        }
    }

    private static async Task<(Reply Reply, TimeSpan Took)> TimedAsync(Func<Task<Reply>> ask)
    {
        var since = Stopwatch.StartNew();
        return (await ask(), since.Elapsed);
    }

    private static async Task UntilAsync(Func<Task<bool>> holds)
    {
        var waited = Stopwatch.StartNew();
        while (!await holds())
        {
            Assert.True(waited.Elapsed < TimeSpan.FromSeconds(60), "Time is up.");
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }
}
