using Disclosure.Canonical;
using Disclosure.Ledger;
using DisclosureApi.Store;
using DisclosureApi.Store.Following;
using Npgsql;
using NpgsqlTypes;

namespace DisclosureApi.Ledger;

/// <summary>The newest checkpoint of the running epoch.</summary>
public sealed record LedgerHead(int Epoch, string Origin, long Size, byte[] Root);

/// <summary>
/// Adds what has happened to the tree and signs it: in order, by one host at a time, in transactions that hold rows and
/// checkpoint together.
/// </summary>
/// <param name="recent">Events that need not be read, because this host has only just stored them.</param>
internal sealed class Integration(NpgsqlDataSource database, NoteKey key, string? origin, RecentEvents recent)
{
    internal const long Lock = 0x4453_434c_4c47;
    private const int MostAtOnce = 4_096;

    /// <summary>The tree as this host last left it, so that its edge need not be read again.</summary>
    private GrowingTree? _tree;

    private readonly CommittedWriter _writer = new();

    /// <summary>Adds what there is, up to a limit. Null when another host is at it, or when there was nothing to add.</summary>
    /// <exception cref="LedgerFault">The store's tree is not the one whose checkpoint was signed last.</exception>
    public async Task<(LedgerHead Head, string Note)?> AdvanceAsync(CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await using (var hold = new NpgsqlCommand($"select pg_try_advisory_xact_lock({Lock})", connection))
        {
            if (await hold.ExecuteScalarAsync(cancellation) is not true)
            {
                return null;
            }
        }
        var head = await HeadAsync(connection, cancellation);
        var before = head ?? await BeginAsync(connection, cancellation);
        var tree = _tree is { } known && known.Size == before.Size && known.Root().AsSpan().SequenceEqual(before.Root) ? known : await EdgeAsync(connection, before, cancellation);
        _tree = null;
        var commitments = await CommitmentsAsync(connection, tree.Size, cancellation);
        if (commitments.Count == 0 && head is not null && await IsKnownAsync(connection, cancellation))
        {
            _tree = tree;
            return null;
        }
        var after = await AddAsync(connection, before, tree, commitments, cancellation);
        await transaction.CommitAsync(cancellation);
        _tree = tree;
        return after;
    }

