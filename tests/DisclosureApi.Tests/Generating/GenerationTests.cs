using System.Text.Json.Nodes;
using DisclosureApi.Generating;
using DisclosureApi.Store;
using DisclosureApi.Tests.Store;
using DisclosureApi.Tests.Store.Rebuilding;

namespace DisclosureApi.Tests.Generating;

/// <summary>A country that does not exist, the same for the same seed however it is stored.</summary>
public sealed class GenerationTests(TestServer server)
{
    private const string Events =
        """
        select concat_ws(' ', seq_id, stream_id, version, type, timestamp at time zone 'UTC', mt_dotnet_type, correlation_id, user_name, data, headers - 'salt') from mt_events order by seq_id
        """;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Appended_and_copied_it_is_the_same_row_for_row()
    {
        var appended = await FilledAsync(new Generation(130, 3, 7), isCopied: false);
        var copied = await FilledAsync(new Generation(130, 3, 7), isCopied: true);

        Assert.Equal(await appended.TextsAsync(Events), await copied.TextsAsync(Events));
        Assert.Equal(await ModelRows.OfAsync(appended), await ModelRows.OfAsync(copied));
        Assert.Equal(
            await appended.TextsAsync("select concat_ws(' ', id, type, version, timestamp, created) from mt_streams order by id collate \"C\""),
            await copied.TextsAsync("select concat_ws(' ', id, type, version, timestamp, created) from mt_streams order by id collate \"C\""));
        var types = await copied.TextsAsync("select distinct type from mt_events");
        Assert.Superset(new HashSet<string> { "agency_registered", "report_archived", "report_published", "report_submitted", "correction_opened" }, types.ToHashSet(StringComparer.Ordinal));
        // A host goes on from what was copied.
        await using var host = await ServingHost.StartAsync(copied);
        Assert.IsType<AppendResult.Stored>(await host.RegisterAsync(Disclosure.Tests.Samples.Agency));
        await AssertPlausibleAsync(host);
    }

    [Fact]
    public async Task Another_seed_gives_another_country_and_only_an_empty_database_is_filled()
    {
        var (one, two) = (new Generation(60, 1, 1).Steps().ToList(), new Generation(60, 1, 2).Steps().ToList());
        Assert.Equal(one.Select(step => step.Stream), new Generation(60, 1, 1).Steps().Select(step => step.Stream));
        Assert.NotEqual(one.Select(step => (step.Stream, step.At)), two.Select(step => (step.Stream, step.At)));
        var database = await FilledAsync(new Generation(20, 1, 1), isCopied: true);

        await Assert.ThrowsAsync<InvalidOperationException>(() => database.FillAsync(new Generation(20, 1, 1), isCopied: true));
    }

    private static async Task AssertPlausibleAsync(ServingHost host)
    {
        var statistics = JsonNode.Parse(await host.GetAsync("/v1/statistics?from=2022&to=2024&indicator=disclosureRate,naturalPersonShare&measure=applications.received,proactive2021.fees.amount"))!;
        Assert.Equal(3, statistics["groups"]!.AsArray().Count);
        Assert.All(statistics["groups"]!.AsArray(), group =>
        {
            Assert.InRange(group!["missing"]!.GetValue<int>(), 1, 20);
            Assert.InRange(group["figures"]![0]!["value"]!.GetValue<decimal>(), 30, 65);
            Assert.InRange(group["figures"]![1]!["value"]!.GetValue<decimal>(), 60, 95);
            Assert.All(group["figures"]!.AsArray(), figure => Assert.True(figure!["value"]!.GetValue<decimal>() > 0));
        });
        var timeliness = JsonNode.Parse(await host.GetAsync("/v1/timeliness/2023"))!["groups"]![0]!;
        Assert.All(new[] { "onTime", "lateByNotice", "missing" }, name => Assert.InRange(timeliness[name]!.GetValue<int>(), 1, 130));
    }

    private async Task<TestDatabase> FilledAsync(Generation generation, bool isCopied)
    {
        var database = await server.CreateDatabaseAsync($"generated_{Guid.NewGuid():N}");
        await database.FillAsync(generation, isCopied);
        return database;
    }
}
