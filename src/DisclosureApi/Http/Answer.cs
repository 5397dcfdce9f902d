using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Net.Http.Headers;

namespace DisclosureApi.Http;

/// <summary>An answer whose bytes are already made, with its ETag; a reader that has these bytes gets 304.</summary>
public sealed class Answer(int status, byte[] body, string etag) : IResult
{
    private const int ServerBuffer = 64 * 1024;

    public string ContentType { get; init; } = Json.MediaType;

    /// <summary>Shared caches may keep public answers but must ask before they serve them; others are for the caller alone.</summary>
    public bool IsPublic { get; init; }

    public IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];

    /// <summary>The strong ETag of a body that anyone may read: a hash of the bytes sent.</summary>
    public static string ETagOf(byte[] body) => $"\"{Convert.ToHexStringLower(SHA256.HashData(body).AsSpan(0, 16))}\"";

    public static Answer Public(Action<Utf8JsonWriter> write)
    {
        var body = Json.Bytes(write);
        return Public(body, ETagOf(body));
    }

    public static Answer Public(byte[] body, string etag) => new(StatusCodes.Status200OK, body, etag) { IsPublic = true };

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        if (etag.Length > 0)
        {
            response.Headers.ETag = etag;
        }
        response.Headers.CacheControl = IsPublic ? "public, no-cache" : "no-store";
        foreach (var (name, value) in Headers)
        {
            response.Headers.Append(name, value);
        }
        if (IsPublic && Matches(httpContext.Request))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }
        response.StatusCode = status;
        response.ContentType = ContentType;
        response.ContentLength = body.Length;
        if (!HttpMethods.IsHead(httpContext.Request.Method))
        {
            await WriteAsync(httpContext);
        }
    }

    /// <summary>What fits in the server's own buffer is left there for it to send at the request's end, so that nobody on the way waits for the network.</summary>
    private ValueTask WriteAsync(HttpContext context)
    {
        if (body.Length > ServerBuffer)
        {
            return context.Response.Body.WriteAsync(body, context.RequestAborted);
        }
        context.Response.BodyWriter.Write(body);
        return ValueTask.CompletedTask;
    }

    /// <summary>Nearly every reader sends back the one ETag it was given, and that is told without taking a list apart.</summary>
    private bool Matches(HttpRequest request)
    {
        var given = request.Headers.IfNoneMatch;
        return given.Count > 0 && (string.Equals(given, etag, StringComparison.Ordinal) || request.GetTypedHeaders().IfNoneMatch.Any(
            known => known.Equals(EntityTagHeaderValue.Any) || known.Compare(EntityTagHeaderValue.Parse(etag), useStrongComparison: false)));
    }
}
