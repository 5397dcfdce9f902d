using System.Diagnostics;
using Disclosure.Reports;
using DisclosureApi.Benchmarks.Measuring;
using DisclosureApi.Store;
using DisclosureApi.Store.Following;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace DisclosureApi.Benchmarks.Core;

/// <summary>How long after its writer was answered another host hears of an event, on a store where nothing else happens.</summary>
internal static class FollowingPart
{
    private const int Events = 200;
    private const double MostMilliseconds = 20;
    private static readonly Provenance Someone = new("p_0123456789abcdef01234567", "submitter", null, "benchmarks", "0HN0123456789:00000001");

    public static async Task<Comparison> MeasureAsync(NpgsqlDataSource serving, EventStore store, Plan plan)
    {
        using var follower = new Follower(new WholeDatabase(serving), TimeProvider.System, NullLogger<Follower>.Instance);
        var heard = new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously);
        follower.Changed = _ => heard.TrySetResult(Stopwatch.GetTimestamp());
        await follower.StartAsync(CancellationToken.None);
        await follower.Started;
        var lags = new List<double>();
        for (var version = 0; version < Events * plan.Rounds; version++)
        {
            heard = new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously);
            var append = new Append("following", "report", version, [new ReportEvent.DraftDiscarded()], Someone, null, _ => []);
            await store.AppendAsync(append, CancellationToken.None);
            var answered = Stopwatch.GetTimestamp();
            lags.Add(Math.Max(0, Stopwatch.GetElapsedTime(answered, await heard.Task).TotalMilliseconds));
        }
        await follower.StopAsync(CancellationToken.None);
        return Comparison.Figure("e", "another host hears of an event, p50", "ms", Median.Of(lags), MostMilliseconds);
    }
}
