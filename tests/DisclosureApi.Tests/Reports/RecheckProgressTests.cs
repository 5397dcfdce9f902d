using DisclosureApi.Tests.Reports.ErrorReports;
using DisclosureApi.Tests.Statistics;
using DisclosureApi.Tests.Store;

namespace DisclosureApi.Tests.Reports;

/// <summary>A host that starts goes on where hosts before it came to, however many reports there are.</summary>
public sealed class RecheckProgressTests(TestServer server)
{
    [Fact]
    public async Task A_host_that_starts_looks_at_what_became_public_since_and_not_at_everything_again()
    {
        var database = await server.CreateDatabaseAsync($"rechecks_{Guid.NewGuid():N}");
        // As if all that is going to come had been looked at already.
        await database.RunAsync("insert into mt_event_progression (name, last_seq_id) values ('rechecks', 1000000)");
        await CorrectAsync(database, 71_001);
        await database.RunAsync("update mt_event_progression set last_seq_id = (select max(seq_id) from mt_events) where name = 'rechecks'");

        await CorrectAsync(database, 71_002, () => Eventually.HoldsAsync(async () => (await RecheckedAsync(database)).Count > 0));

        Assert.Equal([$"report/{Disclosure.Tests.Samples.CodeOf(71_002)}/2023"], await RecheckedAsync(database));
    }

    [Fact]
    public async Task How_far_hosts_came_is_noted_as_they_go()
    {
        var database = await server.CreateDatabaseAsync($"rechecks_{Guid.NewGuid():N}");
        await using var host = await ServingHost.StartAsync(database);
        await new FigureWorld(host, seed: 5, bodies: 30).GoOnAsync(400);

        await Eventually.HoldsAsync(async () => await database.ScalarAsync<long>("select coalesce(max(last_seq_id), 0) from mt_event_progression where name = 'rechecks'") > 0);

        Assert.Equal(0, await database.ScalarAsync<long>("select count(*) from mt_event_progression where name = 'rechecks' and last_seq_id > (select max(seq_id) from mt_events)"));
    }

    /// <summary>A report and the correction of the year before that it was not held against, and what is waited for before their host ends.</summary>
    private static async Task CorrectAsync(TestDatabase database, int number, Func<Task>? until = null)
    {
        await using var api = await Api.OnAsync(database);
        var before = await ReaderOf.PublishedAsync(api, number, 2022);
        await ReaderOf.PublishedAsync(api, number);
        await before.CorrectAsync();
        await (until?.Invoke() ?? Task.CompletedTask);
    }

    private static Task<List<string>> RecheckedAsync(TestDatabase database) => database.TextsAsync("select stream_id from mt_events where type = 'report_rechecked' order by seq_id");
}
