using System.Globalization;
using DisclosureApi.Http;
using Microsoft.Net.Http.Headers;

namespace DisclosureApi.Bulk;

/// <summary>A file on its way to a reader: all of it, the part that it still lacks, or the word that it lacks nothing (RFC 9110, sections 13 and 14).</summary>
internal sealed class ExportAnswer(ExportFile file, Measured measured, ExportRows rows) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var (request, response) = (httpContext.Request, httpContext.Response);
        var etag = EntityTagHeaderValue.Parse(measured.ETag);
        if (request.Headers.IfMatch.Count > 0 && !request.GetTypedHeaders().IfMatch.Any(known => known.Equals(EntityTagHeaderValue.Any) || known.Compare(etag, useStrongComparison: true)))
        {
            await new Problem(ProblemTypes.PreconditionFailed).With("current", measured.ETag).ExecuteAsync(httpContext);
            return;
        }
        WriteHeaders(response.Headers);
        if (request.GetTypedHeaders().IfNoneMatch.Any(known => known.Equals(EntityTagHeaderValue.Any) || known.Compare(etag, useStrongComparison: false)))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }
        response.Headers["Repr-Digest"] = measured.Digest;
        var (from, count) = (0L, measured.Length);
        if (Asked(request, etag) is { } range)
        {
            (from, count) = Part(range);
            if (count <= 0)
            {
                await RefuseAsync(httpContext);
                return;
            }
            response.StatusCode = StatusCodes.Status206PartialContent;
            response.Headers.ContentRange = string.Create(CultureInfo.InvariantCulture, $"bytes {from}-{from + count - 1}/{measured.Length}");
        }
        if (file.Coding is not null)
        {
            response.Headers.ContentEncoding = file.Coding;
        }
        response.ContentType = file.ContentType;
        response.ContentLength = count;
        if (HttpMethods.IsGet(request.Method))
        {
            await using var tap = new Tap(response.BodyWriter, from, count);
            await file.WriteAsync(rows.ReadAsync(file.Year, file.Position, httpContext.RequestAborted), tap, () => tap.IsDone, httpContext.RequestAborted);
        }
    }

    private void WriteHeaders(IHeaderDictionary headers)
    {
        headers.ETag = measured.ETag;
        headers.AcceptRanges = "bytes";
        headers.CacheControl = "public, no-cache";
        headers.Vary = "Accept, Accept-Encoding";
        headers.ContentLocation = file.Address;
        headers.Link = $"<{GetManifest.Path(file.Year)}?asOf={file.Position}>; rel=\"describedby\", </v1/changes?after={file.Position}>; rel=\"monitor\"";
        headers.AccessControlAllowOrigin = CrossOrigin.AnyOrigin;
        headers.AccessControlExposeHeaders = CrossOrigin.Exposed;
    }

    /// <summary>The one range that is asked for, of these very bytes. Several at once are answered with everything, which RFC 9110 allows.</summary>
    private static RangeItemHeaderValue? Asked(HttpRequest request, EntityTagHeaderValue etag)
    {
        var headers = request.GetTypedHeaders();
        var isMeant = headers.IfRange switch
        {
            null => request.Headers.IfRange.Count == 0,
            { EntityTag: { } known } => known.Compare(etag, useStrongComparison: true),
            _ => false,
        };
        return HttpMethods.IsGet(request.Method) && isMeant && headers.Range is { Ranges: { Count: 1 } ranges } asked && asked.Unit.Equals("bytes", StringComparison.OrdinalIgnoreCase) ? ranges.Single() : null;
    }

    private (long From, long Count) Part(RangeItemHeaderValue range)
    {
        if (range.From is not { } from)
        {
            var last = Math.Min(range.To ?? 0, measured.Length);
            return (measured.Length - last, last);
        }
        return (from, from >= measured.Length ? 0 : Math.Min(range.To ?? long.MaxValue, measured.Length - 1) - from + 1);
    }

    private Task RefuseAsync(HttpContext context)
    {
        foreach (var name in (string[])["ETag", "Repr-Digest", "Content-Location", "Link", "Vary"])
        {
            context.Response.Headers.Remove(name);
        }
        return new Problem(ProblemTypes.RangeNotSatisfiable)
            .WithHeader("Content-Range", string.Create(CultureInfo.InvariantCulture, $"bytes */{measured.Length}")).ExecuteAsync(context);
    }
}
