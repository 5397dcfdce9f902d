using System.Buffers;
using System.Runtime.CompilerServices;

namespace Disclosure.Statistics;

/// <summary>
/// Whole numbers in few bytes: most numbers of most reports are zero, so runs of zeros and of numbers not given take one
/// token, and others as many bytes as they need. Read models keep figures in this form; it is made anew with them. It is
/// compiled like <see cref="FigureSum"/>.
/// </summary>
internal static class PackedNumbers
{
    // The two low bits of a token tell what its other bits are.
    private const int Absent = 0;
    private const int Zeros = 1;
    private const int Value = 2;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static byte[] Pack(ReadOnlySpan<Int128?> numbers)
    {
        var bytes = new ArrayBufferWriter<byte>(256);
        for (var i = 0; i < numbers.Length;)
        {
            var number = numbers[i];
            if (number is { } value && value != 0)
            {
                Write(bytes, (ZigZag(value) << 2) | Value);
                i++;
                continue;
            }
            var start = i;
            while (i < numbers.Length && numbers[i] == number)
            {
                i++;
            }
            Write(bytes, ((UInt128)(i - start) << 2) | (number is null ? (UInt128)Absent : Zeros));
        }
        return bytes.WrittenSpan.ToArray();
    }

    /// <summary>Fills in the numbers given; what is not given is left as it is.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Read(ReadOnlySpan<byte> packed, Span<Int128?> numbers)
    {
        for (var (at, i) = (0, 0); at < packed.Length;)
        {
            var token = Next(packed, ref at);
            if (((int)token & 3) == Value)
            {
                numbers[i++] = UnZigZag(token >> 2);
                continue;
            }
            var run = (int)(token >> 2);
            if (((int)token & 3) == Zeros)
            {
                numbers.Slice(i, run).Fill(0);
            }
            i += run;
        }
    }

    /// <summary>Fills in the numbers at these places, in rising order, and looks no farther than the last of them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Read(ReadOnlySpan<byte> packed, ReadOnlySpan<int> places, Span<Int128?> numbers)
    {
        for (var (at, from, next) = (0, 0, 0); next < places.Length && at < packed.Length;)
        {
            var token = Next(packed, ref at);
            var kind = (int)token & 3;
            var to = from + (kind == Value ? 1 : (int)(token >> 2));
            for (; next < places.Length && places[next] < to; next++)
            {
                numbers[places[next]] = kind switch { Value => UnZigZag(token >> 2), Zeros => 0, _ => null };
            }
            from = to;
        }
    }

    /// <summary>Adds each number to that at its place, a number of times.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddTo(Span<Int128> numbers, ReadOnlySpan<byte> packed, int times)
    {
        for (var (at, i) = (0, 0); at < packed.Length;)
        {
            var token = Next(packed, ref at);
            if (((int)token & 3) == Value)
            {
                numbers[i++] += UnZigZag(token >> 2) * times;
            }
            else
            {
                i += (int)(token >> 2);
            }
        }
    }

    private static UInt128 ZigZag(Int128 value) => (UInt128)((value << 1) ^ (value >> 127));

    private static Int128 UnZigZag(UInt128 value) => (Int128)(value >> 1) ^ -(Int128)(value & 1);

    private static void Write(ArrayBufferWriter<byte> bytes, UInt128 token)
    {
        for (; token >= 0x80; token >>= 7)
        {
            bytes.Write([(byte)((byte)token | 0x80)]);
        }
        bytes.Write([(byte)token]);
    }

    private static UInt128 Next(ReadOnlySpan<byte> packed, ref int at)
    {
        // Nearly all tokens are short, and arithmetic of 64 bits is several times as fast.
        var (low, shift) = (0UL, 0);
        while (shift < 56)
        {
            var part = packed[at++];
            low |= (ulong)(part & 0x7F) << shift;
            if (part < 0x80)
            {
                return low;
            }
            shift += 7;
        }
        UInt128 token = low;
        for (; ; shift += 7)
        {
            var part = packed[at++];
            token |= (UInt128)(part & 0x7F) << shift;
            if (part < 0x80)
            {
                return token;
            }
        }
    }
}
