using Disclosure.Tests;
using DisclosureApi.Access;
using DisclosureApi.Store;
using DisclosureApi.Tests.Access;
using DisclosureApi.Tests.Replicas;
using DisclosureApi.Tests.Store;

namespace DisclosureApi.Tests.Chaos;

/// <summary>Everybody at once, on two hosts, while one thing after another goes wrong: each fault once, or for as long as DISCLOSURE_CHAOS_MINUTES says.</summary>
public sealed class MixedFaultsTests
{
    private static readonly string[] _codes = [.. Enumerable.Range(1, 3).Select(Samples.CodeOf)];

    [Fact]
    public async Task Every_acknowledged_write_is_there_once_and_every_reading_shows_a_revision_that_existed()
    {
        using var server = await PostgresServer.MakeAsync();
        await Database.PrepareAsync(server.Connection("disclosure_owner"), "disclosure", CancellationToken.None);
        await using var authority = await Authority.StartAsync();
        using var directory = new TemporaryDataDirectory();
        Hosts? hosts = null;
        using var traffic = new Traffic(() => hosts!.Any());
        var breaking = new Breaking(server, authority, traffic, () => hosts!, new Random(Scale.Seed));
        await using var wire = Cutter.Before(server.Socket, breaking.IsLost);
        using (hosts = await Hosts.StartAsync(directory.Path, $"--ConnectionStrings:Disclosure={server.Database(wire.Folder).Serving}",
            $"--Access:Authority={authority.Issuer}", $"--Ledger:Witness={Path.Combine(directory.Path, "witness")}"))
        {
            await LiveThroughAsync(breaking, traffic, authority);
            TestContext.Current.TestOutputHelper!.WriteLine($"Seed {Scale.Seed}: {traffic}. Faults: {breaking}; {wire.Cuts} answers lost.");
            Assert.Empty(traffic.Wrong);
            await AssertVerifiesAsync(traffic, authority);
        }
        await AssertOnceAsync(server.Database(), traffic);
    }

    private static async Task LiveThroughAsync(Breaking breaking, Traffic traffic, Authority authority)
    {
        using var stopping = new CancellationTokenSource();
        var people = _codes.Select((code, i) => new People(code, traffic, authority, new Random(Scale.Seed + i))).ToList();
        foreach (var its in people)
        {
            await its.RegisterAsync();
        }
        var readers = new Readers(traffic, people);
        var all = people.Select(its => Task.Run(() => its.PublishOnAsync(stopping.Token)))
            .Concat(_codes.Select((_, i) => Task.Run(() => readers.ReadOnAsync(new Random(Scale.Seed + 100 + i), stopping.Token)))).ToList();
        var broken = Task.Run(() => breaking.BreakOnAsync(Scale.Chaos));
        // Who cannot go on ends the run: his fault is the one to be told.
        await await Task.WhenAny([broken, .. all]);
        await broken;
        await stopping.CancelAsync();
        await Task.WhenAll(all);
    }

    /// <summary>Every step that was acknowledged has its event at its position, there is no other, and none happened twice.</summary>
    private static async Task AssertOnceAsync(TestDatabase database, Traffic traffic)
    {
        var stored = await database.TextsAsync("select stream_id || ' ' || type || ' ' || seq_id from mt_events where stream_id like 'report/%' and type <> 'draft_changed'");
        Assert.Equal(traffic.Acknowledged.Order(StringComparer.Ordinal), stored.Order(StringComparer.Ordinal));
        Assert.Equal([$"{traffic.Filed}"], await database.TextsAsync("select count(*)::text from mt_events where type = 'draft_changed'"));
        Assert.Equal(["0"], await database.TextsAsync("select (max(seq_id) - count(*))::text from mt_events"));
        Assert.Equal(["0"], await database.TextsAsync(
            "select count(*)::text from mt_streams s join reports r on s.id = 'report/' || r.agency || '/' || r.year where s.version <> r.version"));
    }

    /// <summary>The ledger is made again from the events, and is whole.</summary>
    private static async Task AssertVerifiesAsync(Traffic traffic, Authority authority)
    {
        var outcome = "";
        for (var asked = false; outcome is not ("whole" or "broken"); await Task.Delay(50, TestContext.Current.CancellationToken))
        {
            var reply = await traffic.AskAsync(asked ? HttpMethod.Get : HttpMethod.Post, "/v1/audit/verification", authority.Token(Role.Auditor, "auditor", null),
                asked ? null : Bodies.Empty, TestContext.Current.CancellationToken, asked ? [] : [(Headers.Key, $"\"{Guid.NewGuid()}\"")]);
            asked |= reply is { Status: 202 };
            outcome = reply is { Status: 200 } ? reply.Json["outcome"]!.ToString() : "";
        }
        Assert.Equal("whole", outcome);
    }
}
