using System.Diagnostics;
using DisclosureApi.Http.Guarding;
using Microsoft.AspNetCore.Diagnostics;
using Npgsql;

namespace DisclosureApi.Http;

/// <summary>Turns what is thrown, and what the framework answers without a body, into problems.</summary>
public static class Faults
{
    private const string Category = "DisclosureApi.Http.Faults";

    /// <summary>Stands outermost, so that nothing leaves without the right shape.</summary>
    public static void UseProblems(this WebApplication app)
    {
        app.UseExceptionHandler(new ExceptionHandlerOptions { ExceptionHandler = context => AnewAsync(context, context.Features.Get<IExceptionHandlerFeature>()!.Error) });
        var log = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger(Category);
        // Refusals are ordinary answers: they need neither the log nor the headers that the handler above sets on what broke.
        app.Use(async (context, next) =>
        {
            try
            {
                await next(context);
            }
            catch (Exception refused) when (refused is ProblemException or BadHttpRequestException && !context.Response.HasStarted)
            {
                await For(context, refused).ExecuteAsync(context);
            }
            catch (Exception away) when (IsAway(away) && !context.Response.HasStarted)
            {
                // Every request tells this while the database is away. Were each told as a fault, with its stack, the log would fill a disk within hours.
                log.LogWarning("The database did not answer this request: {Why}", away.Message);
                context.Response.Clear();
                await AnewAsync(context, away);
            }
        });
        app.UseStatusCodePages(context =>
        {
            var response = context.HttpContext.Response;
            if (response.StatusCode == StatusCodes.Status405MethodNotAllowed)
            {
                response.Headers.Allow = CrossOrigin.Allow(response);
            }
            return new Problem(ProblemTypes.ForStatus(response.StatusCode)).ExecuteAsync(context.HttpContext);
        });
    }

    /// <summary>What had been said before the fault is gone with it.</summary>
    private static Task AnewAsync(HttpContext context, Exception thrown)
    {
        context.RequestServices.GetRequiredService<RateLimits>().Tell(context);
        SecurityHeaders.Set(context);
        return For(context, thrown).ExecuteAsync(context);
    }

    /// <summary>What the database gave up because it took too long, or because it is away, is no fault, and may go better in a moment.</summary>
    private static bool IsAway(Exception thrown) => thrown switch
    {
        PostgresException { IsTransient: false, SqlState: not (PostgresErrorCodes.QueryCanceled or PostgresErrorCodes.ReadOnlySqlTransaction) } => false,
        // A connection that breaks while it is waited for lets the driver speak of its socket.
        NpgsqlException or TimeoutException or ObjectDisposedException { ObjectName: "System.Net.Sockets.Socket" } => true,
        _ => false,
    };

    private static Problem For(HttpContext context, Exception thrown) => thrown switch
    {
        ProblemException refused => refused.Problem,
        BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => Body.TooLarge(),
        BadHttpRequestException { StatusCode: StatusCodes.Status408RequestTimeout } => new Problem(ProblemTypes.TooSlow),
        BadHttpRequestException bad => new Problem(ProblemTypes.ForStatus(bad.StatusCode)),
        _ when IsAway(thrown) => new Problem(ProblemTypes.Unavailable).WithHeader("Retry-After", "1"),
        _ => Internal(context),
    };

    private static Problem Internal(HttpContext context) => new Problem(ProblemTypes.Internal).With("request", RequestId(context));

    /// <summary>The id that stands in the log and in the events of this request.</summary>
    public static string RequestId(HttpContext context) => Activity.Current?.TraceId.ToHexString() ?? context.TraceIdentifier;
}
