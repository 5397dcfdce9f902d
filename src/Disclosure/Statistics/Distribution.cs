namespace Disclosure.Statistics;

/// <summary>How values are spread: quantiles by linear interpolation between the two nearest (type 7 of Hyndman and Fan), half up to two decimals.</summary>
public sealed class Distribution
{
    private readonly decimal[] _values;

    public Distribution(IEnumerable<decimal> values)
    {
        _values = [.. values];
        Array.Sort(_values);
    }

    public int Count => _values.Length;

    public decimal? Median => Quantile(1, 2);

    /// <summary>The value that a share of all lie below; null where there are none.</summary>
    public decimal? Quantile(int part, int of)
    {
        if (_values.Length == 0)
        {
            return null;
        }
        var place = (decimal)(_values.Length - 1) * part / of;
        var below = (int)decimal.Floor(place);
        var above = Math.Min(below + 1, _values.Length - 1);
        return Rounding.TwoDecimals(_values[below] + (_values[above] - _values[below]) * (place - below));
    }
}
