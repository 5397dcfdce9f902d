using Disclosure.Reports;
using DisclosureApi.Store;
using Npgsql;

namespace DisclosureApi.Tests.Store;

/// <summary>Many writers through two hosts' lines into one order.</summary>
public sealed class ManyWritersTests(TestServer server) : IAsyncLifetime
{
    private const int Writers = 64;
    private static readonly Provenance Someone = new("p_someone", "submitter", null, null, "request");
    private readonly List<EventStore> _stores = [];
    private readonly List<NpgsqlDataSource> _sources = [];
    private TestDatabase _database = null!;

    public async ValueTask InitializeAsync()
    {
        _database = await server.CreateDatabaseAsync($"writers_{Guid.NewGuid():N}");
        for (var host = 0; host < 2; host++)
        {
            _sources.Add(Database.Open(_database.Serving));
            _stores.Add(new EventStore(_sources[host], TimeProvider.System));
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var store in _stores)
        {
            await store.DisposeAsync();
        }
        foreach (var source in _sources)
        {
            await source.DisposeAsync();
        }
    }

    [Fact]
    public async Task Positions_have_no_gap_time_never_runs_back_and_every_acknowledged_event_is_there_once()
    {
        var each = Scale.Events / Writers;
        var acknowledged = (await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => WriteAsync(_stores[writer % 2], $"stream-{writer}", each)))).SelectMany(ids => ids).ToList();

        Assert.Equal(Writers * each, acknowledged.Distinct().Count());
        Assert.Equal($"1 {acknowledged.Count} {acknowledged.Count} 0", await _database.ScalarAsync<string>(
            """
            select concat_ws(' ', min(seq_id), max(seq_id), count(*), count(*) filter (where at < before))
            from (select seq_id, timestamp at, lag(timestamp) over (order by seq_id) before from mt_events) e
            """));
        Assert.Equal(acknowledged.Count, await _database.ScalarAsync<long>("select sum(version)::bigint from mt_streams"));
        Assert.Equal(acknowledged.Count, await _database.ScalarAsync<long>("select last_value from mt_events_sequence"));
    }

    [Fact]
    public async Task Of_two_hosts_that_expect_the_same_version_one_is_told_of_the_other()
    {
        for (var version = 0; version < 50; version++)
        {
            var results = await Task.WhenAll(_stores.Select(store => store.AppendAsync(Append("contended", version), TestContext.Current.CancellationToken)));

            Assert.Single(results.OfType<AppendResult.Stored>());
            Assert.Equal(version + 1, Assert.Single(results.OfType<AppendResult.Conflict>()).ActualVersion);
        }
    }

    [Fact]
    public async Task A_poisoned_append_fails_alone()
    {
        var poisoned = Append("poisoned", 0) with { Project = _ => [EventStore.Command("select 1 / 0")] };

        var others = Enumerable.Range(0, 20).Select(i => _stores[0].AppendAsync(Append($"sound-{i}", 0), TestContext.Current.CancellationToken)).ToList();
        var alone = _stores[0].AppendAsync(poisoned, TestContext.Current.CancellationToken);
        others.AddRange(Enumerable.Range(20, 20).Select(i => _stores[0].AppendAsync(Append($"sound-{i}", 0), TestContext.Current.CancellationToken)));

        await Assert.ThrowsAsync<PostgresException>(() => alone);
        Assert.All(await Task.WhenAll(others), result => Assert.IsType<AppendResult.Stored>(result));
        Assert.Equal(40, await _database.ScalarAsync<long>("select count(*) from mt_events"));
    }

    [Fact]
    public async Task A_caller_who_leaves_does_not_take_the_others_with_him()
    {
        using var leaving = new CancellationTokenSource();
        var left = _stores[0].AppendAsync(Append("left", 0), leaving.Token);
        var stayed = _stores[0].AppendAsync(Append("stayed", 0), TestContext.Current.CancellationToken);
        await leaving.CancelAsync();

        Assert.IsType<AppendResult.Stored>(await stayed);
        await Task.WhenAny(left);
        Assert.InRange(await _database.ScalarAsync<long>("select count(*) from mt_events"), 1, 2);
    }

    private static async Task<List<Guid>> WriteAsync(EventStore store, string stream, int count)
    {
        var ids = new List<Guid>();
        for (var version = 0; version < count; version++)
        {
            ids.Add(Assert.IsType<AppendResult.Stored>(await store.AppendAsync(Append(stream, version), TestContext.Current.CancellationToken)).Events[0].Id);
        }
        return ids;
    }

    private static Append Append(string stream, long version) => new(stream, "report", version, [new ReportEvent.DraftDiscarded()], Someone, null, _ => []);
}
