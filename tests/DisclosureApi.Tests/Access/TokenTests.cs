using System.Buffers.Text;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using Disclosure.Tests;

namespace DisclosureApi.Tests.Access;

/// <summary>Which tokens are believed.</summary>
public sealed class TokenTests(Api api) : IClassFixture<Api>
{
    private const string Draft = $"/v1/agencies/{Samples.Agency}/reports/2023/draft";

    private static readonly Dictionary<string, Func<HandMadeToken, string>> _refused = new(StringComparer.Ordinal)
    {
        ["no token at all"] = _ => "",
        ["no JWT"] = _ => "not-a-token",
        ["three dots"] = _ => "a.b.c",
        ["five parts"] = token => $"{token.Sign()}.e30.e30",
        ["a broken signature"] = token => Flipped(token.Sign()),
        ["a signature cut off"] = token => token.Sign()[..^8],
        ["no signature"] = token => token.Sign(_ => []),
        ["claims changed after signing"] = token => Swapped(token.Sign(), token.With("sub", "another").Sign()),
        ["another's key"] = token => token.Sign(Stranger),
        ["an unknown key id"] = token => token.WithHeader("kid", "unknown").Sign(),
        ["expired"] = token => token.With("exp", Seconds(-120)).Sign(),
        ["no expiry"] = token => token.Without("exp").Sign(),
        ["an expiry that is no number"] = token => token.With("exp", "tomorrow").Sign(),
        ["not yet valid"] = token => token.With("nbf", Seconds(300)).Sign(),
        ["another audience"] = token => token.With("aud", "other-api").Sign(),
        ["no audience"] = token => token.Without("aud").Sign(),
        ["another issuer"] = token => token.With("iss", "https://issuer.example").Sign(),
        ["no issuer"] = token => token.Without("iss").Sign(),
        ["no subject"] = token => token.Without("sub").Sign(),
        ["an empty subject"] = token => token.With("sub", "").Sign(),
        ["a subject with U+0000"] = token => token.With("sub", "a\0b").Sign(),
        ["a subject that no index holds"] = token => token.With("sub", Random.Shared.GetHexString(4_000)).Sign(),
        ["no client"] = token => token.Without("client_id").Sign(),
        ["a client with U+0000"] = token => token.With("client_id", "\0").Sign(),
        ["the type of other tokens"] = token => token.WithHeader("typ", "JWT").Sign(),
        ["no type"] = token => token.WithHeader("typ", null).Sign(),
        ["critical extensions"] = token => token.WithHeader("crit", new JsonArray("exp")).Sign(),
        ["alg none"] = token => token.WithHeader("alg", "none").Sign(_ => []),
        ["alg none with a signature"] = token => token.WithHeader("alg", "none").Sign(),
        ["alg ES512 by name alone"] = token => token.WithHeader("alg", "ES512").Sign(),
        ["RS256 of an unknown key"] = token => token.WithHeader("alg", "RS256").Sign(Rsa),
        ["alg in small letters"] = token => token.WithHeader("alg", "es256").Sign(),
        ["alg None"] = token => token.WithHeader("alg", "None").Sign(_ => []),
        ["a list of algs"] = token => token.WithHeader("alg", new JsonArray("ES256", "none")).Sign(),
        ["no alg"] = token => token.WithHeader("alg", null).Sign(),
        ["another's key, brought along as jwk"] = token => Brought(token, "jwk"),
        ["another's key, brought along at a jku"] = token => token.WithHeader("jku", "https://issuer.example/keys").Sign(Stranger),
        ["another's key, brought along at an x5u"] = token => token.WithHeader("x5u", "https://issuer.example/certificate").Sign(Stranger),
        ["another's key, brought along as x5c"] = token => token.WithHeader("x5c", new JsonArray(Certificate())).Sign(Stranger),
        ["a key id that is a path"] = token => token.WithHeader("kid", "../../../../dev/null").Sign(_ => HMACSHA256.HashData([], [])),
        ["a key id that is SQL"] = token => token.WithHeader("kid", "x' union select 'secret' --").Sign(),
        ["a key id with a line break"] = token => token.WithHeader("kid", "a\r\nX-Injected: 1").Sign(),
        ["a key id that is an object"] = token => token.WithHeader("kid", new JsonObject { ["kid"] = "a" }).Sign(),
        ["a token in a token"] = token => token.WithHeader("cty", "JWT").Sign(header => header, claims => HandMadeTokenOf(claims)),
        ["a claim twice"] = token => token.Sign(header => header, claims => claims[..^1] + ",\"sub\":\"another\"}"),
        ["alg twice"] = token => token.Sign(header => header[..^1] + ",\"alg\":\"ES256\"}", claims => claims),
        ["claims that are a list"] = token => token.Sign(header => header, claims => $"[{claims}]"),
        ["claims that are no JSON"] = token => token.Sign(header => header, _ => "{"),
        ["valid long ago and never after"] = token => token.With("exp", 0).Sign(),
        ["an expiry beyond all clocks"] = token => token.With("exp", 99_999_999_999_999_999).Sign(),
        ["oversized"] = token => token.With("padding", new string('x', 9_000)).Sign(),
    };

