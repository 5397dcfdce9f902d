using Disclosure.Reports;
using Disclosure.Tests;
using DisclosureApi.Reports;
using DisclosureApi.Store;
using DisclosureApi.Store.Rebuilding;
using DisclosureApi.Tests.Store.Schema;
using Npgsql;

namespace DisclosureApi.Tests.Store.Rebuilding;

public sealed class RebuildTests(TestServer server) : IAsyncLifetime
{
    private TestDatabase _database = null!;
    private ServingHost _host = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _database = await server.CreateDatabaseAsync($"rebuild_{Guid.NewGuid():N}");
        _host = await ServingHost.StartAsync(_database);
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Whatever_happened_each_row_is_made_again_byte_by_byte_in_another_year_and_time_zone(int seed)
    {
        await new RandomHistory(_host, seed).GoOnAsync(250);
        var rows = await RowsAsync();
        var shapes = await TableShapes.OfAsync(_database);
        Assert.Contains(rows, row => row.Contains("withdrawn", StringComparison.Ordinal));
        Assert.InRange(rows.Count(row => row.StartsWith("publications", StringComparison.Ordinal)), 3, 1_000);
        await _database.RunAsync(ModelRows.Destroy);

        var elsewhere = new NpgsqlConnectionStringBuilder(_database.Owner) { Timezone = "Pacific/Kiritimati" }.ConnectionString;
        var summary = await RebuildAsync(elsewhere, new LaterClock { Later = TimeSpan.FromDays(7 * 365) + TimeSpan.FromHours(5) });

        Assert.Equal(rows, await RowsAsync());
        Assert.Equal(shapes, await TableShapes.OfAsync(_database));
        var end = await _database.ScalarAsync<long>("select max(seq_id) from mt_events");
        Assert.Equal((end, end), (summary.Position, summary.Events));
        Assert.Equal(end, await _database.ScalarAsync<long>("select position from rebuilds"));
    }

    [Fact]
    public async Task What_many_do_at_once_and_is_stored_together_leaves_the_rows_that_it_would_one_after_the_other()
    {
        await Task.WhenAll(Enumerable.Range(30, 16).Select(seed => Task.Run(() => new RandomHistory(_host, seed).GoOnAsync(25), Cancellation)));
        var rows = await RowsAsync();
        Assert.Contains(rows, row => row.StartsWith("work ", StringComparison.Ordinal));
        await _database.RunAsync(ModelRows.Destroy);

        await RebuildAsync(_database.Owner, TimeProvider.System);

        Assert.Equal(rows, await RowsAsync());
    }

    [Fact]
    public async Task Of_two_steps_of_one_report_that_are_stored_together_the_second_stands()
    {
        await _host.RegisterAsync(Samples.Agency);
        var agency = (await _host.Register.FindAsync(Samples.Agency, Cancellation))!;
        var (id, report, appends) = (new ReportId(Samples.Agency, 2021), Report.None, new List<Append>());
        foreach (var received in Enumerable.Range(1, 20))
        {
            var edit = new ReportCommand.Edit("p_clerk", Samples.AgencyName, Samples.Whole().With(new("applications", "received", "total"), received), null, null);
            var events = Assert.IsType<Decision.Accepted>(ReportDecider.Decide(report, edit)).Events;
            var states = ReportDesk.States(report, events, "p_clerk");
            appends.Add(ReportDesk.Append(new FiledReport(id, agency, report, received - 1, 0), events, states, ServingHost.Provenance("p_clerk")));
            report = states[^1];
        }

        var stored = await Task.WhenAll(appends.Select(append => _host.Store.AppendAsync(append, Cancellation)));

        Assert.All(stored, one => Assert.IsType<AppendResult.Stored>(one));
        Assert.Equal(20, await _database.ScalarAsync<long>("select version from reports"));
        Assert.Equal(report.WorkInHand!.Content.Hash, await _database.ScalarAsync<string>("select content_hash from work"));
    }

    [Fact]
    public async Task What_was_published_together_lies_together_as_in_a_database_that_grew()
    {
        await new RandomHistory(_host, 4).GoOnAsync(250);

        await RebuildAsync(_database.Owner, TimeProvider.System);

        var began = await _database.TextsAsync("select stream_id from mt_events where version = 1 and stream_id like 'report/%' order by seq_id");
        var lying = await _database.TextsAsync("select 'report/' || agency || '/' || year from figures order by ctid");
        Assert.True(lying.Distinct().Count() > 3);
        Assert.NotEqual(began.Order(StringComparer.Ordinal), began);
        Assert.Equal(began.Intersect(lying), lying.Distinct());
    }

