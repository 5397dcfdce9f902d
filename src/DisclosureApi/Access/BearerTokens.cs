using System.IdentityModel.Tokens.Jwt;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.IdentityModel.Tokens;

namespace DisclosureApi.Access;

/// <summary>Which tokens are believed: RFC 9068 access tokens of the one issuer, for this audience, signed with ES256 or RS256.</summary>
public static class BearerTokens
{
    private const int MaxTokenBytes = 8 * 1024;
    private static readonly string[] _algorithms = ["ES256", "RS256"];
    private static readonly string[] _types = ["at+jwt", "application/at+jwt"];
    private static readonly string[] _required = ["iss", "sub", "client_id", "exp"];

    public static void Configure(JwtBearerOptions options, Settings settings, EmbeddedIssuer? embedded)
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
            ClockSkew = TimeSpan.FromSeconds(30),
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
            options.Authority = settings.Authority;
            // An authority on this very machine may speak plain HTTP; any other must prove who it is.
            options.RequireHttpsMetadata = !new Uri(settings.Authority!).IsLoopback;
        }
        options.SecurityTokenValidators.Clear();
        options.SecurityTokenValidators.Add(Handler());
        options.Events = new JwtBearerEvents { OnTokenValidated = RequireAccessToken };
    }

    /// <summary>Without the map that renames sub, and with a limit on what is parsed for strangers.</summary>
    private static JwtSecurityTokenHandler Handler()
    {
        var handler = new JwtSecurityTokenHandler { MaximumTokenSizeInBytes = MaxTokenBytes };
        handler.InboundClaimTypeMap.Clear();
        return handler;
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
        else if (_required.FirstOrDefault(claim => string.IsNullOrEmpty(context.Principal?.FindFirst(claim)?.Value)) is { } missing)
        {
            context.Fail($"The token lacks the claim {missing}.");
        }
        return Task.CompletedTask;
    }
}