    public static async Task<LedgerHead?> HeadAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(
            """
            select e.number, e.origin, c.size, c.root from ledger_epochs e left join lateral
                (select size, root from ledger_checkpoints where epoch = e.number order by size desc limit 1) c on true
            order by e.number desc limit 1
            """, connection);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return await reader.ReadAsync(cancellation) && !await reader.IsDBNullAsync(2, cancellation)
            ? new LedgerHead(reader.GetInt32(0), reader.GetString(1), reader.GetInt64(2), reader.GetFieldValue<byte[]>(3))
            : null;
    }

    /// <summary>The first epoch of a ledger that has none; of an epoch that was just opened, the tree that it begins with.</summary>
    private async Task<LedgerHead> BeginAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(
            """
            with newest as (select number, origin, size from ledger_epochs order by number desc limit 1),
            first as (insert into ledger_epochs (number, origin, size, reason)
                select 1, $1, 0, 'the first' where not exists (select from newest) returning number, origin, size)
            select number, origin, size from newest union all select number, origin, size from first
            """, connection);
        command.Parameters.Add(new() { Value = origin ?? $"disclosure-api/{Guid.NewGuid():N}"[..31] });
        LedgerHead begun;
        await using (var reader = await command.ExecuteReaderAsync(cancellation))
        {
            await reader.ReadAsync(cancellation);
            begun = new LedgerHead(reader.GetInt32(0), reader.GetString(1), reader.GetInt64(2), []);
        }
        var tree = new GrowingTree(begun.Size, await StoredTree.ReadAsync(connection, GrowingTree.EdgeOf(begun.Size), cancellation));
        return begun with { Root = tree.Root() };
    }

    private static async Task<GrowingTree> EdgeAsync(NpgsqlConnection connection, LedgerHead head, CancellationToken cancellation)
    {
        var tree = new GrowingTree(head.Size, await StoredTree.ReadAsync(connection, GrowingTree.EdgeOf(head.Size), cancellation));
        return tree.Root().AsSpan().SequenceEqual(head.Root) ? tree
            : throw new LedgerFault($"The ledger's rows do not lead to the root of its checkpoint of size {head.Size}. Nothing more is signed until the tables are as they were.");
    }

    private async Task<List<byte[]>> CommitmentsAsync(NpgsqlConnection connection, long size, CancellationToken cancellation)
    {
        var known = recent.After(size, MostAtOnce);
        return known.Count > 0 && await IsStoredAsync(connection, known[^1].Stored, cancellation)
            ? [.. known.Select(one => Commitment(StoredEnvelopes.Of(one.Stored, one.Row)))]
            : await StoredCommitmentsAsync(connection, size, cancellation);
    }

    /// <summary>A database that holds an event holds all before it. One that was put back to what it was before does not hold it.</summary>
    private static async Task<bool> IsStoredAsync(NpgsqlConnection connection, StoredEvent last, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("select exists (select from mt_events where seq_id = $1 and id = $2)", connection);
        command.Parameters.Add(new() { Value = last.Position });
        command.Parameters.Add(new() { Value = last.Id });
        return (bool)(await command.ExecuteScalarAsync(cancellation))!;
    }

    private async Task<List<byte[]>> StoredCommitmentsAsync(NpgsqlConnection connection, long size, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand($"select {StoredEnvelopes.Columns} from mt_events where seq_id > $1 order by seq_id limit $2", connection);
        command.Parameters.Add(new() { Value = size });
        command.Parameters.Add(new() { Value = MostAtOnce });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var commitments = new List<byte[]>();
        while (await reader.ReadAsync(cancellation))
        {
            var envelope = StoredEnvelopes.Read(reader);
            if (envelope.Position != size + commitments.Count + 1)
            {
                throw new LedgerFault($"Position {size + commitments.Count + 1} is missing from the events. Nothing more is signed until it is back.");
            }
            commitments.Add(Commitment(envelope));
        }
        return commitments;
    }

    private byte[] Commitment(Envelope envelope)
    {
        var commitment = new byte[MerkleTree.HashSize];
        envelope.Commit(_writer, commitment);
        return commitment;
    }

    private async Task<(LedgerHead Head, string Note)> AddAsync(
        NpgsqlConnection connection, LedgerHead before, GrowingTree tree, List<byte[]> commitments, CancellationToken cancellation)
    {
        var roots = new List<(short Level, long Index, byte[] Hash)>();
        foreach (var commitment in commitments)
        {
            tree.Add(MerkleTree.HashEntry(commitment), (node, hash) =>
            {
                if (node.Level > 0 && node.Level % Tile.Height == 0)
                {
                    roots.Add(((short)(node.Level / Tile.Height), node.Index, hash));
                }
            });
        }
        var checkpoint = new Checkpoint(before.Origin, tree.Size, tree.Root());
        var note = checkpoint.SignedBy(key).ToString();
        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(Entries(before.Size, commitments));
        batch.BatchCommands.Add(Roots(roots));
        batch.BatchCommands.Add(EventStore.Command(
            "insert into ledger_keys (hint, public_key, epoch, size) values ($1, $2, $3, $4) on conflict (hint) do nothing", key.HintText, key.Der, before.Epoch, checkpoint.Size));
        batch.BatchCommands.Add(EventStore.Command(
            "insert into ledger_checkpoints (epoch, size, root, note) values ($1, $2, $3, $4) on conflict (epoch, size) do nothing", before.Epoch, checkpoint.Size, checkpoint.Root, note));
        await batch.ExecuteNonQueryAsync(cancellation);
        return (new LedgerHead(before.Epoch, before.Origin, checkpoint.Size, checkpoint.Root), note);
    }

    private static NpgsqlBatchCommand Entries(long size, List<byte[]> commitments)
    {
        var pieces = commitments.Select((commitment, i) => (Index: size + i, Commitment: commitment)).GroupBy(entry => entry.Index / Tile.Full).ToList();
        return Rows("insert into ledger_entries (first, commitments) select * from unnest($1, $2)",
            (NpgsqlDbType.Bigint, pieces.ConvertAll(piece => piece.First().Index).ToArray()),
            (NpgsqlDbType.Bytea, pieces.ConvertAll(piece => piece.SelectMany(entry => entry.Commitment).ToArray()).ToArray()));
    }

    private static NpgsqlBatchCommand Roots(List<(short Level, long Index, byte[] Hash)> roots) => Rows(
        "insert into ledger_roots (level, index, hash) select * from unnest($1, $2, $3)",
        (NpgsqlDbType.Smallint, roots.ConvertAll(root => root.Level).ToArray()),
        (NpgsqlDbType.Bigint, roots.ConvertAll(root => root.Index).ToArray()),
        (NpgsqlDbType.Bytea, roots.ConvertAll(root => root.Hash).ToArray()));

    private static NpgsqlBatchCommand Rows(string sql, params ReadOnlySpan<(NpgsqlDbType Type, object Values)> columns)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var (type, values) in columns)
        {
            command.Parameters.Add(new() { NpgsqlDbType = NpgsqlDbType.Array | type, Value = values });
        }
        return command;
    }

    /// <summary>Whether the public has been told this host's key.</summary>
    private async Task<bool> IsKnownAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("select exists (select from ledger_keys where hint = $1)", connection);
        command.Parameters.Add(new() { Value = key.HintText });
        return (bool)(await command.ExecuteScalarAsync(cancellation))!;
    }
}

/// <summary>The ledger and the store contradict each other: a matter for a person, and nothing that trying again would mend.</summary>
internal sealed class LedgerFault(string message) : Exception(message);
