using System.Diagnostics;
using Disclosure.Reports;
using Disclosure.Tests;
using DisclosureApi.Benchmarks.Measuring;
using DisclosureApi.Store;
using DisclosureApi.Store.Rebuilding;
using Npgsql;

namespace DisclosureApi.Benchmarks.Core;

/// <summary>(e) All read models made anew from all of history, against PostgreSQL handing out the same rows with COPY; and how soon another host hears of an event.</summary>
internal static class RebuildPart
{
    private const int Reports = 1_000;
    private const int ChangesEach = 30;
    private const int Writers = 64;
    private static readonly Provenance Someone = new("p_0123456789abcdef01234567", "submitter", Samples.Agency, "benchmarks", "0HN0123456789:00000001");

    public static async Task<IReadOnlyList<Comparison>> MeasureAsync(BenchmarkServer server, Plan plan)
    {
        var database = await server.CreateDatabaseAsync("rebuild_ours");
        await using var serving = Database.Open(database.Serving);
        await using var store = new EventStore(serving, TimeProvider.System);
        var streams = Enumerable.Range(1, Reports).Select(number => new ReportId(Samples.CodeOf(number), 2023).Stream).ToList();
        await Parallel.ForEachAsync(streams, new ParallelOptions { MaxDegreeOfParallelism = Writers }, async (stream, _) => await WriteAsync(store, stream));
        await server.CheckpointAsync();
        var rounds = new List<(double, double)>();
        await RoundAsync();
        for (var number = 0; number < plan.Rounds; number++)
        {
            rounds.Add(await RoundAsync());
        }
        return
        [
            Comparison.Of("e", $"rebuild of {Reports:#,0} reports of {ChangesEach} events", "COPY of the same rows", "events per second", rounds, Wanted.AtLeast(0.25)),
            await FollowingPart.MeasureAsync(serving, store, plan),
        ];

        async Task<(double, double)> RoundAsync() => (await RateAsync(() => RebuildAsync(database.Owner)), await RateAsync(() => CopyAsync(serving)));
    }

    private static Task<RebuildSummary> RebuildAsync(string owner) => new Rebuild(owner, RebuildCommand.Models, TimeProvider.System, _ => { }).RunAsync(CancellationToken.None);

    /// <summary>A report that is written once as a whole and then changed by a few cells at a time.</summary>
    private static async Task WriteAsync(EventStore store, string stream)
    {
        var report = Report.None;
        for (var version = 0; version < ChangesEach; version++)
        {
            var content = Samples.Whole().With(new("proactive", "governmentRules", "made"), version + 1);
            var decided = ReportDecider.Decide(report, new ReportCommand.Edit(Someone.Actor, Samples.AgencyName, content, null, null));
            var happened = ((Decision.Accepted)decided).Events.Single();
            await store.AppendAsync(new Append(stream, "report", version, [happened], Someone, null, _ => []), CancellationToken.None);
            report = report.Apply(happened, Someone.Actor);
        }
    }

    private static async Task CopyAsync(NpgsqlDataSource database)
    {
        await using var connection = await database.OpenConnectionAsync();
        await using var copy = await connection.BeginRawBinaryCopyAsync("copy mt_events to stdout (format binary)");
        await copy.CopyToAsync(Stream.Null);
    }

    private static async Task<double> RateAsync(Func<Task> read)
    {
        var clock = Stopwatch.StartNew();
        await read();
        return Reports * ChangesEach / clock.Elapsed.TotalSeconds;
    }
}
