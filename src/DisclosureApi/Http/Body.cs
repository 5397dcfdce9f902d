using System.Buffers;
using System.Text.Json;
using System.Text.Unicode;
using Disclosure.Contents;
using DisclosureApi.Http.Guarding;
using Microsoft.Net.Http.Headers;

namespace DisclosureApi.Http;

/// <summary>Reads request bodies within limits, and refuses what cannot be kept before anyone looks at what it says.</summary>
public static class Body
{
    /// <summary>The largest body taken, in bytes.</summary>
    public const int MaxBytes = 4 * 1024 * 1024;

    /// <summary>What is read and thrown away of a larger one, so that the client hears the answer instead of a broken pipe.</summary>
    public const int MaxDrainedBytes = 32 * 1024 * 1024;

    /// <summary>JSON Merge Patch (RFC 7396).</summary>
    public const string MergePatchType = "application/merge-patch+json";

    /// <summary>Comma-separated values (RFC 4180).</summary>
    public const string CsvType = "text/csv";

    /// <summary>How long a client may take to send it, however evenly it drips.</summary>
    public static readonly TimeSpan LongestSending = TimeSpan.FromMinutes(1);

    /// <summary>Objects and lists inside each other; the deepest body that means anything has 6.</summary>
    public const int MaxDepth = 16;

    /// <summary>JSON is UTF-8 (RFC 8259); documents may be in what Chinese offices write.</summary>
    private static readonly string[] _charsets = ["utf-8", "us-ascii"];
    private static readonly string[] _documentCharsets = [.. _charsets, "utf-16", "utf-16le", "utf-16be", "gb18030", "gbk", "gb2312"];

    /// <summary>The encoding that a request declares, in small letters; null when it declares none.</summary>
    public static string? CharsetOf(HttpRequest request) =>
        request.GetTypedHeaders().ContentType?.Charset is { Length: > 0 } charset ? HeaderUtilities.RemoveQuotes(charset).ToString().ToLowerInvariant() : null;

    /// <summary>The media type in small letters. An encoding that is not read here ends the request, because guessing would garble the text.</summary>
    public static string? MediaTypeOf(HttpRequest request)
    {
        var type = request.GetTypedHeaders().ContentType;
        RequireCharset(type?.MediaType.Value?.ToLowerInvariant(), CharsetOf(request));
        if (request.Headers.ContentEncoding.ToString() is { Length: > 0 } coding && !coding.Equals("identity", StringComparison.OrdinalIgnoreCase))
        {
            throw new ProblemException(new Problem(ProblemTypes.UnsupportedMediaType, new(
                "请求体不得压缩", "The body must not be compressed.")).With("supported", ["identity"]).WithHeader("Accept-Encoding", "identity"));
        }
        return type?.MediaType.Value?.ToLowerInvariant();
    }

    /// <summary>Refuses an encoding that documents of this type are not read in.</summary>
    public static void RequireCharset(string? mediaType, string? charset)
    {
        var charsets = mediaType is Json.MediaType or MergePatchType ? _charsets : _documentCharsets;
        if (charset is not null && !charsets.Contains(charset, StringComparer.Ordinal))
        {
            throw new ProblemException(new Problem(ProblemTypes.UnsupportedMediaType, new(
                $"charset={charset}不受支持", $"charset={charset} is not read here.")).With("supported", charsets));
        }
    }

    /// <summary>The body as JSON; the caller reads its members and tells every fault.</summary>
    public static async Task<JsonElement> JsonAsync(HttpContext context) => Parse(await JsonBytesAsync(context));

    /// <summary>The bytes of a body that says that it is JSON.</summary>
    public static Task<byte[]> JsonBytesAsync(HttpContext context) =>
        MediaTypeOf(context.Request) is Json.MediaType ? BytesAsync(context) : throw new ProblemException(UnsupportedMediaType([Json.MediaType]));

