using Disclosure.Ledger;
using Npgsql;
using NpgsqlTypes;

namespace DisclosureApi.Ledger;

/// <summary>The tree as it lies in the store: entries, the roots of every 256 of them, of every 256 of those, and so on.</summary>
internal static class StoredTree
{
    /// <summary>These hashes, in one round trip. Each is made of at most 256 that are kept.</summary>
    /// <exception cref="InvalidOperationException">A row that should be there is not: somebody has been at the tables.</exception>
    public static async Task<Func<Node, byte[]>> ReadAsync(NpgsqlConnection connection, IReadOnlyCollection<Node> nodes, CancellationToken cancellation)
    {
        var kept = await KeptAsync(connection, nodes, cancellation);
        return node => Computed(node, kept);
    }

    /// <summary>Entries from a place on, as many as there are there up to this number.</summary>
    public static async Task<byte[]> EntriesAsync(NpgsqlConnection connection, long first, int count, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("select first, commitments from ledger_entries where first >= $1 and first < $2 order by first", connection);
        command.Parameters.Add(new() { Value = first / Tile.Full * Tile.Full });
        command.Parameters.Add(new() { Value = first + count });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var entries = new List<byte>(count * MerkleTree.HashSize);
        while (await reader.ReadAsync(cancellation))
        {
            entries.AddRange(reader.GetFieldValue<byte[]>(1));
        }
        return [.. entries.Take(count * MerkleTree.HashSize)];
    }

    private static async Task<Dictionary<(int Level, long Index), byte[]>> KeptAsync(NpgsqlConnection connection, IReadOnlyCollection<Node> nodes, CancellationToken cancellation)
    {
        var ranges = nodes.Select(node => (Level: node.Level / Tile.Height, From: node.Index << (node.Level % Tile.Height), To: (node.Index + 1) << (node.Level % Tile.Height))).ToList();
        var (entries, roots) = (ranges.Where(range => range.Level == 0).ToList(), ranges.Where(range => range.Level > 0).ToList());
        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(Command(
            """
            select distinct e.first, e.commitments from unnest($1, $2) as r (lowest, upper)
            join ledger_entries e on e.first >= r.lowest / 256 * 256 and e.first < r.upper
            """, (NpgsqlDbType.Bigint, entries.ConvertAll(range => range.From).ToArray()), (NpgsqlDbType.Bigint, entries.ConvertAll(range => range.To).ToArray())));
        batch.BatchCommands.Add(Command(
            """
            select distinct l.level, l.index, l.hash from unnest($1, $2, $3) as r (level, lowest, upper)
            join ledger_roots l on l.level = r.level and l.index >= r.lowest and l.index < r.upper
            """, (NpgsqlDbType.Smallint, roots.ConvertAll(range => (short)range.Level).ToArray()), (NpgsqlDbType.Bigint, roots.ConvertAll(range => range.From).ToArray()),
            (NpgsqlDbType.Bigint, roots.ConvertAll(range => range.To).ToArray())));
        var kept = new Dictionary<(int Level, long Index), byte[]>();
        await using var reader = await batch.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            var (first, commitments) = (reader.GetInt64(0), reader.GetFieldValue<byte[]>(1));
            for (var i = 0; i < commitments.Length / MerkleTree.HashSize; i++)
            {
                kept[(0, first + i)] = MerkleTree.HashEntry(commitments.AsSpan(i * MerkleTree.HashSize, MerkleTree.HashSize));
            }
        }
        await reader.NextResultAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            kept[(reader.GetInt16(0), reader.GetInt64(1))] = reader.GetFieldValue<byte[]>(2);
        }
        return kept;
    }

    private static byte[] Computed(Node node, Dictionary<(int Level, long Index), byte[]> kept) => node.Level % Tile.Height == 0
        ? kept.GetValueOrDefault((node.Level / Tile.Height, node.Index)) ?? throw new InvalidOperationException($"The ledger's hash {node.Index} of level {node.Level} is not in the store.")
        : MerkleTree.HashNode(Computed(new Node(node.Level - 1, node.Index * 2), kept), Computed(new Node(node.Level - 1, node.Index * 2 + 1), kept));

    private static NpgsqlBatchCommand Command(string sql, params ReadOnlySpan<(NpgsqlDbType Type, object Values)> arrays)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var (type, values) in arrays)
        {
            command.Parameters.Add(new() { NpgsqlDbType = NpgsqlDbType.Array | type, Value = values });
        }
        return command;
    }
}
