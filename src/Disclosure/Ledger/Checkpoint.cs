using System.Globalization;

namespace Disclosure.Ledger;

/// <summary>What the ledger says of itself at one size (C2SP tlog-checkpoint): its origin, how many entries it has, its root.</summary>
public sealed record Checkpoint(string Origin, long Size, byte[] Root)
{
    /// <summary>The text that is signed.</summary>
    public string Text => string.Create(CultureInfo.InvariantCulture, $"{Origin}\n{Size}\n{Convert.ToBase64String(Root)}\n");

    public SignedNote SignedBy(NoteKey key) => new(Text, [key.Sign(Origin, Text)]);

    /// <summary>Null when the text is no checkpoint. Lines after the root are extensions, and change nothing.</summary>
    public static Checkpoint? Parse(string text)
    {
        var lines = text.Split('\n');
        return lines is [{ Length: > 0 } origin, var size, var encoded, .., ""]
            && long.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && size == count.ToString(CultureInfo.InvariantCulture)
            && HashText.Hash(encoded) is { } root
            ? new Checkpoint(origin, count, root)
            : null;
    }
}
