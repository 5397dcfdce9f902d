using System.Numerics;
using System.Security.Cryptography;

namespace Disclosure.Ledger;

/// <summary>A complete subtree: all entries from <c>Index × 2^Level</c>, 2^Level of them.</summary>
[System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Auto)]
public readonly record struct Node(int Level, long Index);

/// <summary>
/// The Merkle tree of RFC 6962 §2.1: an entry's hash is SHA-256(0x00 ‖ entry), a node's SHA-256(0x01 ‖ left ‖ right).
/// Hashes of complete subtrees are asked for and never held here, because a tree of millions lies in the store.
/// </summary>
public static class MerkleTree
{
    public const int HashSize = 32;

    /// <summary>The root of the tree without entries.</summary>
    public static byte[] Empty { get; } = SHA256.HashData([]);

    public static byte[] HashEntry(ReadOnlySpan<byte> entry)
    {
        Span<byte> input = stackalloc byte[1 + HashSize];
        if (entry.Length != HashSize)
        {
            return SHA256.HashData([0, .. entry]);
        }
        entry.CopyTo(input[1..]);
        return SHA256.HashData(input);
    }

    public static byte[] HashNode(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        Span<byte> input = stackalloc byte[1 + 2 * HashSize];
        input[0] = 1;
        left.CopyTo(input[1..]);
        right.CopyTo(input[(1 + HashSize)..]);
        return SHA256.HashData(input);
    }

    /// <summary>The root of the tree of the first so many entries.</summary>
    public static byte[] Root(long size, Func<Node, byte[]> hashOf) => size == 0 ? Empty : Hash(0, size, hashOf);

    /// <summary>The audit path of an entry (§2.1.1), from the entry's neighbour to the root's child.</summary>
    public static IReadOnlyList<byte[]> InclusionPath(long index, long size, Func<Node, byte[]> hashOf)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, size);
        var path = new List<byte[]>();
        var (from, to) = (0L, size);
        while (to - from > 1)
        {
            var middle = from + Split(to - from);
            if (index < middle)
            {
                path.Add(Hash(middle, to, hashOf));
                to = middle;
            }
            else
            {
                path.Add(Hash(from, middle, hashOf));
                from = middle;
            }
        }
        path.Reverse();
        return path;
    }

    /// <summary>The proof that the tree of the first so many entries is the beginning of a larger one (§2.1.2).</summary>
    public static IReadOnlyList<byte[]> ConsistencyPath(long older, long size, Func<Node, byte[]> hashOf)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(older);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(older, size);
        if (older == 0 || older == size)
        {
            return [];
        }
        var path = new List<byte[]>();
        var (from, to, known) = (0L, size, true);
        while (older < to)
        {
            var middle = from + Split(to - from);
            if (older <= middle)
            {
                path.Add(Hash(middle, to, hashOf));
                to = middle;
            }
            else
            {
                path.Add(Hash(from, middle, hashOf));
                (from, known) = (middle, false);
            }
        }
        if (!known)
        {
            path.Add(Hash(from, to, hashOf));
        }
        path.Reverse();
        return path;
    }

    /// <summary>The root that an entry and its path lead to; null when the path is not one of a tree of this size.</summary>
    public static byte[]? RootOf(byte[] entryHash, long index, long size, IReadOnlyList<byte[]> path)
    {
        if (index < 0 || index >= size)
        {
            return null;
        }
        var (at, last, hash, taken) = (index, size - 1, entryHash, 0);
        for (; last > 0; at >>= 1, last >>= 1)
        {
            if ((at & 1) == 0 && at == last)
            {
                continue; // There is nothing to the right of it: its parent is itself.
            }
            if (taken == path.Count)
            {
                return null;
            }
            hash = (at & 1) == 1 ? HashNode(path[taken++], hash) : HashNode(hash, path[taken++]);
        }
        return taken == path.Count ? hash : null;
    }

    /// <summary>Whether the path proves that the older tree is the beginning of the newer one.</summary>
    public static bool IsConsistent(long older, byte[] olderRoot, long newer, byte[] newerRoot, IReadOnlyList<byte[]> path)
    {
        if (older > newer || older < 0)
        {
            return false;
        }
        if (older == newer || older == 0)
        {
            return path.Count == 0 && (older == 0 ? olderRoot.AsSpan().SequenceEqual(Empty) : olderRoot.AsSpan().SequenceEqual(newerRoot));
        }
        var (at, last, taken) = (older - 1, newer - 1, 0);
        for (; (at & 1) == 1; at >>= 1, last >>= 1)
        {
            // The older tree is complete up to here, and its root a node of the newer one.
        }
        var start = at > 0 ? (path.Count > 0 ? path[taken++] : null) : olderRoot;
        if (start is null)
        {
            return false;
        }
        var (old, all) = (start, start);
        for (; last > 0; at >>= 1, last >>= 1)
        {
            if ((at & 1) == 0 && at == last)
            {
                continue;
            }
            if (taken == path.Count)
            {
                return false;
            }
            var next = path[taken++];
            (old, all) = (at & 1) == 1 ? (HashNode(next, old), HashNode(next, all)) : (old, HashNode(all, next));
        }
        return taken == path.Count && old.AsSpan().SequenceEqual(olderRoot) && all.AsSpan().SequenceEqual(newerRoot);
    }

    /// <summary>Which complete subtrees a computation needs, so that they can be read at once before it is done.</summary>
    public static IReadOnlyCollection<Node> Needs(Action<Func<Node, byte[]>> computation)
    {
        var needed = new HashSet<Node>();
        computation(node =>
        {
            needed.Add(node);
            return Empty;
        });
        return needed;
    }

    /// <summary>The hash over entries from a place that the tree's own cuts lead to.</summary>
    private static byte[] Hash(long from, long to, Func<Node, byte[]> hashOf)
    {
        var count = to - from;
        if (BitOperations.IsPow2(count))
        {
            var level = BitOperations.Log2((ulong)count);
            return hashOf(new Node(level, from >> level));
        }
        var middle = from + Split(count);
        return HashNode(Hash(from, middle, hashOf), Hash(middle, to, hashOf));
    }

    /// <summary>The largest power of two that is smaller than the number of entries.</summary>
    private static long Split(long count) => 1L << BitOperations.Log2((ulong)(count - 1));
}
