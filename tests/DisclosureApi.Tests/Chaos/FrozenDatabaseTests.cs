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
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(25);

    private const int Each = 15;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Whoever_asks_a_database_that_stands_still_is_told_soon_to_come_again(bool isOpen)
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
            var took = new ConcurrentBag<(string What, int Status, TimeSpan Took)>();
            await Task.WhenAll(asks.SelectMany(ask => Enumerable.Range(0, Each).Select(async _ =>
            {
                var since = Stopwatch.StartNew();
                var reply = await ask.Ask();
                took.Add((ask.What, reply.Status, since.Elapsed));
            })));
            foreach (var kind in took.GroupBy(one => (one.What, one.Status)).OrderBy(kind => kind.Key.What))
            {
                TestContext.Current.TestOutputHelper!.WriteLine($"{kind.Key.What} {kind.Key.Status}: {kind.Count()}, longest {kind.Max(one => one.Took.TotalMilliseconds):F0} ms");
            }
            await server.ThawAsync();
        }
        finally
        {
            await server.ThawAsync();
            await api.DisposeAsync();
        }
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
            ("error report", () => anon.PostAsync($"{life.Address}/error-reports", Bodies.Json(new { text = "数字有误" }))),
        ];
    }
}
