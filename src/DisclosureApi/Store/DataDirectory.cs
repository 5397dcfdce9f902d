using System.Security.Cryptography;
using DisclosureApi.Store.Local;

namespace DisclosureApi.Store;

/// <summary>
/// The folder that holds everything the embedded database keeps, and its lock. Only <c>pgdata</c>, <c>log</c> and
/// <c>socket</c> belong to the account PostgreSQL runs as; whatever else lies here stays the host's own.
/// </summary>
public sealed class DataDirectory : IDisposable
{
    /// <summary>The longest socket path that Linux and macOS both take, in bytes (sun_path with its closing zero is 104 on macOS).</summary>
    private const int LongestSocketPath = 103;
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode Search = UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    private readonly FileStream _lock;

    private DataDirectory(string path, FileStream held)
    {
        Path = path;
        _lock = held;
    }

    public string Path { get; }
    internal string Cluster => Under("pgdata");
    internal string Secrets => Under("secrets");
    internal string Log => Under("log");
    internal string Settings => Under("server.conf");

    /// <summary>Where the data lie when nothing is configured: root's home is closed to the account PostgreSQL runs as, so root has another place.</summary>
    public static string Default() => System.IO.Path.Combine(SharedData(), "disclosure-api");

    /// <summary>One cache for all data directories of an account, beside the default one, so that the server is fetched once.</summary>
    internal static string BinaryCache() => System.IO.Path.Combine(SharedData(), "disclosure-api-postgresql");

    /// <summary>Makes the directory if it is missing, closed to reading by others.</summary>
    public static string Create(string path)
    {
        var full = System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(path));
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(full);
        }
        else if (!Directory.Exists(full))
        {
            // Root's PostgreSQL runs as another account, which must pass through this folder to reach its own.
            Directory.CreateDirectory(full, Environment.IsPrivilegedProcess ? OwnerOnly | Search : OwnerOnly);
        }

        return full;
    }

    /// <summary>Makes the directory and holds its lock until disposal. A killed host's lock is let go by the system.</summary>
    internal static DataDirectory Open(string path)
    {
        var full = Create(path);
        var file = System.IO.Path.Combine(full, "lock");
        try
        {
            return new DataDirectory(full, new FileStream(file, Private(FileMode.OpenOrCreate)));
        }
        catch (IOException busy) when (IsHeldByAnother(busy))
        {
            throw new LocalPostgresException(
                $"The data directory {full} is in use by another running host (it holds {file}). "
                + "Stop that host, or give this one a directory of its own with LocalPostgres:DataDirectory.", busy) { IsInUse = true };
        }
    }

    /// <summary>
    /// A folder for the socket that only PostgreSQL's account and root can enter. A deep data directory would make the
    /// path longer than a socket address holds, so its socket lies under a short random name in the temporary folder.
    /// </summary>
    internal string SocketFolder()
    {
        var own = Under("socket");
        var folder = System.Text.Encoding.UTF8.GetByteCount(own + "/.s.PGSQL.5432") <= LongestSocketPath
            ? own
            : "/tmp/disclosure-" + RandomNumberGenerator.GetHexString(16, lowercase: true);
        // A killed server leaves a lock file here whose process number may by now be another's; none of ours runs any more.
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }

        CreatePrivate(folder);
        return folder;
    }

    /// <summary>A folder of which others see nothing.</summary>
    internal static void CreatePrivate(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, OwnerOnly);
            File.SetUnixFileMode(folder, OwnerOnly);
        }
    }

    /// <summary>A file of mode 0600 from its first moment, opened by one process at a time.</summary>
    internal static FileStreamOptions Private(FileMode mode)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.Write, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return options;
    }

    /// <summary>
    /// Where a cluster grows until it is whole: a new name each time, because an initdb that outlived its killed host may
    /// still be writing under the old one.
    /// </summary>
    internal string UnfinishedCluster()
    {
        foreach (var left in Directory.GetDirectories(Path, "pgdata.new-*"))
        {
            Directory.Delete(left, recursive: true);
        }

        return Under("pgdata.new-" + RandomNumberGenerator.GetHexString(8, lowercase: true));
    }

    public void Dispose() => _lock.Dispose();

    internal string Under(string name) => System.IO.Path.Combine(Path, name);

    private static string SharedData()
    {
        if (!OperatingSystem.IsWindows() && Environment.IsPrivilegedProcess)
        {
            return "/var/lib";
        }

        var own = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        return own.Length > 0
            ? own
            : throw new LocalPostgresException("This account has no home directory to keep data in: set LocalPostgres:DataDirectory.");
    }

    /// <summary>EWOULDBLOCK of Linux and of macOS, and the sharing violation of Windows.</summary>
    private static bool IsHeldByAnother(IOException error) => error.HResult is 11 or 35 or unchecked((int)0x80070020);
}
