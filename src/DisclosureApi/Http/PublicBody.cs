using System.IO.Compression;
using System.Security.Cryptography;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace DisclosureApi.Http;

/// <summary>A body as it goes over the wire, with what its headers say of these very bytes.</summary>
/// <param name="Coding">The content coding (RFC 9110 §8.4); null when there is none.</param>
public sealed record CodedBody(byte[] Bytes, string ETag, string? Coding)
{
    /// <summary>Repr-Digest (RFC 9530), which like the ETag is about the bytes that are sent.</summary>
    public string Digest { get; } = $"sha-256=:{Convert.ToBase64String(SHA256.HashData(Bytes))}:";
}

/// <summary>A body that anyone may read. Each coding is made once, when the first reader asks for it, and sent as often as this body is.</summary>
public sealed class PublicBody
{
    // A shorter body gains nothing: it goes in one packet anyway.
    private const int LeastCoded = 1_024;
    private const int BrotliQuality = 5;

    private readonly CodedBody _plain;
    private readonly Lazy<CodedBody>? _brotli;
    private readonly Lazy<CodedBody>? _gzip;

    /// <summary>A body whose ETag is a hash of its bytes, in every coding that readers take.</summary>
    public PublicBody(byte[] plain)
        : this(plain, Answer.ETagOf(plain))
    {
        if (plain.Length >= LeastCoded)
        {
            _brotli = new(() => Coded(plain, "br", static to => new BrotliStream(to, new BrotliCompressionOptions { Quality = BrotliQuality }, leaveOpen: true)));
            _gzip = new(() => Coded(plain, "gzip", static to => new GZipStream(to, CompressionLevel.Optimal, leaveOpen: true)));
        }
    }

    /// <summary>A body under an ETag that means more than its bytes, and therefore in no coding but its own.</summary>
    public PublicBody(byte[] plain, string etag) => _plain = new CodedBody(plain, etag, null);

    public int Length => _plain.Bytes.Length;

    /// <summary>The bytes before any coding, and what names them.</summary>
    public (byte[] Bytes, string ETag) Plain => (_plain.Bytes, _plain.ETag);

    /// <summary>The coding that the reader likes best of those there are; as it is for a reader that names none.</summary>
    public CodedBody For(StringValues accepted) => accepted.Count == 0 || _brotli is null ? _plain : Preferred(accepted) switch
    {
        "br" => _brotli.Value,
        "gzip" => _gzip!.Value,
        _ => _plain,
    };

    /// <summary>Which coding a reader likes best; null when it wants none.</summary>
    /// <param name="isMadeAnew">Whether it is made for each reader: as fast as gzip, brotli comes out up to three times as large.</param>
    public static string? Preferred(StringValues accepted, bool isMadeAnew = false)
    {
        if (!StringWithQualityHeaderValue.TryParseList(accepted, out var list))
        {
            return null;
        }
        var (brotli, gzip) = (Quality(list, "br"), Quality(list, "gzip"));
        return Math.Max(brotli, gzip) switch
        {
            0 => null,
            var best when best < Quality(list, "identity", otherwise: 0) => null,
            _ => brotli > gzip || (brotli == gzip && !isMadeAnew) ? "br" : "gzip",
        };
    }

    /// <summary>What is not named is as good as what * stands for.</summary>
    private static double Quality(IList<StringWithQualityHeaderValue> list, string coding, double? otherwise = null)
    {
        double? any = otherwise;
        foreach (var value in list)
        {
            if (value.Value.Equals(coding, StringComparison.OrdinalIgnoreCase))
            {
                return value.Quality ?? 1;
            }
            any ??= value.Value.Equals("*", StringComparison.Ordinal) ? value.Quality ?? 1 : null;
        }
        return any ?? 0;
    }

    private static CodedBody Coded(byte[] plain, string coding, Func<Stream, Stream> code)
    {
        using var coded = new MemoryStream(plain.Length / 2);
        using (var stream = code(coded))
        {
            stream.Write(plain);
        }
        var bytes = coded.ToArray();
        return new CodedBody(bytes, Answer.ETagOf(bytes), coding);
    }
}
