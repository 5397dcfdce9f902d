using System.Runtime.InteropServices;

namespace Disclosure.Statistics;

/// <summary>How values are spread: quantiles by linear interpolation between the two nearest (type 7 of Hyndman and Fan), half up to two decimals.</summary>
public sealed class Distribution
{
    /// <summary>Most bodies share their value with others, so each value is put in order once.</summary>
    private readonly Dictionary<decimal, int> _times = [];

    private (decimal Value, int UpTo)[]? _order;

    public int Count { get; private set; }

    public void Add(decimal value)
    {
        CollectionsMarshal.GetValueRefOrAddDefault(_times, value, out _)++;
        Count++;
        _order = null;
    }

    /// <summary>The value that a share of all lie below; null where there are none.</summary>
    public decimal? Quantile(int part, int of)
    {
        if (Count == 0)
        {
            return null;
        }
        var place = (decimal)(Count - 1) * part / of;
        var below = (int)decimal.Floor(place);
        var (low, high) = (At(below), At(Math.Min(below + 1, Count - 1)));
        return Rounding.TwoDecimals(low + (high - low) * (place - below));
    }

    /// <summary>The value at a place of the order, from zero.</summary>
    private decimal At(int place)
    {
        _order ??= Ordered();
        var (first, last) = (0, _order.Length - 1);
        while (first < last)
        {
            var middle = (first + last) / 2;
            (first, last) = _order[middle].UpTo > place ? (first, middle) : (middle + 1, last);
        }
        return _order[first].Value;
    }

    private (decimal Value, int UpTo)[] Ordered()
    {
        var values = _times.Keys.ToArray();
        Array.Sort(values);
        var upTo = 0;
        return Array.ConvertAll(values, value => (value, upTo += _times[value]));
    }
}
