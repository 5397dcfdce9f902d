using System.Diagnostics;
using System.Text.Json.Nodes;
using Disclosure.Ledger;
using Disclosure.Tests;
using DisclosureApi.Access;
using DisclosureApi.Benchmarks.Appends;
using DisclosureApi.Benchmarks.Hosts;
using DisclosureApi.Benchmarks.Measuring;
using DisclosureApi.Ledger;
using DisclosureApi.Store;
using Npgsql;

namespace DisclosureApi.Benchmarks.Audit;

/// <summary>
/// (l) The whole trail at a size that takes years to reach (<c>--events</c>): proofs, replay, the feed with and without filters, the verification of
/// everything, and what the ledger costs those who append.
/// </summary>
internal static class LedgerPart
{
    private const int Writers = 16;
    private const double MostOfProof = 10;
    private const double MostOfReplay = 20;
    private const double MostOfFilter = 100;
    private const double MostMemory = 400;

    public static async Task<IReadOnlyList<Comparison>> MeasureAsync(BenchmarkServer server, Plan plan)
    {
        var results = new List<Comparison> { await CostAsync(server, plan) };
        var reports = Math.Max(1, plan.Events / LongHistory.EventsEach);
        var events = reports * LongHistory.EventsEach;
        var clock = Stopwatch.StartNew();
        await using var host = await BenchmarkHost.StartAsync(server, "ledger_ours", database => LongHistory.FillAsync(database, reports));
        Console.Error.WriteLine($"{events:#,0} events were filled in after {clock.Elapsed.TotalSeconds:0} s.");
        clock.Restart();
        await host.LedgerAsync(events);
        results.Add(Comparison.Figure("l", $"the ledger takes in {events:#,0} events", "per second", events / clock.Elapsed.TotalSeconds));
        using var auditor = host.As(Role.Auditor);
        auditor.Timeout = Timeout.InfiniteTimeSpan;
        results.AddRange(await ProofsAsync(host, auditor, plan, reports, events));
        results.AddRange(await FiltersAsync(host, auditor, plan, reports));
        await server.CheckpointAsync();
        results.AddRange(await WholeAsync(host, auditor, plan, events));
        return results;
    }

    private static async Task<IReadOnlyList<Comparison>> ProofsAsync(BenchmarkHost host, HttpClient auditor, Plan plan, int reports, int events)
    {
        var random = new Random(1);
        using var anon = host.As(null);
        var codes = new List<string>();
        for (var number = 1; number <= Math.Min(reports, 20); number++)
        {
            codes.Add(await host.RegisterAsync(number));
        }
        var proofs = await AsksAsync(anon, plan, () => $"/v1/ledger/inclusion/{random.Next(1, events + 1)}");
        var receipts = await AsksAsync(auditor, plan, () => ReceiptOf(random.Next(events), reports));
        var replays = await AsksAsync(auditor, plan, () => $"/v1/audit/reports/{codes[random.Next(codes.Count)]}/{BenchmarkHost.Year}/events");
        return
        [
            Comparison.Figure("l", $"inclusion proof among {events:#,0} events, p99", "ms", proofs.P99, MostOfProof),
            Comparison.Figure("l", "receipt of one of them, p99", "ms", receipts.P99, MostOfProof),
            Comparison.Figure("l", $"replay of a report of {LongHistory.EventsEach} events, p50", "ms", replays.Latencies[replays.Latencies.Count / 2], MostOfReplay),
            Comparison.Figure("l", "the same, p99", "ms", replays.P99),
        ];
    }

    /// <summary>Reports are written side by side: the event at an index is one of the report whose number is the index modulo their count.</summary>
    private static string ReceiptOf(int index, int reports) => $"/v1/agencies/{Samples.CodeOf(index % reports + 1)}/reports/{BenchmarkHost.Year}/proof?position={index + 1}";

    private static async Task<IReadOnlyList<Comparison>> FiltersAsync(BenchmarkHost host, HttpClient auditor, Plan plan, int reports)
    {
        var random = new Random(2);
        var results = new List<Comparison>();
        foreach (var (what, query) in new (string, Func<string>)[]
            {
                ("request", () => $"request=0HN{random.Next(reports * LongHistory.EventsEach):D10}:00000001"),
                ("agency", () => $"agency={Samples.CodeOf(random.Next(reports) + 1)}"),
                ("actor who did nothing", () => "actor=p_ffffffffffffffffffffffff"),
                ("type that never happened", () => "type=waiver_decided"),
            })
        {
            var asked = await AsksAsync(auditor, plan, () => $"/v1/audit/events?limit=200&{query()}");
            results.Add(Comparison.Figure("l", $"feed of one {what}, p50", "ms", asked.Latencies[asked.Latencies.Count / 2], MostOfFilter));
        }
        return results;
    }

