using Disclosure.Documents;
using DisclosureApi.Http;

namespace DisclosureApi.Documents.Readers;

/// <summary>The kinds of documents that can be read on this machine.</summary>
internal static class InstalledReaders
{
    private const string Pdf = "application/pdf";

    public static DocumentReaders Find() => new(
    [
        new("text/plain", (document, _) => Task.FromResult(PlainText.Read(TextBytes.Decode(document)))),
        new("text/markdown", (document, _) => Task.FromResult(MarkdownText.Read(TextBytes.Decode(document)))),
        new("text/csv", (document, _) => Task.FromResult(CsvText.Read(TextBytes.Decode(document)))),
        new("text/html", (document, _) => Task.FromResult(HtmlDocument.Read(TextBytes.DecodeHtml(document)))),
        new("application/vnd.openxmlformats-officedocument.wordprocessingml.document", (document, _) => Task.FromResult(WordDocument.Read(document.Bytes))),
        PdfTool.Installed() is { } tool
            ? new(Pdf, (document, cancellation) => PdfDocument.ReadAsync(tool, document.Bytes, cancellation))
            : new(Pdf, null, "pdftotext (poppler-utils)"),
    ]);
}
