using System.Globalization;
using Disclosure.Reports;
using DisclosureApi.Http;

namespace DisclosureApi.Reports.Originals;

/// <summary>An original as it came in, byte for byte. It was made elsewhere, so a browser saves it and runs nothing of it.</summary>
internal static class OriginalAnswer
{
    public static readonly string[] Headers = ["ETag", "Content-Disposition", "Repr-Digest"];

    public static Answer Of(ReportId id, OriginalDocument original, byte[] bytes, bool isPublic) => new(StatusCodes.Status200OK, bytes, $"\"{original.Sha256}\"")
    {
        ContentType = original.Charset is { } charset ? $"{original.MediaType}; charset={charset}" : original.MediaType,
        IsPublic = isPublic,
        Headers =
        [
            ("Content-Disposition", DocumentWriters.Disposition("attachment", string.Create(CultureInfo.InvariantCulture, $"{id.Agency}-{id.Year}-{original.Sha256[..8]}.{Extension(original.MediaType)}"))),
            ("Repr-Digest", $"sha-256=:{Convert.ToBase64String(Convert.FromHexString(original.Sha256))}:"),
            ("Content-Security-Policy", "sandbox; default-src 'none'"),
            ("X-Content-Type-Options", "nosniff"),
        ],
    };

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
