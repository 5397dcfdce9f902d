using System.Collections.Concurrent;
using System.Text.Json;
using System.Threading.Channels;
using Disclosure.Canonical;
using Disclosure.Ledger;
using Npgsql;

namespace DisclosureApi.Ledger.Verifying;

/// <summary>A checkpoint as its row is.</summary>
internal sealed record StoredCheckpoint(long Size, byte[] Root, string Note);

/// <summary>Events in a row, hashed and held against their entries.</summary>
/// <param name="First">Position of the first of them.</param>
/// <param name="Difference">The first position at which there is no such event, or not the one that the ledger holds.</param>
/// <param name="Leaves">Hashes of the entries, up to the difference.</param>
/// <param name="Checkpoints">Those of sizes from here on that no piece before told.</param>
internal sealed record HashedPiece(long First, long? Difference, List<byte[]> Leaves, IReadOnlyList<StoredCheckpoint> Checkpoints);

/// <summary>
/// Reads events and hashes what was read, at the same time: while PostgreSQL makes the next rows, all processors work on
/// those that came. Pieces come in their order, and only a few are under way.
/// </summary>
internal sealed class HashedPieces(NpgsqlDataSource database, long size)
{
    /// <summary>Positions that one statement reads, so that none of them runs long.</summary>
    private const int Window = 8 * Tile.Full;

    private readonly Channel<Task<HashedPiece>> _pieces = Channel.CreateBounded<Task<HashedPiece>>(Environment.ProcessorCount + 1);
    private readonly ConcurrentBag<CommittedWriter> _writers = [];

    /// <summary>Hands out all pieces; who stops asking stops the reading.</summary>
    public async IAsyncEnumerable<HashedPiece> ReadAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var reading = FillAsync(stop.Token);
        try
        {
            await foreach (var piece in _pieces.Reader.ReadAllAsync(cancellation))
            {
                yield return await piece;
            }
        }
        finally
        {
            await stop.CancelAsync();
            await reading;
        }
    }

    private async Task FillAsync(CancellationToken cancellation)
    {
        try
        {
            await using var connection = await database.OpenConnectionAsync(cancellation);
            for (var after = 0L; after < size; after += Window)
            {
                await FillAsync(connection, after, (int)Math.Min(Window, size - after), cancellation);
            }
            _pieces.Writer.Complete();
        }
        catch (Exception fault)
        {
            // Whoever reads the pieces hears of it.
            _pieces.Writer.Complete(fault);
        }
    }

    private async Task FillAsync(NpgsqlConnection connection, long after, int count, CancellationToken cancellation)
    {
        var entries = await StoredTree.EntriesAsync(connection, after, count, cancellation);
        var checkpoints = await CheckpointsAsync(connection, after, after + count, cancellation);
        var first = after + 1;
        await foreach (var piece in EventCopy.ReadAsync(connection, after, after + count, cancellation))
        {
            var (at, told, from) = (first, checkpoints, (int)(first - after - 1) * MerkleTree.HashSize);
            await _pieces.Writer.WriteAsync(Task.Run(() => Hash(piece, at, entries.AsSpan(Math.Min(from, entries.Length)), told), cancellation), cancellation);
            first += piece.Events.Count;
            checkpoints = [];
        }
    }

    private static async Task<IReadOnlyList<StoredCheckpoint>> CheckpointsAsync(NpgsqlConnection connection, long after, long last, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("select size, root, note from ledger_checkpoints where size > $1 and size <= $2 order by size, epoch", connection);
        command.Parameters.Add(new() { Value = after == 0 ? -1 : after });
        command.Parameters.Add(new() { Value = last });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var checkpoints = new List<StoredCheckpoint>();
        while (await reader.ReadAsync(cancellation))
        {
            checkpoints.Add(new StoredCheckpoint(reader.GetInt64(0), reader.GetFieldValue<byte[]>(1), reader.GetString(2)));
        }
        return checkpoints;
    }

    private HashedPiece Hash(EventPiece piece, long first, ReadOnlySpan<byte> entries, IReadOnlyList<StoredCheckpoint> checkpoints)
    {
        var writer = _writers.TryTake(out var idle) ? idle : new CommittedWriter();
        using (piece)
        {
            var leaves = new List<byte[]>(piece.Events.Count);
            Span<byte> commitment = stackalloc byte[MerkleTree.HashSize];
            foreach (var happened in piece.Events)
            {
                var position = first + leaves.Count;
                if (happened.Position != position || !IsCommitted(happened, writer, commitment)
                    || entries.Length < MerkleTree.HashSize || !entries[..MerkleTree.HashSize].SequenceEqual(commitment))
                {
                    return new HashedPiece(first, position, leaves, checkpoints);
                }
                leaves.Add(MerkleTree.HashEntry(commitment));
                entries = entries[MerkleTree.HashSize..];
            }
            _writers.Add(writer);
            return new HashedPiece(first, null, leaves, checkpoints);
        }
    }

    /// <summary>What nobody could have committed to is not the event that the ledger holds.</summary>
    private static bool IsCommitted(Envelope happened, CommittedWriter writer, Span<byte> commitment)
    {
        try
        {
            happened.Commit(writer, commitment);
            return true;
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException or ArgumentException)
        {
            return false;
        }
    }
}
