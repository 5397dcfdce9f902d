using System.Globalization;
using System.Security.Cryptography;
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
    public byte[] Open()
    {
        var output = new CommittedWriter();
        Write(output, isOpen: true);
        return output.Written.ToArray();
    }

    /// <summary>The entry of the ledger: SHA-256 over the canonical JSON with commitments in the place of texts.</summary>
    public byte[] Commitment()
    {
        var commitment = new byte[MerkleTree.HashSize];
        Commit(new CommittedWriter(), commitment);
        return commitment;
    }

    /// <summary>The same, in memory that is there already.</summary>
    public void Commit(CommittedWriter canonical, Span<byte> commitment)
    {
        canonical.Clear();
        Write(canonical, isOpen: false);
        SHA256.HashData(canonical.Written, commitment);
    }

    /// <summary>The commitment of an envelope that was given out as JSON.</summary>
    public static byte[] CommitmentOf(ReadOnlySpan<byte> envelope) => SHA256.HashData(CommittedJson.Bytes(envelope));

    /// <summary>In microseconds, because that is what the store keeps.</summary>
    public static string TimeText(DateTimeOffset time) => time.UtcDateTime.ToString(TimeForm, CultureInfo.InvariantCulture);

    private const string TimeForm = "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'";

    /// <summary>The members' names are in canonical order as they stand.</summary>
    private void Write(CommittedWriter output, bool isOpen)
    {
        output.Put("{"u8);
        Member(output, "actor", Actor);
        Member(output, "causation", Causation);
        Member(output, "correlation", Correlation);
        Json(output, "data"u8, Data.Span, isOpen);
        Json(output, "headers"u8, Headers.Span, isOpen);
        Span<byte> digits = stackalloc byte[64];
        Id.TryFormat(digits, out var length, "D");
        Member(output, "id"u8, digits[..length]);
        output.Put("\"position\":"u8);
        Position.TryFormat(digits, out length, default, CultureInfo.InvariantCulture);
        output.Put(digits[..length]);
        output.Put(","u8);
        Member(output, "stream", Stream);
        Time.UtcDateTime.TryFormat(digits, out length, TimeForm, CultureInfo.InvariantCulture);
        Member(output, "time"u8, digits[..length]);
        Member(output, "type", Type);
        output.Put("\"version\":"u8);
        Version.TryFormat(digits, out length, default, CultureInfo.InvariantCulture);
        output.Put(digits[..length]);
        output.Put("}"u8);
    }

    /// <summary>JSON as it is stored where it is told open, and its committed form where it is hashed.</summary>
    private static void Json(CommittedWriter output, ReadOnlySpan<byte> name, ReadOnlySpan<byte> json, bool isOpen)
    {
        output.Put("\""u8);
        output.Put(name);
        output.Put("\":"u8);
        if (isOpen)
        {
            output.Put(json);
        }
        else
        {
            output.Write(json);
        }
        output.Put(","u8);
    }

    /// <summary>What is not known is left out.</summary>
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
