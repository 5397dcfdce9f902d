using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Disclosure.Canonical;

/// <summary>Strings of canonical JSON, as UTF-8: only quotation mark, backslash and control characters are escaped, each in one way.</summary>
internal static class CanonicalText
{
    private static readonly SearchValues<byte> _escaped = SearchValues.Create([.. Enumerable.Range(0, 32).Select(code => (byte)code), (byte)'"', (byte)'\\']);

    private const int MostOnStack = 512;

    private static readonly UTF8Encoding _strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Adds the string of these characters, in quotation marks. Half a character has no canonical form.</summary>
    public static void Write(ReadOnlySpan<char> text, ByteBuffer output)
    {
        var most = _strict.GetMaxByteCount(text.Length);
        Span<byte> bytes = most <= MostOnStack ? stackalloc byte[MostOnStack] : new byte[most];
        Write(bytes[.._strict.GetBytes(text, bytes)], output);
    }

    /// <summary>The same of characters that are UTF-8 already.</summary>
    public static void Write(ReadOnlySpan<byte> text, ByteBuffer output)
    {
        output.Put((byte)'"');
        for (var next = text.IndexOfAny(_escaped); next >= 0; next = text.IndexOfAny(_escaped))
        {
            output.Put(text[..next]);
            PutEscaped(text[next], output);
            text = text[(next + 1)..];
        }
        output.Put(text);
        output.Put((byte)'"');
    }

    /// <summary>Adds what a canonical string says, of which the quotation marks at both ends were taken off.</summary>
    public static void Unescape(ReadOnlySpan<byte> canonical, ByteBuffer output)
    {
        for (var next = canonical.IndexOf((byte)'\\'); next >= 0; next = canonical.IndexOf((byte)'\\'))
        {
            output.Put(canonical[..next]);
            var isCode = canonical[next + 1] == 'u';
            output.Put(isCode ? byte.Parse(canonical[(next + 4)..(next + 6)], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture) : Named(canonical[next + 1]));
            canonical = canonical[(next + (isCode ? 6 : 2))..];
        }
        output.Put(canonical);
    }

    /// <summary>By UTF-16 code units, as the scheme orders members. Both stand in their quotation marks.</summary>
    public static int Compare(ReadOnlySpan<byte> one, ReadOnlySpan<byte> other) => IsOrderedByBytes(one) && IsOrderedByBytes(other)
        ? one[1..^1].SequenceCompareTo(other[1..^1])
        : string.CompareOrdinal(JsonSerializer.Deserialize<string>(one), JsonSerializer.Deserialize<string>(other));

    /// <summary>Characters beyond U+FFFF come before some that their bytes come after, and an escape does not sort as what it stands for.</summary>
    private static bool IsOrderedByBytes(ReadOnlySpan<byte> quoted) => !quoted.ContainsAnyInRange((byte)0xEE, (byte)0xF4) && !quoted.Contains((byte)'\\');

    private static void PutEscaped(byte character, ByteBuffer output)
    {
        output.Put((byte)'\\');
        switch (character)
        {
            case (byte)'"' or (byte)'\\':
                output.Put(character);
                break;
            case (byte)'\b':
                output.Put((byte)'b');
                break;
            case (byte)'\f':
                output.Put((byte)'f');
                break;
            case (byte)'\n':
                output.Put((byte)'n');
                break;
            case (byte)'\r':
                output.Put((byte)'r');
                break;
            case (byte)'\t':
                output.Put((byte)'t');
                break;
            default:
                output.Put(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"u{(int)character:x4}")));
                break;
        }
    }

    private static byte Named(byte letter) => letter switch
    {
        (byte)'b' => (byte)'\b',
        (byte)'f' => (byte)'\f',
        (byte)'n' => (byte)'\n',
        (byte)'r' => (byte)'\r',
        (byte)'t' => (byte)'\t',
        _ => letter,
    };
}
