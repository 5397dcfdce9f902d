using System.Diagnostics;
using DisclosureApi.Store;
using DisclosureApi.Tests.Replicas;
using DisclosureApi.Tests.Store;

namespace DisclosureApi.Tests.Chaos;

/// <summary>A disk without room: writes are told to come again, nothing acknowledged is lost, and all goes on when there is room.</summary>
public sealed class FullDiskTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    // Little is kept for later, so that a small disk holds it.
    private static readonly string[] _sparing = ["min_wal_size = '32MB'", "max_wal_size = '48MB'", "checkpoint_timeout = '1h'"];

    [Fact]
    public async Task While_the_disk_of_the_data_is_full_writes_are_told_to_come_again_and_readings_go_on()
    {
        using var disk = await SmallDisk.MountAsync(100);
        using var server = await PostgresServer.MakeAsync(disk.Empty, null, _sparing);
        await RunAsync(server, async (api, reviews) =>
        {
            disk.Fill();
            await reviews.UntilRefusedAsync();

            (await api.Anon.GetAsync("/v1/reports")).Expect(200);
            (await api.Anon.GetAsync("/v1/statistics?year=2022")).Expect(200);
            (await api.Anon.GetAsync(reviews.Published)).Expect(200);
            (await api.Anon.GetAsync($"{reviews.Published}/revisions/1")).Expect(200);
            await reviews.UntilRefusedAsync();
            Assert.True(server.IsRunning);

            disk.Free();
        });
    }

    /// <summary>PostgreSQL ends when it can log no change, and cannot come up again before there is room: its keeper starts it then.</summary>
    [Fact]
    public async Task After_the_disk_of_the_log_was_full_and_PostgreSQL_ended_the_host_goes_on_when_it_is_started_again()
    {
        using var disk = await SmallDisk.MountAsync(80);
        using var server = await PostgresServer.MakeAsync(null, disk.Empty, _sparing);
        await RunAsync(server, async (api, reviews) =>
        {
            disk.Fill();
            while (server.IsRunning)
            {
                // What is written in an hour or a night, in a moment.
                await UnheardAsync(() => Sql.RunAsync(server.Superuser, "select pg_logical_emit_message(false, 'disclosure', repeat('x', 1000000))"));
                await reviews.OneAsync();
            }
            await reviews.UntilRefusedAsync();
            Assert.NotNull((await api.Anon.GetAsync("/v1/reports")).ExpectProblem(503, "unavailable").Header("Retry-After"));
            (await api.Anon.GetAsync("/health/live")).Expect(200);

            disk.Free();
            await server.StartAsync();
        });
    }

    /// <summary>Reviews go on while the disk fills and is freed; then every one that was ever asked for is there, once.</summary>
    private static async Task RunAsync(PostgresServer server, Func<Api, Reviews, Task> happens)
    {
        await Database.PrepareAsync(server.Connection("disclosure_owner"), "disclosure", CancellationToken.None);
        var api = await Api.OnAsync(server.Database());
        try
        {
            var published = await api.ReportAsync(2022);
            await published.PublishAsync((await published.FileAsync()).Expect(201));
            var life = await api.ReportAsync(2021);
            var reviews = new Reviews(life, (await life.FileAsync()).Expect(201).Json["contentHash"]!.GetValue<string>(), published.Address);
            await reviews.OneAsync();

            await happens(api, reviews);

            await reviews.AllAsync();
            await UntilAsync(async () => (await api.Anon.GetAsync("/health/ready")).Status == 200);
            var stored = await api.Database.TextsAsync("select data -> 'note' ->> 'text' from mt_events where type = 'secrecy_reviewed' and stream_id like '%/2021'");
            Assert.Equal(reviews.Keys.Order(StringComparer.Ordinal), stored.Order(StringComparer.Ordinal));
            Assert.Equal(["0"], await api.Database.TextsAsync("select (max(seq_id) - count(*))::text from mt_events"));
        }
        finally
        {
            await api.DisposeAsync();
        }
    }

    private static async Task UnheardAsync(Func<Task> ask)
    {
        try
        {
            await ask();
        }
        catch (Npgsql.NpgsqlException)
        {
            // The server has ended, or is about to.
        }
    }

    private static async Task UntilAsync(Func<Task<bool>> holds)
    {
        for (var waited = Stopwatch.StartNew(); !await holds();)
        {
            Assert.True(waited.Elapsed < Patience, "Time is up.");
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>One review after another, each under a key of its own that is also its note.</summary>
    private sealed class Reviews(ReportLife life, string hash, string published)
    {
        private readonly HashSet<string> _open = new(StringComparer.Ordinal);

        public HashSet<string> Keys { get; } = new(StringComparer.Ordinal);

        /// <summary>A report that is public.</summary>
        public string Published => published;

        /// <summary>Whether a new one was acknowledged; what is not is asked for again in the end.</summary>
        public async Task<bool> OneAsync()
        {
            var key = $"review {Keys.Count}";
            Keys.Add(key);
            _open.Add(key);
            return await AskAsync(key);
        }

        public Task UntilRefusedAsync() => UntilAsync(async () => !await OneAsync());

        /// <summary>Asks for what was refused until it is there.</summary>
        public async Task AllAsync()
        {
            foreach (var key in _open.ToList())
            {
                await UntilAsync(() => AskAsync(key));
            }
        }

        private async Task<bool> AskAsync(string key)
        {
            var reply = await life.SecrecyReviewer.PostAsync($"{life.Address}/secrecy-review", Bodies.Json(new { contentHash = hash, passed = true, note = key }), (Headers.Key, $"\"{key}\""));
            if (reply.Status == 201)
            {
                _open.Remove(key);
                return true;
            }
            Assert.NotNull(reply.ExpectProblem(503, "unavailable").Header("Retry-After"));
            return false;
        }
    }
}