    public static TheoryData<string> Refused => [.. _refused.Keys];

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task A_token_is_refused_with_the_same_words_whatever_is_wrong_with_it(string wrong) =>
        await RefusedAsync(_refused[wrong](HandMadeToken.Of(api)));

    [Fact]
    public async Task The_public_key_is_no_shared_secret()
    {
        using var key = ECDsa.Create();
        key.ImportFromPem(api.KeyPem);
        byte[][] secrets = [key.ExportSubjectPublicKeyInfo(), Encoding.ASCII.GetBytes(key.ExportSubjectPublicKeyInfoPem())];
        foreach (var secret in secrets)
        {
            await RefusedAsync(HandMadeToken.Of(api).WithHeader("alg", "HS256").Sign(bytes => HMACSHA256.HashData(secret, bytes)));
        }
    }

    [Theory]
    [InlineData("at+jwt")]
    [InlineData("AT+JWT")]
    [InlineData("application/at+jwt")]
    public async Task An_access_token_of_the_issuer_is_believed(string type)
    {
        await api.RegisterAsync();
        (await api.Of(HandMadeToken.Of(api).WithHeader("typ", type).Sign()).GetAsync(Draft)).ExpectProblem(404, "not-found");
    }

    [Fact]
    public async Task A_token_that_has_just_expired_is_given_the_benefit_of_a_clock_that_is_off() =>
        (await api.Of(HandMadeToken.Of(api).With("exp", Seconds(-2)).Sign()).GetAsync(Draft)).ExpectProblem(404, "not-found");

    [Fact]
    public async Task Another_scheme_than_Bearer_is_no_token()
    {
        using var http = new HttpClient { BaseAddress = api.Url };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", HandMadeToken.Of(api).Sign());
        Assert.Equal((await api.Anon.GetAsync(Draft)).Everything, (await new Client(http).GetAsync(Draft)).Everything);
    }

    [Fact]
    public async Task A_broken_token_does_not_close_what_is_open_to_anyone() =>
        (await api.Of("not-a-token").GetAsync("/v1/rules")).Expect(200);

    private async Task RefusedAsync(string token)
    {
        using var http = new HttpClient { BaseAddress = api.Url };
        http.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", $"Bearer {token}");
        var answer = (await new Client(http).GetAsync(Draft)).ExpectProblem(401, "unauthenticated");
        Assert.Equal((await api.Anon.GetAsync(Draft)).Text, answer.Text);
        // A description (RFC 6750) may say what is wrong in plain words, and never a value of the token's or of ours.
        Assert.Matches("""^Bearer( error="invalid_token"(, error_description="[A-Za-z ;]+")?)?$""", answer.Header("WWW-Authenticate"));
    }

    private static JsonNode Seconds(int fromNow) => DateTimeOffset.UtcNow.ToUnixTimeSeconds() + fromNow;

    private static string Flipped(string token)
    {
        var at = token.LastIndexOf('.') + 5;
        return $"{token[..at]}{(token[at] == 'A' ? 'B' : 'A')}{token[(at + 1)..]}";
    }

    /// <summary>The claims of one with the signature of the other.</summary>
    private static string Swapped(string signed, string claims) => $"{claims[..claims.LastIndexOf('.')]}{signed[signed.LastIndexOf('.')..]}";

    private static byte[] Stranger(byte[] bytes)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return key.SignData(bytes, HashAlgorithmName.SHA256);
    }

    /// <summary>A stranger's token with the public half of its own key in the header.</summary>
    private static string Brought(HandMadeToken token, string header)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        var jwk = new JsonObject { ["kty"] = "EC", ["crv"] = "P-256", ["x"] = Base64Url.EncodeToString(point.X!), ["y"] = Base64Url.EncodeToString(point.Y!) };
        return token.WithHeader(header, jwk).Sign(bytes => key.SignData(bytes, HashAlgorithmName.SHA256));
    }

    private static string Certificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=stranger", key, HashAlgorithmName.SHA256);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        return Convert.ToBase64String(certificate.RawData);
    }

    /// <summary>Claims wrapped in a token without a signature, as the text of another.</summary>
    private static string HandMadeTokenOf(string claims) =>
        $"\"{Base64Url.EncodeToString("""{"alg":"none"}"""u8)}.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(claims))}.\"";

    private static byte[] Rsa(byte[] bytes)
    {
        using var key = RSA.Create(2048);
        return key.SignData(bytes, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
    }
}
