using System.Globalization;
using Disclosure.Reports;
using DisclosureApi.Http;
using DisclosureApi.Http.Printing;

namespace DisclosureApi.Reports.Originals;

/// <summary>An original as it came in, byte for byte. It was made elsewhere, so a browser saves it and runs nothing of it.</summary>
internal static class OriginalAnswer
{
    /// <summary>Names of the headers that keep a browser from running it.</summary>
    public static readonly string[] Guards = ["Content-Security-Policy", "X-Content-Type-Options"];

    public static Answer Of(ReportId id, OriginalDocument original, byte[] bytes, bool isPublic)
    {
        var type = original.Charset is { } charset ? $"{original.MediaType}; charset={charset}" : original.MediaType;
        var etag = $"\"{original.Sha256}\"";
        (string, string)[] headers =
        [
            ("Content-Disposition", DocumentWriters.Disposition("attachment", string.Create(CultureInfo.InvariantCulture, $"{id.Agency}-{id.Year}-{original.Sha256[..8]}.{Extension(original.MediaType)}"))),
            (Guards[0], "sandbox; default-src 'none'"),
            (Guards[1], "nosniff"),
        ];
        return isPublic ? Answer.Public(new PublicBody(bytes, etag), type, headers) : new Answer(StatusCodes.Status200OK, bytes, etag) { ContentType = type, Headers = headers };
    }

    private static string Extension(string mediaType) => mediaType switch
    {
        "text/html" => "html",
        "text/csv" => "csv",
        "text/markdown" => "md",
        "application/pdf" => "pdf",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document" => "docx",
        _ => "txt",
    };
}
