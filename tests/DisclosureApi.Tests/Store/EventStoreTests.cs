using System.Text.Json.Nodes;
using Disclosure.Reports;
using DisclosureApi.Store;
using Npgsql;

namespace DisclosureApi.Tests.Store;

public sealed class EventStoreTests(TestServer server) : IAsyncLifetime
{
    private static readonly Provenance Someone = new("p_someone", "submitter", "11990102000001038J", "tests", "request-1");
    private TestDatabase _database = null!;
    private NpgsqlDataSource _serving = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _database = await server.CreateDatabaseAsync($"store_{Guid.NewGuid():N}");
        _serving = Database.Open(_database.Serving);
    }

    public ValueTask DisposeAsync() => _serving.DisposeAsync();

    [Fact]
    public async Task Events_come_back_as_they_were_stored_with_their_envelope()
    {
        var store = new EventStore(_serving, TimeProvider.System);
        foreach (var happened in PinnedEvents.All.Values)
        {
            var version = (await store.ReadAsync("pins", Cancellation)).Version;
            Assert.IsType<AppendResult.Stored>(await store.AppendAsync(Append("pins", version, happened), Cancellation));
        }

        var history = await store.ReadAsync("pins", Cancellation);

        Assert.Equal(PinnedEvents.All.Values.Select(EventCodec.Encode), history.Events.Select(stored => EventCodec.Encode(stored.Happened)));
        Assert.Equal(Enumerable.Range(1, PinnedEvents.All.Count).Select(i => (long)i), history.Events.Select(stored => stored.Version));
        Assert.All(history.Events, stored => Assert.Equal(Someone, stored.Provenance));
    }

    [Fact]
    public async Task Each_event_has_a_salt_of_its_own_and_the_names_that_Marten_looks_for()
    {
        var store = new EventStore(_serving, TimeProvider.System);
        await store.AppendAsync(Append("a", 0, new ReportEvent.DraftDiscarded(), new ReportEvent.SubmissionRecalled()), Cancellation);

        var headers = await _database.ScalarAsync<string>("select jsonb_agg(headers order by seq_id)::text from mt_events");
        var salts = JsonNode.Parse(headers)!.AsArray().Select(header => header!["salt"]!.GetValue<string>()).ToList();
        Assert.Equal(2, salts.Distinct(StringComparer.Ordinal).Count());
        Assert.All(salts, salt => Assert.Matches("^[0-9a-f]{32}$", salt));
        Assert.Equal("draft_discarded", await _database.ScalarAsync<string>("select type from mt_events where seq_id = 1"));
        Assert.Equal("Disclosure.Reports.ReportEvent+DraftDiscarded, Disclosure", await _database.ScalarAsync<string>("select mt_dotnet_type from mt_events where seq_id = 1"));
        Assert.Equal(2, await _database.ScalarAsync<long>("select last_value from mt_events_sequence"));
        Assert.Equal(2, await _database.ScalarAsync<long>("select version from mt_streams where id = 'a'"));
    }

    [Fact]
    public async Task Someone_who_was_slower_hears_which_version_stands_and_stores_nothing()
    {
        var store = new EventStore(_serving, TimeProvider.System);
        await store.AppendAsync(Append("a", 0, new ReportEvent.DraftDiscarded()), Cancellation);

        var conflict = Assert.IsType<AppendResult.Conflict>(await store.AppendAsync(Append("a", 0, new ReportEvent.DraftDiscarded()), Cancellation));

        Assert.Equal(1, conflict.ActualVersion);
        Assert.Equal(1, await _database.ScalarAsync<long>("select count(*) from mt_events"));
    }

    [Fact]
    public async Task What_a_decision_read_of_another_stream_must_still_stand()
    {
        var store = new EventStore(_serving, TimeProvider.System);
        await store.AppendAsync(Append("agency", 0, new ReportEvent.DraftDiscarded()), Cancellation);
        var append = Append("report", 0, new ReportEvent.DraftDiscarded());

        Assert.IsType<AppendResult.Conflict>(await store.AppendAsync(append with { Unchanged = new StreamVersion("agency", 2) }, Cancellation));
        Assert.IsType<AppendResult.Stored>(await store.AppendAsync(append with { Unchanged = new StreamVersion("agency", 1) }, Cancellation));
    }

    [Fact]
    public async Task A_read_model_that_fails_takes_its_events_with_it()
    {
        var store = new EventStore(_serving, TimeProvider.System);

        await Assert.ThrowsAsync<PostgresException>(() => store.AppendAsync(
            Append("a", 0, new ReportEvent.DraftDiscarded()) with { Project = _ => [EventStore.Command("select 1 / 0")] }, Cancellation));

        Assert.Equal(0, await _database.ScalarAsync<long>("select count(*) from mt_events"));
        Assert.Equal(0, await _database.ScalarAsync<long>("select count(*) from mt_streams"));

        // It leaves no gap behind either, though it had come as far as the sequence.
        Assert.Equal(2, await _database.ScalarAsync<long>("select setval('mt_events_sequence', 2)"));
        Assert.Equal(1, Assert.IsType<AppendResult.Stored>(await store.AppendAsync(Append("a", 0, new ReportEvent.DraftDiscarded()), Cancellation)).Events[0].Position);
        Assert.Equal(2, Assert.IsType<AppendResult.Stored>(await store.AppendAsync(Append("a", 1, new ReportEvent.DraftDiscarded()), Cancellation)).Events[0].Position);
        Assert.Equal(2, await _database.ScalarAsync<long>("select last_value from mt_events_sequence"));
    }

    [Fact]
    public async Task Under_concurrent_writers_positions_have_no_gap_and_time_never_runs_back()
    {
        var store = new EventStore(_serving, TimeProvider.System);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(async writer =>
        {
            for (var version = 0; version < 25; version++)
            {
                Assert.IsType<AppendResult.Stored>(await store.AppendAsync(Append($"stream-{writer}", version, new ReportEvent.DraftDiscarded()), Cancellation));
            }
        }));

        Assert.Equal("1 200 200 0", await _database.ScalarAsync<string>(
            """
            select concat_ws(' ', min(seq_id), max(seq_id), count(*), count(*) filter (where at < before))
            from (select seq_id, timestamp at, lag(timestamp) over (order by seq_id) before from mt_events) e
            """));
    }

    [Fact]
    public async Task A_clock_that_was_set_back_does_not_set_the_history_back()
    {
        var clock = new SettableClock { Now = new DateTimeOffset(2031, 1, 31, 8, 0, 0, 1, TimeSpan.Zero).AddTicks(17) };
        var store = new EventStore(_serving, clock);
        await store.AppendAsync(Append("a", 0, new ReportEvent.DraftDiscarded()), Cancellation);
        clock.Now = clock.Now.AddHours(-3);
        await store.AppendAsync(Append("a", 1, new ReportEvent.DraftDiscarded()), Cancellation);

        var times = (await store.ReadAsync("a", Cancellation)).Events.Select(stored => stored.At).ToList();

        // The ticks below a microsecond, which PostgreSQL does not keep, were cut before anything was made of the time.
        Assert.Equal(new DateTimeOffset(2031, 1, 31, 8, 0, 0, 1, TimeSpan.Zero).AddTicks(10), times[0]);
        Assert.Equal(times[0], times[1]);
    }

    [Theory]
    [InlineData("update mt_events set data = '{}'")]
    [InlineData("delete from mt_events")]
    [InlineData("truncate mt_events")]
    [InlineData("delete from mt_streams")]
    [InlineData("update actors set subject = 'x'")]
    [InlineData("delete from actors")]
    [InlineData("delete from publications")]
    [InlineData("drop table mt_events")]
    [InlineData("create table mine (n int)")]
    public async Task The_serving_role_can_rewrite_nothing(string sql)
    {
        await using var command = _serving.CreateCommand(sql);

        var refused = await Assert.ThrowsAsync<PostgresException>(() => command.ExecuteNonQueryAsync(Cancellation));

        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refused.SqlState);
    }

    [Fact]
    public async Task A_database_of_a_newer_program_is_refused()
    {
        await _database.ScalarAsync<int>("insert into schema_version (version) values (1000) returning version");

        Assert.Contains("1000", (await Assert.ThrowsAsync<InvalidOperationException>(() => Database.PrepareAsync(_database.Owner, "disclosure", Cancellation))).Message);
        Assert.Contains("1000", (await Assert.ThrowsAsync<InvalidOperationException>(() => Database.CheckAsync(_serving, Cancellation))).Message);
    }

    private static Append Append(string stream, long version, params object[] events) => new(stream, "report", version, events, Someone, null, _ => []);

    private sealed class SettableClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; }

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
