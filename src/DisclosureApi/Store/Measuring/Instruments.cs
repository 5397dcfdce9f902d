using System.Diagnostics.Metrics;

namespace DisclosureApi.Store.Measuring;

/// <summary>
/// What this program measures of itself while it works. Operators' alarms are written against these names; OPERATIONS.md
/// tells what each means. Nobody who listens costs nothing.
/// </summary>
internal static class Instruments
{
    /// <summary>The meter's name, also of the meters on which each host tells how it stands.</summary>
    public const string Meter = "DisclosureApi";

    private static readonly Meter _meter = new(Meter);

    private static readonly double[] _seconds = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

    private static readonly Histogram<double> _appendDuration = _meter.CreateHistogram(
        "disclosure.append.duration", "s", "From standing in line to the answer, by outcome: stored, conflict, failed.",
        tags: null, advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = _seconds });

    private static readonly Histogram<int> _batchSize = _meter.CreateHistogram(
        "disclosure.append.batch.size", "{append}", "Appends that shared one transaction.",
        tags: null, advice: new InstrumentAdvice<int> { HistogramBucketBoundaries = [1, 2, 4, 8, 16, 32, 64, 128, 256, 500] });

    private static readonly Counter<long> _cacheRequests = _meter.CreateCounter<long>(
        "disclosure.cache.requests", "{request}", "Published reports asked for, by result: hit (from memory) or miss (from the database).");

    public static bool MeasureAppends => _appendDuration.Enabled;

    public static void Appended(TimeSpan took, string outcome) => _appendDuration.Record(took.TotalSeconds, new KeyValuePair<string, object?>("outcome", outcome));

    public static void Batched(int appends) => _batchSize.Record(appends);

    public static void Cached(bool isHit) => _cacheRequests.Add(1, new KeyValuePair<string, object?>("result", isHit ? "hit" : "miss"));
}
