namespace Disclosure.Ledger;

/// <summary>
/// The right edge of a tree that grows: the hashes of its complete subtrees, largest first. It is all that is needed to go
/// on and to tell the root, in bounded memory.
/// </summary>
public sealed class GrowingTree
{
    private readonly List<byte[]> _edge = [];

    public GrowingTree()
    {
    }

    /// <summary>A tree as it was when it had so many entries.</summary>
    public GrowingTree(long size, Func<Node, byte[]> hashOf)
    {
        for (var level = 62; level >= 0; level--)
        {
            if ((size & (1L << level)) != 0)
            {
                _edge.Add(hashOf(new Node(level, (size >> level) - 1)));
            }
        }
        Size = size;
    }

    public long Size { get; private set; }

    /// <summary>The subtrees that stand at the right edge of a tree of this size.</summary>
    public static IReadOnlyCollection<Node> EdgeOf(long size) => MerkleTree.Needs(hashOf => _ = new GrowingTree(size, hashOf));

    /// <summary>Adds an entry by its hash, and tells which subtrees became complete by it.</summary>
    public void Add(byte[] entryHash, Action<Node, byte[]>? completed = null)
    {
        var (hash, level) = (entryHash, 0);
        completed?.Invoke(new Node(0, Size), hash);
        for (var count = Size; (count & 1) == 1; count >>= 1)
        {
            hash = MerkleTree.HashNode(_edge[^1], hash);
            _edge.RemoveAt(_edge.Count - 1);
            level++;
            completed?.Invoke(new Node(level, Size >> level), hash);
        }
        _edge.Add(hash);
        Size++;
    }

    public byte[] Root()
    {
        if (_edge.Count == 0)
        {
            return MerkleTree.Empty;
        }
        var root = _edge[^1];
        for (var i = _edge.Count - 2; i >= 0; i--)
        {
            root = MerkleTree.HashNode(_edge[i], root);
        }
        return root;
    }
}
