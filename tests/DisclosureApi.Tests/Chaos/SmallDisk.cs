using DisclosureApi.Store.Local;

namespace DisclosureApi.Tests.Chaos;

/// <summary>A disk of few megabytes, in memory, that can be filled to the last byte.</summary>
internal sealed class SmallDisk : IDisposable
{
    private SmallDisk(string folder) => Folder = folder;

    public string Folder { get; }

    private string Ballast => Path.Combine(Folder, "ballast");

    /// <summary>A folder for PostgreSQL, which wants one that is empty.</summary>
    public string Empty => Directory.CreateDirectory(Path.Combine(Folder, "pg")).FullName;

    public static async Task<SmallDisk> MountAsync(int megabytes)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess, "A disk can be mounted by root on Linux alone.");
        var folder = Directory.CreateTempSubdirectory("dpd-").FullName;
        var mounted = await Command.RunAsync(["mount", "-t", "tmpfs", "-o", $"size={megabytes}m,mode=0711", "tmpfs", folder], CancellationToken.None);
        if (!mounted.Succeeded)
        {
            Directory.Delete(folder);
            Assert.Skip($"No disk can be mounted here: {mounted.Said}");
        }
        return new SmallDisk(folder);
    }

    /// <summary>Until there is no room for a byte.</summary>
    public void Fill()
    {
        using var ballast = new FileStream(Ballast, FileMode.Append, FileAccess.Write, FileShare.None, bufferSize: 0);
        for (var size = 1 << 20; size > 0; size /= 2)
        {
            try
            {
                for (var piece = new byte[size]; ;)
                {
                    ballast.Write(piece);
                }
            }
            catch (IOException)
            {
                // No room for a piece of this size.
            }
        }
    }

    /// <summary>As an operator makes room.</summary>
    public void Free() => File.Delete(Ballast);

    public void Dispose()
    {
        using var unmounting = System.Diagnostics.Process.Start("umount", [Folder]);
        unmounting.WaitForExit();
        Directory.Delete(Folder);
    }
}
