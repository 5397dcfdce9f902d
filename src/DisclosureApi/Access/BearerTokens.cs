using System.Buffers.Text;
using System.IdentityModel.Tokens.Jwt;
using System.Runtime.CompilerServices;
using System.Text.Json;
using DisclosureApi.Access.Revoking;
using DisclosureApi.Http;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace DisclosureApi.Access;

/// <summary>Which tokens are believed: RFC 9068 access tokens of the one issuer, for this audience, signed with ES256 or RS256.</summary>
public static class BearerTokens
{
    private const int MaxTokenBytes = 8 * 1024;
    private static readonly string[] _algorithms = ["ES256", "RS256"];
    private static readonly string[] _types = ["at+jwt", "application/at+jwt"];
    private static readonly string[] _required = ["iss", "sub", "client_id", "exp"];

    // These are stored with what their bearer does: longer ones fit no index, and control characters no database.
    private static readonly string[] _stored = ["sub", "client_id"];
    private const int MaxStoredLength = 255;

    private static readonly ConditionalWeakTable<JwtSecurityToken, JwtSecurityToken> _lookedThrough = [];

    /// <summary>Clocks of the authority and of this host may be apart by so much.</summary>
    private static readonly TimeSpan Apart = TimeSpan.FromSeconds(30);

    public static void Configure(JwtBearerOptions options, Settings settings, EmbeddedIssuer? embedded, TimeProvider clock)
    {
        options.TokenValidationParameters = new TokenValidationParameters
        {
            ValidateIssuer = true,
            ValidateAudience = true,
            ValidAudience = settings.Audience,
            ValidateLifetime = true,
            RequireExpirationTime = true,
            RequireSignedTokens = true,
            ValidateIssuerSigningKey = true,
            LifetimeValidator = (from, until, _, _) => clock.GetUtcNow().UtcDateTime is var now && until > now - Apart && !(from > now + Apart),
            // When several requests are the first under a key, one of them may dispose of what the others were given to verify with, and a
            // sound token is refused; so each has its own. A token is verified once.
            CryptoProviderFactory = new CryptoProviderFactory { CacheSignatureProviders = false },
            NameClaimType = "sub",
            RoleClaimType = "scope",
        };
        if (embedded is not null)
        {
            options.TokenValidationParameters.ValidIssuer = EmbeddedIssuer.Issuer;
            options.TokenValidationParameters.IssuerSigningKey = embedded.PublicKey;
        }
        else
        {
            options.ConfigurationManager = Keys(settings.Authority!);
        }
        options.SecurityTokenValidators.Clear();
        options.SecurityTokenValidators.Add(new VerifiedTokens(Handler()));
        options.Events = new JwtBearerEvents { OnTokenValidated = RequireBelievedAsync, OnAuthenticationFailed = TellOfAuthority };
    }

    /// <summary>An authority that takes up and says nothing must not hold up those whose tokens are under keys that are known.</summary>
    private static readonly TimeSpan AuthorityPatience = TimeSpan.FromSeconds(2);

    /// <summary>Whether an authority can be believed at all; one on this very machine may speak plain HTTP, any other must prove who it is.</summary>
    public static bool IsSoundAuthority(string authority) =>
        Uri.TryCreate(authority, UriKind.Absolute, out var url) && (url.Scheme == "https" || (url.Scheme == "http" && url.IsLoopback));

    /// <summary>Keys that cannot be fetched are no fault of the token's, nor of ours: the caller tries again.</summary>
    private static Task TellOfAuthority(AuthenticationFailedContext context) =>
        context is { Exception: InvalidOperationException, Options.ConfigurationManager: not null }
            ? throw new ProblemException(new Problem(ProblemTypes.Unavailable, new(
                "认证服务暂时不可用", "The authority that vouches for tokens cannot be reached.")).WithHeader("Retry-After", "5"))
            : Task.CompletedTask;

