using System.Collections.Concurrent;
using System.Diagnostics;
using Disclosure.Tests;
using DisclosureApi.Access;
using DisclosureApi.Store;
using DisclosureApi.Tests.Replicas;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace DisclosureApi.Tests.Chaos;

/// <summary>A database that stands still under everybody at once: more requests than there are connections, on connections that were open and on new ones.</summary>
public sealed class FrozenDatabaseTests
{
    /// <summary>Five seconds are promised. A test allows for a machine that others use as well, and still finds who waits for one thing after another.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(12);

    [Theory]
    [InlineData(true, 15)]
    [InlineData(true, 2)]
    [InlineData(false, 15)]
    public async Task Whoever_asks_a_database_that_stands_still_is_told_soon_to_come_again(bool isOpen, int each)
    {
        using var server = await PostgresServer.MakeAsync();
        await Database.PrepareAsync(server.Connection("disclosure_owner"), "disclosure", CancellationToken.None);
        var api = await Api.OnAsync(server.Database());
        try
        {
            var life = await api.ReportAsync(2021);
            var draft = (await life.FileAsync()).Expect(201);
            var asks = Asks(api, life, draft.Json["contentHash"]!.GetValue<string>());
            if (isOpen)
            {
                await Task.WhenAll(asks.SelectMany(ask => Enumerable.Range(0, 4).Select(_ => ask.Ask())));
            }
            else
            {
                api.Services.GetRequiredService<NpgsqlDataSource>().Clear();
                api.Services.GetRequiredService<WholeDatabase>().Source.Clear();
            }
            await server.FreezeAsync();
            await AssertToldSoonAsync(asks, each);
            await server.ThawAsync();
            for (var waited = Stopwatch.StartNew(); (await api.Anon.GetAsync("/health/ready")).Status != 200;)
            {
                Assert.True(waited.Elapsed < Scale.Patience, "Time is up.");
                await Task.Delay(20, TestContext.Current.CancellationToken);
            }
            (await api.Anon.GetAsync("/v1/reports")).Expect(200);
        }
        finally
        {
            await server.ThawAsync();
            await api.DisposeAsync();
        }
    }

    private static async Task AssertToldSoonAsync(List<(string What, Func<Task<Reply>> Ask)> asks, int each)
    {
        var took = new ConcurrentBag<(string What, TimeSpan Took)>();
        await Task.WhenAll(asks.SelectMany(ask => Enumerable.Range(0, each).Select(async _ =>
        {
            var since = Stopwatch.StartNew();
            var reply = await ask.Ask();
            took.Add((ask.What, since.Elapsed));
            Assert.NotNull(reply.ExpectProblem(503, "unavailable").Header("Retry-After"));
        })));
        var slowest = took.MaxBy(one => one.Took);
        TestContext.Current.TestOutputHelper!.WriteLine($"The slowest of {took.Count} answers took {slowest.Took.TotalMilliseconds:F0} ms ({slowest.What}).");
        Assert.InRange(slowest.Took, TimeSpan.Zero, Longest);
    }

    private static List<(string What, Func<Task<Reply>> Ask)> Asks(Api api, ReportLife life, string hash)
    {
        var (anon, submitter, secrecy, registrar) = (api.Anon, life.Submitter, life.SecrecyReviewer, api.Registrar);
        var reviewer = api.Reviewer;
        var auditor = api.As(Role.Auditor, []);
        return
        [
            ("list", () => anon.GetAsync("/v1/reports")),
            ("statistics", () => anon.GetAsync("/v1/statistics?year=2021")),
            ("report", () => anon.GetAsync(life.Address)),
            ("tree", () => anon.GetAsync("/v1/agencies?limit=5")),
            ("draft", () => submitter.GetAsync($"{life.Address}/draft")),
            ("work", () => submitter.GetAsync("/v1/work")),
            ("events", () => auditor.GetAsync("/v1/audit/events")),
            ("put draft", () => submitter.PutAsync($"{life.Address}/draft", life.Filing(Samples.Whole()), Headers.Match("*"))),
            ("review", () => secrecy.PostAsync($"{life.Address}/secrecy-review", Bodies.Json(new { contentHash = hash, passed = true }))),
            ("agency", () => registrar.PutAsync($"/v1/agencies/{Samples.CodeOf(7)}", Bodies.Agency(Samples.CodeOf(7)), Headers.Create)),
            ("validation", () => anon.PostAsync("/v1/validations", Bodies.Filing(Samples.Whole()))),
            ("publication", () => reviewer.PostAsync($"{life.Address}/publication", Bodies.Empty)),
        ];
    }
}
