namespace DisclosureApi.Benchmarks.Measuring;

/// <summary>How long and how often is measured. Everything ends by itself after that.</summary>
/// <param name="Each">The length of one measurement.</param>
/// <param name="Rounds">How often ours and the baseline take turns; the median of the rounds counts, so that a neighbour's burst of work does not.</param>
internal sealed record Plan(TimeSpan Each, int Rounds)
{
    public TimeSpan WarmUp => Each / 2;
}
