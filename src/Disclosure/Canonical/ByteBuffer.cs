namespace Disclosure.Canonical;

/// <summary>Bytes that grow at their end and can be cut there again.</summary>
internal sealed class ByteBuffer(int capacity)
{
    private byte[] _bytes = new byte[capacity];

    public int Count { get; private set; }

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Count);

    public void Clear() => Count = 0;

    public void Cut(int count) => Count = count;

    /// <summary>Room for so many bytes; they count once <see cref="Advance"/> says so.</summary>
    public Span<byte> Free(int size)
    {
        if (_bytes.Length - Count < size)
        {
            Array.Resize(ref _bytes, Math.Max(2 * _bytes.Length, Count + size));
        }
        return _bytes.AsSpan(Count);
    }

    public void Advance(int count) => Count += count;

    public void Put(byte value)
    {
        Free(1)[0] = value;
        Count++;
    }

    public void Put(ReadOnlySpan<byte> values)
    {
        values.CopyTo(Free(values.Length));
        Count += values.Length;
    }

    public void PutQuoted(ReadOnlySpan<byte> values)
    {
        var free = Free(values.Length + 2);
        free[0] = (byte)'"';
        values.CopyTo(free[1..]);
        free[values.Length + 1] = (byte)'"';
        Count += values.Length + 2;
    }
}
