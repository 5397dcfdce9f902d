using Disclosure.Documents.Writing;
using DisclosureApi.Http;
using DisclosureApi.Http.Printing;
using Microsoft.Extensions.Caching.Memory;

namespace DisclosureApi.Reports.Printing;

/// <summary>A kind of file, and whether a byte order mark leads its text.</summary>
public sealed record WantedDocument(DocumentWriter Writer, bool Led);

/// <summary>Official documents of revisions as they were last written. A revision never changes, so what is kept of it is never stale.</summary>
public sealed class PrintedReports(DocumentWriters writers) : IDisposable
{
    private const int MostKept = 64 * 1024 * 1024;
    private readonly MemoryCache _kept = new(new MemoryCacheOptions { SizeLimit = MostKept });

    /// <summary>What the request wants; one that wants something impossible ends here, whatever there is to print.</summary>
    public WantedDocument Wanted(HttpRequest request)
    {
        var writer = writers.Preferred(request);
        return new WantedDocument(writer, DocumentWriters.IsLed(request, writer));
    }

    /// <summary>The document in the kind that is wanted.</summary>
    /// <param name="revision">What names the content and nothing else, such as the ETag of its JSON; null where nothing is to be kept.</param>
    public Answer Answer(WantedDocument wanted, string? revision, Func<OfficialDocument> document)
    {
        var (writer, led) = wanted;
        if (revision is null)
        {
            return DocumentWriters.Write(writer, document(), led).Answer(isPublic: false);
        }
        var written = _kept.GetOrCreate((revision, writer.MediaType, led), place =>
        {
            var made = DocumentWriters.Write(writer, document(), led);
            place.Size = 2 * made.Body.Length;
            return made;
        })!;
        return written.Answer(isPublic: true);
    }

    public void Dispose() => _kept.Dispose();
}
