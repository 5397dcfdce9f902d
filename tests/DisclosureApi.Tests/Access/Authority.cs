using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using DisclosureApi.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace DisclosureApi.Tests.Access;

/// <summary>An OpenID Connect authority as far as an API needs one: its metadata and its keys.</summary>
internal sealed class Authority : IAsyncDisposable
{
    // Never disposed of before the end: somebody may be signing with the one before.
    private readonly ConcurrentStack<(ECDsa Key, string Name)> _elliptic = new([NewKey()]);
    private readonly RSA _rsa = RSA.Create(2048);
    private readonly WebApplication _app;

    private Authority(WebApplication app) => _app = app;

    public string EllipticKey => Current.Name;

    public string RsaKey { get; } = $"rsa-{Guid.NewGuid():N}";

    public string Issuer => _app.Urls.First();

    public static async Task<Authority> StartAsync()
    {
        var builder = WebApplication.CreateBuilder(["--urls=http://127.0.0.1:0"]);
        builder.Logging.ClearProviders();
        var authority = new Authority(builder.Build());
        authority._app.MapGet("/.well-known/openid-configuration", () => Results.Text(
            new JsonObject { ["issuer"] = authority.Issuer, ["jwks_uri"] = $"{authority.Issuer}/keys" }.ToJsonString(), "application/json"));
        authority._app.MapGet("/keys", () => Results.Text(authority.Keys().ToJsonString(), "application/json"));
        await authority._app.StartAsync();
        return authority;
    }

    /// <summary>Takes a new key under a new name in the place of the old, which is taken back.</summary>
    public void Rotate() => _elliptic.Push(NewKey());

    /// <summary>Somebody's token under the key of now.</summary>
    public string Token(Role role, string subject, string? agency)
    {
        var (key, name) = Current;
        var token = HandMadeToken.Of(Issuer, name).With("scope", role.Scope).With("sub", subject);
        return (agency is null ? token.Without("agency") : token.With("agency", new JsonArray(agency))).Sign(bytes => key.SignData(bytes, HashAlgorithmName.SHA256));
    }

    public HandMadeToken Token(string algorithm, string key) => HandMadeToken.Of(Issuer, key).WithHeader("alg", algorithm);

    public byte[] Elliptic(byte[] bytes) => Current.Key.SignData(bytes, HashAlgorithmName.SHA256);

    public byte[] Rs256(byte[] bytes) => _rsa.SignData(bytes, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);

    public byte[] Rs512(byte[] bytes) => _rsa.SignData(bytes, HashAlgorithmName.SHA512, RSASignaturePadding.Pkcs1);

    public byte[] Ps256(byte[] bytes) => _rsa.SignData(bytes, HashAlgorithmName.SHA256, RSASignaturePadding.Pss);

    /// <summary>The public key taken for a shared secret, as a careless verifier would.</summary>
    public byte[] Hs256(byte[] bytes) => HMACSHA256.HashData(_rsa.ExportSubjectPublicKeyInfo(), bytes);

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        foreach (var (key, _) in _elliptic)
        {
            key.Dispose();
        }
        _rsa.Dispose();
    }

    private (ECDsa Key, string Name) Current => _elliptic.TryPeek(out var current) ? current : throw new InvalidOperationException("An authority without a key.");

    // Verifiers of one process remember a key by its name, so each authority has names of its own.
    private static (ECDsa Key, string Name) NewKey() => (ECDsa.Create(ECCurve.NamedCurves.nistP256), $"elliptic-{Guid.NewGuid():N}");

    private JsonObject Keys()
    {
        var (key, name) = Current;
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        var rsa = _rsa.ExportParameters(includePrivateParameters: false);
        return new JsonObject
        {
            ["keys"] = new JsonArray(
                new JsonObject { ["kty"] = "EC", ["crv"] = "P-256", ["kid"] = name, ["use"] = "sig", ["x"] = Base64Url.EncodeToString(point.X!), ["y"] = Base64Url.EncodeToString(point.Y!) },
                new JsonObject { ["kty"] = "RSA", ["kid"] = RsaKey, ["use"] = "sig", ["n"] = Base64Url.EncodeToString(rsa.Modulus!), ["e"] = Base64Url.EncodeToString(rsa.Exponent!) }),
        };
    }
}
