namespace Disclosure.Ledger;

/// <summary>Base64 that says its bytes in the one way there is: what decodes to the same from other letters is refused, so that no letter can be changed unseen.</summary>
internal static class HashText
{
    /// <summary>Null when it is no such text.</summary>
    public static byte[]? Bytes(string text)
    {
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var length) && Convert.ToBase64String(bytes, 0, length) == text ? bytes[..length] : null;
    }

    /// <summary>A hash of 32 bytes.</summary>
    public static byte[]? Hash(string text) => Bytes(text) is { Length: MerkleTree.HashSize } hash ? hash : null;
}
