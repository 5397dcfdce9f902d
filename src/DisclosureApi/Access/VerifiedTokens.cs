using System.IdentityModel.Tokens.Jwt;
using System.Security.Claims;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.IdentityModel.Tokens;

namespace DisclosureApi.Access;

/// <summary>
/// Validates tokens, and verifies the signature of each only once: a client sends one token with all its requests, and to
/// verify it costs more than anything else that a small request asks for. What was verified holds as long as the very key
/// is among the issuer's and the time has not run out; whether it was revoked is asked at every request, after this.
/// </summary>
internal sealed class VerifiedTokens(JwtSecurityTokenHandler handler) : ISecurityTokenValidator, IDisposable
{
    // A token as it was read takes up to some 10 KB.
    private const int MostKept = 1_000;

    private readonly MemoryCache _verified = new(new MemoryCacheOptions { SizeLimit = MostKept });

    public bool CanValidateToken => handler.CanValidateToken;

    public int MaximumTokenSizeInBytes
    {
        get => handler.MaximumTokenSizeInBytes;
        set => handler.MaximumTokenSizeInBytes = value;
    }

    public bool CanReadToken(string securityToken) => _verified.TryGetValue(securityToken, out _) || handler.CanReadToken(securityToken);

    public ClaimsPrincipal ValidateToken(string securityToken, TokenValidationParameters validationParameters, out SecurityToken validatedToken)
    {
        if (_verified.Get<Verified>(securityToken) is { } known && Holds(known.Token, validationParameters))
        {
            validatedToken = known.Token;
            return known.Bearer;
        }
        var bearer = handler.ValidateToken(securityToken, validationParameters, out validatedToken);
        _verified.Set(securityToken, new Verified(bearer, (JwtSecurityToken)validatedToken), new MemoryCacheEntryOptions { Size = 1 });
        return bearer;
    }

    public void Dispose() => _verified.Dispose();

    /// <summary>Keys that are fetched again are other objects, so that nothing is believed under what the issuer said before.</summary>
    private static bool Holds(JwtSecurityToken token, TokenValidationParameters now) =>
        (ReferenceEquals(token.SigningKey, now.IssuerSigningKey) || now.IssuerSigningKeys?.Contains(token.SigningKey, ReferenceEqualityComparer.Instance) == true)
        && now.LifetimeValidator(token.ValidFrom, token.ValidTo, token, now);

    private sealed record Verified(ClaimsPrincipal Bearer, JwtSecurityToken Token);
}
