using DisclosureApi.Benchmarks.Appends;
using DisclosureApi.Benchmarks.Measuring;
using Npgsql;

namespace DisclosureApi.Benchmarks.Hosts;

/// <summary>(b) PUT of a draft over HTTP, with everything it does, against bare prepared appends.</summary>
internal static class DraftsPart
{
    private const int Clients = 16;

    /// <summary>A host that has just started compiles what it does while it does it. That belongs to its start, and is over by then.</summary>
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(20);

    public static async Task<IReadOnlyList<Comparison>> MeasureAsync(BenchmarkServer server, Plan plan)
    {
        await using var host = await BenchmarkHost.StartAsync(server, "drafts_ours");
        await using var prepared = NpgsqlDataSource.Create((await server.CreateDatabaseAsync("drafts_prepared")).Writing);
        var (next, spent) = (1, new List<double>());
        await RoundAsync(Settling);
        spent.Clear();
        var rounds = new List<(Measured Ours, Measured Baseline)>();
        for (var number = 0; number < plan.Rounds; number++)
        {
            rounds.Add(await RoundAsync(plan.Each));
        }
        return
        [
            Comparison.Of("b", $"PUT draft over HTTP, {Clients} clients", "prepared Npgsql", "per second",
                rounds.ConvertAll(round => (round.Ours.PerSecond, round.Baseline.PerSecond)), Wanted.AtLeast(0.25)),
            Comparison.Figure("b", "PUT draft, 99 of 100 within", "ms", Median.Of(rounds.Select(round => round.Ours.P99))),
            Comparison.Figure("b", "PUT draft, the host's processor time", "µs each", Median.Of(spent)),
        ];

        async Task<(Measured, Measured)> RoundAsync(TimeSpan duration)
        {
            await server.CheckpointAsync();
            var before = TimeSpan.Zero;
            var ours = await ClosedLoop.RunAsync(Clients, duration, async number =>
            {
                var writer = await DraftWriter.OpenAsync(host, next++);
                before = host.Process.ProcessorTime;
                return writer;
            });
            spent.Add((host.Process.ProcessorTime - before).TotalMicroseconds / ours.Latencies.Count);
            await server.CheckpointAsync();
            return (ours, await ClosedLoop.RunAsync(Clients, duration, async _ => await PreparedWriter.OpenAsync(prepared)));
        }
    }
}
