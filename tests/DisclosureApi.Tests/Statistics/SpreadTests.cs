using System.Text.Json.Nodes;
using Disclosure.Formats;
using Disclosure.Tests;

namespace DisclosureApi.Tests.Statistics;

/// <summary>Bodies beside each other: spread, order, comparison, and bodies that became others.</summary>
public sealed class SpreadTests(Api api) : IClassFixture<Api>, IAsyncLifetime
{
    private const int Year = 2021;

    public async ValueTask InitializeAsync() => await api.OnceAsync(async () =>
    {
        // Received 10, 20, 40 and 80; granted of those answered 50, 25, 12.5 and 6.25 %. The first is of too few cases to be ranked.
        for (var body = 0; body < 4; body++)
        {
            await ArchiveAsync(Samples.CodeOf(800 + body), Year, received: 10 << body, granted: 5, handled: 10 << body);
        }
        await api.RegisterAsync(Samples.CodeOf(804));
        await api.RegisterAsync(Samples.CodeOf(812));
    });

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task A_distribution_tells_where_the_middle_lies_and_who_is_not_in_it()
    {
        var spread = (await api.Anon.GetAsync($"/v1/statistics/distribution?year={Year}&region=990102&measure=applications.received")).Expect(200).Json;

        Assert.Equal((10m, 17.5m, 30m, 50m, 80m), (Number(spread, "minimum"), Number(spread, "lowerQuartile"), Number(spread, "median"), Number(spread, "upperQuartile"), Number(spread, "maximum")));
        Assert.Equal((4m, 2m), (Number(spread, "assessed"), Number(spread, "missing")));
        Assert.Equal(9, spread["deciles"]!.AsArray().Count);
        Assert.Equal(13m, spread["deciles"]![0]!.GetValue<decimal>());
    }

    [Fact]
    public async Task A_ranking_leaves_out_shares_of_few_cases_and_says_so()
    {
        var ranking = (await api.Anon.GetAsync($"/v1/statistics/ranking?year={Year}&region=990102&indicator=disclosureRate&order=rising")).Expect(200).Json;

        Assert.Equal([6.25m, 12.5m], ranking["items"]!.AsArray().Select(item => item!["value"]!.GetValue<decimal>()));
        Assert.Equal([1, 2], ranking["items"]!.AsArray().Select(item => item!["rank"]!.GetValue<int>()));
        Assert.Equal((2m, 2m), (Number(ranking["unranked"]!, "lowReliability"), Number(ranking["unranked"]!, "missing")));
        var regions = (await api.Anon.GetAsync($"/v1/statistics/ranking?year={Year}&region=990000&rank=region&measure=applications.received")).Expect(200).Json;
        Assert.Equal(("990100", 150m), (regions["items"]![0]!["region"]!.ToString(), regions["items"]![0]!["value"]!.GetValue<decimal>()));
    }

    [Fact]
    public async Task Bodies_are_told_beside_each_other_and_beside_their_level_and_region()
    {
        var compared = (await api.Anon.GetAsync($"/v1/statistics/comparison?agencies={Samples.CodeOf(800)},{Samples.CodeOf(803)}&year={Year}&measure=applications.received")).Expect(200).Json;

        Assert.Equal([10m, 80m], compared["bodies"]!.AsArray().Select(body => Value(body!["years"]![0]!["figures"]!)));
        Assert.All(compared["bodies"]!.AsArray(), body => Assert.Equal((150m, 150m), (Value(body!["years"]![0]!["ofLevel"]!), Value(body["years"]![0]!["ofRegion"]!))));
    }

    [Fact]
    public async Task Reports_of_a_body_that_was_merged_stand_under_its_successor()
    {
        var (old, now, split) = (Samples.CodeOf(811), Samples.CodeOf(812), Samples.CodeOf(813));
        await ArchiveAsync(old, 2019, received: 7, granted: 1, handled: 7);
        await ArchiveAsync(split, 2019, received: 100, granted: 1, handled: 100);
        await ArchiveAsync(now, 2019, received: 5, granted: 1, handled: 5);
        await EndAsync(old, "merger", [now]);
        var before = (await api.Anon.GetAsync($"/v1/statistics/comparison?agencies={now}&year=2019&measure=applications.received")).Json;
        await EndAsync(split, "dissolution", [now, Samples.CodeOf(800)]);

        var compared = (await api.Anon.GetAsync($"/v1/statistics/comparison?agencies={now}&year=2019&measure=applications.received")).Expect(200).Json["bodies"]![0]!["years"]![0]!;

        Assert.Equal(12m, Value(compared["figures"]!));
        Assert.Equal([(now, false), (old, false), (split, true)], compared["sources"]!.AsArray().Select(source => (source!["code"]!.ToString(), source["shared"]!.GetValue<bool>())));
        // As it stood before the second body ended.
        var then = (await api.Anon.GetAsync(before["permalink"]!.ToString())).Expect(200).Json;
        Assert.Equal(before.ToJsonString(), then.ToJsonString());
        Assert.Equal(2, then["bodies"]![0]!["years"]![0]!["sources"]!.AsArray().Count);
    }

    [Theory]
    [InlineData("distribution?year=2021", 422)]
    [InlineData("distribution?indicator=disclosureRate&measure=applications.received", 422)]
    [InlineData("ranking?measure=applications.received&top=501", 400)]
    [InlineData("comparison", 422)]
    [InlineData("comparison?agencies=1", 400)]
    public async Task What_is_no_question_is_refused(string question, int status) => (await api.Anon.GetAsync($"/v1/statistics/{question}")).Expect(status);

    private async Task ArchiveAsync(string code, int year, int received, int granted, int handled)
    {
        await api.RegisterAsync(code);
        var content = new (string Row, int Total)[] { ("received", received), ("granted", granted), ("partiallyGranted", 0), ("totalHandled", handled) }
            .Aggregate(Samples.InYear(Samples.Whole(), year), (all, row) => all.With(new CellAddress("applications", row.Row, "total"), row.Total));
        var filing = Bodies.Written(Samples.Filing(year) with { Content = content });
        filing.Remove("year");
        var body = new JsonObject { ["filing"] = filing, ["publishedOn"] = $"{year + 1}-01-20", ["sourceUrl"] = "https://www.example.gov.cn/nb.html" };
        (await api.Archivist.PostAsync($"/v1/agencies/{code}/reports/{year}/archive", Bodies.Json(body.ToJsonString()))).Expect(201);
    }

    private async Task EndAsync(string code, string how, string[] successors)
    {
        var entry = await api.Anon.GetAsync($"/v1/agencies/{code}");
        (await api.Registrar.PostAsync($"/v1/agencies/{code}/{how}", Bodies.Json(new { successors, validTo = "2019-12-31", reason = "机构改革" }), Headers.Match(entry.ETag))).Expect(201);
    }

    private static decimal Number(JsonNode node, string name) => node[name]!.GetValue<decimal>();

    private static decimal Value(JsonNode figures) => figures[0]!["value"]!.GetValue<decimal>();
}
