using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Disclosure.Canonical;

namespace Disclosure.Ledger;

/// <summary>
/// All that is known of an event, as its entry in the ledger commits to it. THE NAMES AND FORMS ARE A STORAGE FORMAT:
/// receipts of decades hang on them.
/// </summary>
/// <param name="Headers">The JSON of the event's headers, with the event's own salt.</param>
/// <param name="Data">The JSON of the event itself, texts beside their salts.</param>
public sealed record Envelope(
    long Position, Guid Id, string Stream, long Version, string Type, DateTimeOffset Time, string? Correlation, string? Causation, string? Actor,
    ReadOnlyMemory<byte> Headers, ReadOnlyMemory<byte> Data)
{
    /// <summary>The JSON with members in canonical order and texts open, from which anyone can make the commitment.</summary>
    public byte[] Open() => Bytes();

    /// <summary>The entry of the ledger: SHA-256 over the canonical JSON with commitments in the place of texts.</summary>
    public byte[] Commitment()
    {
        var commitment = new byte[MerkleTree.HashSize];
        Commit(new CommittedWriter(), commitment);
        return commitment;
    }

    /// <summary>The same, in memory that is there already. The members' names are in canonical order as they stand.</summary>
    public void Commit(CommittedWriter canonical, Span<byte> commitment)
    {
        canonical.Clear();
        canonical.Put("{"u8);
        Member(canonical, "actor", Actor);
        Member(canonical, "causation", Causation);
        Member(canonical, "correlation", Correlation);
        canonical.Put("\"data\":"u8);
        canonical.Write(Data.Span);
        canonical.Put(",\"headers\":"u8);
        canonical.Write(Headers.Span);
        canonical.Put(","u8);
        Span<byte> digits = stackalloc byte[64];
        Id.TryFormat(digits, out var length, "D");
        Member(canonical, "id"u8, digits[..length]);
        canonical.Put("\"position\":"u8);
        Position.TryFormat(digits, out length, default, CultureInfo.InvariantCulture);
        canonical.Put(digits[..length]);
        canonical.Put(","u8);
        Member(canonical, "stream", Stream);
        Time.UtcDateTime.TryFormat(digits, out length, TimeForm, CultureInfo.InvariantCulture);
        Member(canonical, "time"u8, digits[..length]);
        Member(canonical, "type", Type);
        canonical.Put("\"version\":"u8);
        Version.TryFormat(digits, out length, default, CultureInfo.InvariantCulture);
        canonical.Put(digits[..length]);
        canonical.Put("}"u8);
        SHA256.HashData(canonical.Written, commitment);
    }

    /// <summary>The commitment of an envelope that was given out as JSON.</summary>
    public static byte[] CommitmentOf(ReadOnlySpan<byte> envelope) => SHA256.HashData(CommittedJson.Bytes(envelope));

    /// <summary>In microseconds, because that is what the store keeps.</summary>
    public static string TimeText(DateTimeOffset time) => time.UtcDateTime.ToString(TimeForm, CultureInfo.InvariantCulture);

    private const string TimeForm = "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'";

    private byte[] Bytes()
    {
        var output = new ArrayBufferWriter<byte>(Data.Length + 1024);
        output.Write("{"u8);
        Member(output, "actor", Actor);
        Member(output, "causation", Causation);
        Member(output, "correlation", Correlation);
        output.Write("\"data\":"u8);
        output.Write(Data.Span);
        output.Write(",\"headers\":"u8);
        output.Write(Headers.Span);
        output.Write(","u8);
        Member(output, "id", Id.ToString("D"));
        output.Write(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"\"position\":{Position},")));
        Member(output, "stream", Stream);
        Member(output, "time", TimeText(Time));
        Member(output, "type", Type);
        output.Write(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"\"version\":{Version}}}")));
        return output.WrittenSpan.ToArray();
    }

    /// <summary>What is not known is left out.</summary>
    private static void Member(ArrayBufferWriter<byte> output, string name, string? value)
    {
        if (value is not null)
        {
            output.Write(Encoding.UTF8.GetBytes($"\"{name}\":\"{JsonEncodedText.Encode(value)}\","));
        }
    }

    private static void Member(CommittedWriter canonical, string name, string? value)
    {
        if (value is not null)
        {
            canonical.PutText(name);
            canonical.Put(":"u8);
            canonical.PutText(value);
            canonical.Put(","u8);
        }
    }

    /// <summary>A value in which nothing needs an escape.</summary>
    private static void Member(CommittedWriter canonical, ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        canonical.Put("\""u8);
        canonical.Put(name);
        canonical.Put("\":\""u8);
        canonical.Put(value);
        canonical.Put("\","u8);
    }
}