    /// <summary>The bytes of a body that says that it is a merge patch. Other bodies are told what a PATCH takes (RFC 5789).</summary>
    public static Task<byte[]> MergePatchBytesAsync(HttpContext context) => MediaTypeOf(context.Request) is MergePatchType
        ? BytesAsync(context)
        : throw new ProblemException(UnsupportedMediaType([MergePatchType]).WithHeader("Accept-Patch", MergePatchType));

    public static Problem UnsupportedMediaType(IReadOnlyList<string> supported) =>
        new Problem(ProblemTypes.UnsupportedMediaType).With("supported", supported).WithHeader("Accept", string.Join(", ", supported));

    public static JsonElement Parse(byte[] bytes)
    {
        if (!Utf8.IsValid(bytes))
        {
            throw Invalid("不是有效的UTF-8", "The body is not valid UTF-8.");
        }
        try
        {
            RefuseLoneSurrogates(bytes);
            return JsonElement.Parse(bytes, new JsonDocumentOptions { MaxDepth = MaxDepth, AllowDuplicateProperties = false });
        }
        catch (JsonException fault)
        {
            var where = fault.LineNumber is { } line ? $"第{line + 1}行第{fault.BytePositionInLine + 1}字节" : "位置不明";
            var place = fault.LineNumber is { } number ? $"line {number + 1}, byte {fault.BytePositionInLine + 1}" : "an unknown place";
            throw Invalid(
                $"JSON有误（{where}）：语法错误、成员重复或嵌套超过{MaxDepth}层",
                $"The JSON is broken at {place}: a syntax error, a duplicate member, or nesting deeper than {MaxDepth}.");
        }
    }

    /// <summary>The body's bytes, at most <see cref="MaxBytes"/>.</summary>
    public static async Task<byte[]> BytesAsync(HttpContext context)
    {
        using var kept = new MemoryStream();
        using var rented = MemoryPool<byte>.Shared.Rent(16 * 1024);
        var buffer = rented.Memory;
        long total = 0;
        int read;
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        patience.CancelAfter(LongestSending);
        Patience.Hold(context);
        try
        {
            while ((read = await context.Request.Body.ReadAsync(buffer, patience.Token)) > 0)
            {
                total += read;
                if (total <= MaxBytes)
                {
                    kept.Write(buffer.Span[..read]);
                }
            }
        }
        catch (OperationCanceledException) when (!context.RequestAborted.IsCancellationRequested)
        {
            throw new ProblemException(new Problem(ProblemTypes.TooSlow));
        }
        Patience.GoOn(context);
        return total <= MaxBytes ? kept.ToArray() : throw new ProblemException(TooLarge());
    }

    public static Problem TooLarge() => new Problem(ProblemTypes.BodyTooLarge).With("limit", MaxBytes);

    /// <summary>An escape such as \ud800 without its other half is valid JSON grammar and no text that can be kept.</summary>
    private static void RefuseLoneSurrogates(byte[] bytes)
    {
        if (bytes.AsSpan().IndexOf("\\ud"u8) < 0 && bytes.AsSpan().IndexOf("\\uD"u8) < 0)
        {
            // Valid UTF-8 has none that is not escaped, and their escapes all begin so.
            return;
        }
        var reader = new Utf8JsonReader(bytes, new JsonReaderOptions { MaxDepth = MaxDepth });
        while (reader.Read())
        {
            if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName && reader.ValueIsEscaped && !IsWellFormed(ref reader))
            {
                throw Invalid(
                    $"第{reader.TokenStartIndex + 1}字节处的字符串含有不成对的代理字符", $"The string at byte {reader.TokenStartIndex + 1} contains a lone surrogate.");
            }
        }
    }

    private static bool IsWellFormed(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString() is not null;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    private static ProblemException Invalid(string zh, string en) => new(new Problem(ProblemTypes.InvalidJson, new Message(zh, en)));
}
