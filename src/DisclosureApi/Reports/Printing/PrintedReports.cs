using Disclosure.Documents.Writing;
using DisclosureApi.Http;
using DisclosureApi.Http.Printing;
using Microsoft.Extensions.Caching.Memory;

namespace DisclosureApi.Reports.Printing;

/// <summary>Official documents of revisions as they were last written. A revision never changes, so what is kept of it is never stale.</summary>
public sealed class PrintedReports(DocumentWriters writers) : IDisposable
{
    private const int MostKept = 64 * 1024 * 1024;
    private readonly MemoryCache _kept = new(new MemoryCacheOptions { SizeLimit = MostKept });

    /// <summary>The document in the kind that the request prefers.</summary>
    /// <param name="revision">What names the content and nothing else, such as the ETag of its JSON; null where nothing is to be kept.</param>
    public Answer Answer(HttpRequest request, string? revision, Func<OfficialDocument> document)
    {
        var writer = writers.Preferred(request);
        var led = DocumentWriters.IsLed(request, writer);
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
