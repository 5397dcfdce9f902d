using System.Text.Json;
using Disclosure.Contents;
using Disclosure.Rules;
using Microsoft.Extensions.Caching.Memory;
using Npgsql;

namespace DisclosureApi.Store.Judging;

/// <summary>Published reports as rules see them, read from the bodies that were made public. Those read lately are remembered by their ETags.</summary>
public sealed class KnownReports : IDisposable
{
    // A report has some 20 KB as it is read into memory, so these are some tens of megabytes.
    private const int MostKept = 2_000;

    private readonly MemoryCache _read = new(new MemoryCacheOptions { SizeLimit = MostKept });

    /// <summary>The report whose agency, year, revision, ETag and body stand in five columns.</summary>
    /// <param name="at">The first of them.</param>
    public KnownReport Read(NpgsqlDataReader reader, int at)
    {
        var key = Key(reader.GetString(at), reader.GetInt32(at + 1), reader.GetInt32(at + 2), reader.GetString(at + 3));
        if (_read.TryGetValue<KnownReport>(key, out var known))
        {
            return known!;
        }
        using var body = JsonDocument.Parse(reader.GetFieldValue<byte[]>(at + 4));
        // The body of a report holds a filing's content among other members; only the content is wanted.
        var content = FilingReader.Read(body.RootElement).Filing.Content;
        var report = new KnownReport(
            reader.GetString(at), body.RootElement.GetProperty("agency").GetProperty("name").GetString()!, reader.GetInt32(at + 1), reader.GetInt32(at + 2), content);
        return _read.Set(key, report, new MemoryCacheEntryOptions { Size = 1 });
    }

    public void Dispose() => _read.Dispose();

    private static string Key(string agency, int year, int revision, string etag) => $"{agency} {year} {revision} {etag}";
}
