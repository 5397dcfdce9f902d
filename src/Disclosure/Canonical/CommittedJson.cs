using System.Text.Json;

namespace Disclosure.Canonical;

/// <summary>
/// Canonical JSON (RFC 8785) of UTF-8 bytes, in which a commitment stands in the place of each text that was committed to:
/// an object of exactly <c>text</c> and <c>salt</c> becomes SHA-256(salt ‖ text) as a string of hexadecimal digits, and one
/// that holds a <c>commitment</c>, because the salt is withheld, becomes that. Hashes made over it outlive the text.
/// </summary>
public static class CommittedJson
{
    /// <exception cref="JsonException">It is no JSON, or an object has a member twice.</exception>
    public static byte[] Bytes(ReadOnlySpan<byte> json)
    {
        var writer = new CommittedWriter();
        writer.Write(json);
        return writer.Written.ToArray();
    }
}
