using DisclosureApi.Store.Replicas;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Disclosure.Ledger;
using Disclosure.Reports;
using DisclosureApi.Http;
using DisclosureApi.Ledger.Verifying;
using DisclosureApi.Store;

namespace DisclosureApi.Ledger.Evidence;

/// <summary>One revision as it is proved: its bytes, and the content whose hash its publication bears.</summary>
internal sealed record ProvedRevision(int Number, byte[] Body, byte[] Content);

/// <summary>A bundle as it is given out.</summary>
/// <param name="Bytes">Empty where the ledger has not come so far.</param>
/// <param name="Events">How many events were read for it.</param>
internal sealed record MadeBundle(byte[] Bytes, int Events);

/// <summary>
/// Everything that proves what a report said and when, in one file that can be checked without this API. What stands where
/// is told in openapi/LEDGER.md and in the file's own README. A revision's content is made from its drafts, so all events are read, and those shown that may be.
/// </summary>
internal sealed class EvidenceBundle(ReadDatabase database, EventStore store, LedgerBook ledger)
{
    private static readonly DateTimeOffset _always = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The bundle; null where there is nothing to prove.</summary>
    /// <param name="revision">The revision to prove; every one when null.</param>
    /// <param name="isWhole">Whether all events are opened, as auditors see them, or those alone that the public may see.</param>
    public async Task<MadeBundle?> MakeAsync(ReportId id, int? revision, bool isWhole, CancellationToken cancellation)
    {
        var envelopes = await EnvelopesAsync(id, cancellation);
        var life = await FoldAsync(id, cancellation);
        var revisions = await RevisionsAsync(id, revision, life.Contents, cancellation);
        var shown = isWhole ? envelopes : Shown(envelopes, revisions);
        if (shown.Count == 0 || (revision is not null && revisions.Count == 0))
        {
            return null;
        }
        var entries = await EntriesAsync(id, shown, cancellation);
        if (await ledger.ReceiptsAsync([.. entries.Concat(shown).Select(envelope => envelope.Position)], cancellation) is not { } receipts)
        {
            return new MadeBundle([], envelopes.Count);
        }
        var files = new SortedDictionary<string, byte[]>(StringComparer.Ordinal)
        {
            ["README.txt"] = Encoding.UTF8.GetBytes(EvidenceReadme.Text),
            ["keys.json"] = Json.Bytes(await KeysAsync(cancellation)),
            ["checkpoint.txt"] = Encoding.UTF8.GetBytes(receipts[0].Checkpoint.ToString()),
            ["agency.jsonl"] = Lines(entries.Select(OpenEnvelope.OfRegister)),
            ["events.jsonl"] = Lines(shown.Select(envelope => isWhole ? envelope.Open() : OpenEnvelope.Public(envelope))),
        };
        foreach (var (envelope, receipt) in entries.Concat(shown).Zip(receipts))
        {
            files[$"proofs/{envelope.Position}.tlog-proof"] = Encoding.UTF8.GetBytes(receipt.ToString());
        }
        foreach (var proved in revisions)
        {
            files[$"revisions/{proved.Number}/report.json"] = proved.Body;
            files[$"revisions/{proved.Number}/content.json"] = proved.Content;
        }
        await AddOriginalsAsync(files, isWhole ? life.Filed : life.Shown is var (number, sha256) && revisions.Any(proved => proved.Number == number) ? [sha256] : [], cancellation);
        return new MadeBundle(Zipped(files), envelopes.Count);
    }

