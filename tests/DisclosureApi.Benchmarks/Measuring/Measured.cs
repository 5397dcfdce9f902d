namespace DisclosureApi.Benchmarks.Measuring;

/// <summary>What one measurement saw.</summary>
/// <param name="Latencies">Of each operation, in milliseconds, in rising order; empty where only the rate is known.</param>
internal sealed record Measured(double PerSecond, IReadOnlyList<double> Latencies)
{
    /// <summary>The latency in milliseconds that all but one in a hundred operations stay within.</summary>
    public double P99 => Latencies.Count == 0 ? double.NaN : Latencies[Math.Min(Latencies.Count - 1, (int)(Latencies.Count * 0.99))];

    public double P50 => Latencies.Count == 0 ? double.NaN : Latencies[Latencies.Count / 2];
}

/// <summary>Middle values, which a single disturbed round does not move.</summary>
internal static class Median
{
    public static double Of(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted.Count switch
        {
            0 => double.NaN,
            var count when count % 2 == 1 => sorted[count / 2],
            var count => (sorted[count / 2 - 1] + sorted[count / 2]) / 2,
        };
    }
}
