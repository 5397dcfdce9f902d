namespace Disclosure.Statistics;

/// <summary>A share of cases. Over nothing there is none: neither 0 % nor 100 %.</summary>
/// <param name="Assessed">How many reports it is made of.</param>
public sealed record Rate(Int128 Numerator, Int128 Denominator, Int128 Assessed)
{
    /// <summary>Below so many cases a share says little, and bodies are not ranked by it.</summary>
    public const int FewestCases = 30;

    /// <summary>In percent, half up to two decimals; null over zero.</summary>
    public decimal? Percent => Denominator <= 0 ? null : Rounding.Percent(Numerator, Denominator);

    public bool IsOfLowReliability => Denominator < FewestCases;
}

/// <summary>Halves go away from zero (四舍五入), on exact whole numbers, so that nothing is rounded twice.</summary>
public static class Rounding
{
    /// <summary>A share in percent with two decimals.</summary>
    public static decimal Percent(Int128 numerator, Int128 denominator)
    {
        var (sign, scaled) = (numerator < 0 ? -1 : 1, Int128.Abs(numerator) * 10_000);
        return sign * (decimal)((2 * scaled + denominator) / (2 * denominator)) / 100m;
    }

    public static decimal TwoDecimals(decimal value) => decimal.Round(value, 2, MidpointRounding.AwayFromZero);
}
