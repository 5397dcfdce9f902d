using System.Buffers;
using System.Buffers.Text;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Disclosure.Contents;
using DisclosureApi.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace DisclosureApi.Documents.Batch;

/// <summary>One document of a batch, or what keeps it from being one.</summary>
/// <param name="Key">The client's own name for it; null where it cannot be told.</param>
internal sealed record BatchItem(string? Key, string? MediaType, DocumentBytes Document, Problem? Problem)
{
    public static BatchItem Wrong(string? key, Problem problem) => new(key, null, new DocumentBytes([], null), problem);
}

/// <summary>Takes the documents out of a request one by one, as they arrive, so that none waits for those behind it.</summary>
internal static class BatchItems
{
    public const string Lines = "application/x-ndjson";
    public static readonly string[] MediaTypes = [Lines, "multipart/form-data", "multipart/mixed"];

    public const int MaxKey = 200;

    /// <summary>Base64 takes four bytes for three, and JSON up to six for one of a text; the rest of a line is small.</summary>
    private const int LongestLine = (6 * Body.MaxBytes) + 4096;

    public static IAsyncEnumerable<BatchItem> Of(HttpContext context)
    {
        var type = context.Request.GetTypedHeaders().ContentType;
        return Body.MediaTypeOf(context.Request) switch
        {
            Lines => OfLines(context),
            "multipart/form-data" or "multipart/mixed" when HeaderUtilities.RemoveQuotes(type!.Boundary) is { Length: > 0 and <= 70 } boundary => OfParts(context, boundary.ToString()),
            "multipart/form-data" or "multipart/mixed" => throw new ProblemException(new Problem(ProblemTypes.InvalidRequest, new("Content-Type缺少boundary参数", "The Content-Type lacks its boundary."))),
            _ => throw new ProblemException(Body.UnsupportedMediaType(MediaTypes)),
        };
    }

    private static async IAsyncEnumerable<BatchItem> OfLines(HttpContext context, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        var pipe = context.Request.BodyReader;
        while (true)
        {
            var read = await pipe.ReadAsync(cancellation);
            var rest = read.Buffer;
            try
            {
                while (rest.PositionOf((byte)'\n') is { } end)
                {
                    var line = rest.Slice(0, end);
                    rest = rest.Slice(rest.GetPosition(1, end));
                    if (OfLine(line) is { } item)
                    {
                        yield return item;
                    }
                }
                if (read.IsCompleted || rest.Length > LongestLine)
                {
                    if (OfLine(rest) is { } last)
                    {
                        yield return last;
                    }
                    yield break;
                }
            }
            finally
            {
                // Given back wherever the reading ends; else the server could not read the request to its end, and would tell that as an error of its own.
                pipe.AdvanceTo(rest.Start, rest.End);
            }
        }
    }

    private static BatchItem? OfLine(ReadOnlySequence<byte> line)
    {
        if (line.Length > LongestLine)
        {
            return BatchItem.Wrong(null, Body.TooLarge());
        }
        var bytes = line.ToArray();
        if (bytes.AsSpan().Trim(" \t\r"u8).Length == 0)
        {
            return null;
        }
        string? key = null;
        try
        {
            var walk = new JsonWalk([]);
            var members = walk.Members(Body.Parse(bytes), "", "key", "mediaType", "charset", "text", "base64");
            key = walk.Text(members, "key", "", MaxKey);
            var (mediaType, charset) = (walk.Text(members, "mediaType", "", MaxKey), walk.Text(members, "charset", "", MaxKey));
            var document = DocumentOf(walk, members, charset);
            foreach (var missing in new[] { (Name: "key", Value: key), (Name: "mediaType", Value: mediaType) }.Where(member => string.IsNullOrEmpty(member.Value) && !walk.Faults.Any(fault => fault.Pointer == $"/{member.Name}")))
            {
                walk.Missing($"/{missing.Name}");
            }
            return walk.Faults.Count > 0 ? BatchItem.Wrong(key, new Problem(ProblemTypes.InvalidBody).With(walk.Faults)) : new BatchItem(key, mediaType!.ToLowerInvariant(), document, null);
        }
        catch (ProblemException broken)
        {
            return BatchItem.Wrong(key, broken.Problem);
        }
    }

    private static DocumentBytes DocumentOf(JsonWalk walk, Dictionary<string, JsonElement> members, string? charset)
    {
        if (members.TryGetValue("base64", out var coded) && coded.ValueKind == JsonValueKind.String && !members.ContainsKey("text") && Base64.IsValid(coded.GetString()))
        {
            return new DocumentBytes(coded.GetBytesFromBase64(), charset?.ToLowerInvariant());
        }
        if (members.TryGetValue("text", out var text) && text.ValueKind == JsonValueKind.String && !members.ContainsKey("base64"))
        {
            return new DocumentBytes(System.Text.Encoding.UTF8.GetBytes(text.GetString()!), "utf-8");
        }
        walk.Wrong("/base64", "文档的Base64编码，或以text给出文本，二者取一", "the document in Base64, or its text as text, one of the two");
        return new DocumentBytes([], null);
    }

    private static async IAsyncEnumerable<BatchItem> OfParts(HttpContext context, string boundary, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        var parts = new MultipartReader(boundary, context.Request.Body);
        while (true)
        {
            BatchItem? item;
            try
            {
                item = await parts.ReadNextSectionAsync(cancellation) is { } part ? await OfPartAsync(part, cancellation) : null;
            }
            catch (Exception broken) when (broken is InvalidDataException or IOException and not BadHttpRequestException)
            {
                item = BatchItem.Wrong(null, new Problem(ProblemTypes.InvalidRequest, new("multipart结构有误，其后各项未读取", "The multipart body is broken; what follows was not read.")));
            }
            if (item is null)
            {
                yield break;
            }
            yield return item;
            if (item.Problem is not null && item.Key is null)
            {
                yield break;
            }
        }
    }

    private static async Task<BatchItem> OfPartAsync(MultipartSection part, CancellationToken cancellation)
    {
        var key = (ContentDispositionHeaderValue.TryParse(part.ContentDisposition, out var disposition) ? HeaderUtilities.RemoveQuotes(disposition.Name).ToString() : null)
            ?? part.Headers?.GetValueOrDefault("Content-ID").ToString();
        if (string.IsNullOrEmpty(key) || key.Length > MaxKey || !MediaTypeHeaderValue.TryParse(part.ContentType, out var type))
        {
            return BatchItem.Wrong(key, new Problem(ProblemTypes.InvalidBody, new(
                $"每一部分须有Content-Disposition的name（或Content-ID，至多{MaxKey}字）和Content-Type", $"Each part needs a name in Content-Disposition (or a Content-ID) of at most {MaxKey} characters, and a Content-Type.")));
        }
        using var kept = new MemoryStream();
        var buffer = new byte[16 * 1024];
        int read;
        while ((read = await part.Body.ReadAsync(buffer, cancellation)) > 0)
        {
            kept.Write(buffer, 0, kept.Length <= Body.MaxBytes ? read : 0);
        }
        return kept.Length > Body.MaxBytes
            ? BatchItem.Wrong(key, Body.TooLarge())
            : new BatchItem(key, type.MediaType.ToString().ToLowerInvariant(), new DocumentBytes(kept.ToArray(), type.Charset.HasValue ? HeaderUtilities.RemoveQuotes(type.Charset).ToString().ToLowerInvariant() : null), null);
    }
}
