using System.Globalization;
using System.Text.Json.Nodes;
using DisclosureApi.Tests.Store;

namespace DisclosureApi.Tests.Statistics;

/// <summary>Every figure is what the published reports say, whatever happened to them and whenever it is asked for.</summary>
public sealed class StatisticsHistoryTests(TestServer server)
{
    private static readonly string[] _measures =
        ["applications.received", "applications.refused.deliberative", "disputes.litigation.pending", "proactive2021.fees.amount", "proactive2019.licensing.decisions", "proactive2021.licensing.decisions", "proactive2019.fees.change"];

    [Fact]
    public async Task Figures_are_those_of_an_independent_recomputation_as_of_any_event()
    {
        for (var seed = Scale.Seed; seed < Scale.Seed + Scale.Histories; seed++)
        {
            var database = await server.CreateDatabaseAsync($"figures_{Guid.NewGuid():N}");
            await using (var host = await ServingHost.StartAsync(database))
            {
                await new FigureWorld(host, seed).GoOnAsync(60);
                var (end, random) = (await database.ScalarAsync<long>("select max(seq_id) from mt_events"), new Random(seed));
                for (var question = 0; question < 12; question++)
                {
                    await CompareAsync(host, database, random.Next(3) == 0 ? end : random.NextInt64(1, end + 1), random);
                }
            }
            await server.DropDatabaseAsync(database);
        }
    }

    [Fact]
    public async Task A_database_that_was_filled_before_there_were_statistics_gets_its_figures_at_the_start()
    {
        var database = await server.CreateDatabaseAsync($"figures_{Guid.NewGuid():N}");
        await using var host = await ServingHost.StartAsync(database);
        await new FigureWorld(host, Scale.Seed).GoOnAsync(60);
        var before = await host.GetAsync("/v1/statistics?from=2019&to=2024");
        await database.RunAsync("truncate figures, deliveries, bodies, duty_rulings");

        await RunningApi.FillFiguresAsync(database.Owner, TestContext.Current.CancellationToken);

        Assert.Equal(before, await host.GetAsync("/v1/statistics?from=2019&to=2024"));
    }

    private static async Task CompareAsync(ServingHost host, TestDatabase database, long position, Random random)
    {
        var world = await Recomputation.AtAsync(database, host, position);
        var (from, to) = (2019 + random.Next(6), 2019 + random.Next(6));
        (from, to) = (Math.Min(from, to), Math.Max(from, to));
        var (region, level, tree) = (Maybe(FigureWorld.Regions, random), Maybe(["province", "county"], random), Maybe(["regional", "vertical"], random));
        var line = random.Next(6) == 0 ? FigureWorld.Line : null;
        var kind = Maybe(level is null ? ["department", "office"] : ["department", "government"], random);
        var column = Maybe(["naturalPerson", "enterprise"], random) ?? "total";
        string[] by = [.. new[] { "region", "level", "kind", "tree" }.Where(_ => random.Next(3) == 0)];
        var path = $"/v1/statistics?from={from}&to={to}&asOf={position}&indicator={string.Join(',', Formulas.Shares.Keys)}&measure={string.Join(',', _measures)}"
            + Given("region", region) + Given("level", level) + Given("kind", kind) + Given("tree", tree) + Given("line", line)
            + Given("applicantClass", column == "total" ? null : column) + Given("groupBy", by.Length == 0 ? null : string.Join(',', by));

        var answer = JsonNode.Parse(await host.GetAsync(path))!;

        Assert.Equal(world.LastPublicEvent, answer["asOf"]!["position"]!.GetValue<long>());
        Assert.Equal(await host.GetAsync(path), await host.GetAsync(answer["permalink"]!.ToString()));
        var prefix = region is null ? "" : region.EndsWith("0000", StringComparison.Ordinal) ? region[..2] : region.Length == 6 && region.EndsWith("00", StringComparison.Ordinal) ? region[..4] : region;
        bool Counts(Entry body) => body.Region.StartsWith(prefix, StringComparison.Ordinal) && (level ?? body.Level) == body.Level && (kind is null ? body.Kind != "government" : body.Kind == kind)
            && (tree is null || (tree == "vertical") == (body.Line is not null)) && (line is null || body.Line == line);
        string Key(int year, Entry body) => string.Join('|', year, by.Contains("region") ? Below(region, body.Region) : "", by.Contains("level") ? body.Level : "", by.Contains("kind") ? body.Kind : "", by.Contains("tree") ? (body.Line is null ? "regional" : "vertical") : "");
        var reports = world.Reports.Where(report => report.Year >= from && report.Year <= to && Counts(report.Body)).ToLookup(report => Key(report.Year, report.Body));
        var due = Enumerable.Range(from, to - from + 1).SelectMany(year => world.Due(year).Where(Counts).Select(body => Key(year, body))).ToLookup(key => key);
        var served = answer["groups"]!.AsArray().ToDictionary(group => string.Join('|', group!["year"], group["region"], group["level"], group["kind"], group["tree"]), group => group!);
        Assert.Equal(reports.Select(group => group.Key).Union(due.Select(group => group.Key)).Order(StringComparer.Ordinal), served.Keys.Order(StringComparer.Ordinal));
        Assert.All(served, group => AssertGroup(group.Value, [.. reports[group.Key]], due[group.Key].Count(), column));
    }

