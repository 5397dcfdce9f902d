using System.Collections.Concurrent;
using System.Diagnostics;
using Disclosure.Tests;
using DisclosureApi.Store;
using DisclosureApi.Store.Replicas;
using DisclosureApi.Tests.Store;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace DisclosureApi.Tests.Replicas;

/// <summary>The primary falls, an operator promotes the replica, and hosts go on by themselves.</summary>
public sealed class FailoverTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly ConcurrentQueue<string> _acknowledged = new();

    [Fact]
    public async Task After_a_promotion_writes_go_on_nothing_acknowledged_is_lost_and_the_old_primary_is_not_written_to()
    {
        await using var pair = await Pair.StartAsync(isSynchronous: true);
        using var stopping = new CancellationTokenSource();
        var writers = Enumerable.Range(0, 2).Select(writer => Task.Run(() => RegisterOnAsync(pair.Api, writer, stopping.Token))).ToList();
        var gap = Task.Run(() => ReadOnAsync(pair.Api, stopping.Token));
        await UntilAsync(() => _acknowledged.Count > 20);

        pair.Primary.Kill();
        var known = _acknowledged.Count;
        await pair.Replica.PromoteAsync();
        var promoted = Stopwatch.StartNew();
        await UntilAsync(() => _acknowledged.Count > known + 2);
        var resumed = promoted.Elapsed;
        await UntilAsync(() => _acknowledged.Count > known + 10);

        // The old one comes back as the primary it was, and is first in the list of servers.
        await pair.Primary.StartAsync();
        var old = await CountAsync(pair.Primary);
        var another = await pair.Api.AnotherHostAsync();
        var before = _acknowledged.Count;
        await UntilAsync(() => _acknowledged.Count > before + 20);
        Assert.Equal(201, await RegisterAsync(pair.Api.Of(pair.Api.Registrar.Token, another), Samples.CodeOf(900_001)));
        _acknowledged.Enqueue(Samples.CodeOf(900_001));
        await stopping.CancelAsync();
        await Task.WhenAll(writers);

        Assert.Equal(old, await CountAsync(pair.Primary));
        var stored = await pair.Replica.Database().TextsAsync("select split_part(stream_id, '/', 2) from mt_events where type = 'agency_registered'");
        Assert.Equal(stored.Count, stored.Distinct(StringComparer.Ordinal).Count());
        Assert.Empty(_acknowledged.Except(stored, StringComparer.Ordinal));
        var (refused, longest) = await gap;
        TestContext.Current.SendDiagnosticMessage("writes on {0} ms after the promotion, longest wait of a reader {1} ms", resumed.TotalMilliseconds, longest.TotalMilliseconds);
        Assert.InRange(resumed, TimeSpan.Zero, TimeSpan.FromSeconds(10));
        Assert.Equal(0, refused);
    }

    [Fact]
    public async Task A_promoted_server_that_lacks_what_was_acknowledged_is_not_written_to()
    {
        await using var pair = await Pair.StartAsync();
        await pair.Api.RegisterAsync(Samples.CodeOf(1));
        await UntilAsync(async () => await pair.ReplayedAsync() == 1);
        await pair.Replica.StopAsync();
        await pair.Api.RegisterAsync(Samples.CodeOf(2));
        pair.Primary.Kill();
        await pair.Replica.StartAsync();
        await pair.Replica.PromoteAsync();

        for (var i = 0; i < 5; i++)
        {
            Assert.Equal(503, await RegisterAsync(pair.Api.Registrar, Samples.CodeOf(3)));
        }
        Assert.Equal(1, await CountAsync(pair.Replica));
    }

    [Fact]
    public async Task A_connection_to_a_server_that_only_followed_is_not_kept_until_it_is_promoted()
    {
        await using var pair = await Pair.StartAsync();
        using var fence = new Fence(new Horizon(), NullLogger<Fence>.Instance);
        var servers = ServerAddresses.Together(pair.Primary.Database().Serving, $"Host={pair.Replica.Socket}");
        await using var database = Database.Open(servers, fence);
        var first = await database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        // It was stored on the primary, and the replica has never heard of it.
        fence.Horizon.Reach(1);
        pair.Primary.Kill();
        await Assert.ThrowsAnyAsync<NpgsqlException>(() => first.ReloadTypesAsync(TestContext.Current.CancellationToken));
        await first.DisposeAsync();
        Assert.All(await OpenAtOnceAsync(database), refused => Assert.NotNull(refused));
        await pair.Replica.PromoteAsync();

        await UntilAsync(async () =>
        {
            var refusals = await OpenAtOnceAsync(database);
            Assert.All(refusals, refused => Assert.NotNull(refused));
            return refusals.All(refused => refused!.ToString().Contains("timeline 2", StringComparison.Ordinal));
        });
    }

    /// <summary>Four connections at the same time, and why each was not to be had.</summary>
    private static async Task<IReadOnlyList<Exception?>> OpenAtOnceAsync(NpgsqlDataSource database)
    {
        var opening = Enumerable.Range(0, 4).Select(_ => database.OpenConnectionAsync().AsTask()).ToList();
        var refusals = await Task.WhenAll(opening.Select(one => Record.ExceptionAsync(() => one).AsTask()));
        await Task.WhenAll(opening.Where(one => one.IsCompletedSuccessfully).Select(async one => await (await one).DisposeAsync()));
        return refusals;
    }

    private static async Task<long> CountAsync(PostgresServer server) => (long)(await Sql.RunAsync(server.Connection("disclosure_owner"), "select count(*) from mt_events"))!;

    private async Task RegisterOnAsync(Api api, int writer, CancellationToken stopping)
    {
        for (var number = writer + 1; !stopping.IsCancellationRequested; number += 2)
        {
            var code = Samples.CodeOf(number);
            var asked = Stopwatch.StartNew();
            // That it is there already answers a lost answer.
            for (var status = 503; status is not (201 or 412); status = await RegisterAsync(api.Registrar, code))
            {
                Assert.Equal(503, status);
                Assert.True(asked.Elapsed < Patience, "Nobody writes any more.");
                await Task.Delay(20, CancellationToken.None);
            }
            _acknowledged.Enqueue(code);
        }
    }

    private static async Task<int> RegisterAsync(Client registrar, string code) =>
        (await registrar.PutAsync($"/v1/agencies/{code}", Bodies.Agency(code), Headers.Create)).Status;

    /// <summary>How many readings were refused, and the longest that a reader was without an answer.</summary>
    private static async Task<(int Refused, TimeSpan Longest)> ReadOnAsync(Api api, CancellationToken stopping)
    {
        var (refused, longest, answered) = (0, TimeSpan.Zero, Stopwatch.StartNew());
        while (!stopping.IsCancellationRequested)
        {
            if ((await api.Anon.GetAsync("/v1/agencies?limit=5")).Status == 200 && (await api.Anon.GetAsync("/v1/statistics?year=2023")).Status == 200)
            {
                longest = answered.Elapsed > longest ? answered.Elapsed : longest;
                answered.Restart();
            }
            else
            {
                refused++;
            }
            await Task.Delay(10, CancellationToken.None);
        }
        return (refused, longest);
    }

    private static Task UntilAsync(Func<bool> holds) => UntilAsync(() => Task.FromResult(holds()));

    private static async Task UntilAsync(Func<Task<bool>> holds)
    {
        var waited = Stopwatch.StartNew();
        while (!await holds())
        {
            Assert.True(waited.Elapsed < Patience, "Time is up.");
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }
}
