namespace DisclosureApi.Http;

/// <summary>What a client may ask of a resource before it asks (OPTIONS), and whether pages of other sites may read it (CORS).</summary>
public static class CrossOrigin
{
    /// <summary>Everything that anyone may read may be read by any page; nothing that needs a token is offered to pages of other sites.</summary>
    public const string AnyOrigin = "*";

    /// <summary>The headers of answers that scripts of other sites are shown beside the few that they always are.</summary>
    public const string Exposed = "Accept-Ranges, Content-Language, Content-Location, Content-Range, ETag, Link, Memento-Datetime, RateLimit, RateLimit-Policy, Repr-Digest, Retry-After";

    private const string Accepted = "Accept, Accept-Datetime, Accept-Language, If-None-Match, If-Range, Range";

    /// <summary>Why something open cannot be read, a page of another site may know as well as what can be.</summary>
    public static void Open(HttpContext context)
    {
        var (request, response) = (context.Request, context.Response);
        var isReading = HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method);
        if (isReading && request.Headers.Authorization.Count == 0 && response.StatusCode != StatusCodes.Status401Unauthorized)
        {
            response.Headers.AccessControlAllowOrigin = AnyOrigin;
            response.Headers.AccessControlExposeHeaders = Exposed;
        }
    }

    /// <summary>Comes after routing, which knows the methods of the resource and tells them when it refuses another.</summary>
    public static void UseOptions(this WebApplication app) =>
        app.Use(next => context => HttpMethods.IsOptions(context.Request.Method) ? AnswerAsync(context, next) : next(context));

    /// <summary>The methods that a refusal names, and this one, which every resource takes.</summary>
    public static string Allow(HttpResponse response) => $"{response.Headers.Allow}, {HttpMethods.Options}";

    private static async Task AnswerAsync(HttpContext context, RequestDelegate next)
    {
        await next(context);
        var response = context.Response;
        if (response.StatusCode != StatusCodes.Status405MethodNotAllowed || response.HasStarted)
        {
            return;
        }
        var isReadable = response.Headers.Allow.ToString().Split(", ").Contains(HttpMethods.Get, StringComparer.Ordinal);
        response.StatusCode = StatusCodes.Status204NoContent;
        response.Headers.Allow = Allow(response);
        if (isReadable)
        {
            response.Headers.AccessControlAllowOrigin = AnyOrigin;
            response.Headers.AccessControlAllowMethods = "GET, HEAD";
            response.Headers.AccessControlAllowHeaders = Accepted;
            response.Headers.AccessControlMaxAge = "86400";
        }
    }
}
