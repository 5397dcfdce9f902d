namespace DisclosureApi.Benchmarks.Measuring;

/// <summary>What a ratio of ours to the baseline should be.</summary>
internal sealed record Wanted(double Ratio, bool IsLeast)
{
    public static Wanted AtLeast(double ratio) => new(ratio, true);

    public static Wanted AtMost(double ratio) => new(ratio, false);

    public bool IsMetBy(double ratio) => IsLeast ? ratio >= Ratio : ratio <= Ratio;

    public override string ToString() => $"{(IsLeast ? "≥" : "≤")} {Ratio:0.##}";
}

/// <summary>One line of the table: ours beside its baseline, from the same run.</summary>
/// <param name="Part">The letter that <c>--only</c> knows.</param>
/// <param name="Baseline">Null where a figure stands for itself; then ours is what is wanted a ratio of to <paramref name="Unit"/>.</param>
/// <param name="Wanted">Null where the line is told for orientation.</param>
internal sealed record Comparison(string Part, string What, string Against, string Unit, double Ours, double? Baseline, double Ratio, Wanted? Wanted)
{
    public bool? Holds => Wanted?.IsMetBy(Ratio);

    /// <summary>Of rounds in which ours and the baseline took turns: the median of each, and the median of the rounds' ratios.</summary>
    public static Comparison Of(
        string part, string what, string against, string unit, IReadOnlyList<(double Ours, double Baseline)> rounds, Wanted? wanted) => new(
        part, what, against, unit,
        Median.Of(rounds.Select(round => round.Ours)),
        Median.Of(rounds.Select(round => round.Baseline)),
        Median.Of(rounds.Select(round => round.Ours / round.Baseline)),
        wanted);

    /// <summary>A figure by itself, with the limit it has to keep.</summary>
    public static Comparison Figure(string part, string what, string unit, double ours, double? limit = null) => new(
        part, what, limit is null ? "" : $"at most {limit:0}", unit, ours, limit, limit is { } most ? ours / most : double.NaN, limit is null ? null : Wanted.AtMost(1));
}
