using System.Buffers;
using System.Text;
using System.Text.Json.Nodes;
using Disclosure.Reports;
using DisclosureApi.Store;
using DisclosureApi.Store.History;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace DisclosureApi.Tests.Audit;

/// <summary>A filtered reading of many events looks where they can be, finds them all, and finds none twice.</summary>
public sealed class EventGroupTests(TestServer server)
{
    private const int Events = 4_000;
    private const int Summed = 3_000;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Few_events_among_many_are_found_in_the_groups_that_hold_them_and_in_what_is_not_summed_up_yet()
    {
        var database = await server.CreateDatabaseAsync($"groups_{Guid.NewGuid():N}");
        await using var whole = new WholeDatabase(Database.Open(database.Serving));
        await AppendAsync(whole.Source, 0, Summed);
        using var groups = new EventGroups(whole, TimeProvider.System, NullLogger<EventGroups>.Instance);
        while (await groups.FillAsync(Cancellation) > 0)
        {
            // A few at a time.
        }
        await AppendAsync(whole.Source, Summed, Events);
        Assert.Equal(Summed / 256, await database.ScalarAsync<long>("select count(*) from audit_groups"));

        var feed = new EventFeed(whole);
        foreach (var (filter, isMeant, places) in new (EventFilter, Func<int, bool>, int)[]
            {
                (EventFilter.None with { Request = "request 1000" }, number => number == 1_000, 1),
                (EventFilter.None with { Request = "request 3500" }, number => number == 3_500, 0),
                (EventFilter.None with { Actors = ["p_rare", "p_none"] }, number => number % 997 == 0, 3),
                (EventFilter.None with { Agency = "office" }, number => number % 1_499 == 1, 2),
                (EventFilter.None with { Agency = "body 7" }, number => number % 1_000 == 7, 3),
                (EventFilter.None with { Agency = "body 7", Actors = ["p_rare"] }, _ => false, 3),
                (EventFilter.None with { Type = "draft_discarded" }, _ => true, 11),
                (EventFilter.None with { Type = "report_published" }, _ => false, 0),
            })
        {
            await using var connection = await whole.Source.OpenConnectionAsync(Cancellation);
            Assert.Equal((filter, places), (filter, (await EventGroups.FindAsync(connection, 0, Events, filter, Cancellation)).Places.Count));
            var expected = Enumerable.Range(0, Events).Where(isMeant).Select(number => number + 1L).ToList();
            Assert.Equal(expected, await ReadAsync(feed, filter, limit: int.MaxValue));
            Assert.Equal(expected, await ReadAsync(feed, filter, limit: 3));
        }
    }

    [Fact]
    public async Task The_groups_are_found_by_an_index_and_seen_by_the_host_alone()
    {
        var database = await server.CreateDatabaseAsync($"groups_{Guid.NewGuid():N}");
        await using var whole = new WholeDatabase(Database.Open(database.Serving));
        await AppendAsync(whole.Source, 0, 300);
        using var groups = new EventGroups(whole, TimeProvider.System, NullLogger<EventGroups>.Instance);
        Assert.Equal(1, await groups.FillAsync(Cancellation));

        Assert.Contains(
            await database.TextsAsync("set enable_seqscan = off; explain select first from audit_groups where keys @> array['request request 7']::varchar[] order by first limit 10"),
            line => line.Contains("audit_groups_keys", StringComparison.Ordinal));
        await using var requests = Database.OpenForRequests(database.Serving);
        await using var command = requests.CreateCommand("select count(*) from audit_groups");
        Assert.Equal(0L, await command.ExecuteScalarAsync(Cancellation));
    }

    private static async Task AppendAsync(NpgsqlDataSource serving, int from, int to)
    {
        await using var store = new EventStore(serving, TimeProvider.System);
        await Task.WhenAll(Enumerable.Range(from, to - from).Select(number => store.AppendAsync(
            new Append(
                $"report/body {number % 1_000}/{number / 1_000}", "report", 0, [new ReportEvent.DraftDiscarded()],
                new Provenance(number % 997 == 0 ? "p_rare" : "p_common", "submitter", number % 1_499 == 1 ? "office" : "agency", "tests", $"request {number}"), null, _ => []),
            Cancellation)));
    }

    private static async Task<List<long>> ReadAsync(EventFeed feed, EventFilter filter, int limit)
    {
        var (positions, after) = (new List<long>(), 0L);
        while (after < Events)
        {
            var into = new ArrayBufferWriter<byte>();
            after = (await feed.ReadAsync(after, Events, limit, filter, into, (byte)'\n', isTerminated: true, Cancellation)).Position;
            positions.AddRange(Encoding.UTF8.GetString(into.WrittenSpan).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!["position"]!.GetValue<long>()));
        }
        return positions;
    }
}
