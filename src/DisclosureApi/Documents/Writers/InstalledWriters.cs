using System.Text;
using Disclosure.Documents.Writing;
using DisclosureApi.Http.Printing;

namespace DisclosureApi.Documents.Writers;

/// <summary>The kinds of files that documents are given out as.</summary>
internal static class InstalledWriters
{
    public static DocumentWriters All() => new(
    [
        new("text/html", "html", document => Encoding.UTF8.GetBytes(HtmlRendering.Render(document))),
        new(WordFile.MediaType, "docx", WordFile.Render),
        new("text/plain", "txt", document => Encoding.UTF8.GetBytes(TextRendering.Render(document))),
        new("text/csv", "csv", document => Encoding.UTF8.GetBytes(CsvRendering.Render(document))),
    ]);
}
