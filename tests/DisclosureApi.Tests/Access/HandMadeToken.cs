using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Disclosure.Tests;
using DisclosureApi.Access;

namespace DisclosureApi.Tests.Access;

/// <summary>A token put together by hand: right as it comes, and as wrong as a test makes it.</summary>
internal sealed class HandMadeToken
{
    private readonly string? _key;

    private HandMadeToken(string issuer, string keyId, string? key)
    {
        _key = key;
        var now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        Header = new JsonObject { ["alg"] = "ES256", ["typ"] = "at+jwt", ["kid"] = keyId };
        Claims = new JsonObject
        {
            ["iss"] = issuer,
            ["aud"] = "disclosure-api",
            ["sub"] = "hand",
            ["client_id"] = "tests",
            ["scope"] = Role.Submitter.Scope,
            ["agency"] = new JsonArray(Samples.Agency),
            ["iat"] = now,
            ["exp"] = now + 600,
        };
    }

    public JsonObject Header { get; }

    public JsonObject Claims { get; }

    /// <summary>A token of the embedded issuer's.</summary>
    public static HandMadeToken Of(Api api) => new(EmbeddedIssuer.Issuer, api.KeyId, api.KeyPem);

    /// <summary>A token of another issuer's, who signs it as it likes.</summary>
    public static HandMadeToken Of(string issuer, string keyId) => new(issuer, keyId, null);

    public HandMadeToken With(string claim, JsonNode? value)
    {
        Claims[claim] = value;
        return this;
    }

    public HandMadeToken Without(string claim)
    {
        Claims.Remove(claim);
        return this;
    }

    public HandMadeToken WithHeader(string name, JsonNode? value)
    {
        Header[name] = value;
        return this;
    }

    public string Sign()
    {
        using var key = ECDsa.Create();
        key.ImportFromPem(_key);
        return Sign(bytes => key.SignData(bytes, HashAlgorithmName.SHA256));
    }

    public string Sign(Func<byte[], byte[]> sign) => Sign(Header.ToJsonString(), Claims.ToJsonString(), sign);

    /// <summary>A part as no writer of JSON would write it, signed by the issuer all the same.</summary>
    public string Sign(Func<string, string> header, Func<string, string> claims)
    {
        using var key = ECDsa.Create();
        key.ImportFromPem(_key);
        return Sign(header(Header.ToJsonString()), claims(Claims.ToJsonString()), bytes => key.SignData(bytes, HashAlgorithmName.SHA256));
    }

    private static string Sign(string header, string claims, Func<byte[], byte[]> sign)
    {
        var signed = $"{Part(header)}.{Part(claims)}";
        return $"{signed}.{Base64Url.EncodeToString(sign(Encoding.ASCII.GetBytes(signed)))}";
    }

    private static string Part(string json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));
}
