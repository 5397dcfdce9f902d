using DisclosureApi.Statistics;
using DisclosureApi.Statistics.Timeliness;
using DisclosureApi.Tests.Store;

namespace DisclosureApi.Tests.Statistics;

/// <summary>Bodies are counted once and the counts moved from position to position; they are what counting them anew would give.</summary>
public sealed class KeptCountsTests(TestServer server)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Counts_that_were_moved_to_another_position_are_those_that_are_counted_there()
    {
        var database = await server.CreateDatabaseAsync($"figures_{Guid.NewGuid():N}");
        await using var host = await ServingHost.StartAsync(database);
        await new FigureWorld(host, Scale.Seed, bodies: 150).GoOnAsync(500);
        var settings = Settings.Read([]);
        using var due = new DueCounts(host.Readings);
        using var deliveries = new Deliveries(host.Readings, settings);
        var (random, end) = (new Random(Scale.Seed), await database.ScalarAsync<long>("select max(seq_id) from mt_events"));

        for (var position = end - 80; position <= end; position += random.Next(3))
        {
            var at = random.Next(6) == 0 ? position - random.Next(40) : position;
            foreach (var region in (string?[])[null, "320000"])
            {
                using var dueAnew = new DueCounts(host.Readings);
                using var deliveriesAnew = new Deliveries(host.Readings, settings);
                Assert.Equal(Ordered(await DueAsync(dueAnew, at, region)), Ordered(await DueAsync(due, at, region)));
                Assert.Equal(Ordered(await DeliveredAsync(deliveriesAnew, at, region)), Ordered(await DeliveredAsync(deliveries, at, region)));
            }
        }
    }

    private static async Task<IEnumerable<KeyValuePair<GroupKey, long>>> DueAsync(DueCounts counts, long position, string? region) =>
        await counts.CountAsync(position, 2019, 2024, new Scope(region, null, null, null, null), new Grouping(Region: true, Level: true, Kind: true, Tree: true), Cancellation);

    private static async Task<IEnumerable<KeyValuePair<DeliveredBodies, long>>> DeliveredAsync(Deliveries counts, long position, string? region) =>
        await counts.CountAsync(position, 2021, region, byRegion: true, Cancellation);

    /// <summary>Groups without a body are as good as none.</summary>
    private static IEnumerable<string> Ordered<T>(IEnumerable<KeyValuePair<T, long>> counts) =>
        counts.Where(group => group.Value != 0).Select(group => $"{group.Key}: {group.Value}").Order(StringComparer.Ordinal);
}
