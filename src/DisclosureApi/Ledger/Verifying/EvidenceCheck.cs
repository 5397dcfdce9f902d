using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Disclosure.Canonical;
using Disclosure.Ledger;

namespace DisclosureApi.Ledger.Verifying;

/// <summary>
/// Checks a bundle without the API that made it: that every file is as listed, that every event stands in the tree that the
/// checkpoint signs, and that every revision says what the event that published it committed to.
/// </summary>
internal sealed class EvidenceCheck(EvidenceFile file)
{
    private const string Originals = "originals/";

    private readonly List<string> _faults = [];
    private readonly Dictionary<long, JsonObject> _events = [];
    private readonly Dictionary<long, JsonObject> _register = [];

    public Checkpoint? Checkpoint { get; private set; }

    /// <summary>The key that signed the checkpoint; null where none of the bundle's did.</summary>
    public NoteKey? Key { get; private set; }

    public int Events => _events.Count;

    public int Revisions { get; private set; }

    /// <summary>Every fault, each naming the file it is in; none when all holds.</summary>
    public IReadOnlyList<string> Faults()
    {
        _faults.AddRange(file.FaultsOfSums());
        try
        {
            CheckCheckpoint();
            CheckEvents("agency.jsonl", _register);
            CheckEvents("events.jsonl", _events);
            CheckRevisions();
            CheckOriginals();
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException or FormatException or CryptographicException or ArgumentException or KeyNotFoundException or NullReferenceException)
        {
            _faults.Add($"The bundle is not as openapi/LEDGER.md describes it: {broken.Message}");
        }
        return _faults;
    }

    private void CheckCheckpoint()
    {
        var note = SignedNote.Parse(file.Text("checkpoint.txt") ?? "");
        Checkpoint = note is null ? null : Checkpoint.Parse(note.Text);
        if (Checkpoint is not { } checkpoint)
        {
            _faults.Add("checkpoint.txt: it is no checkpoint");
            return;
        }
        var keys = JsonNode.Parse(file.Text("keys.json") ?? "{}")!["items"]!.AsArray();
        Key = keys.Select(key => NoteKey.Public(Der(key!["publicKey"]!.GetValue<string>()))).FirstOrDefault(key => key.HasSigned(note!, checkpoint.Origin));
        if (Key is null)
        {
            _faults.Add("checkpoint.txt: no key of keys.json has signed it");
        }
    }

    private void CheckEvents(string name, Dictionary<long, JsonObject> events)
    {
        var (version, last) = (0L, 0L);
        foreach (var line in (file.Text(name) ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var envelope = JsonNode.Parse(line)!.AsObject();
            var (position, at) = (envelope["position"]!.GetValue<long>(), envelope["version"]!.GetValue<long>());
            if (position <= last || at <= version)
            {
                _faults.Add($"{name}: the event at position {position} does not follow the one before it");
            }
            (version, last) = (at, position);
            events[position] = envelope;
            CheckReceipt(position, Envelope.CommitmentOf(Encoding.UTF8.GetBytes(line)), name);
        }
        if (events.Count == 0)
        {
            _faults.Add($"{name}: there are no events");
        }
    }

    private void CheckReceipt(long position, byte[] commitment, string events)
    {
        var name = $"proofs/{position}.tlog-proof";
        if (Receipt.Parse(file.Text(name) ?? "") is not { } receipt)
        {
            _faults.Add($"{name}: there is no receipt");
        }
        else if (receipt.Index != position - 1 || receipt.Checkpoint.ToString() != file.Text("checkpoint.txt"))
        {
            _faults.Add($"{name}: the receipt is of another event or of another checkpoint");
        }
        else if (Key is not null && !receipt.Proves(commitment, Key, Checkpoint!.Origin))
        {
            _faults.Add($"{name}: the event at position {position} in {events} is not the one that the ledger holds");
        }
    }

    private void CheckRevisions()
    {
        foreach (var name in file.Names.Where(name => name.StartsWith("revisions/", StringComparison.Ordinal) && name.EndsWith("/report.json", StringComparison.Ordinal)))
        {
            var report = JsonNode.Parse(file.Text(name)!)!.AsObject();
            var contentName = name.Replace("/report.json", "/content.json", StringComparison.Ordinal);
            var content = file.Find(contentName) ?? [];
            var published = _events.GetValueOrDefault(report["lastEvent"]!.GetValue<long>());
            var entry = _register.Where(entry => published is not null && entry.Key < report["lastEvent"]!.GetValue<long>()).MaxBy(entry => entry.Key).Value;
            if (published is null || entry is null || Type(published) is not ("report_published" or "report_archived"))
            {
                _faults.Add($"{name}: the event that published it, or the agency's entry then, is not in the bundle");
                continue;
            }
            if (Convert.ToHexStringLower(SHA256.HashData(CommittedJson.Bytes(content))) != published["data"]!["contentHash"]!.GetValue<string>())
            {
                _faults.Add($"{contentName}: it does not have the contentHash that was published");
            }
            var proved = ProvedReport.Of(published, entry, content);
            if (name != $"revisions/{report["revision"]}/report.json" || !JsonNode.DeepEquals(proved, report))
            {
                _faults.Add($"{name}: it is not what its events and {contentName} make of it, at {ProvedReport.FirstDifference(proved, report, "")}");
            }
            Revisions++;
        }
    }

    /// <summary>A document that was filed has the hash that the event of its import tells, and is there unless a removal by law took it away.</summary>
    private void CheckOriginals()
    {
        var told = _events.Values.Where(envelope => Type(envelope) == "document_imported").Select(envelope => envelope["data"]!["document"]!["sha256"]!.GetValue<string>()).ToHashSet(StringComparer.Ordinal);
        // The public is not shown drafts and their imports; a document that is public stands by its own hash there.
        var areImportsOpen = _events.Values.Any(envelope => Type(envelope) is "draft_changed" or "document_imported");
        foreach (var name in file.Names.Where(name => name.StartsWith(Originals, StringComparison.Ordinal)))
        {
            var hash = name[Originals.Length..];
            if (hash != Convert.ToHexStringLower(SHA256.HashData(file.Find(name)!)))
            {
                _faults.Add($"{name}: its bytes do not have the hash that it is named by");
            }
            if (areImportsOpen && !told.Contains(hash))
            {
                _faults.Add($"{name}: no event tells that it was filed");
            }
        }
        if (!_events.Values.Any(envelope => Type(envelope) == "texts_redacted"))
        {
            _faults.AddRange(told.Where(hash => file.Find(Originals + hash) is null).Select(hash => $"{Originals}{hash}: the document that was filed is not in the bundle"));
        }
    }

    private static string? Type(JsonObject envelope) => envelope["type"]?.GetValue<string>();

    private static byte[] Der(string pem) => PemEncoding.Find(pem) is var fields ? Convert.FromBase64String(pem[fields.Base64Data]) : [];
}