    /// <summary>Documents that were filed, by their hashes. One that a removal by law took away is not among them any more.</summary>
    private async Task AddOriginalsAsync(SortedDictionary<string, byte[]> files, IReadOnlyCollection<string> hashes, CancellationToken cancellation)
    {
        await using var command = (await database.WholeAsync(cancellation)).CreateCommand("select sha256, bytes from originals where sha256 = any ($1)");
        command.Parameters.Add(new() { Value = hashes.ToArray() });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            files[$"originals/{reader.GetString(0)}"] = reader.GetFieldValue<byte[]>(1);
        }
    }

    private static bool IsPublication(Envelope envelope) => envelope.Type is "report_published" or "report_archived";

    private async Task<Action<Utf8JsonWriter>> KeysAsync(CancellationToken cancellation)
    {
        var keys = await GetKeys.ReadAsync(await database.WholeAsync(cancellation), cancellation);
        return writer => GetKeys.Write(writer, keys);
    }

    /// <summary>What the public may see, up to the end: a correction is told of once it has led to a revision.</summary>
    private static List<Envelope> Shown(List<Envelope> envelopes, List<ProvedRevision> revisions)
    {
        var published = envelopes.FindLastIndex(IsPublication);
        return revisions.Count == 0 ? [] : [.. envelopes.Where((envelope, i) => OpenEnvelope.IsPublic(envelope.Type) && (envelope.Type != "correction_opened" || i < published))];
    }

    private Task<List<Envelope>> EnvelopesAsync(ReportId id, CancellationToken cancellation) =>
        ReadAsync($"select {StoredEnvelopes.Columns} from mt_events where stream_id = $1 order by version", cancellation, id.Stream);

    /// <summary>The agency's entries in the register that revisions were published under: of each, the last event before it.</summary>
    private Task<List<Envelope>> EntriesAsync(ReportId id, List<Envelope> shown, CancellationToken cancellation) => ReadAsync(
        $"""
        select {StoredEnvelopes.Columns} from mt_events where seq_id in (
            select max(e.seq_id) from unnest($2) as p (position) join mt_events e on e.stream_id = $1 and e.seq_id < p.position group by p.position) order by seq_id
        """, cancellation, $"agency/{id.Agency}", shown.Where(IsPublication).Select(envelope => envelope.Position).ToArray());

    private async Task<List<Envelope>> ReadAsync(string sql, CancellationToken cancellation, params object[] values)
    {
        await using var command = (await database.WholeAsync(cancellation)).CreateCommand(sql);
        foreach (var value in values)
        {
            command.Parameters.Add(new() { Value = value });
        }
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var envelopes = new List<Envelope>();
        while (await reader.ReadAsync(cancellation))
        {
            envelopes.Add(StoredEnvelopes.Read(reader));
        }
        return envelopes;
    }

    /// <summary>What the report's events say of its revisions and of the documents that were filed.</summary>
    /// <param name="Contents">Of each revision, as it was hashed.</param>
    /// <param name="Filed">The hashes of all documents that drafts were read from since words were last removed by law.</param>
    /// <param name="Shown">The one that is public with the revision that is public; null where none is.</param>
    private sealed record Life(Dictionary<int, byte[]> Contents, IReadOnlyCollection<string> Filed, (int Revision, string Sha256)? Shown);

    private async Task<Life> FoldAsync(ReportId id, CancellationToken cancellation)
    {
        var (contents, filed, report) = (new Dictionary<int, byte[]>(), new HashSet<string>(StringComparer.Ordinal), Report.None);
        foreach (var stored in (await store.ReadAsync(id.Stream, cancellation)).Events)
        {
            report = report.Apply((ReportEvent)stored.Happened, stored.Provenance.Actor);
            if (report is Report.Published(var current) && stored.Happened is ReportEvent.ReportPublished or ReportEvent.ReportArchived)
            {
                contents[current.Number] = JsonSerializer.SerializeToUtf8Bytes(current.Content.Opened(), Json.Options);
            }
            if (stored.Happened is ReportEvent.DocumentImported { Document: var document })
            {
                filed.Add(document.Sha256);
            }
            if (stored.Happened is ReportEvent.TextsRedacted { Texts.Count: > 0 })
            {
                filed.Clear();
            }
        }
        return new Life(contents, filed, report.Public is { Original: { } original } shown ? (shown.Number, original.Sha256) : null);
    }

    private async Task<List<ProvedRevision>> RevisionsAsync(ReportId id, int? revision, Dictionary<int, byte[]> contents, CancellationToken cancellation)
    {
        await using var command = (await database.WholeAsync(cancellation)).CreateCommand("select revision, body from publications where agency = $1 and year = $2 and ($3::integer is null or revision = $3) order by revision");
        command.Parameters.Add(new() { Value = id.Agency });
        command.Parameters.Add(new() { Value = id.Year });
        command.Parameters.Add(new() { Value = revision is { } one ? one : DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Integer });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var revisions = new List<ProvedRevision>();
        while (await reader.ReadAsync(cancellation))
        {
            revisions.Add(new ProvedRevision(reader.GetInt32(0), reader.GetFieldValue<byte[]>(1), contents[reader.GetInt32(0)]));
        }
        return revisions;
    }

    private static byte[] Lines(IEnumerable<byte[]> lines) => [.. lines.SelectMany(line => line.Append((byte)'\n'))];

    /// <summary>The list of hashes comes last, in the form that sha256sum checks. No time of day is in the file, so that the same evidence is the same bytes.</summary>
    private static byte[] Zipped(SortedDictionary<string, byte[]> files)
    {
        files[EvidenceFile.Sums] = Encoding.UTF8.GetBytes(EvidenceFile.List(files));
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, bytes) in files)
            {
                var entry = zip.CreateEntry(name, CompressionLevel.Optimal);
                entry.LastWriteTime = _always;
                using var content = entry.Open();
                content.Write(bytes);
            }
        }
        return stream.ToArray();
    }
}
