using System.Buffers;
using System.Runtime.CompilerServices;

namespace Disclosure.Statistics;

/// <summary>
/// Reports added up: how many there are, each slot's sum and how many give it, and for each indicator both sums over the
/// reports that give all its cells. Everything in it is a sum, so that parts may be added to it and taken away again.
/// What is done for every report is compiled as well as can be from its first call on: a host that has just started adds up
/// tens of thousands of reports before the runtime finds out by itself that it would be worth it, and takes four times as long.
/// </summary>
public sealed class FigureSum
{
    private static readonly int _slots = FigureSlots.All.Count;
    private static readonly int _rates = RatePlaces.All.Count;
    private static readonly int _given = 2 + _slots;
    private static readonly int _firstRate = _given + _slots;

    private static readonly int _length = _firstRate + 3 * _rates;

    private readonly Int128[] _numbers = new Int128[_length];

    /// <summary>What one takes of memory.</summary>
    public static int Bytes => 16 * _length;

    /// <summary>Reports that are public.</summary>
    public long Reports => (long)_numbers[0];

    /// <summary>Of these, such as were owed.</summary>
    public long Owed => (long)_numbers[1];

    public bool IsEmpty => _numbers.AsSpan().IndexOfAnyExcept((Int128)0) < 0;

    public Int128 Units(FigureSlot slot) => _numbers[2 + slot.Index];

    /// <summary>How many reports give the slot.</summary>
    public long Given(FigureSlot slot) => (long)_numbers[_given + slot.Index];

    public Rate Rate(RatePlace place)
    {
        var at = _firstRate + 3 * place.Index;
        return new Rate(_numbers[at], _numbers[at + 1], _numbers[at + 2]);
    }

    /// <param name="times">1 to add the report, -1 to take it away.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Add(FigureVector report, bool isOwed, int times = 1)
    {
        _numbers[0] += times;
        _numbers[1] += isOwed ? times : 0;
        for (var slot = 0; slot < _slots; slot++)
        {
            if (report[slot] is { } units)
            {
                _numbers[2 + slot] += units * times;
                _numbers[_given + slot] += times;
            }
        }
        foreach (var place in RatePlaces.All)
        {
            if (place.Of(report) is var (numerator, denominator))
            {
                var at = _firstRate + 3 * place.Index;
                _numbers[at] += numerator * times;
                _numbers[at + 1] += denominator * times;
                _numbers[at + 2] += times;
            }
        }
    }

    /// <summary>Adds what was packed.</summary>
    public void Add(ReadOnlySpan<byte> packed) => PackedNumbers.AddTo(_numbers, packed, 1);

    public void Clear() => Array.Clear(_numbers);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public byte[] Pack()
    {
        var numbers = ArrayPool<Int128?>.Shared.Rent(_length);
        for (var i = 0; i < _length; i++)
        {
            numbers[i] = _numbers[i];
        }
        var packed = PackedNumbers.Pack(numbers.AsSpan(0, _length));
        ArrayPool<Int128?>.Shared.Return(numbers);
        return packed;
    }
}
