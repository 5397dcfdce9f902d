using System.Globalization;
using System.Text;

namespace Disclosure.Ledger;

/// <summary>
/// Proves to anyone who knows the ledger's key that an entry stands at its place (C2SP tlog-proof): its index, the path to
/// the root, and a signed checkpoint of the tree that the path leads to.
/// </summary>
public sealed record Receipt(long Index, IReadOnlyList<byte[]> Path, SignedNote Checkpoint)
{
    public const string FirstLine = "c2sp.org/tlog-proof@v1";

    public override string ToString()
    {
        var text = new StringBuilder($"{FirstLine}\nindex ").Append(CultureInfo.InvariantCulture, $"{Index}\n");
        foreach (var hash in Path)
        {
            text.Append(Convert.ToBase64String(hash)).Append('\n');
        }
        return text.Append('\n').Append(Checkpoint).ToString();
    }

    /// <summary>Null when it is no such receipt.</summary>
    public static Receipt? Parse(string text)
    {
        var end = text.IndexOf("\n\n", StringComparison.Ordinal);
        var lines = end < 0 ? [] : text[..end].Split('\n');
        var at = lines.Length > 1 && lines[1].StartsWith("extra ", StringComparison.Ordinal) ? 2 : 1;
        if (lines.Length <= at || lines[0] != FirstLine || !lines[at].StartsWith("index ", StringComparison.Ordinal)
            || !long.TryParse(lines[at]["index ".Length..], NumberStyles.None, CultureInfo.InvariantCulture, out var index)
            || lines[at] != string.Create(CultureInfo.InvariantCulture, $"index {index}") || SignedNote.Parse(text[(end + 2)..]) is not { } note)
        {
            return null;
        }
        var path = new List<byte[]>();
        foreach (var line in lines[(at + 1)..])
        {
            if (HashText.Hash(line) is not { } hash)
            {
                return null;
            }
            path.Add(hash);
        }
        return new Receipt(index, path, note);
    }

    /// <summary>Whether the commitment stands at the index of the tree that the key has signed.</summary>
    public bool Proves(ReadOnlySpan<byte> commitment, NoteKey key, string origin) =>
        key.HasSigned(Checkpoint, origin) && Ledger.Checkpoint.Parse(Checkpoint.Text) is { } tree && tree.Origin == origin
        && MerkleTree.RootOf(MerkleTree.HashEntry(commitment), Index, tree.Size, Path) is { } root && root.AsSpan().SequenceEqual(tree.Root);
}
