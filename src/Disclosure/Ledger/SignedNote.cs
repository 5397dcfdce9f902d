using System.Security.Cryptography;
using System.Text;

namespace Disclosure.Ledger;

/// <summary>One signature of a note: who made it, under which key, and its bytes.</summary>
/// <param name="KeyHint">The first four bytes of what names the key.</param>
public sealed record NoteSignature(string Name, byte[] KeyHint, byte[] Signature);

/// <summary>
/// A text with signatures under it, as the C2SP signed-note format lays it out: the text, which ends with a line's end, an
/// empty line, and a line for each signature.
/// </summary>
public sealed record SignedNote(string Text, IReadOnlyList<NoteSignature> Signatures)
{
    private const int HintSize = 4;
    private const string Dash = "\u2014 ";

    public override string ToString() =>
        string.Concat([Text, "\n", .. Signatures.Select(signature => $"{Dash}{signature.Name} {Convert.ToBase64String([.. signature.KeyHint, .. signature.Signature])}\n")]);

    /// <summary>Null when it is no such note.</summary>
    public static SignedNote? Parse(string note)
    {
        var end = note.LastIndexOf("\n\n", StringComparison.Ordinal);
        if (end < 0 || !note.EndsWith('\n'))
        {
            return null;
        }
        var signatures = note[(end + 2)..^1].Split('\n').Select(ParseSignature).ToList();
        return signatures.TrueForAll(signature => signature is not null) ? new SignedNote(note[..(end + 1)], [.. signatures.Select(signature => signature!)]) : null;
    }

    private static NoteSignature? ParseSignature(string line)
    {
        var parts = line.StartsWith(Dash, StringComparison.Ordinal) ? line[Dash.Length..].Split(' ') : [];
        return parts is [{ Length: > 0 } name, var encoded] && HashText.Bytes(encoded) is { Length: > HintSize } bytes
            ? new NoteSignature(name, bytes[..HintSize], bytes[HintSize..])
            : null;
    }
}

/// <summary>
/// A public key of the ledger: ECDSA on P-256 with SHA-256, its signature as ASN.1 DER, its hint the first four bytes of
/// SHA-256 over the key's DER (SubjectPublicKeyInfo), as Rekor's checkpoints have it.
/// </summary>
public sealed class NoteKey : IDisposable
{
    private readonly ECDsa _key;

    private NoteKey(ECDsa key, byte[] der)
    {
        (_key, Der) = (key, der);
        Hint = SHA256.HashData(der)[..4];
    }

    /// <summary>SubjectPublicKeyInfo in DER.</summary>
    public byte[] Der { get; }

    public byte[] Hint { get; }

    public string HintText => Convert.ToHexStringLower(Hint);

    /// <summary>A key pair, with which notes can be signed.</summary>
    public static NoteKey Of(ECDsa pair) => new(pair, pair.ExportSubjectPublicKeyInfo());

    /// <summary>A public key, with which signatures can be checked.</summary>
    /// <exception cref="CryptographicException">The bytes hold no such key.</exception>
    public static NoteKey Public(byte[] der)
    {
        var key = ECDsa.Create();
        try
        {
            key.ImportSubjectPublicKeyInfo(der, out var read);
            return read == der.Length && key.ExportParameters(includePrivateParameters: false).Curve.Oid.Value == ECCurve.NamedCurves.nistP256.Oid.Value
                ? new NoteKey(key, der)
                : throw new CryptographicException("The key is not one on P-256.");
        }
        catch (Exception wrong) when (wrong is CryptographicException or PlatformNotSupportedException)
        {
            key.Dispose();
            throw wrong as CryptographicException ?? new CryptographicException(wrong.Message, wrong);
        }
    }

    public NoteSignature Sign(string name, string text) =>
        new(name, Hint, _key.SignData(Encoding.UTF8.GetBytes(text), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence));

    /// <summary>Whether the note bears this key's signature under this name.</summary>
    public bool HasSigned(SignedNote note, string name) => note.Signatures.Any(signature =>
        signature.Name == name && signature.KeyHint.AsSpan().SequenceEqual(Hint)
        && _key.VerifyData(Encoding.UTF8.GetBytes(note.Text), signature.Signature, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence));

    public void Dispose() => _key.Dispose();
}
