using System.Diagnostics;
using DisclosureApi.Tests.Access;
using DisclosureApi.Tests.Replicas;
using DisclosureApi.Tests.Store;

namespace DisclosureApi.Tests.Chaos;

/// <summary>One fault after another, each kind once in every round, in an order that nobody knows.</summary>
internal sealed class Breaking
{
    private readonly PostgresServer _server;
    private readonly Authority _authority;
    private readonly Random _random;
    private readonly Traffic _traffic;
    private readonly (string Name, Func<Task> Happens)[] _faults;
    private readonly SortedDictionary<string, int> _counts = new(StringComparer.Ordinal);
    private int _toLose;

    public Breaking(PostgresServer server, Authority authority, Traffic traffic, Func<Hosts> hosts, Random random)
    {
        (_server, _authority, _traffic, _random) = (server, authority, traffic, random);
        _faults =
        [
            ("answers lost after the commit", LoseAsync),
            ("sessions ended", () => Sql.RunAsync(server.Superuser, "select count(pg_terminate_backend(pid)) from pg_stat_activity where application_name = 'disclosure-api' and random() < 0.5")),
            ("PostgreSQL frozen", FreezeAsync),
            ("PostgreSQL killed", KillAsync),
            ("host killed", () => hosts().ReplaceAsync("KILL", 137)),
            ("host ended in order", () => hosts().ReplaceAsync("TERM", 0)),
            ("keys rotated", RotateAsync),
        ];
    }

    public override string ToString() => string.Join(", ", _counts.Select(count => $"{count.Key} {count.Value}"));

    /// <summary>Whether this answer of PostgreSQL's is one to lose.</summary>
    public bool IsLost(ReadOnlyMemory<byte> said) => Volatile.Read(ref _toLose) > 0 && Cutter.IsCommit(said.Span) && Interlocked.Decrement(ref _toLose) >= 0;

    /// <summary>Rounds until the time is over; at least one.</summary>
    public async Task BreakOnAsync(TimeSpan until)
    {
        var since = Stopwatch.StartNew();
        do
        {
            _random.Shuffle(_faults);
            foreach (var (name, happens) in _faults)
            {
                await happens();
                _counts[name] = _counts.GetValueOrDefault(name) + 1;
                // The next one comes sometimes before all has recovered, and sometimes after.
                await (since.Elapsed < until && _random.Next(2) == 0 ? Task.Delay(_random.Next(1_500)) : GoOnAsync());
                if (!_traffic.Wrong.IsEmpty)
                {
                    return;
                }
            }
        }
        while (since.Elapsed < until);
    }

    private Task LoseAsync()
    {
        Volatile.Write(ref _toLose, 3);
        return UntilAsync(() => Volatile.Read(ref _toLose) <= 0);
    }

    private async Task FreezeAsync()
    {
        await _server.FreezeAsync();
        await Task.Delay(_random.Next(1_000, Scale.Chaos > TimeSpan.Zero ? 8_000 : 3_000));
        await _server.ThawAsync();
    }

    private Task KillAsync()
    {
        _server.Kill();
        return _server.StartAsync();
    }

    private Task RotateAsync()
    {
        _authority.Rotate();
        return Task.CompletedTask;
    }

    /// <summary>Until people have written and readers have read.</summary>
    private Task GoOnAsync()
    {
        var (steps, reads) = (_traffic.Acknowledged.Count, _traffic.Reads);
        return UntilAsync(() => _traffic.Acknowledged.Count > steps + 3 && _traffic.Reads > reads + 3);
    }

    private async Task UntilAsync(Func<bool> holds)
    {
        for (var waited = Stopwatch.StartNew(); !holds() && _traffic.Wrong.IsEmpty;)
        {
            Assert.True(waited.Elapsed < Scale.Patience, $"It does not go on. {_traffic}");
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }
    }
}
