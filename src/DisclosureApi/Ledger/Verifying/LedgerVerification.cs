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
    /// <summary>How many stored roots are asked for at once.</summary>
    private const int Handful = 256;

    private readonly GrowingTree _tree = new();
    private readonly Queue<StoredCheckpoint> _checkpoints = new();
    private readonly List<(Node Node, byte[] Hash)> _roots = [];
    private List<NoteKey> _keys = [];
    private string? _fault;

    public async Task<LedgerFinding> RunAsync(CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        if (await Integration.HeadAsync(connection, cancellation) is not { } head)
        {
            return new LedgerFinding(0, null, null);
        }
        _keys = [.. (await GetKeys.ReadAsync(database, cancellation)).Select(key => NoteKey.Public(key.Der))];
        await foreach (var piece in new HashedPieces(database, head.Size).ReadAsync(cancellation))
        {
            var difference = piece.First == _tree.Size + 1 ? piece.Difference : _tree.Size + 1;
            if (difference is { } position)
            {
                return Differs(position);
            }
            Add(piece);
            if (_roots.Count >= Handful)
            {
                await CheckRootsAsync(connection, cancellation);
            }
            if (_fault is not null)
            {
                break;
            }
        }
        if (_fault is null && _tree.Size < head.Size)
        {
            return Differs(_tree.Size + 1);
        }
        await CheckRootsAsync(connection, cancellation);
        if (_fault is null && await witness.ReadAsync(cancellation) is { } kept && kept.Origin == head.Origin && kept.Size == head.Size && !kept.Root.AsSpan().SequenceEqual(head.Root))
        {
            _fault = $"The witness outside the database holds another root of size {kept.Size}.";
        }
        return new LedgerFinding(_tree.Size, null, _fault);
    }

    private LedgerFinding Differs(long position) => new(_tree.Size, position, $"The event at position {position} is not the one that the ledger holds.");

    /// <summary>Adds entries, and holds every checkpoint against its root.</summary>
    private void Add(HashedPiece piece)
    {
        foreach (var checkpoint in piece.Checkpoints)
        {
            _checkpoints.Enqueue(checkpoint);
        }
        CheckRoot();
        foreach (var leaf in piece.Leaves)
        {
            _tree.Add(leaf, Keep);
            CheckRoot();
        }
    }

    private void Keep(Node node, byte[] hash)
    {
        if (node.Level > 0 && node.Level % Tile.Height == 0)
        {
            _roots.Add((node, hash));
        }
    }

    /// <summary>Holds the roots that became complete against those that are stored.</summary>
    private async Task CheckRootsAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        var stored = await StoredTree.ReadAsync(connection, [.. _roots.Select(root => root.Node)], cancellation);
        foreach (var (node, hash) in _roots)
        {
            if (!stored(node).AsSpan().SequenceEqual(hash))
            {
                _fault ??= $"The stored root of entries {node.Index << node.Level} to {((node.Index + 1) << node.Level) - 1} is not theirs.";
            }
        }
        _roots.Clear();
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
}
