using System.Collections;
using Disclosure.Formats;

namespace Disclosure.Contents;

/// <summary>
/// The numbers of a report by their cells, which never change: whoever wants others gets others. Every rule looks them up
/// and a draft changes few of them, so that they are quick to read and are copied when they change.
/// </summary>
public sealed class CellValues : IEnumerable<KeyValuePair<CellAddress, decimal>>
{
    private readonly Dictionary<CellAddress, decimal> _values;

    private CellValues(Dictionary<CellAddress, decimal> values) => _values = values;

    public static CellValues Empty { get; } = new([]);

    public int Count => _values.Count;

    public IReadOnlyCollection<CellAddress> Keys => _values.Keys;

    /// <summary>These numbers, each in a cell of its own.</summary>
    public static CellValues Of(IEnumerable<KeyValuePair<CellAddress, decimal>> values) => new(new Dictionary<CellAddress, decimal>(values));

    /// <exception cref="KeyNotFoundException">There is no number in this cell.</exception>
    public decimal this[CellAddress address] => _values[address];

    public bool TryGetValue(CellAddress address, out decimal value) => _values.TryGetValue(address, out value);

    public bool ContainsKey(CellAddress address) => _values.ContainsKey(address);

    /// <summary>How many numbers a table has.</summary>
    public int CountOf(string table)
    {
        var count = 0;
        foreach (var (address, _) in _values)
        {
            count += address.Table == table ? 1 : 0;
        }
        return count;
    }

    /// <summary>These numbers with one more, or another in its cell.</summary>
    public CellValues With(CellAddress address, decimal value) => new(new Dictionary<CellAddress, decimal>(_values) { [address] = value });

    /// <summary>These numbers after some changes, in one copy; null empties a cell.</summary>
    public CellValues After(IEnumerable<(CellAddress Address, decimal? Value)> changes)
    {
        var cells = new Dictionary<CellAddress, decimal>(_values);
        foreach (var (address, value) in changes)
        {
            if (value is { } number)
            {
                cells[address] = number;
            }
            else
            {
                cells.Remove(address);
            }
        }
        return new CellValues(cells);
    }

    /// <summary>These numbers without those of some cells.</summary>
    public CellValues Without(params IEnumerable<CellAddress> addresses)
    {
        var rest = new Dictionary<CellAddress, decimal>(_values);
        foreach (var address in addresses)
        {
            rest.Remove(address);
        }
        return new CellValues(rest);
    }

    public Dictionary<CellAddress, decimal>.Enumerator GetEnumerator() => _values.GetEnumerator();

    IEnumerator<KeyValuePair<CellAddress, decimal>> IEnumerable<KeyValuePair<CellAddress, decimal>>.GetEnumerator() => GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
