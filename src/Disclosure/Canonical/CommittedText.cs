using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;

namespace Disclosure.Canonical;

/// <summary>
/// A text as events keep it: beside a salt of its own, so that hashes can run over the commitment instead of the text.
/// A text that the law orders to be removed can then go without breaking a single hash made before: what is left is its
/// commitment and the text that is shown in its place.
/// </summary>
/// <param name="Salt">128 random bits as 32 lower-case hexadecimal digits; null once the text was removed.</param>
public sealed record CommittedText(string Text, string? Salt)
{
    // No part of the value: it is worked out once, because every save of a draft hashes the commitments of all texts, most of which stay.
    private string? _commitment;

    /// <summary>A copy that is going to differ commits to something else.</summary>
    private CommittedText(CommittedText original) => (Text, Salt, Removed) = (original.Text, original.Salt, original.Removed);

    /// <summary>The commitment to the text that stood here, in its place. THE JSON NAME IS A STORAGE FORMAT.</summary>
    [JsonPropertyName("commitment")]
    public string? Removed { get; init; }

    /// <summary>SHA-256 over the 16 bytes of the salt followed by the text in UTF-8, as lower-case hexadecimal digits.</summary>
    [JsonIgnore]
    public string Commitment => _commitment ??= Removed ?? Convert.ToHexStringLower(SHA256.HashData([.. Convert.FromHexString(Salt!), .. Encoding.UTF8.GetBytes(Text)]));

    public bool Equals(CommittedText? other) => other is not null && Text == other.Text && Salt == other.Salt && Removed == other.Removed;

    public override int GetHashCode() => HashCode.Combine(Text, Salt, Removed);

    private static readonly SearchValues<byte> _digits = SearchValues.Create("0123456789abcdef"u8);

    internal const int SaltSize = 16;

    /// <summary>Of a commitment as it is written.</summary>
    internal const int CommitmentSize = 2 * SHA256.HashSizeInBytes;

    /// <summary>Whether these are the digits of a salt.</summary>
    internal static bool IsSalt(ReadOnlySpan<byte> digits) => digits.Length == 2 * SaltSize && !digits.ContainsAnyExcept(_digits);

    /// <summary>Writes the hexadecimal digits of the commitment to a text behind its salt.</summary>
    internal static void Commit(ReadOnlySpan<byte> saltAndText, Span<byte> digits)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(saltAndText, hash);
        Convert.TryToHexStringLower(hash, digits, out _);
    }

    /// <summary>Commits to a text that may not be there.</summary>
    public static CommittedText? Of(string? text, Func<string> newSalt) => text is null ? null : new CommittedText(text, newSalt());

    /// <summary>A fresh salt. The core takes it as a parameter wherever it decides, so that decisions stay repeatable in tests.</summary>
    public static string NewSalt() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
}
