using System.Security.Cryptography;

namespace DisclosureApi.Store.Local;

/// <summary>The passwords of the three roles, one file of mode 0600 each, made at random when first asked for.</summary>
internal sealed class RoleSecrets
{
    private readonly string _folder;

    public RoleSecrets(string folder)
    {
        _folder = folder;
        DataDirectory.CreatePrivate(folder);
    }

    public bool Has(string role) => File.Exists(FileOf(role));

    public string Of(string role)
    {
        if (!Has(role))
        {
            Write(FileOf(role), RandomNumberGenerator.GetHexString(64, lowercase: true));
        }

        return File.ReadAllText(FileOf(role)).Trim();
    }

    public string FileOf(string role) => Path.Combine(_folder, role);

    /// <summary>Written beside and then renamed, so that a crash leaves either no secret or a whole one.</summary>
    private static void Write(string file, string secret)
    {
        var beside = file + ".new";
        File.Delete(beside);
        using (var stream = new FileStream(beside, DataDirectory.Private(FileMode.CreateNew)))
        {
            stream.Write(System.Text.Encoding.ASCII.GetBytes(secret));
            stream.Flush(flushToDisk: true);
        }

        File.Move(beside, file);
    }
}