    [Fact]
    public async Task A_host_serves_and_stores_throughout_and_what_it_stores_meanwhile_is_not_lost()
    {
        await new RandomHistory(_host, 10).GoOnAsync(200);
        await _host.RegisterAsync(Samples.Agency);
        using var rebuilt = new CancellationTokenSource();
        var writing = Enumerable.Range(11, 3).Select(seed => Task.Run(() => UntilAsync(() => new RandomHistory(_host, seed).GoOnAsync(20), rebuilt.Token))).ToList();
        var reading = Enumerable.Range(0, 2).Select(_ => Task.Run(() => UntilAsync(async () =>
        {
            Assert.Contains(Samples.Agency, await _host.GetAsync("/v1/agencies?limit=200"));
            await _host.GetAsync($"/v1/agencies/{Samples.Agency}");
        }, rebuilt.Token))).ToList();

        for (var i = 0; i < 8; i++)
        {
            await RebuildAsync(_database.Owner, TimeProvider.System);
        }
        await rebuilt.CancelAsync();
        await Task.WhenAll([.. writing, .. reading]);

        var rows = await RowsAsync();
        Assert.Equal(8, await _database.ScalarAsync<long>("select count(distinct position) from rebuilds"));
        await _database.RunAsync(ModelRows.Destroy);
        await RebuildAsync(_database.Owner, TimeProvider.System);
        Assert.Equal(rows, await RowsAsync());
    }

    [Fact]
    public async Task Someone_who_reads_for_long_is_waited_for_and_stops_nobody_and_a_stopped_rebuild_leaves_all_as_it_was()
    {
        await new RandomHistory(_host, 20).GoOnAsync(150);
        var (rows, shapes) = (await RowsAsync(), await TableShapes.OfAsync(_database));
        using var stop = new CancellationTokenSource();
        await using var owner = NpgsqlDataSource.Create(_database.Owner);
        await using var reader = await owner.OpenConnectionAsync(Cancellation);
        await using var transaction = await reader.BeginTransactionAsync(Cancellation);
        await using var hold = new NpgsqlCommand("select count(*) from publications", reader);
        await hold.ExecuteScalarAsync(Cancellation);
        var waiting = new TaskCompletionSource();

        var rebuild = new Rebuild(_database.Owner, RebuildCommand.Models, TimeProvider.System, _ => waiting.TrySetResult()).RunAsync(stop.Token);
        await waiting.Task.WaitAsync(TimeSpan.FromSeconds(30), Cancellation);
        Assert.Contains("under way", (await Assert.ThrowsAsync<InvalidOperationException>(() => RebuildAsync(_database.Owner, TimeProvider.System))).Message);
        await _host.GetAsync("/v1/agencies");
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => rebuild);
        Assert.Equal(rows, await RowsAsync());
        Assert.Equal(shapes, await TableShapes.OfAsync(_database));
        await transaction.CommitAsync(Cancellation);
        await RebuildAsync(_database.Owner, TimeProvider.System);
        Assert.Equal(rows, await RowsAsync());
    }

    [Fact]
    public async Task Rights_and_indexes_that_an_operator_added_are_kept()
    {
        await _host.RegisterAsync(Samples.Agency);
        await _database.RunAsync("create index agencies_by_region on agencies (region) where valid_to is null; create index another on reports (state); grant select on reports to public");
        var shapes = await TableShapes.OfAsync(_database);

        await RebuildAsync(_database.Owner, TimeProvider.System);

        Assert.Equal(shapes, await TableShapes.OfAsync(_database));
    }

    [Fact]
    public async Task A_database_of_another_version_is_refused()
    {
        await _database.RunAsync("insert into schema_version (version) values (1000)");

        Assert.Contains("1000", (await Assert.ThrowsAsync<InvalidOperationException>(() => RebuildAsync(_database.Owner, TimeProvider.System))).Message);
    }

    private static Task<RebuildSummary> RebuildAsync(string owner, TimeProvider clock) => new Rebuild(owner, RebuildCommand.Models, clock, _ => { }).RunAsync(Cancellation);

    private static async Task UntilAsync(Func<Task> act, CancellationToken end)
    {
        while (!end.IsCancellationRequested)
        {
            await act();
        }
    }

    private Task<List<string>> RowsAsync() => ModelRows.OfAsync(_database);
}
