using System.Collections.Concurrent;
using Disclosure.Canonical;
using Disclosure.Reports;
using DisclosureApi.Store;
using DisclosureApi.Store.Following;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace DisclosureApi.Tests.Store.Following;

/// <summary>What follows events sees every one of them, in whatever way its transaction came to commit.</summary>
public sealed class FollowerTests(TestServer server) : IAsyncLifetime
{
    private static readonly Provenance Someone = new("p_someone", "submitter", null, null, "request");
    private readonly ConcurrentQueue<string> _seen = new();
    private TestDatabase _database = null!;
    private NpgsqlDataSource _serving = null!;
    private EventStore _store = null!;
    private Follower _follower = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _database = await server.CreateDatabaseAsync($"follower_{Guid.NewGuid():N}");
        _serving = Database.Open(_database.Serving);
        _store = new EventStore(_serving, TimeProvider.System);
        _follower = new Follower(new WholeDatabase(_serving), TimeProvider.System, NullLogger<Follower>.Instance) { Changed = streams => streams.ToList().ForEach(_seen.Enqueue) };
        await _follower.StartAsync(Cancellation);
        await _follower.Started;
    }

    public async ValueTask DisposeAsync()
    {
        await _follower.StopAsync(CancellationToken.None);
        _follower.Dispose();
        await _store.DisposeAsync();
        await _serving.DisposeAsync();
    }

    [Fact]
    public async Task An_event_is_seen_whose_transaction_was_open_since_before_all_others()
    {
        await using var connection = await _serving.OpenConnectionAsync(Cancellation);
        await RunAsync(connection, "begin; insert into actors (id, issuer, subject) values ('p_late', 'tests', 'late')");
        await AppendAsync("before", 100);
        await UntilSeenAsync(100);

        await RunAsync(connection, Appended("late", 100));
        await RunAsync(connection, "commit");
        await AppendAsync("after", 100);

        await UntilSeenAsync(201);
        Assert.Equal([.. Enumerable.Repeat("before", 100), "late", .. Enumerable.Repeat("after", 100)], _seen);
    }

    [Fact]
    public async Task An_event_is_seen_that_was_stored_long_before_its_transaction_committed()
    {
        await using var connection = await _serving.OpenConnectionAsync(Cancellation);
        await RunAsync(connection, "begin");
        await RunAsync(connection, Appended("late", 0));
        var others = AppendAsync("others", 50);
        // The others stand behind it in the order, so they wait for it; nothing overtakes it.
        while (!await _database.ScalarAsync<bool>("select exists (select from pg_locks where locktype = 'advisory' and not granted and database = (select oid from pg_database where datname = current_database()))"))
        {
            await Task.Delay(5, Cancellation);
        }

        await RunAsync(connection, "commit");
        await others;

        await UntilSeenAsync(51);
        Assert.Equal(["late", .. Enumerable.Repeat("others", 50)], _seen);
    }

    [Fact]
    public async Task Nothing_is_seen_of_an_event_whose_transaction_came_to_nothing()
    {
        await using var connection = await _serving.OpenConnectionAsync(Cancellation);
        await RunAsync(connection, "begin");
        await RunAsync(connection, Appended("never", 0));
        await RunAsync(connection, "rollback");

        await AppendAsync("others", 3);

        await UntilSeenAsync(3);
        Assert.Equal(["others", "others", "others"], _seen);
    }

    [Fact]
    public async Task What_is_public_is_told_to_have_changed_when_it_has_and_not_when_a_draft_is_saved()
    {
        var text = new CommittedText("原因", CommittedText.NewSalt());
        ReportEvent[] quiet = [new ReportEvent.DraftDiscarded(), new ReportEvent.CorrectionOpened(text), new ReportEvent.SubmissionRecalled()];
        ReportEvent[] heard = [new ReportEvent.ReportPublished(1, "", null), new ReportEvent.ReportWithdrawn(text), new ReportEvent.ReportReinstated(text)];
        var told = 0;
        _follower.Published += _ => told++;
        foreach (var (version, happened) in quiet.Concat(heard).Index())
        {
            var before = told;
            Assert.IsType<AppendResult.Stored>(await _store.AppendAsync(new Append("one", "report", version, [happened], Someone, null, _ => []), Cancellation));
            await UntilSeenAsync(version + 1);

            Assert.Equal(heard.Contains(happened) ? before + 1 : before, told);
        }
    }

    [Fact]
    public async Task Who_begins_to_follow_while_others_never_stop_storing_is_ready_all_the_same()
    {
        using var enough = new CancellationTokenSource();
        var storing = Task.Run(
            async () =>
            {
                for (var i = 0; !enough.IsCancellationRequested; i++)
                {
                    await AppendAsync($"busy-{i}", 1);
                }
            },
            Cancellation);
        using var other = new Follower(new WholeDatabase(_serving), TimeProvider.System, NullLogger<Follower>.Instance);

        await other.StartAsync(Cancellation);

        await other.Started.WaitAsync(TimeSpan.FromSeconds(20), Cancellation);
        Assert.True(other.IsCurrent);
        await enough.CancelAsync();
        await storing;
        await other.StopAsync(Cancellation);
    }

    private async Task AppendAsync(string stream, int count)
    {
        for (var version = 0; version < count; version++)
        {
            var append = new Append(stream, "report", version, [new ReportEvent.DraftDiscarded()], Someone, null, _ => []);
            Assert.IsType<AppendResult.Stored>(await _store.AppendAsync(append, Cancellation));
        }
    }

    /// <summary>What a host sends to store one event behind this position.</summary>
    private static string Appended(string stream, int tail) =>
        $$"""
        select disclosure_store({{tail}}, '{"{{stream}}"}', '{report}', '{0}', '{1}', '{}', '{}', clock_timestamp(), array[gen_random_uuid()], '{"{{stream}}"}', '{1}',
            '{draft_discarded}', '{"Disclosure.Reports.ReportEvent+DraftDiscarded, Disclosure"}', '{request}', '{p_late}', array['{}'::jsonb], array['{"salt":"00000000000000000000000000000000"}'::jsonb])
        """;

    private static async Task RunAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(Cancellation);
    }

    private async Task UntilSeenAsync(int count)
    {
        while (_seen.Count < count)
        {
            await Task.Delay(5, Cancellation);
        }
    }
}
