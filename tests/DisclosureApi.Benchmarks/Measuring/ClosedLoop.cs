using System.Diagnostics;

namespace DisclosureApi.Benchmarks.Measuring;

/// <summary>Something that one client does again and again.</summary>
internal interface IClient : IAsyncDisposable
{
    Task StepAsync();
}

/// <summary>Clients that ask again as soon as they are answered, for a set time.</summary>
internal static class ClosedLoop
{
    /// <param name="open">Makes the client of this number ready; its time does not count.</param>
    public static async Task<Measured> RunAsync(int clients, TimeSpan duration, Func<int, Task<IClient>> open)
    {
        var opened = new List<IClient>();
        try
        {
            for (var number = 0; number < clients; number++)
            {
                opened.Add(await open(number));
            }
            var clock = Stopwatch.StartNew();
            var latencies = await Task.WhenAll(opened.Select(client => Task.Run(() => RepeatAsync(client, clock, duration))));
            var elapsed = clock.Elapsed;
            var all = latencies.SelectMany(one => one).Order().ToList();
            return new Measured(all.Count / elapsed.TotalSeconds, all);
        }
        finally
        {
            foreach (var client in opened)
            {
                await client.DisposeAsync();
            }
        }
    }

    private static async Task<List<double>> RepeatAsync(IClient client, Stopwatch clock, TimeSpan duration)
    {
        var latencies = new List<double>(10_000);
        while (clock.Elapsed < duration)
        {
            var asked = Stopwatch.GetTimestamp();
            await client.StepAsync();
            latencies.Add(Stopwatch.GetElapsedTime(asked).TotalMilliseconds);
        }
        return latencies;
    }
}
