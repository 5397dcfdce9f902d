using System.Diagnostics;
using System.Globalization;
using DisclosureApi.Access;
using DisclosureApi.Benchmarks.Hosts;
using DisclosureApi.Benchmarks.Measuring;
using Npgsql;

namespace DisclosureApi.Benchmarks.Audit;

/// <summary>
/// (g) What auditors ask for, on a store of many reports of 200 events: one report replayed, and all events as a stream
/// against PostgreSQL handing out the same rows with COPY. DISCLOSURE_REPORTS says how many reports; 5,000 make a million events.
/// </summary>
internal static class AuditPart
{
    private const int UsualReports = 1_000;
    private const int Replayed = 20;
    private const double MostMilliseconds = 20;

    public static async Task<IReadOnlyList<Comparison>> MeasureAsync(BenchmarkServer server, Plan plan)
    {
        var reports = Environment.GetEnvironmentVariable("DISCLOSURE_REPORTS") is { } wanted ? int.Parse(wanted, CultureInfo.InvariantCulture) : UsualReports;
        var events = reports * LongHistory.EventsEach;
        await using var host = await BenchmarkHost.StartAsync(server, "audit_ours", database => LongHistory.FillAsync(database, reports));
        await host.LedgerAsync(events);
        using var auditor = host.As(Role.Auditor);
        auditor.Timeout = Timeout.InfiniteTimeSpan;
        var (replays, cost) = await ReplaysAsync(host, auditor, plan);
        await server.CheckpointAsync();
        await StreamAsync(auditor, events);
        var (before, _) = host.Process.Memory;
        var rounds = new List<(double, double)>();
        await using var database = NpgsqlDataSource.Create(host.Database.Owner);
        for (var number = 0; number < plan.Rounds; number++)
        {
            rounds.Add((await RateAsync(events, () => StreamAsync(auditor, events)), await RateAsync(events, () => CopyAsync(database))));
        }
        return
        [
            Comparison.Figure("g", $"replay of a report of {LongHistory.EventsEach} events among {events:#,0}, p50", "ms", replays.Latencies[replays.Latencies.Count / 2], MostMilliseconds),
            Comparison.Figure("g", "the same, p99", "ms", replays.P99),
            Comparison.Figure("g", "the same, processor time of the host", "ms", cost, MostMilliseconds),
            Comparison.Of("g", $"stream of {events:#,0} events", "COPY of the same rows", "events per second", rounds, Wanted.AtLeast(0.5)),
            Comparison.Figure("g", "memory of the host that streamed", "MB", host.Process.Memory.Now, 300),
            Comparison.Figure("g", "of which it had before the rounds", "MB", before),
        ];
    }

    private static async Task<(Measured Measured, double Cost)> ReplaysAsync(BenchmarkHost host, HttpClient auditor, Plan plan)
    {
        var addresses = new List<Uri>();
        for (var number = 1; number <= Replayed; number++)
        {
            addresses.Add(new Uri($"/v1/audit/reports/{await host.RegisterAsync(number)}/{BenchmarkHost.Year}/events", UriKind.Relative));
        }
        var next = 0;
        await ClosedLoop.RunAsync(1, plan.WarmUp, _ => Task.FromResult<IClient>(new Replay(auditor, () => addresses[next++ % Replayed])));
        var before = host.Process.ProcessorTime;
        var measured = await ClosedLoop.RunAsync(1, plan.Each, _ => Task.FromResult<IClient>(new Replay(auditor, () => addresses[next++ % Replayed])));
        return (measured, (host.Process.ProcessorTime - before).TotalMilliseconds / measured.Latencies.Count);
    }

    internal static async Task StreamAsync(HttpClient auditor, int least)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/audit/events");
        request.Headers.Accept.ParseAdd("application/x-ndjson");
        using var response = await auditor.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        await using var body = await response.EnsureSuccessStatusCode().Content.ReadAsStreamAsync();
        var (buffer, lines) = (new byte[256 * 1024], 0);
        for (var read = 0; (read = await body.ReadAsync(buffer)) > 0;)
        {
            lines += buffer.AsSpan(0, read).Count((byte)'\n');
        }
        if (lines < least)
        {
            throw new InvalidOperationException($"The stream ended after {lines} of {least} events.");
        }
    }

    internal static async Task CopyAsync(NpgsqlDataSource database)
    {
        await using var connection = await database.OpenConnectionAsync();
        await using var copy = await connection.BeginRawBinaryCopyAsync("copy mt_events to stdout (format binary)");
        await copy.CopyToAsync(System.IO.Stream.Null);
    }

    internal static async Task<double> RateAsync(int events, Func<Task> read)
    {
        var clock = Stopwatch.StartNew();
        await read();
        return events / clock.Elapsed.TotalSeconds;
    }

    private sealed class Replay(HttpClient auditor, Func<Uri> next) : IClient
    {
        public async Task StepAsync()
        {
            using var response = await auditor.GetAsync(next());
            await response.EnsureSuccessStatusCode().Content.CopyToAsync(System.IO.Stream.Null);
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
