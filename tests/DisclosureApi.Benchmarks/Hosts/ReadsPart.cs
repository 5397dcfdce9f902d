using DisclosureApi.Benchmarks.Measuring;

namespace DisclosureApi.Benchmarks.Hosts;

/// <summary>
/// (c) Anonymous GET of a published report, whole and as 304, against a bare handler with the same bytes. Clients and
/// servers share the processors, so that requests a second would say little: the server's processor time a request is compared.
/// </summary>
internal static class ReadsPart
{
    private const int Clients = 16;

    public static async Task<IReadOnlyList<Comparison>> MeasureAsync(BenchmarkServer server, Plan plan)
    {
        await using var host = await BenchmarkHost.StartAsync(server, "reads_ours");
        var address = await host.PublishAsync(await host.RegisterAsync(1));
        var (bytes, ours) = await LookAsync(host.Process, address);
        await using var bare = await BareHandler.StartAsync(bytes);
        var (_, theirs) = await LookAsync(bare, "/");
        var results = new List<Comparison>();
        foreach (var isKnown in new[] { false, true })
        {
            await RoundAsync(plan.WarmUp);
            var rounds = new List<(double, double)>();
            for (var number = 0; number < plan.Rounds; number++)
            {
                rounds.Add(await RoundAsync(plan.Each));
            }
            var what = isKnown ? "GET of a report that the reader has (304)" : $"GET of a report of {bytes / 1024.0:0.0} KB";
            results.Add(Comparison.Of("c", what, "bare Kestrel handler", "µs of processor", rounds, Wanted.AtMost(1.25)));

            async Task<(double, double)> RoundAsync(TimeSpan duration) => (
                await CostAsync(host.Process, address, isKnown ? ours : null, duration),
                await CostAsync(bare, "/", isKnown ? theirs : null, duration));
        }
        results.Add(Comparison.Of("c", "304 beside the whole report", "GET of the report", "µs of processor", [(results[1].Ours, results[0].Ours)], Wanted.AtMost(1)));
        return results;
    }

    /// <summary>The server's processor time in microseconds for each request.</summary>
    private static async Task<double> CostAsync(ServerProcess server, string address, string? etag, TimeSpan duration)
    {
        var before = server.ProcessorTime;
        var measured = await ClosedLoop.RunAsync(Clients, duration, _ => Task.FromResult<IClient>(new Reader(server.Url, address, etag)));
        return (server.ProcessorTime - before).TotalMicroseconds / measured.Latencies.Count;
    }

    private static async Task<(int Bytes, string ETag)> LookAsync(ServerProcess server, string address)
    {
        using var http = new HttpClient { BaseAddress = server.Url };
        using var response = await http.GetAsync(new Uri(address, UriKind.Relative));
        var body = await response.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync();
        return (body.Length, response.Headers.ETag!.ToString());
    }
}
