using Disclosure.Ledger;
using Npgsql;

namespace DisclosureApi.Ledger.Verifying;

/// <summary>What a verification of the whole ledger found.</summary>
/// <param name="Size">How many entries were recomputed.</param>
/// <param name="Position">The first event that is not the one the ledger holds; null where none is told by itself.</param>
public sealed record LedgerFinding(long Size, long? Position, string? Fault);

/// <summary>
/// Makes every entry, every node and every root again from the events, and holds them against what was stored and signed.
/// It reads in pieces, so that memory stays small, and hashes on all processors.
/// </summary>
internal sealed class LedgerVerification(NpgsqlDataSource database, Witness witness)
{
    private const int Piece = 8 * Tile.Full;

    private readonly GrowingTree _tree = new();
    private readonly Queue<(long Size, byte[] Root, string Note)> _checkpoints = new();
    private string? _fault;

    public async Task<LedgerFinding> RunAsync(CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        if (await Integration.HeadAsync(connection, cancellation) is not { } head)
        {
            return new LedgerFinding(0, null, null);
        }
        await ReadCheckpointsAsync(connection, cancellation);
        CheckRoot();
        while (_tree.Size < head.Size && _fault is null)
        {
            var count = (int)Math.Min(Piece, head.Size - _tree.Size);
            var events = await EventsAsync(connection, _tree.Size, count, cancellation);
            var entries = await StoredTree.EntriesAsync(connection, _tree.Size, count, cancellation);
            var commitments = events.AsParallel().AsOrdered().Select(envelope => envelope.Commitment()).ToList();
            if (FirstDifference(events, commitments, entries, count) is { } position)
            {
                return new LedgerFinding(_tree.Size, position, $"The event at position {position} is not the one that the ledger holds.");
            }
            await AddAsync(connection, commitments, cancellation);
        }
        if (_fault is null && await witness.ReadAsync(cancellation) is { } kept && kept.Origin == head.Origin && kept.Size == head.Size && !kept.Root.AsSpan().SequenceEqual(head.Root))
        {
            _fault = $"The witness outside the database holds another root of size {kept.Size}.";
        }
        return new LedgerFinding(_tree.Size, null, _fault);
    }

    private long? FirstDifference(List<Envelope> events, List<byte[]> commitments, byte[] entries, int count)
    {
        for (var i = 0; i < count; i++)
        {
            if (i >= events.Count || events[i].Position != _tree.Size + i + 1 || entries.Length < (i + 1) * MerkleTree.HashSize
                || !commitments[i].AsSpan().SequenceEqual(entries.AsSpan(i * MerkleTree.HashSize, MerkleTree.HashSize)))
            {
                return _tree.Size + i + 1;
            }
        }
        return null;
    }

    /// <summary>Adds entries, and holds the roots that become complete by them against those that are stored, and every checkpoint against its root.</summary>
    private async Task AddAsync(NpgsqlConnection connection, List<byte[]> commitments, CancellationToken cancellation)
    {
        var roots = new List<(Node Node, byte[] Hash)>();
        foreach (var commitment in commitments)
        {
            _tree.Add(MerkleTree.HashEntry(commitment), (node, hash) =>
            {
                if (node.Level > 0 && node.Level % Tile.Height == 0)
                {
                    roots.Add((node, hash));
                }
            });
            CheckRoot();
        }
        var stored = await StoredTree.ReadAsync(connection, [.. roots.Select(root => root.Node)], cancellation);
        foreach (var (node, hash) in roots)
        {
            if (!stored(node).AsSpan().SequenceEqual(hash))
            {
                _fault ??= $"The stored root of entries {node.Index << node.Level} to {((node.Index + 1) << node.Level) - 1} is not theirs.";
            }
        }
    }

    private void CheckRoot()
    {
        while (_checkpoints.TryPeek(out var checkpoint) && checkpoint.Size == _tree.Size)
        {
            _checkpoints.Dequeue();
            var (note, root) = (SignedNote.Parse(checkpoint.Note), _tree.Root());
            var signed = note is null ? null : Checkpoint.Parse(note.Text);
            if (signed is null || signed.Size != checkpoint.Size || !signed.Root.AsSpan().SequenceEqual(root) || !checkpoint.Root.AsSpan().SequenceEqual(root))
            {
                _fault ??= $"The checkpoint of size {checkpoint.Size} was signed for other entries than there are.";
            }
            else if (!_keys.Any(key => key.HasSigned(note!, signed.Origin)))
            {
                _fault ??= $"The checkpoint of size {checkpoint.Size} bears no signature of a key of the ledger.";
            }
        }
    }

    private List<NoteKey> _keys = [];

    private async Task ReadCheckpointsAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        _keys = [.. (await GetKeys.ReadAsync(database, cancellation)).Select(key => NoteKey.Public(key.Der))];
        await using var command = new NpgsqlCommand("select size, root, note from ledger_checkpoints order by size, epoch", connection);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            _checkpoints.Enqueue((reader.GetInt64(0), reader.GetFieldValue<byte[]>(1), reader.GetString(2)));
        }
    }

    private static async Task<List<Envelope>> EventsAsync(NpgsqlConnection connection, long after, int count, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand($"select {StoredEnvelopes.Columns} from mt_events where seq_id > $1 and seq_id <= $2 order by seq_id", connection);
        command.Parameters.Add(new() { Value = after });
        command.Parameters.Add(new() { Value = after + count });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var events = new List<Envelope>(count);
        while (await reader.ReadAsync(cancellation))
        {
            events.Add(StoredEnvelopes.Read(reader));
        }
        return events;
    }
}
