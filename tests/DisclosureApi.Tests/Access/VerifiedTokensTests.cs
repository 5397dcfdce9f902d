using System.Security.Claims;
using DisclosureApi.Access;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.IdentityModel.Tokens;

namespace DisclosureApi.Tests.Access;

/// <summary>A signature is verified once, and what was verified is believed no longer than it would be if it were verified again.</summary>
public sealed class VerifiedTokensTests : IDisposable
{
    private const string Audience = "disclosure-api";
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("disclosure-tokens-");
    private readonly EmbeddedIssuer _issuer;
    private readonly LaterClock _clock = new();
    private readonly JwtBearerOptions _options = new();

    public VerifiedTokensTests()
    {
        _issuer = EmbeddedIssuer.Open(_directory.FullName);
        BearerTokens.Configure(_options, new Settings(_directory.FullName, null, null, null, Audience), _issuer, _clock);
    }

    public void Dispose()
    {
        _issuer.Dispose();
        _directory.Delete(recursive: true);
    }

    [Fact]
    public void The_same_token_is_the_same_bearer_until_its_time_has_run_out()
    {
        var token = Token();
        var bearer = Validate(token);

        Assert.Same(bearer, Validate(token));
        Assert.NotSame(bearer, Validate(Token()));

        _clock.Later = TimeSpan.FromHours(13);
        Assert.Throws<SecurityTokenInvalidLifetimeException>(() => Validate(token));
    }

    [Fact]
    public void A_token_that_was_verified_is_believed_no_more_when_its_key_is_not_the_issuers_any_more()
    {
        var token = Token();
        Validate(token);
        using var other = EmbeddedIssuer.Open(_directory.CreateSubdirectory("other").FullName);
        _options.TokenValidationParameters.IssuerSigningKey = other.PublicKey;

        Assert.ThrowsAny<SecurityTokenException>(() => Validate(token));
    }

    [Fact]
    public void A_token_changed_by_one_character_is_another_token()
    {
        var token = Token();
        Validate(token);
        var forged = token[..^2] + (token[^2] == 'A' ? 'B' : 'A') + token[^1];

        Assert.ThrowsAny<SecurityTokenException>(() => Validate(forged));
    }

    [Fact]
    public void What_verified_one_signature_is_shared_with_no_other_request()
    {
        Validate(Token());

        // The library's own memory hands out what another thread may be about to dispose of, and then refuses a sound token.
        var memory = CryptoProviderFactory.Default.CryptoProviderCache;
        Assert.False(memory.TryGetSignatureProvider(_issuer.PublicKey, "ES256", typeof(AsymmetricSignatureProvider).ToString(), false, out _));
    }

    private string Token() => _issuer.Token(Role.Submitter, ["11990102000001038J"], "person", "client", Audience, TimeProvider.System.GetUtcNow());

    private ClaimsPrincipal Validate(string token) => Assert.Single(_options.SecurityTokenValidators).ValidateToken(token, _options.TokenValidationParameters, out _);
}
