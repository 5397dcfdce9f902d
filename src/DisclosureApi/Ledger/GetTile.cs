using DisclosureApi.Store.Replicas;
using System.Buffers.Binary;
using Disclosure.Ledger;
using DisclosureApi.Http;
using Npgsql;

namespace DisclosureApi.Ledger;

/// <summary>GET /v1/ledger/tile/…: the tree in pieces that never change, for whoever keeps a copy of it.</summary>
internal static class GetTile
{
    private const string MediaType = "application/octet-stream";

    public static readonly OperationContract Contract = new("get_tile", "Ledger", "Read a tile of the tree, or a bundle of entries")
    {
        Description =
            "After C2SP tlog-tiles: /tile/0/x001/234 holds 256 hashes of 32 bytes, /tile/0/x001/234.p/17 the first 17 of them; /tile/entries/000 the entries, each behind its length in two bytes. "
            + "An entry is the 32-byte commitment to an event, from which nobody can tell the event.",
        Answers =
        [
            new(200, "LedgerBytes", "The tile") { MediaType = MediaType, Headers = ["ETag"] },
            new(304, null, "The reader already has these bytes") { Headers = ["ETag"] },
        ],
        Problems = [404],
    };

    public static async Task<IResult> HandleAsync(string level, string tile, LedgerBook ledger, ReadDatabase database, CancellationToken cancellation)
    {
        // A client that was made from the contract sends the slashes of a parameter encoded.
        if (Tile.Parse(level, tile.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase)) is not { } asked || asked.Index > long.MaxValue >> 24
            || await ledger.NewestAsync(cancellation) is not var (newest, _) || asked.NeededSize > newest.Size || asked.NeededSize <= 0)
        {
            return new Problem(ProblemTypes.NotFound);
        }
        await using var connection = await (await database.SourceAsync(cancellation)).OpenConnectionAsync(cancellation);
        var bytes = asked.Level == Tile.Entries ? await BundleAsync(connection, asked, cancellation) : await HashesAsync(connection, asked, cancellation);
        return Answer.ForEver(bytes, MediaType);
    }

    private static async Task<byte[]> HashesAsync(NpgsqlConnection connection, Tile tile, CancellationToken cancellation)
    {
        var nodes = Enumerable.Range(0, tile.Width).Select(i => new Node(tile.Level * Tile.Height, tile.Index * Tile.Full + i)).ToList();
        var hashes = await StoredTree.ReadAsync(connection, nodes, cancellation);
        return [.. nodes.SelectMany(node => hashes(node))];
    }

    private static async Task<byte[]> BundleAsync(NpgsqlConnection connection, Tile tile, CancellationToken cancellation)
    {
        var entries = await StoredTree.EntriesAsync(connection, tile.Index * Tile.Full, tile.Width, cancellation);
        var bundle = new byte[tile.Width * (sizeof(ushort) + MerkleTree.HashSize)];
        for (var i = 0; i < tile.Width; i++)
        {
            var at = bundle.AsSpan(i * (sizeof(ushort) + MerkleTree.HashSize));
            BinaryPrimitives.WriteUInt16BigEndian(at, MerkleTree.HashSize);
            entries.AsSpan(i * MerkleTree.HashSize, MerkleTree.HashSize).CopyTo(at[sizeof(ushort)..]);
        }
        return bundle;
    }
}
