namespace DisclosureApi.Benchmarks.Measuring;

/// <summary>How long and how often is measured. Everything ends by itself after that.</summary>
/// <param name="Each">The length of one measurement.</param>
/// <param name="Rounds">How often ours and the baseline take turns; the median of the rounds counts, so that a neighbour's burst of work does not.</param>
/// <param name="Events">How many events the store holds that the whole trail is measured on.</param>
/// <param name="Reports">How many reports the store holds that questions about all of them are measured on.</param>
/// <param name="Load">How long the host stands under load before its memory is looked at.</param>
internal sealed record Plan(TimeSpan Each, int Rounds, TimeSpan Load, int Events, int Reports)
{
    public TimeSpan WarmUp => Each / 2;
}
