using System.Text.Json;
using Disclosure.Contents;
using DisclosureApi.Http;
using DisclosureApi.Http.Guarding;

namespace DisclosureApi.Documents.Batch;

/// <summary>POST /v1/conversions/batch: many documents in, a filing or a problem for each out, in their order, as soon as each is read.</summary>
internal static class PostBatch
{
    public const int MaxItems = 200;

    public static readonly OperationContract Contract = new("convert_documents", "Documents", "Read many documents into filings")
    {
        Description =
            "Each document comes with a key of the client's own: an NDJSON line `{\"key\", \"mediaType\", \"charset\", \"base64\" | \"text\"}`, or a part of a multipart body, "
            + "whose key is the name in its Content-Disposition or its Content-ID. The answer is a line for each, in order, streamed: `{\"key\", \"status\", \"filing\" | \"problem\"}`. "
            + "Documents do not depend on each other, the same document is read the same way again, and nothing is stored: a client whose connection broke "
            + "sends those again whose keys it has no line for. "
            + $"At most {MaxItems} documents of 4 MiB each; behind that the answer ends with a line without key that says so.",
        Documents = BatchItems.MediaTypes,
        MaxBytes = Body.MaxDrainedBytes,
        Answers = [new(200, "BatchResult", "A line for each document") { MediaType = BatchItems.Lines }],
        Problems = [400, 415],
    };

    public static async Task HandleAsync(HttpContext context, DocumentReaders readers)
    {
        var items = BatchItems.Of(context);
        var english = Language.IsEnglish(context.Request);
        context.Response.ContentType = BatchItems.Lines;
        context.Response.Headers.CacheControl = "no-store";
        var count = 0;
        // The first document may take its client as long as any other.
        Patience.Hold(context);
        try
        {
            await foreach (var item in items.WithCancellation(context.RequestAborted))
            {
                var line = ++count > MaxItems
                    ? Line(null, new Problem(ProblemTypes.BodyTooLarge, new($"一批至多{MaxItems}份文档，其余未读取", $"A batch holds at most {MaxItems} documents; the rest was not read.")).With("limit", MaxItems), english)
                    : await ResultAsync(item, readers, english, context.RequestAborted);
                await WriteAsync(context, line);
                if (count > MaxItems)
                {
                    return;
                }
            }
        }
        catch (BadHttpRequestException tooLarge) when (tooLarge.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            await WriteAsync(context, Line(null, new Problem(ProblemTypes.BodyTooLarge).With("limit", Body.MaxDrainedBytes), english));
        }
    }

    private static async Task WriteAsync(HttpContext context, byte[] line)
    {
        await context.Response.Body.WriteAsync(line, context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
    }

    private static async Task<byte[]> ResultAsync(BatchItem item, DocumentReaders readers, bool english, CancellationToken cancellation)
    {
        if (item.Problem is { } problem)
        {
            return Line(item.Key, problem, english);
        }
        try
        {
            if (item.Document.Bytes.Length > Body.MaxBytes)
            {
                return Line(item.Key, Body.TooLarge(), english);
            }
            Body.RequireCharset(item.MediaType, item.Document.Charset);
            var read = await FilingBody.ReadAsync(readers, item.MediaType, item.Document, cancellation);
            return Line(item.Key, StatusCodes.Status200OK, "filing", writer => FilingWriter.Write(writer, read.Filing));
        }
        catch (ProblemException refused)
        {
            return Line(item.Key, refused.Problem, english);
        }
    }

    private static byte[] Line(string? key, Problem problem, bool english) => Line(key, problem.Type.Status, "problem", writer => problem.Write(writer, english));

    private static byte[] Line(string? key, int status, string name, Action<Utf8JsonWriter> write) =>
    [
        .. Json.Bytes(writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("key", key);
            writer.WriteNumber("status", status);
            writer.WritePropertyName(name);
            write(writer);
            writer.WriteEndObject();
        }),
        (byte)'\n',
    ];
}
