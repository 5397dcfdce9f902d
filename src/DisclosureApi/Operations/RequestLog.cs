using System.Collections;
using System.Diagnostics;
using DisclosureApi.Http;

namespace DisclosureApi.Operations;

/// <summary>
/// What is logged of requests: by their route's pattern and never by what strangers wrote into them, so that no text of a
/// report, no token and no forged line can come into the log.
/// </summary>
internal static class RequestLog
{
    /// <summary>One line a request, for operators who want it: Logging:LogLevel:DisclosureApi.Requests=Information.</summary>
    public const string Category = "DisclosureApi.Requests";

    /// <summary>Comes first, so that it sees what is answered from memory too; it costs nothing where the category is silent at the start.</summary>
    public static void UseRequestLines(this WebApplication app)
    {
        Telemetry.UseRouteNames(app);
        var log = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger(Category);
        if (!log.IsEnabled(LogLevel.Information))
        {
            return;
        }
        // What is answered from memory is answered before routes are looked for; its line names its route all the same.
        app.UseRouting();
        app.Use(async (context, next) =>
        {
            var (since, route) = (Stopwatch.GetTimestamp(), RouteOf(context));
            try
            {
                await next(context);
            }
            finally
            {
                log.LogInformation("{Method} {Route} {Status} {Milliseconds} {RequestId}",
                    context.Request.Method, route, context.Response.StatusCode, Stopwatch.GetElapsedTime(since).TotalMilliseconds, Faults.RequestId(context));
            }
        });
    }

    /// <summary>Whatever is logged while a request is served bears the id that its events and its problem bear.</summary>
    public static void UseRequestIds(this WebApplication app)
    {
        var log = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger(Category);
        app.Use(async (context, next) =>
        {
            using (log.BeginScope(new Scope(context)))
            {
                await next(context);
            }
        });
    }

    private static string RouteOf(HttpContext context) => RouteOf(context.GetEndpoint());

    private static string RouteOf(Endpoint? endpoint) => (endpoint as RouteEndpoint)?.RoutePattern.RawText ?? "(no route)";

    /// <summary>Read only when something is logged.</summary>
    private sealed class Scope(HttpContext context) : IReadOnlyList<KeyValuePair<string, object?>>
    {
        /// <summary>Kept, because what handles a fault takes the endpoint away before it is logged.</summary>
        private readonly Endpoint? _endpoint = context.GetEndpoint();

        public int Count => 3;

        public KeyValuePair<string, object?> this[int index] => index switch
        {
            0 => new("RequestId", Faults.RequestId(context)),
            1 => new("Method", context.Request.Method),
            2 => new("Route", RouteOf(_endpoint)),
            _ => throw new ArgumentOutOfRangeException(nameof(index)),
        };

        public IEnumerator<KeyValuePair<string, object?>> GetEnumerator() => Enumerable.Range(0, Count).Select(i => this[i]).GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

        public override string ToString() => $"{Faults.RequestId(context)} {context.Request.Method} {RouteOf(_endpoint)}";
    }
}
