using Microsoft.Extensions.Primitives;

namespace DisclosureApi.Http.Guarding;

/// <summary>
/// What every answer tells browsers, whatever it is: that it is of the type it says, that nothing in it may run, load or be
/// framed, that no address is passed on, and over TLS that this host is never asked without it.
/// </summary>
public static class SecurityHeaders
{
    /// <summary>An answer that a browser may do more with says so itself, in the same header.</summary>
    private const string Policy = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static readonly KeyValuePair<string, StringValues>[] _always =
    [
        new("X-Content-Type-Options", "nosniff"),
        new("Content-Security-Policy", Policy),
        new("Referrer-Policy", "no-referrer"),
        // What anyone may read is open to every site; what needs a token is open to none (CORS), so that this only says so.
        new("Cross-Origin-Resource-Policy", "cross-origin"),
    ];

    /// <summary>Their names, each with what it says in general, for the contract.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. _always.Select(header => header.Key), "Strict-Transport-Security"];

    /// <summary>Stands before everything that answers.</summary>
    public static void UseSecurityHeaders(this WebApplication app) => app.Use(next => context =>
    {
        Set(context);
        return next(context);
    });

    /// <summary>Also after a fault, which takes back whatever had been said.</summary>
    public static void Set(HttpContext context)
    {
        var headers = context.Response.Headers;
        foreach (var (name, value) in _always)
        {
            headers[name] = value;
        }
        if (context.Request.IsHttps)
        {
            headers.StrictTransportSecurity = "max-age=31536000";
        }
    }
}
