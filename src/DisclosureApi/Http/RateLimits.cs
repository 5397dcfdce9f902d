using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Claims;
using System.Threading.RateLimiting;

namespace DisclosureApi.Http;

/// <summary>How many requests may come in a minute; as many may come at once after a rest.</summary>
/// <param name="Address">From one address without a token.</param>
/// <param name="Client">From one application.</param>
/// <param name="Agency">For one agency or office, whatever applications it uses.</param>
public sealed record RateLimitSettings(int Address, int Client, int Agency)
{
    /// <summary>How many errors readers may report from one address in an hour: more than anyone finds by reading.</summary>
    public int ErrorReports { get; init; } = 30;

    /// <summary>So generous that only a program that has run wild meets them.</summary>
    public static RateLimitSettings Generous { get; } = new(600_000, 300_000, 300_000);
}

/// <summary>
/// Nobody can take the service away from others. Every answer tells what is left (RateLimit, RateLimit-Policy after
/// draft-ietf-httpapi-ratelimit-headers); who has used it up hears in Retry-After when to come again.
/// </summary>
public sealed class RateLimits(RateLimitSettings settings) : IDisposable
{
    public const string Remaining = "RateLimit";
    public const string Policy = "RateLimit-Policy";
    private const int Minute = 60;
    private const int Hour = 3_600;

    private readonly Limit[] _ofStrangers = [new("address", settings.Address, Minute, AddressOf)];

    /// <summary>Each takes room in an agency's queue for good, so they are counted by themselves, whoever asks.</summary>
    private readonly Limit _ofErrorReports = new("errorReports", settings.ErrorReports, Hour, AddressOf);

    private readonly Limit[] _ofBearers =
    [
        new("client", settings.Client, Minute, context => $"{context.User.FindFirstValue("iss")} {context.User.FindFirstValue("client_id")}"),
        // National roles name no office; each of their applications is one for itself.
        new("agency", settings.Agency, Minute, context => context.User.FindFirstValue("agency") ?? $"{context.User.FindFirstValue("iss")} {context.User.FindFirstValue("client_id")}"),
    ];

    /// <summary>Takes the request in and tells what is left; a problem when there were too many.</summary>
    public Problem? Enter(HttpContext context) => Enter(context, Of(context));

    /// <summary>The same for a request that shows no token, without asking who sends it.</summary>
    public Problem? EnterStranger(HttpContext context) => Enter(context, _ofStrangers);

    public void Tell(HttpContext context) => Tell(context, Of(context));

    private static Problem? Enter(HttpContext context, Limit[] limits)
    {
        var refused = Take(context, limits);
        Tell(context, limits);
        return refused;
    }

    /// <summary>Takes a reader's report of an error in, and tells how many more may come beside how many requests; a problem when there were too many.</summary>
    public Problem? EnterErrorReport(HttpContext context)
    {
        var refused = Take(context, [_ofErrorReports]);
        Tell(context, [.. Of(context), _ofErrorReports]);
        return refused;
    }

    private static Problem? Take(HttpContext context, Limit[] limits)
    {
        foreach (var limit in limits)
        {
            using var lease = limit.Requests.AttemptAcquire(context);
            if (!lease.IsAcquired)
            {
                var wait = lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? Math.Max(1, (int)Math.Ceiling(after.TotalSeconds)) : 1;
                return new Problem(ProblemTypes.TooManyRequests).With("policy", limit.Name).WithHeader("Retry-After", wait.ToString(CultureInfo.InvariantCulture));
            }
        }
        return null;
    }

    private static void Tell(HttpContext context, Limit[] limits)
    {
        context.Response.Headers[Policy] = limits is [var only] ? only.Policy : string.Join(", ", limits.Select(limit => limit.Policy));
        context.Response.Headers[Remaining] = limits is [var one] ? one.Left(context) : string.Join(", ", limits.Select(limit => limit.Left(context)));
    }

    public void Dispose()
    {
        foreach (var limit in _ofStrangers.Concat(_ofBearers).Append(_ofErrorReports))
        {
            limit.Requests.Dispose();
        }
    }

    private Limit[] Of(HttpContext context) => context.User.Identity is { IsAuthenticated: true } ? _ofBearers : _ofStrangers;

    /// <summary>A network of IPv6 is one household, and counts as one address.</summary>
    public static IPAddress AddressOf(HttpContext context) => context.Connection.RemoteIpAddress switch
    {
        null => IPAddress.None,
        { AddressFamily: AddressFamily.InterNetworkV6, IsIPv4MappedToIPv6: false } address => new IPAddress([.. address.GetAddressBytes().AsSpan(0, 8), .. new byte[8]]),
        var address => address,
    };

    private sealed class Limit(string name, int quota, int seconds, Func<HttpContext, object> keyOf)
    {
        public string Name => name;

        public string Policy { get; } = string.Create(CultureInfo.InvariantCulture, $"\"{name}\";q={quota};w={seconds}");

        public PartitionedRateLimiter<HttpContext> Requests { get; } = PartitionedRateLimiter.Create<HttpContext, object>(context =>
            RateLimitPartition.GetTokenBucketLimiter(keyOf(context), _ => new TokenBucketRateLimiterOptions
            {
                TokenLimit = quota,
                // The whole quota in the whole time, in as small pieces as come about once a second.
                TokensPerPeriod = Math.Max(1, quota / seconds),
                ReplenishmentPeriod = TimeSpan.FromSeconds((double)seconds * Math.Max(1, quota / seconds) / quota),
                QueueLimit = 0,
            }));

        public string Left(HttpContext context) =>
            string.Create(CultureInfo.InvariantCulture, $"\"{name}\";r={Requests.GetStatistics(context)?.CurrentAvailablePermits ?? quota}");
    }
}

public static class RateLimitsExtensions
{
    /// <summary>Comes after authentication, which tells whose request it is.</summary>
    public static void UseRateLimits(this WebApplication app)
    {
        var limits = app.Services.GetRequiredService<RateLimits>();
        app.Use(next => context => limits.Enter(context) is { } refused ? refused.ExecuteAsync(context) : next(context));
    }
}
