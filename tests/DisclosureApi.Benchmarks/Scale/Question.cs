namespace DisclosureApi.Benchmarks.Scale;

/// <summary>What is asked, again and again with other words.</summary>
/// <param name="Limit">Milliseconds that all but one in a hundred answers stay within; null where a line is told for orientation.</param>
/// <param name="IsFlat">Whether it may not cost twice as much on ten times as many reports.</param>
/// <param name="Addresses">Each is asked once, in this order.</param>
internal sealed record Question(string What, double? Limit, bool IsFlat, IReadOnlyList<string> Addresses);
