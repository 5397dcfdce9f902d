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
    private const int MostDigitsCopied = 15;

    public static byte[] Bytes(JsonNode? node)
    {
        var buffer = new ByteBuffer(4096);
        Write(buffer, node);
        return buffer.Written.ToArray();
    }

    private static void Write(ByteBuffer buffer, JsonNode? node)
    {
        switch (node)
        {
            case null:
                buffer.Put("null"u8);
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

    private static void WriteObject(ByteBuffer buffer, JsonObject members)
    {
        buffer.Put("{"u8);
        var first = true;
        foreach (var (name, value) in members.OrderBy(member => member.Key, StringComparer.Ordinal))
        {
            if (!first)
            {
                buffer.Put(","u8);
            }
            first = false;
            CanonicalText.Write(name, buffer);
            buffer.Put(":"u8);
            Write(buffer, value);
        }
        buffer.Put("}"u8);
    }

    private static void WriteArray(ByteBuffer buffer, JsonArray items)
    {
        buffer.Put("["u8);
        for (var i = 0; i < items.Count; i++)
        {
            if (i > 0)
            {
                buffer.Put(","u8);
            }
            Write(buffer, items[i]);
        }
        buffer.Put("]"u8);
    }

    private static void WriteScalar(ByteBuffer buffer, JsonValue value)
    {
        switch (value.GetValueKind())
        {
            case JsonValueKind.True:
                buffer.Put("true"u8);
                break;
            case JsonValueKind.False:
                buffer.Put("false"u8);
                break;
            case JsonValueKind.String:
                CanonicalText.Write(value.GetValue<string>(), buffer);
                break;
            case JsonValueKind.Number:
                WriteNumber(Encoding.ASCII.GetBytes(value.ToJsonString()), buffer);
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

    /// <summary>Adds the canonical form of a number that is written in any.</summary>
    internal static void WriteNumber(ReadOnlySpan<byte> digits, ByteBuffer output) =>
        // Nearly all numbers are small counts, which are canonical as they stand.
        output.Put(digits.Length <= MostDigitsCopied && !digits.ContainsAnyExceptInRange((byte)'0', (byte)'9')
            ? digits
            : Encoding.ASCII.GetBytes(Number(double.Parse(digits, CultureInfo.InvariantCulture))));
}
