using DisclosureApi.Statistics.Sums;
using DisclosureApi.Store;
using DisclosureApi.Store.Rebuilding;
using DisclosureApi.Store.Schema;
using DisclosureApi.Tests.Store;

namespace DisclosureApi.Tests.Statistics;

/// <summary>Every figure is what the published reports say, and every list what was published, whatever happened to them and whenever it is asked for.</summary>
public sealed class StatisticsHistoryTests(TestServer server)
{
    [Fact]
    public async Task Figures_and_lists_are_those_of_an_independent_recomputation_as_of_any_event()
    {
        for (var seed = Scale.Seed; seed < Scale.Seed + Scale.Histories; seed++)
        {
            var database = await server.CreateDatabaseAsync($"figures_{Guid.NewGuid():N}");
            await using (var host = await ServingHost.StartAsync(database))
            {
                await new FigureWorld(host, seed).GoOnAsync(60);
                await StoreSumsAsync(database, 5 + seed % 60);
                var (end, random) = (await database.ScalarAsync<long>("select max(seq_id) from mt_events"), new Random(seed));
                for (var question = 0; question < 12; question++)
                {
                    var position = random.Next(3) == 0 ? end : random.NextInt64(1, end + 1);
                    await CompareAsync(host, database, position, position == end, random);
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

    [Fact]
    public async Task Findings_that_were_public_before_there_was_a_table_of_them_are_listed_alike_after_the_upgrade()
    {
        const string rows = "select c::text from finding_codes c order by 1";
        var database = await server.CreateDatabaseAsync($"figures_{Guid.NewGuid():N}");
        await using var host = await ServingHost.StartAsync(database);
        await new FigureWorld(host, Scale.Seed).GoOnAsync(60);
        var before = await database.TextsAsync(rows);
        await database.RunAsync("drop table finding_codes; drop index deliveries_withdrawn; create index publications_codes on publications using gin (disclosure_codes(findings))");

        await database.RunAsync(SchemaVersion.All.Single(version => version.Name == "lists-at-any-size").Sql);

        Assert.NotEmpty(before);
        Assert.Equal(before, await database.TextsAsync(rows));
    }

    /// <summary>Sums that are stored at some positions change nothing that is told; a rebuild stores them anew, byte for byte.</summary>
    [Fact]
    public async Task Stored_sums_are_the_same_bytes_after_a_rebuild_and_figures_between_them_are_those_of_no_stored_sums()
    {
        var database = await server.CreateDatabaseAsync($"figures_{Guid.NewGuid():N}");
        List<string> plain, stored;
        await using (var host = await ServingHost.StartAsync(database))
        {
            await new FigureWorld(host, Scale.Seed).GoOnAsync(80);
            plain = await AnswersAsync(host, await EndAsync(database));
        }
        await StoreSumsAsync(database, 10);
        stored = await database.TextsAsync(Stored);
        await new Rebuild(database.Owner, RebuildCommand.Models, TimeProvider.System, _ => { }).RunAsync(TestContext.Current.CancellationToken);
        Assert.Empty(await database.TextsAsync(Stored));
        await StoreSumsAsync(database, 10);
        await using var another = await ServingHost.StartAsync(database);

        Assert.True(stored.Count > 20);
        Assert.Equal(stored, await database.TextsAsync(Stored));
        Assert.Equal(plain, await AnswersAsync(another, await EndAsync(database)));
    }

    private const string Stored = "select 'mark ' || position from figure_marks union all select s::text from figure_sums s order by 1";

    private static Task<long> EndAsync(TestDatabase database) => database.ScalarAsync<long>("select max(seq_id) from mt_events");

    /// <summary>The country and a province by divisions, at positions of all times.</summary>
    private static async Task<List<string>> AnswersAsync(ServingHost host, long end)
    {
        var answers = new List<string>();
        for (var position = 1L; position <= end; position += 7)
        {
            answers.Add(await host.GetAsync($"/v1/statistics?from=2019&to=2024&groupBy=region,level&asOf={position}"));
            answers.Add(await host.GetAsync($"/v1/statistics?from=2019&to=2024&region=320000&groupBy=region&asOf={position}"));
        }
        return answers;
    }

    private static async Task StoreSumsAsync(TestDatabase database, long step)
    {
        await using var whole = Database.Open(database.Serving);
        while (await StoredSums.GoOnAsync(whole, step, TestContext.Current.CancellationToken))
        {
            // Until the last position that is due.
        }
    }

    private static async Task CompareAsync(ServingHost host, TestDatabase database, long position, bool isEnd, Random random)
    {
        var world = await Recomputation.AtAsync(database, host, position);
        var scope = AskedScope.Any(random);
        var column = random.Next(2) == 0 ? "total" : random.Next(2) == 0 ? "naturalPerson" : "enterprise";
        await SumChecks.CompareAsync(host, world, scope, column, random);
        await SpreadChecks.CompareAsync(host, world, scope, column, random);
        var then = await ReportsOfEvents.AtAsync(database, position);
        await ListChecks.CompareAsync(host, then, isEnd, random);
        await TimelinessChecks.CompareAsync(host, world, then, random);
    }
}
