using System.Security.Cryptography;
using System.Text;

namespace DisclosureApi.Store.Local;

/// <summary>A private key on P-256 in a file that only its owner can read.</summary>
internal static class KeyFile
{
    /// <summary>Opens the key, or makes one. Two processes that start at once end up with the same key.</summary>
    /// <param name="whose">What the key is for, as the operator is told when the file does not hold it.</param>
    public static ECDsa Open(string path, string whose)
    {
        if (!File.Exists(path))
        {
            Create(path);
        }
        try
        {
            return Read(path);
        }
        catch (CryptographicException wrong)
        {
            throw new InvalidOperationException($"{path} does not hold {whose} (a private key in PEM, on the curve P-256). Put the right file back, or remove this one for a new key.", wrong);
        }
    }

    /// <summary>The key that the file holds.</summary>
    /// <exception cref="CryptographicException">It holds none that can sign as this program does.</exception>
    public static ECDsa Read(string path)
    {
        var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(File.ReadAllText(path));
            // A public key has no private half to be exported.
            return key.ExportParameters(includePrivateParameters: true).Curve.Oid.FriendlyName is "nistP256" or "ECDSA_P256"
                ? key
                : throw new CryptographicException("It is on another curve than P-256.");
        }
        catch (Exception wrong) when (wrong is ArgumentException or CryptographicException)
        {
            key.Dispose();
            throw wrong as CryptographicException ?? new CryptographicException("It is no key in PEM.", wrong);
        }
    }

    private static void Create(string path)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var temporary = $"{path}.{Environment.ProcessId}";
        using (var file = new StreamWriter(temporary, Encoding.ASCII, DataDirectory.Private(FileMode.Create)))
        {
            file.Write(key.ExportPkcs8PrivateKeyPem());
        }
        try
        {
            File.Move(temporary, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            // Another process was first; its key is the one.
            File.Delete(temporary);
        }
    }
}
