using System.Security.Cryptography;
using Disclosure.Ledger;
using FsCheck;
using FsCheck.Fluent;

namespace Disclosure.Tests.Ledger;

/// <summary>The tree against the definitions of RFC 6962 §2.1, written down once more as they stand there, and against roots that others published.</summary>
public class MerkleTreeTests
{
    private const int Largest = 1_000;

    private static readonly byte[][] _known = [.. new[] { "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f" }.Select(Convert.FromHexString)];

    private static readonly string[] _knownRoots =
    [
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    ];

    private static readonly byte[][] _entries = [.. Enumerable.Range(0, Largest).Select(i => SHA256.HashData(BitConverter.GetBytes(i)))];

    [Fact]
    public void Roots_are_those_of_certificate_transparency()
    {
        var tree = new GrowingTree();
        Assert.Equal(_knownRoots[0], Convert.ToHexStringLower(tree.Root()));
        for (var size = 1; size <= _known.Length; size++)
        {
            tree.Add(MerkleTree.HashEntry(_known[size - 1]));
            Assert.Equal(_knownRoots[size], Convert.ToHexStringLower(tree.Root()));
            Assert.Equal(_knownRoots[size], Convert.ToHexStringLower(Mth(_known.AsSpan(0, size))));
        }
    }

    [Fact]
    public void Roots_of_all_sizes_are_those_of_the_definition_however_they_are_made()
    {
        var tree = new GrowingTree();
        for (var size = 1; size <= Largest; size++)
        {
            tree.Add(MerkleTree.HashEntry(_entries[size - 1]));
            var expected = Mth(_entries.AsSpan(0, size));
            Assert.Equal(expected, tree.Root());
            Assert.Equal(expected, MerkleTree.Root(size, Stored));
            Assert.Equal(expected, new GrowingTree(size, Stored).Root());
        }
    }

    [Fact]
    public void Paths_are_those_of_the_definition_and_lead_to_the_root_and_no_other_entry_does()
    {
        for (var size = 1; size <= Largest; size += size < 70 ? 1 : 31)
        {
            var root = Mth(_entries.AsSpan(0, size));
            for (var index = 0; index < size; index += size < 70 ? 1 : 17)
            {
                var path = MerkleTree.InclusionPath(index, size, Stored);
                Assert.Equal(Path(index, _entries.AsSpan(0, size)), path);
                Assert.Equal(root, MerkleTree.RootOf(MerkleTree.HashEntry(_entries[index]), index, size, path));
                Assert.NotEqual(root, MerkleTree.RootOf(MerkleTree.HashEntry(_entries[(index + 1) % Largest]), index, size, path));
            }
        }
    }

    [Fact]
    public void Consistency_proofs_are_those_of_the_definition_and_prove_only_what_is_so() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(400), Prop.ForAll(
            (from newer in Gen.Choose(1, Largest) from older in Gen.Choose(0, newer) from flip in Gen.Choose(0, 255) select (older, newer, flip)).ToArbitrary(),
            sizes =>
            {
                var (older, newer, flip) = sizes;
                var (before, after) = (Mth(_entries.AsSpan(0, older)), Mth(_entries.AsSpan(0, newer)));
                var path = MerkleTree.ConsistencyPath(older, newer, Stored);
                Assert.Equal(older is 0 || older == newer ? [] : SubProof(older, _entries.AsSpan(0, newer), true), path);
                Assert.True(MerkleTree.IsConsistent(older, before, newer, after, path));
                if (older > 0)
                {
                    var wrong = before.ToArray();
                    wrong[flip / 8] ^= (byte)(1 << (flip % 8));
                    Assert.False(MerkleTree.IsConsistent(older, wrong, newer, after, path));
                }
                Assert.False(MerkleTree.IsConsistent(older, before, newer, after, [.. path, after]));
            }));

    [Fact]
    public void A_proof_needs_no_more_subtrees_than_the_tree_is_high() =>
        Check.One(Config.QuickThrowOnFailure, Prop.ForAll(
            (from size in Gen.Choose(1, 1_000_000) from index in Gen.Choose(0, size - 1) select ((long)index, (long)size)).ToArbitrary(),
            asked => Assert.InRange(MerkleTree.Needs(hashOf => MerkleTree.InclusionPath(asked.Item1, asked.Item2, hashOf)).Count, 0, 40)));

    private static byte[] Stored(Node node) => Mth(_entries.AsSpan((int)(node.Index << node.Level), 1 << node.Level));

    /// <summary>MTH(D[n]) of §2.1.</summary>
    private static byte[] Mth(ReadOnlySpan<byte[]> entries) => entries.Length switch
    {
        0 => SHA256.HashData([]),
        1 => SHA256.HashData([0, .. entries[0]]),
        var n when Below(n) is var k => SHA256.HashData([1, .. Mth(entries[..k]), .. Mth(entries[k..])]),
        _ => throw new InvalidOperationException(),
    };

    /// <summary>PATH(m, D[n]) of §2.1.1.</summary>
    private static List<byte[]> Path(int m, ReadOnlySpan<byte[]> entries)
    {
        if (entries.Length == 1)
        {
            return [];
        }
        var k = Below(entries.Length);
        return m < k ? [.. Path(m, entries[..k]), Mth(entries[k..])] : [.. Path(m - k, entries[k..]), Mth(entries[..k])];
    }

    /// <summary>SUBPROOF(m, D[n], b) of §2.1.2.</summary>
    private static List<byte[]> SubProof(int m, ReadOnlySpan<byte[]> entries, bool b)
    {
        if (m == entries.Length)
        {
            return b ? [] : [Mth(entries)];
        }
        var k = Below(entries.Length);
        return m <= k ? [.. SubProof(m, entries[..k], b), Mth(entries[k..])] : [.. SubProof(m - k, entries[k..], false), Mth(entries[..k])];
    }

    private static int Below(int n)
    {
        var k = 1;
        while (k * 2 < n)
        {
            k *= 2;
        }
        return k;
    }
}