    /// <summary>
    /// The authority's metadata and keys. A token under a new key has them fetched again, though not more often than every
    /// few seconds, whatever strangers send; a key that the authority took back is believed for minutes and not for a day.
    /// </summary>
    private static ConfigurationManager<OpenIdConnectConfiguration> Keys(string authority) => new(
        $"{authority.TrimEnd('/')}/.well-known/openid-configuration",
        new OpenIdConnectConfigurationRetriever(),
        new HttpDocumentRetriever(new HttpClient { Timeout = AuthorityPatience }) { RequireHttps = !new Uri(authority).IsLoopback })
    {
        RefreshInterval = TimeSpan.FromSeconds(5),
        AutomaticRefreshInterval = TimeSpan.FromMinutes(10),
    };

    /// <summary>Without the map that renames sub, and with a limit on what is parsed for strangers.</summary>
    private static JwtSecurityTokenHandler Handler()
    {
        var handler = new JwtSecurityTokenHandler { MaximumTokenSizeInBytes = MaxTokenBytes };
        handler.InboundClaimTypeMap.Clear();
        return handler;
    }

    /// <summary>A token that is as it must be, and that nobody has revoked.</summary>
    private static async Task RequireBelievedAsync(TokenValidatedContext context)
    {
        await RequireAccessToken(context);
        var revocations = context.HttpContext.RequestServices.GetRequiredService<Revocations>();
        if (context.Result is null && await revocations.HoldAsync((JwtSecurityToken)context.SecurityToken, context.HttpContext.RequestAborted))
        {
            context.Fail("The token was revoked.");
        }
    }

    /// <summary>The handler lets other algorithms and types of tokens pass, so they are refused here.</summary>
    private static Task RequireAccessToken(TokenValidatedContext context)
    {
        var token = context.SecurityToken as JwtSecurityToken;
        if (token is null || !_algorithms.Contains(token.Header.Alg, StringComparer.Ordinal))
        {
            context.Fail("The token must be signed with ES256 or RS256.");
        }
        else if (!_types.Contains(token.Header.Typ, StringComparer.OrdinalIgnoreCase) || token.Header.ContainsKey("crit"))
        {
            context.Fail("The token must be of type at+jwt, without critical extensions.");
        }
        else if (token.Header.Kid is { } kid && kid != token.SigningKey.KeyId)
        {
            // The handler tries every key it has when it does not know the one that is named.
            context.Fail("The token names another key than the one that signed it.");
        }
        else if (HasMemberTwice(token))
        {
            // Two readers of it could understand two different things.
            context.Fail("The token names a member twice.");
        }
        else if (_required.FirstOrDefault(claim => string.IsNullOrEmpty(context.Principal?.FindFirst(claim)?.Value)) is { } missing)
        {
            context.Fail($"The token lacks the claim {missing}.");
        }
        else if (_stored.FirstOrDefault(claim => !IsStorable(context.Principal!.FindFirst(claim)!.Value)) is { } odd)
        {
            context.Fail($"The claim {odd} is longer than {MaxStoredLength} characters or no plain text.");
        }
        return Task.CompletedTask;
    }

    /// <summary>The same object comes with each request of its bearer, and is looked through once.</summary>
    private static bool HasMemberTwice(JwtSecurityToken token)
    {
        if (_lookedThrough.TryGetValue(token, out _))
        {
            return false;
        }
        if (HasMemberTwice(token.RawHeader) || HasMemberTwice(token.RawPayload))
        {
            return true;
        }
        _lookedThrough.AddOrUpdate(token, token);
        return false;
    }

    private static bool HasMemberTwice(string part)
    {
        try
        {
            using var json = JsonDocument.Parse(Base64Url.DecodeFromChars(part), new JsonDocumentOptions { AllowDuplicateProperties = false });
            return false;
        }
        catch (JsonException)
        {
            return true;
        }
    }

    private static bool IsStorable(string value) =>
        value.Length <= MaxStoredLength && !value.Any(c => char.IsControl(c) || char.IsSurrogate(c));
}
