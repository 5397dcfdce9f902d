using System.Collections;
using Disclosure.Formats;

namespace Disclosure.Contents;

/// <summary>
/// The numbers of a report by their cells, which never change: whoever wants others gets others. Each stands at its cell's
/// index among all that there are, because every rule looks numbers up, every save compares and hashes them all, and a
/// draft changes few of them.
/// </summary>
public sealed class CellValues : IEnumerable<KeyValuePair<CellAddress, decimal>>
{
    private readonly decimal[] _numbers;
    private readonly bool[] _areGiven;

    private CellValues(decimal[] numbers, bool[] areGiven) =>
        (_numbers, _areGiven, Count) = (numbers, areGiven, areGiven.AsSpan().Count(true));

    public static CellValues Empty { get; } = new(new decimal[KnownFormats.Cells.Count], new bool[KnownFormats.Cells.Count]);

    public int Count { get; }

    /// <summary>The cells that have a number, in the order of their pointers.</summary>
    public IEnumerable<CellAddress> Keys => this.Select(cell => cell.Key);

    /// <summary>These numbers, each in a cell of its own.</summary>
    /// <exception cref="ArgumentException">Two of them are in one cell.</exception>
    public static CellValues Of(IEnumerable<KeyValuePair<CellAddress, decimal>> values)
    {
        var (builder, count) = (new Builder(Empty), 0);
        foreach (var (address, value) in values)
        {
            builder.Set(Index(address), value);
            count++;
        }
        return builder.Values() is var all && all.Count == count ? all : throw new ArgumentException("Two numbers are in one cell.", nameof(values));
    }

    /// <exception cref="KeyNotFoundException">There is no number in this cell.</exception>
    public decimal this[CellAddress address] => TryGetValue(address, out var value) ? value : throw new KeyNotFoundException($"{address} has no number.");

    /// <summary>The number of the cell with this index, if it is given; −1 stands for what is no cell, and has none.</summary>
    public decimal? At(int index) => index >= 0 && _areGiven[index] ? _numbers[index] : null;

    public bool TryGetValue(CellAddress address, out decimal value)
    {
        var number = At(KnownFormats.IndexOf(address));
        value = number ?? 0;
        return number is not null;
    }

    public bool ContainsKey(CellAddress address) => TryGetValue(address, out _);

    /// <summary>How many numbers a table has.</summary>
    public int CountOf(string table) => _areGiven.AsSpan(KnownFormats.RangeOf(table)).Count(true);

    /// <summary>The indices of the cells whose numbers not every column of every form allows; of nearly all reports there are few.</summary>
    internal IReadOnlyList<int> Unusual()
    {
        var unusual = new List<int>();
        for (var i = 0; i < _numbers.Length; i++)
        {
            if (_areGiven[i] && !CellNumber.FitsAnywhere(_numbers[i]))
            {
                unusual.Add(i);
            }
        }
        return unusual;
    }

    /// <summary>What these cells add up to; null where one of them is not given, or is no cell.</summary>
    internal decimal? Sum(int[] indices)
    {
        var sum = 0m;
        foreach (var index in indices)
        {
            if (index < 0 || !_areGiven[index])
            {
                return null;
            }
            sum += _numbers[index];
        }
        return sum;
    }

    /// <summary>Whether each of these cells has a number.</summary>
    internal bool HasAll(IReadOnlyList<int> indices)
    {
        for (var i = 0; i < indices.Count; i++)
        {
            if (!_areGiven[indices[i]])
            {
                return false;
            }
        }
        return true;
    }

    /// <summary>These numbers with one more, or another in its cell.</summary>
    public CellValues With(CellAddress address, decimal value) => After([(Index(address), value)]);

    /// <summary>These numbers after some changes, in one copy; null empties the cell with the index.</summary>
    public CellValues After(IEnumerable<(int Index, decimal? Value)> changes)
    {
        var builder = new Builder(this);
        foreach (var (index, value) in changes)
        {
            builder.Set(index, value);
        }
        return builder.Values();
    }

    /// <summary>These numbers without those of some cells.</summary>
    public CellValues Without(params IEnumerable<CellAddress> addresses) => After(addresses.Select(address => (Index(address), (decimal?)null)));

    public IEnumerator<KeyValuePair<CellAddress, decimal>> GetEnumerator()
    {
        for (var i = 0; i < _numbers.Length; i++)
        {
            if (_areGiven[i])
            {
                yield return KeyValuePair.Create(KnownFormats.Cells[i].Address, _numbers[i]);
            }
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private static int Index(CellAddress address) =>
        KnownFormats.IndexOf(address) is >= 0 and var index ? index : throw new InvalidOperationException($"A number stands at {address}, which is no cell of any form.");

    /// <summary>Numbers that may still change, begun with those of others.</summary>
    internal sealed class Builder(CellValues from)
    {
        private readonly decimal[] _numbers = [.. from._numbers];
        private readonly bool[] _areGiven = [.. from._areGiven];

        /// <summary>Null empties the cell.</summary>
        public void Set(int index, decimal? value) => (_numbers[index], _areGiven[index]) = (value ?? 0, value is not null);

        /// <summary>The numbers. The builder gives them away: nothing is set after this.</summary>
        public CellValues Values() => new(_numbers, _areGiven);
    }
}
