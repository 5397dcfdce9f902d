using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Disclosure.Canonical;

/// <summary>
/// The JSON Canonicalization Scheme (RFC 8785): members sorted by UTF-16 code units, no white space, numbers as
/// ECMAScript prints them. Hashes run over these bytes, so the same values give the same hash whatever stored them.
/// </summary>
public static class CanonicalJson
{
    public static byte[] Bytes(JsonNode? node)
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        Write(buffer, node);
        return buffer.WrittenSpan.ToArray();
    }

    private static void Write(ArrayBufferWriter<byte> buffer, JsonNode? node)
    {
        switch (node)
        {
            case null:
                buffer.Write("null"u8);
                break;
            case JsonObject members:
                WriteObject(buffer, members);
                break;
            case JsonArray items:
                WriteArray(buffer, items);
                break;
            default:
                WriteScalar(buffer, node.AsValue());
                break;
        }
    }

    private static void WriteObject(ArrayBufferWriter<byte> buffer, JsonObject members)
    {
        buffer.Write("{"u8);
        var first = true;
        foreach (var (name, value) in members.OrderBy(member => member.Key, StringComparer.Ordinal))
        {
            if (!first)
            {
                buffer.Write(","u8);
            }
            first = false;
            WriteString(buffer, name);
            buffer.Write(":"u8);
            Write(buffer, value);
        }
        buffer.Write("}"u8);
    }

    private static void WriteArray(ArrayBufferWriter<byte> buffer, JsonArray items)
    {
        buffer.Write("["u8);
        for (var i = 0; i < items.Count; i++)
        {
            if (i > 0)
            {
                buffer.Write(","u8);
            }
            Write(buffer, items[i]);
        }
        buffer.Write("]"u8);
    }

    private static void WriteScalar(ArrayBufferWriter<byte> buffer, JsonValue value)
    {
        switch (value.GetValueKind())
        {
            case JsonValueKind.True:
                buffer.Write("true"u8);
                break;
            case JsonValueKind.False:
                buffer.Write("false"u8);
                break;
            case JsonValueKind.String:
                WriteString(buffer, value.GetValue<string>());
                break;
            case JsonValueKind.Number:
                buffer.Write(Encoding.ASCII.GetBytes(Number(double.Parse(value.ToJsonString(), CultureInfo.InvariantCulture))));
                break;
            default:
                throw new ArgumentException($"A {value.GetValueKind()} has no canonical form.", nameof(value));
        }
    }

    /// <summary>Number::toString of ECMAScript: shortest digits that read back the same, exponents only outside 1e-6 … 1e21.</summary>
    public static string Number(double value)
    {
        if (!double.IsFinite(value))
        {
            throw new ArgumentOutOfRangeException(nameof(value), "JSON has no infinity and no NaN.");
        }
        if (value == 0)
        {
            return "0";
        }
        // The shortest digits that read back the same; only how they are laid out differs from ECMAScript.
        var shortest = Math.Abs(value).ToString("R", CultureInfo.InvariantCulture).Split('E');
        var (whole, fraction) = shortest[0].Split('.') is [var before, var after] ? (before, after) : (shortest[0], "");
        var exponent = shortest.Length > 1 ? int.Parse(shortest[1], CultureInfo.InvariantCulture) : 0;
        var leading = (whole + fraction).Length - (whole + fraction).TrimStart('0').Length;
        return (value < 0 ? "-" : "") + Layout((whole + fraction).Trim('0'), whole.Length - leading + exponent);
    }

    /// <param name="digits">Without leading and trailing zeros.</param>
    /// <param name="point">How many of the digits stand before the decimal point; may be negative.</param>
    private static string Layout(string digits, int point) => point switch
    {
        > 21 or <= -6 => Exponential(digits, point - 1),
        <= 0 => "0." + new string('0', -point) + digits,
        _ when point >= digits.Length => digits + new string('0', point - digits.Length),
        _ => digits[..point] + "." + digits[point..],
    };

    private static string Exponential(string digits, int exponent) =>
        digits[..1] + (digits.Length > 1 ? "." + digits[1..] : "") + "e" + (exponent < 0 ? "-" : "+") + Math.Abs(exponent).ToString(CultureInfo.InvariantCulture);

    /// <summary>A number of the content. Nearly all are small counts, whose digits are canonical as they stand.</summary>
    internal static void WriteNumber(ArrayBufferWriter<byte> buffer, decimal value)
    {
        Span<byte> digits = stackalloc byte[MostDigitsAsTheyStand];
        if (value is >= 0 and < LeastBeyondThem && decimal.IsInteger(value) && ((long)value).TryFormat(digits, out var written, default, CultureInfo.InvariantCulture))
        {
            buffer.Write(digits[..written]);
            return;
        }
        buffer.Write(Encoding.ASCII.GetBytes(Number(double.Parse(value.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture))));
    }

    internal static void WriteString(ArrayBufferWriter<byte> buffer, string text)
    {
        buffer.Write("\""u8);
        var rest = text.AsSpan();
        for (var plain = rest.IndexOfAny(_escaped); plain >= 0; plain = rest.IndexOfAny(_escaped))
        {
            WriteUtf8(buffer, rest[..plain]);
            WriteEscape(buffer, rest[plain]);
            rest = rest[(plain + 1)..];
        }
        WriteUtf8(buffer, rest);
        buffer.Write("\""u8);
    }

    private static void WriteUtf8(ArrayBufferWriter<byte> buffer, ReadOnlySpan<char> text) =>
        buffer.Advance(StrictUtf8.GetBytes(text, buffer.GetSpan(StrictUtf8.GetMaxByteCount(text.Length))));

    private static void WriteEscape(ArrayBufferWriter<byte> buffer, char c) => buffer.Write(c switch
    {
        '"' => "\\\""u8,
        '\\' => "\\\\"u8,
        '\b' => "\\b"u8,
        '\f' => "\\f"u8,
        '\n' => "\\n"u8,
        '\r' => "\\r"u8,
        '\t' => "\\t"u8,
        _ => Encoding.ASCII.GetBytes($"\\u{(int)c:x4}"),
    });

    /// <summary>What stands escaped in a string: control characters, the quotation mark and the backslash.</summary>
    private static readonly SearchValues<char> _escaped = SearchValues.Create([.. Enumerable.Range(0, ' ').Select(code => (char)code), '"', '\\']);

    private const int MostDigitsAsTheyStand = 15;
    private const decimal LeastBeyondThem = 1_000_000_000_000_000m;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
}
