using Disclosure.Documents.Writing;
using Microsoft.Net.Http.Headers;

namespace DisclosureApi.Http.Printing;

/// <summary>How the official document becomes a file of one kind.</summary>
/// <param name="Extension">Of the file's name, without the dot.</param>
public sealed record DocumentWriter(string MediaType, string Extension, Func<OfficialDocument, byte[]> Write)
{
    /// <summary>Whether a browser shows it; what it does not show is saved.</summary>
    public bool IsShown => MediaType is "text/html" or "text/plain";
}

/// <summary>The kinds of files that documents are given out as, the one that is given unasked first.</summary>
public sealed class DocumentWriters(IReadOnlyList<DocumentWriter> writers)
{
    /// <summary>Their media types, in the same order.</summary>
    public static IReadOnlyList<string> MediaTypes { get; } =
        ["text/html", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "text/plain", "text/csv"];

    public DocumentWriter Of(string mediaType) => writers.First(writer => writer.MediaType == mediaType);

    /// <summary>What the request prefers; a request that takes none of these ends here.</summary>
    public DocumentWriter Preferred(HttpRequest request) => DisclosureApi.Http.MediaTypes.Choose(request, [.. MediaTypes]) is { } best
        ? Of(best)
        : throw new ProblemException(new Problem(ProblemTypes.NotAcceptable).With("supported", MediaTypes).WithHeader("Vary", "Accept, Accept-Language"));

    /// <summary>A file with what a cache and a browser need to know of it.</summary>
    /// <param name="led">Whether a byte order mark leads the text, as some spreadsheets need it to tell UTF-8.</param>
    public static WrittenDocument Write(DocumentWriter writer, OfficialDocument document, bool led)
    {
        var bytes = writer.Write(document);
        bytes = led ? [0xEF, 0xBB, 0xBF, .. bytes] : bytes;
        var type = writer.MediaType.StartsWith("text/", StringComparison.Ordinal) ? $"{writer.MediaType}; charset=utf-8" : writer.MediaType;
        return new WrittenDocument(new PublicBody(bytes), type, Disposition(writer.IsShown ? "inline" : "attachment", $"{document.Title}.{writer.Extension}"));
    }

    /// <summary>Whether the query asks for a byte order mark. Only the text of a spreadsheet has one.</summary>
    public static bool IsLed(HttpRequest request, DocumentWriter writer) => request.Query["bom"] switch
    {
        [] => false,
        ["true"] => writer.MediaType == "text/csv",
        ["false"] => false,
        _ => throw new ProblemException(new Problem(ProblemTypes.InvalidRequest, new("bom应为true或false", "bom must be true or false."))),
    };

    /// <summary>The name in UTF-8 (RFC 6266, RFC 8187), and in letters that everyone has for those who know no better.</summary>
    public static string Disposition(string kind, string name)
    {
        var header = new ContentDispositionHeaderValue(kind);
        header.SetHttpFileName(string.Concat(name.Select(c => char.IsControl(c) || "\\/:*?\"<>|".Contains(c, StringComparison.Ordinal) ? '_' : c)));
        return header.ToString();
    }
}

/// <summary>A document in one kind of file.</summary>
public sealed record WrittenDocument(PublicBody Body, string ContentType, string Disposition)
{
    /// <summary>A page of ours has a style sheet in itself, and nothing else to load or run.</summary>
    public const string Page = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    public Answer Answer(bool isPublic)
    {
        (string, string)[] headers = [("Vary", "Accept"), ("Content-Disposition", Disposition), ("Content-Language", "zh-CN"), ("Content-Security-Policy", Page)];
        var (bytes, etag) = Body.Plain;
        return isPublic ? Http.Answer.Public(Body, ContentType, headers) : new(StatusCodes.Status200OK, bytes, etag) { ContentType = ContentType, Headers = headers };
    }
}
