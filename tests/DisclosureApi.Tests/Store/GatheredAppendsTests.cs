using Disclosure.Reports;
using DisclosureApi.Store;
using Npgsql;

namespace DisclosureApi.Tests.Store;

/// <summary>Appends that gathered while another was under way share one transaction, and yet each stands or falls by what it expected itself.</summary>
public sealed class GatheredAppendsTests(TestServer server) : IAsyncLifetime
{
    private static readonly Provenance Someone = new("p_someone", "submitter", null, null, "request");
    private TestDatabase _database = null!;
    private NpgsqlDataSource _serving = null!;
    private EventStore _store = null!;

    /// <summary>What somebody expects wrongly, and which version he is told of. The streams a, b, c and d have one event each.</summary>
    public static TheoryData<string, Append, long> Mistaken => new()
    {
        { "older than it is", Append("b", 0), 1 },
        { "newer than it is", Append("b", 2), 1 },
        { "there, and is not", Append("absent", 3), 0 },
        { "decided beside a stream that has moved on", Append("e", 0) with { Unchanged = new StreamVersion("c", 0) }, 0 },
        { "decided beside a stream that is not there", Append("e", 0) with { Unchanged = new StreamVersion("absent", 1) }, 0 },
    };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _database = await server.CreateDatabaseAsync($"gathered_{Guid.NewGuid():N}");
        _serving = Database.Open(_database.Serving);
        _store = new EventStore(_serving, TimeProvider.System);
        foreach (var stream in (string[])["a", "b", "c", "d"])
        {
            Assert.IsType<AppendResult.Stored>(await _store.AppendAsync(Append(stream, 0), Cancellation));
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        await _serving.DisposeAsync();
    }

    [Theory]
    [MemberData(nameof(Mistaken))]
    public async Task Who_expects_wrongly_is_told_so_and_the_others_are_stored(string what, Append mistaken, long stands)
    {
        var results = await GatheredAsync(
            Append("a", 1), Append("new", 0), Append("a", 2) with { Events = [new ReportEvent.DraftDiscarded(), new ReportEvent.DraftDiscarded()] }, mistaken,
            Append("new", 1) with { Unchanged = new StreamVersion("d", 1) });

        Assert.Equal([true, true, true, false, true], results.Select(result => result is AppendResult.Stored));
        Assert.True(stands == Assert.IsType<AppendResult.Conflict>(results[3]).ActualVersion, what);
        Assert.Equal("a 4, b 1, c 1, d 1, new 2", await _database.ScalarAsync<string>("select string_agg(concat_ws(' ', id, version), ', ' order by id) from mt_streams where id <> 'first'"));
        Assert.Equal("a 4, b 1, c 1, d 1, new 2", await _database.ScalarAsync<string>(
            "select string_agg(concat_ws(' ', stream_id, last), ', ' order by stream_id) from (select stream_id, max(version) as last from mt_events where stream_id <> 'first' group by stream_id having count(*) = max(version)) as s"));
    }

    [Fact]
    public async Task Who_expects_rightly_is_stored_in_the_order_of_the_line_and_all_at_one_time()
    {
        var results = await GatheredAsync(Append("a", 1), Append("new", 0), Append("b", 1), Append("a", 2));

        var stored = results.Select(result => Assert.IsType<AppendResult.Stored>(result).Events[0]).ToList();
        Assert.Equal([6L, 7, 8, 9], stored.Select(one => one.Position));
        Assert.Equal([2L, 1, 2, 3], stored.Select(one => one.Version));
        Assert.Single(stored.Select(one => one.At).Distinct());
        Assert.Equal(stored.Select(one => $"{one.Position} {one.Stream} {one.Version}"), await _database.TextsAsync("select concat_ws(' ', seq_id, stream_id, version) from mt_events where seq_id > 5 order by seq_id"));
    }

    [Fact]
    public async Task Streams_are_looked_up_by_their_keys_however_few_there_are()
    {
        // The planner knows now that reading the whole table is the shortest way.
        await _database.RunAsync("analyze mt_streams");
        await using var connection = await _serving.OpenConnectionAsync(Cancellation);
        await using var transaction = await connection.BeginTransactionAsync(Cancellation);
        await using var append = new NpgsqlCommand(
            """
            select disclosure_store(4, array['a', 'b'], array['report', 'report'], array[1, 1], array[2, 2], array['c'], array[1], clock_timestamp(), array[gen_random_uuid(), gen_random_uuid()],
                array['a', 'b'], array[2, 2], array['x', 'x'], array['x', 'x'], array['r', 'r'], array['p', 'p'], array['{}', '{}']::jsonb[], array['{}', '{}']::jsonb[])
            """, connection);
        await append.ExecuteNonQueryAsync(Cancellation);

        await using var scans = new NpgsqlCommand("select seq_scan from pg_stat_xact_user_tables where relname = 'mt_streams'", connection);
        Assert.Equal(0L, await scans.ExecuteScalarAsync(Cancellation));
    }

    /// <summary>Lets these appends gather behind one that waits for the lock.</summary>
    private async Task<AppendResult[]> GatheredAsync(params Append[] appends)
    {
        await using var connection = await _serving.OpenConnectionAsync(Cancellation);
        await using var transaction = await connection.BeginTransactionAsync(Cancellation);
        await using var hold = new NpgsqlCommand($"select pg_advisory_xact_lock({AppendBatch.Lock})", connection);
        await hold.ExecuteNonQueryAsync(Cancellation);
        var first = _store.AppendAsync(Append("first", 0), Cancellation);
        var gathered = appends.Select(append => _store.AppendAsync(append, Cancellation)).ToList();
        Assert.Equal(appends.Length, _store.Queued);
        await transaction.RollbackAsync(Cancellation);
        Assert.IsType<AppendResult.Stored>(await first);
        return await Task.WhenAll(gathered);
    }

    private static Append Append(string stream, long version) => new(stream, "report", version, [new ReportEvent.DraftDiscarded()], Someone, null, _ => []);
}
