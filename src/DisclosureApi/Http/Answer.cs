using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace DisclosureApi.Http;

/// <summary>An answer whose bytes are already made, with its ETag; a reader that has these bytes gets 304.</summary>
public sealed class Answer(int status, byte[] body, string etag) : IResult
{
    private const int ServerBuffer = 64 * 1024;
    private PublicBody? _open;
    private string _vary = "Accept-Encoding";
    private string _cacheControl = "public, no-cache";

    public string ContentType { get; init; } = Json.MediaType;

    public IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];

    /// <summary>What it says, where anyone may read it.</summary>
    public PublicBody? Open => _open;

    /// <summary>The bytes of an answer that anyone may read.</summary>
    public int Length => _open?.Length ?? body.Length;

    /// <summary>The strong ETag of a body that anyone may read: a hash of the bytes sent.</summary>
    public static string ETagOf(byte[] body) => $"\"{Convert.ToHexStringLower(SHA256.HashData(body).AsSpan(0, 16))}\"";

    public static Answer Public(Action<Utf8JsonWriter> write) => Public(new PublicBody(Json.Bytes(write)));

    public static Answer Public(PublicBody body, string contentType = Json.MediaType, params IReadOnlyList<(string Name, string Value)> headers) =>
        new(StatusCodes.Status200OK, [], "") { _open = body, ContentType = contentType, Headers = headers };

    /// <summary>Bytes that will never be others.</summary>
    public static Answer ForEver(byte[] body, string contentType) => Public(new PublicBody(body), contentType).Kept("public, max-age=31536000, immutable");

    /// <summary>The same answer, which depends on these request headers, for one that anyone may read.</summary>
    public Answer WithVary(string headers)
    {
        _vary = headers;
        return this;
    }

    /// <summary>The same answer with another word to caches, for one that anyone may read.</summary>
    public Answer Kept(string cacheControl)
    {
        _cacheControl = cacheControl;
        return this;
    }

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var headers = httpContext.Response.Headers;
        foreach (var (name, value) in Headers)
        {
            // These add up; any other says something in place of what every answer says.
            headers[name] = name is "Vary" or "Link" ? StringValues.Concat(headers[name], value) : value;
        }
        return _open is null ? SendPrivateAsync(httpContext) : SendPublicAsync(httpContext, _open.For(httpContext.Request.Headers.AcceptEncoding));
    }

    /// <summary>For the caller alone: nothing on the way may keep it.</summary>
    private Task SendPrivateAsync(HttpContext context)
    {
        context.Response.Headers.CacheControl = "no-store";
        if (etag.Length > 0)
        {
            context.Response.Headers.ETag = etag;
        }
        return SendAsync(context, status, body);
    }

    /// <summary>For anyone, on any page. Unless the answer says otherwise, shared caches may keep it but must ask before they serve it.</summary>
    private Task SendPublicAsync(HttpContext context, CodedBody coded)
    {
        var headers = context.Response.Headers;
        headers.ETag = coded.ETag;
        headers.CacheControl = _cacheControl;
        headers.Append("Vary", _vary);
        headers.AccessControlAllowOrigin = CrossOrigin.AnyOrigin;
        headers.AccessControlExposeHeaders = CrossOrigin.Exposed;
        if (Matches(context.Request, coded.ETag))
        {
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }
        headers["Repr-Digest"] = coded.Digest;
        if (coded.Coding is not null)
        {
            headers.ContentEncoding = coded.Coding;
        }
        return SendAsync(context, StatusCodes.Status200OK, coded.Bytes);
    }

    private Task SendAsync(HttpContext context, int status, byte[] bytes)
    {
        var response = context.Response;
        response.StatusCode = status;
        response.ContentType = ContentType;
        response.ContentLength = bytes.Length;
        return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : WriteAsync(context, bytes);
    }

    /// <summary>
    /// What fits in the server's own buffer is left there for it to send at the request's end, so that nobody on the way waits
    /// for the network. The headers go there first; bytes that came before them would be copied twice.
    /// </summary>
    private static Task WriteAsync(HttpContext context, byte[] bytes)
    {
        var begun = context.Response.StartAsync(context.RequestAborted);
        if (bytes.Length > ServerBuffer || !begun.IsCompletedSuccessfully)
        {
            return WriteThroughAsync(context, begun, bytes);
        }
        context.Response.BodyWriter.Write(bytes);
        return Task.CompletedTask;
    }

    private static async Task WriteThroughAsync(HttpContext context, Task begun, byte[] bytes)
    {
        await begun;
        await context.Response.Body.WriteAsync(bytes, context.RequestAborted);
    }

    /// <summary>Nearly every reader sends back the one ETag it was given, and that is told without taking a list apart.</summary>
    private static bool Matches(HttpRequest request, string etag)
    {
        var given = request.Headers.IfNoneMatch;
        return given.Count > 0 && (string.Equals(given, etag, StringComparison.Ordinal) || request.GetTypedHeaders().IfNoneMatch.Any(
            known => known.Equals(EntityTagHeaderValue.Any) || known.Compare(EntityTagHeaderValue.Parse(etag), useStrongComparison: false)));
    }
}
