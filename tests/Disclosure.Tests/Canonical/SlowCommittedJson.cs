using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Disclosure.Canonical;

namespace Disclosure.Tests.Canonical;

/// <summary>The committed form by its plain definition, an object at a time, to hold the fast one against.</summary>
internal static class SlowCommittedJson
{
    private const int MostDigitsCopied = 15;
    private static readonly JsonReaderOptions _options = new() { MaxDepth = 64, AllowMultipleValues = false };

    public static byte[] Bytes(ReadOnlySpan<byte> json)
    {
        var output = new ArrayBufferWriter<byte>(json.Length);
        Write(json, output);
        return output.WrittenSpan.ToArray();
    }

    /// <exception cref="JsonException">It is no JSON, or an object has a member twice.</exception>
    public static void Write(ReadOnlySpan<byte> json, ArrayBufferWriter<byte> output)
    {
        var reader = new Utf8JsonReader(json, _options);
        reader.Read();
        WriteValue(ref reader, output);
        if (reader.Read())
        {
            throw new JsonException("More than one value stands where one is expected.");
        }
    }

    private static void WriteValue(ref Utf8JsonReader reader, ArrayBufferWriter<byte> output)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                WriteObject(ref reader, output);
                break;
            case JsonTokenType.StartArray:
                WriteArray(ref reader, output);
                break;
            case JsonTokenType.String:
                WriteString(ref reader, output);
                break;
            case JsonTokenType.Number:
                WriteNumber(reader.ValueSpan, output);
                break;
            default:
                output.Write(reader.ValueSpan);
                break;
        }
    }

    private static void WriteArray(ref Utf8JsonReader reader, ArrayBufferWriter<byte> output)
    {
        output.Write("["u8);
        for (var first = true; reader.Read() && reader.TokenType != JsonTokenType.EndArray; first = false)
        {
            if (!first)
            {
                output.Write(","u8);
            }
            WriteValue(ref reader, output);
        }
        output.Write("]"u8);
    }

    /// <summary>Members are written as they come, one after another, and then put in order.</summary>
    private static void WriteObject(ref Utf8JsonReader reader, ArrayBufferWriter<byte> output)
    {
        var members = new List<Member>();
        var scratch = new ArrayBufferWriter<byte>(256);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var (name, at) = (reader.GetString()!, scratch.WrittenCount);
            WriteString(ref reader, scratch);
            scratch.Write(":"u8);
            var value = scratch.WrittenCount;
            reader.Read();
            WriteValue(ref reader, scratch);
            members.Add(new Member(name, at, value, scratch.WrittenCount));
        }
        if (Commitment(members, scratch.WrittenSpan) is { } commitment)
        {
            output.Write(CanonicalJson.Bytes(JsonValue.Create(commitment)));
            return;
        }
        members.Sort(static (one, other) => string.CompareOrdinal(one.Name, other.Name));
        output.Write("{"u8);
        for (var i = 0; i < members.Count; i++)
        {
            if (i > 0)
            {
                if (members[i].Name == members[i - 1].Name)
                {
                    throw new JsonException($"An object has the member {members[i].Name} twice.");
                }
                output.Write(","u8);
            }
            output.Write(scratch.WrittenSpan[members[i].From..members[i].To]);
        }
        output.Write("}"u8);
    }

    private static string? Commitment(List<Member> members, ReadOnlySpan<byte> written)
    {
        if (members.Count is not (1 or 2))
        {
            return null;
        }
        var (text, salt, commitment) = (Text(members, "text", written), Text(members, "salt", written), Text(members, "commitment", written));
        return commitment is not null && (members.Count == 1 || text is not null) ? commitment
            : text is not null && salt is { Length: 32 } && IsHexadecimal(salt) ? new CommittedText(text, salt).Commitment
            : null;
    }

    private static string? Text(List<Member> members, string name, ReadOnlySpan<byte> written)
    {
        foreach (var member in members)
        {
            if (member.Name == name && written[member.Value] == '"')
            {
                var reader = new Utf8JsonReader(written[member.Value..member.To], _options);
                reader.Read();
                return reader.GetString();
            }
        }
        return null;
    }

    private static bool IsHexadecimal(string text) => text.All(char.IsAsciiHexDigitLower);

    private static void WriteString(ref Utf8JsonReader reader, ArrayBufferWriter<byte> output)
    {
        if (reader.ValueIsEscaped)
        {
            output.Write(CanonicalJson.Bytes(JsonValue.Create(reader.GetString()!)));
            return;
        }
        output.Write("\""u8);
        output.Write(reader.ValueSpan);
        output.Write("\""u8);
    }

    private static void WriteNumber(ReadOnlySpan<byte> digits, ArrayBufferWriter<byte> output)
    {
        // Nearly all numbers are small counts, which are canonical as they stand.
        if (digits.Length <= MostDigitsCopied && !digits.ContainsAnyExceptInRange((byte)'0', (byte)'9'))
        {
            output.Write(digits);
            return;
        }
        output.Write(Encoding.ASCII.GetBytes(CanonicalJson.Number(double.Parse(digits, CultureInfo.InvariantCulture))));
    }

    /// <summary>Where a member stands: its name from From, its value from Value, and its end.</summary>
    private readonly record struct Member(string Name, int From, int Value, int To);
}
