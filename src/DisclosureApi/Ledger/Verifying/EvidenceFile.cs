using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace DisclosureApi.Ledger.Verifying;

/// <summary>The files of a bundle, read whole and with limits, because a bundle may come from anyone.</summary>
internal sealed class EvidenceFile
{
    public const string Sums = "SHA256SUMS";
    private const int MostFiles = 20_000;
    private const long MostBytes = 512L * 1024 * 1024;

    private readonly Dictionary<string, byte[]> _files = new(StringComparer.Ordinal);

    public IEnumerable<string> Names => _files.Keys;

    public byte[]? Find(string name) => _files.GetValueOrDefault(name);

    public string? Text(string name) => Find(name) is { } bytes ? Encoding.UTF8.GetString(bytes) : null;

    /// <exception cref="InvalidDataException">It is no bundle, or too large to be one.</exception>
    public static EvidenceFile Open(Stream stream)
    {
        using var zip = new ZipArchive(stream, ZipArchiveMode.Read);
        if (zip.Entries.Count > MostFiles)
        {
            throw new InvalidDataException($"The bundle holds more than {MostFiles} files.");
        }
        var file = new EvidenceFile();
        var left = MostBytes;
        foreach (var entry in zip.Entries)
        {
            using var content = entry.Open();
            using var bytes = new MemoryStream();
            Copy(content, bytes, ref left);
            if (!file._files.TryAdd(entry.FullName, bytes.ToArray()))
            {
                throw new InvalidDataException($"The bundle holds {entry.FullName} twice.");
            }
        }
        return file;
    }

    /// <summary>Every file that is not as the list of hashes says, or that the list does not name.</summary>
    public IEnumerable<string> FaultsOfSums()
    {
        var listed = new HashSet<string>([Sums], StringComparer.Ordinal);
        foreach (var line in (Text(Sums) ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var name = line.Length > 66 ? line[66..] : "";
            listed.Add(name);
            if (Find(name) is not { } bytes)
            {
                yield return $"{Sums}: {name} is not in the bundle";
            }
            else if (line[..64] != Convert.ToHexStringLower(SHA256.HashData(bytes)))
            {
                yield return $"{name}: its bytes do not have the hash in {Sums}";
            }
        }
        foreach (var name in Names.Where(name => !listed.Contains(name)))
        {
            yield return $"{name}: {Sums} does not name it";
        }
        if (Text(Sums) != List(_files))
        {
            yield return $"{Sums}: it is not the list that these files have";
        }
    }

    /// <summary>The list of hashes, a line for each file in the order of their names, as sha256sum writes and checks it.</summary>
    public static string List(IEnumerable<KeyValuePair<string, byte[]>> files) => string.Concat(files.Where(file => file.Key != Sums)
        .OrderBy(file => file.Key, StringComparer.Ordinal).Select(file => $"{Convert.ToHexStringLower(SHA256.HashData(file.Value))}  {file.Key}\n"));

    private static void Copy(Stream from, MemoryStream to, ref long left)
    {
        var buffer = new byte[64 * 1024];
        for (int read; (read = from.Read(buffer)) > 0; to.Write(buffer, 0, read))
        {
            left -= read;
            if (left < 0)
            {
                throw new InvalidDataException($"The bundle is larger than {MostBytes / (1024 * 1024)} MiB when unpacked.");
            }
        }
    }
}
