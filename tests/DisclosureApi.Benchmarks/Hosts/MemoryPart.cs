using DisclosureApi.Benchmarks.Measuring;

namespace DisclosureApi.Benchmarks.Hosts;

/// <summary>(f) What the host's process takes of memory while 16 people write and 32 read.</summary>
internal static class MemoryPart
{
    private const int Writers = 16;
    private const int Readers = 32;
    private const double LimitInMegabytes = 300;

    public static async Task<IReadOnlyList<Comparison>> MeasureAsync(BenchmarkServer server, Plan plan)
    {
        await using var host = await BenchmarkHost.StartAsync(server, "memory_ours");
        var address = await host.PublishAsync(await host.RegisterAsync(1));
        var writing = ClosedLoop.RunAsync(Writers, plan.Load, async number => await DraftWriter.OpenAsync(host, 2 + number));
        var reading = ClosedLoop.RunAsync(Readers, plan.Load, _ => Task.FromResult<IClient>(new Reader(host.Process.Url, address, null)));
        var (written, read) = (await writing, await reading);
        var (now, most) = host.Process.Memory;
        return
        [
            Comparison.Figure("f", $"memory after {plan.Load.TotalSeconds:0} s, {Writers} writers, {Readers} readers", "MB", now, LimitInMegabytes),
            Comparison.Figure("f", "the most it ever was", "MB", most),
            Comparison.Figure("f", "drafts written meanwhile", "per second", written.PerSecond),
            Comparison.Figure("f", "reports read meanwhile", "per second", read.PerSecond),
        ];
    }
}
