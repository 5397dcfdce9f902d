using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using DisclosureApi.Http;
using DisclosureApi.Store;
using DisclosureApi.Store.Local;
using Microsoft.IdentityModel.Tokens;

namespace DisclosureApi.Access;

/// <summary>
/// The issuer that comes with the program, for a first start and for tests: an ES256 key in a file that only its owner
/// can read. It is off as soon as an authority is configured.
/// </summary>
public sealed class EmbeddedIssuer : IDisposable
{
    public const string Issuer = "urn:disclosure-api:embedded";
    private const string FileName = "issuer.key";
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(12);

    private readonly ECDsa _key;

    private EmbeddedIssuer(ECDsa key)
    {
        _key = key;
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        KeyId = Base64Url.EncodeToString(SHA256.HashData([.. point.X!, .. point.Y!]).AsSpan(0, 12));
        PublicKey = new ECDsaSecurityKey(ECDsa.Create(key.ExportParameters(includePrivateParameters: false))) { KeyId = KeyId };
    }

    public string KeyId { get; }

    public SecurityKey PublicKey { get; }

    /// <summary>Opens the key in the data directory, or makes one. Two processes that start at once end up with the same key.</summary>
    public static EmbeddedIssuer Open(string dataDirectory)
    {
        return new EmbeddedIssuer(KeyFile.Open(Path.Combine(DataDirectory.Create(dataDirectory), FileName), "the embedded issuer's key, and a new one ends all its tokens"));
    }

    /// <summary>A token after RFC 9068 for one role.</summary>
    public string Token(Role role, IReadOnlyList<string> agencies, string subject, string client, string audience, DateTimeOffset now)
    {
        var header = JsonSerializer.SerializeToUtf8Bytes(new { alg = "ES256", typ = "at+jwt", kid = KeyId }, Json.Options);
        var payload = JsonSerializer.SerializeToUtf8Bytes(new
        {
            iss = Issuer,
            aud = audience,
            sub = subject,
            client_id = client,
            scope = role.Scope,
            agency = agencies,
            iat = now.ToUnixTimeSeconds(),
            exp = (now + Lifetime).ToUnixTimeSeconds(),
            jti = Guid.NewGuid(),
        }, Json.Options);
        var signed = $"{Base64Url.EncodeToString(header)}.{Base64Url.EncodeToString(payload)}";
        var signature = _key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        return $"{signed}.{Base64Url.EncodeToString(signature)}";
    }

    public void Dispose() => _key.Dispose();
}