    private static void AssertGroup(JsonNode group, List<Counted> reports, int due, string column)
    {
        Assert.Equal((reports.Count, due, due - reports.Count(report => report.IsOwed)), (Number(group, "reports"), Number(group, "due"), Number(group, "missing")));
        foreach (var figure in group["figures"]!.AsArray())
        {
            var code = figure!["code"]!.ToString();
            if (Formulas.Shares.TryGetValue(code, out var share))
            {
                var sums = reports.Select(report => share(report, column)).Where(sum => sum.Numerator is not null && sum.Denominator is not null).ToList();
                var (numerator, denominator) = (sums.Sum(sum => sum.Numerator!.Value), sums.Sum(sum => sum.Denominator!.Value));
                Assert.Equal((numerator, denominator, sums.Count, reports.Count - sums.Count), (Number(figure, "numerator"), Number(figure, "denominator"), Number(figure, "assessed"), Number(figure, "notAssessable")));
                Assert.Equal(denominator > 0 ? Math.Round(numerator * 100 / denominator, 2, MidpointRounding.AwayFromZero) : null, figure["value"]?.GetValue<decimal>());
                Assert.Equal(denominator < 30, figure["lowReliability"]!.GetValue<bool>());
            }
            else
            {
                var at = code.Split('.');
                var (table, row, cell) = at[0] == "applications" ? (at[0], string.Join('.', at[1..]), column) : (at[0], at[1], at[2]);
                var values = reports.Where(report => !table.StartsWith("proactive", StringComparison.Ordinal) || table == $"proactive{report.Proactive}")
                    .Select(report => report.Cell(table.TrimEnd("0123456789".ToCharArray()), row, cell)).OfType<decimal>().ToList();
                Assert.Equal(values.Count == 0 ? null : values.Sum(), figure["value"]?.GetValue<decimal>());
                Assert.Equal(values.Count, Number(figure, "assessed"));
            }
        }
    }

    /// <summary>What lies right below a place, for the places of this world.</summary>
    private static string Below(string? within, string region) => (within, region[..2]) switch
    {
        (null, _) => $"{region[..2]}0000",
        ({ Length: 9 }, _) => region,
        var (place, _) when place.EndsWith("0000", StringComparison.Ordinal) => region == place ? place : $"{region[..4]}00",
        var (place, _) when place.EndsWith("00", StringComparison.Ordinal) => region[..6],
        _ => region,
    };

    private static string? Maybe(string[] words, Random random) => random.Next(2) == 0 ? null : words[random.Next(words.Length)];

    private static string Given(string name, string? value) => value is null ? "" : $"&{name}={value}";

    private static decimal Number(JsonNode? node, string name) => decimal.Parse(node![name]!.ToString(), CultureInfo.InvariantCulture);
}