    private static async Task<IReadOnlyList<Comparison>> WholeAsync(BenchmarkHost host, HttpClient auditor, Plan plan, int events)
    {
        await using var database = NpgsqlDataSource.Create(host.Database.Owner);
        var (feeds, verifications) = (new List<(double, double)>(), new List<(double, double)>());
        var cost = 0.0;
        for (var number = 0; number < plan.Rounds; number++)
        {
            var copy = await AuditPart.RateAsync(events, () => AuditPart.CopyAsync(database));
            var before = host.Process.ProcessorTime;
            verifications.Add((await AuditPart.RateAsync(events, () => VerifyAsync(auditor)), copy));
            cost = (host.Process.ProcessorTime - before).TotalMicroseconds / events;
            feeds.Add((await AuditPart.RateAsync(events, () => AuditPart.StreamAsync(auditor, events)), copy));
        }
        return
        [
            Comparison.Of("l", $"verification of {events:#,0} events", "COPY of the same rows", "events per second", verifications, Wanted.AtLeast(0.4)),
            Comparison.Figure("l", "the same, processor time of the host", "µs an event", cost),
            Comparison.Of("l", $"stream of {events:#,0} events", "COPY of the same rows", "events per second", feeds, Wanted.AtLeast(0.5)),
            Comparison.Figure("l", "the most memory that the host took", "MB", host.Process.Memory.Most, MostMemory),
        ];
    }

    private static async Task VerifyAsync(HttpClient auditor)
    {
        using var started = await auditor.PostAsync(new Uri("/v1/audit/verification", UriKind.Relative), null);
        started.EnsureSuccessStatusCode();
        while (true)
        {
            var told = JsonNode.Parse(await auditor.GetStringAsync(new Uri("/v1/audit/verification", UriKind.Relative)))!;
            switch (told["outcome"]!.ToString())
            {
                case "whole":
                    return;
                case "running":
                    await Task.Delay(TimeSpan.FromMilliseconds(20));
                    break;
                default:
                    throw new InvalidOperationException(told.ToJsonString());
            }
        }
    }

    /// <summary>Appends with the ledger at work beside them, against appends without it, on the same store in turns.</summary>
    private static async Task<Comparison> CostAsync(BenchmarkServer server, Plan plan)
    {
        await using var serving = Database.Open((await server.CreateDatabaseAsync("ledger_cost")).Serving);
        await using var store = new EventStore(serving, TimeProvider.System);
        using var pair = System.Security.Cryptography.ECDsa.Create(System.Security.Cryptography.ECCurve.NamedCurves.nistP256);
        using var key = NoteKey.Of(pair);
        var integration = new Integration(serving, key, "benchmarks.example/ledger", store.Recent);
        await AppendAsync(plan.WarmUp);
        var rounds = new List<(double, double)>();
        for (var number = 0; number < plan.Rounds; number++)
        {
            await server.CheckpointAsync();
            using var stop = new CancellationTokenSource();
            var integrating = IntegrateAsync(integration, stop.Token);
            var with = await AppendAsync(plan.Each);
            await stop.CancelAsync();
            await integrating;
            await server.CheckpointAsync();
            var without = await AppendAsync(plan.Each);
            rounds.Add((with, without));
            while (await integration.AdvanceAsync(CancellationToken.None) is not null)
            {
                // What was appended without it is taken in before the next round, which is to pay for its own alone.
            }
        }
        return Comparison.Of("l", $"append 1 KB, {Writers} writers, the ledger beside them", "the same without it", "per second", rounds, Wanted.AtLeast(0.9));

        async Task<double> AppendAsync(TimeSpan duration) => (await ClosedLoop.RunAsync(Writers, duration, _ => Task.FromResult<IClient>(new StoreWriter(store)))).PerSecond;
    }

    /// <summary>At the pace at which a host does it.</summary>
    private static async Task IntegrateAsync(Integration integration, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            await integration.AdvanceAsync(CancellationToken.None);
            await Task.Delay(TimeSpan.FromMilliseconds(100), stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static async Task<Measured> AsksAsync(HttpClient http, Plan plan, Func<string> next)
    {
        await ClosedLoop.RunAsync(1, plan.WarmUp, _ => Task.FromResult<IClient>(new Ask(http, next)));
        return await ClosedLoop.RunAsync(1, plan.Each, _ => Task.FromResult<IClient>(new Ask(http, next)));
    }

    private sealed class Ask(HttpClient http, Func<string> next) : IClient
    {
        public async Task StepAsync()
        {
            using var response = await http.GetAsync(new Uri(next(), UriKind.Relative));
            await response.EnsureSuccessStatusCode().Content.CopyToAsync(System.IO.Stream.Null);
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
