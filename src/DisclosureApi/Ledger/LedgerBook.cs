using Disclosure.Ledger;
using DisclosureApi.Http;
using DisclosureApi.Store.Replicas;

namespace DisclosureApi.Ledger;

/// <summary>The ledger as it is read: its newest checkpoint and proofs from its tree.</summary>
public sealed class LedgerBook(ReadDatabase database)
{
    /// <summary>The newest checkpoint as it was signed; null before the first.</summary>
    public async Task<(Checkpoint Checkpoint, string Note)?> NewestAsync(CancellationToken cancellation)
    {
        await using var command = (await database.SourceAsync(cancellation)).CreateCommand("select note from ledger_checkpoints order by epoch desc, size desc limit 1");
        return await command.ExecuteScalarAsync(cancellation) is string note ? (Checkpoint.Parse(SignedNote.Parse(note)!.Text)!, note) : null;
    }

    /// <summary>The path of an entry in the tree of this size.</summary>
    public Task<IReadOnlyList<byte[]>> InclusionAsync(long index, long size, CancellationToken cancellation) =>
        PathAsync(hashOf => MerkleTree.InclusionPath(index, size, hashOf), cancellation);

    public Task<IReadOnlyList<byte[]>> ConsistencyAsync(long older, long size, CancellationToken cancellation) =>
        PathAsync(hashOf => MerkleTree.ConsistencyPath(older, size, hashOf), cancellation);

    /// <summary>Receipts of these positions against one checkpoint; null where the ledger has not come that far.</summary>
    public async Task<IReadOnlyList<Receipt>?> ReceiptsAsync(IReadOnlyList<long> positions, CancellationToken cancellation)
    {
        if (await NewestAsync(cancellation) is not var (checkpoint, note) || positions.Any(position => position > checkpoint.Size))
        {
            return null;
        }
        var signed = SignedNote.Parse(note)!;
        await using var connection = await (await database.SourceAsync(cancellation)).OpenConnectionAsync(cancellation);
        var needed = positions.SelectMany(position => MerkleTree.Needs(hashOf => MerkleTree.InclusionPath(position - 1, checkpoint.Size, hashOf))).ToHashSet();
        var hashes = await StoredTree.ReadAsync(connection, needed, cancellation);
        return [.. positions.Select(position => new Receipt(position - 1, MerkleTree.InclusionPath(position - 1, checkpoint.Size, hashes), signed))];
    }

    /// <summary>What a ledger answers that has not come so far: in a second it will have.</summary>
    public static Problem NotYet() => new Problem(ProblemTypes.NotYetProved).WithHeader("Retry-After", "1");

    private async Task<IReadOnlyList<byte[]>> PathAsync(Func<Func<Node, byte[]>, IReadOnlyList<byte[]>> path, CancellationToken cancellation)
    {
        await using var connection = await (await database.SourceAsync(cancellation)).OpenConnectionAsync(cancellation);
        return path(await StoredTree.ReadAsync(connection, MerkleTree.Needs(hashOf => path(hashOf)), cancellation));
    }
}
