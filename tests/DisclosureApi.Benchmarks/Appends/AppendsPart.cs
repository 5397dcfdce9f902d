using DisclosureApi.Benchmarks.Measuring;
using DisclosureApi.Store;
using Npgsql;

namespace DisclosureApi.Benchmarks.Appends;

/// <summary>(a) Appends of 1 KB events with an expected version, against the same rows stored by hand and by pgbench.</summary>
internal static class AppendsPart
{
    private static readonly int[] Writers = [1, 8, 16, 64];

    private sealed record Round(Measured Ours, Measured Prepared, Measured PreparedByOwner, Measured? Pgbench, Measured? PgbenchEventAlone);

    private sealed record Sides(BenchmarkServer Server, EventStore Store, NpgsqlDataSource Prepared, NpgsqlDataSource PreparedByOwner, Pgbench? Pgbench);

    public static async Task<IReadOnlyList<Comparison>> MeasureAsync(BenchmarkServer server, Plan plan)
    {
        await using var serving = Database.Open((await server.CreateDatabaseAsync("appends_ours")).Serving);
        await using var store = new EventStore(serving, TimeProvider.System);
        var database = await server.CreateDatabaseAsync("appends_prepared");
        await using var prepared = NpgsqlDataSource.Create(database.Writing);
        await using var preparedByOwner = NpgsqlDataSource.Create(database.Owner);
        var pgbench = await Pgbench.FindAsync((await server.CreateDatabaseAsync("appends_pgbench")).Writing);
        if (pgbench is null)
        {
            Console.Error.WriteLine("pgbench is not among the server's programs, so its lines are left out; it comes with PostgreSQL's own packages.");
        }
        await (pgbench?.PrepareAsync() ?? Task.CompletedTask);
        var sides = new Sides(server, store, prepared, preparedByOwner, pgbench);
        var results = new List<Comparison>();
        foreach (var writers in Writers)
        {
            await RoundAsync(sides, writers, plan.WarmUp);
            var rounds = new List<Round>();
            for (var number = 0; number < plan.Rounds; number++)
            {
                rounds.Add(await RoundAsync(sides, writers, plan.Each));
            }
            results.AddRange(Compare(writers, rounds));
        }
        return results;
    }

    private static async Task<Round> RoundAsync(Sides sides, int writers, TimeSpan duration)
    {
        var ours = await Fresh(() => ClosedLoop.RunAsync(writers, duration, _ => Task.FromResult<IClient>(new StoreWriter(sides.Store))));
        var prepared = await Fresh(() => ClosedLoop.RunAsync(writers, duration, async _ => await PreparedWriter.OpenAsync(sides.Prepared)));
        var byOwner = await Fresh(() => ClosedLoop.RunAsync(writers, duration, async _ => await PreparedWriter.OpenAsync(sides.PreparedByOwner)));
        return sides.Pgbench is { } pgbench
            ? new Round(
                ours, prepared, byOwner,
                await Fresh(() => pgbench.RunAsync(Pgbench.EventAndStream, writers, duration)),
                await Fresh(() => pgbench.RunAsync(Pgbench.EventAlone, writers, duration)))
            : new Round(ours, prepared, byOwner, null, null);

        async Task<Measured> Fresh(Func<Task<Measured>> measure)
        {
            await sides.Server.CheckpointAsync();
            return await measure();
        }
    }

    private static IEnumerable<Comparison> Compare(int writers, List<Round> rounds)
    {
        var what = $"append 1 KB, {writers} writer{(writers == 1 ? "" : "s")}";
        Wanted? Want(double ratio) => writers == 16 ? Wanted.AtLeast(ratio) : null;
        yield return Comparison.Of("a", what, "prepared Npgsql", "per second", rounds.ConvertAll(round => (round.Ours.PerSecond, round.Prepared.PerSecond)), Want(2));
        // The owner's statements pass no row policies, as those of the store's own function do not.
        yield return Comparison.Of("a", what, "the same as the owner", "per second", rounds.ConvertAll(round => (round.Ours.PerSecond, round.PreparedByOwner.PerSecond)), null);
        if (rounds[0].Pgbench is not null)
        {
            yield return Comparison.Of("a", what, "pgbench, the same rows", "per second", rounds.ConvertAll(round => (round.Ours.PerSecond, round.Pgbench!.PerSecond)), Want(1));
            yield return Comparison.Of("a", what, "pgbench, event row alone", "per second", rounds.ConvertAll(round => (round.Ours.PerSecond, round.PgbenchEventAlone!.PerSecond)), null);
        }
        yield return Comparison.Of("a", $"{what}, p99", "prepared Npgsql", "ms", rounds.ConvertAll(round => (round.Ours.P99, round.Prepared.P99)), writers == 1 ? Wanted.AtMost(1.3) : null);
        yield return Comparison.Of("a", $"{what}, p99", "the same as the owner", "ms", rounds.ConvertAll(round => (round.Ours.P99, round.PreparedByOwner.P99)), null);
    }
}
