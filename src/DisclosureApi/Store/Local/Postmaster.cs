using System.Diagnostics;
using System.Globalization;

namespace DisclosureApi.Store.Local;

/// <summary>
/// The server process that <c>postmaster.pid</c> names. A process number alone proves nothing, because after a crash the
/// system gives it to others; so a process is believed only when it can be seen to serve this very cluster.
/// </summary>
internal sealed class Postmaster
{
    private readonly string _cluster;
    private readonly string _identity;
    private readonly DateTimeOffset _started;

    private Postmaster(string cluster, string identity, int number, DateTimeOffset started)
    {
        _cluster = cluster;
        _identity = identity;
        Number = number;
        _started = started;
    }

    /// <summary>What the cluster's lock file names, running or not; null when there is none, or none that a server wrote to its end.</summary>
    public static Postmaster? Of(string cluster)
    {
        var lines = File.Exists(LockFile(cluster)) ? File.ReadAllLines(LockFile(cluster)) : [];
        return lines.Length >= 3
            && int.TryParse(lines[0], CultureInfo.InvariantCulture, out var number)
            && long.TryParse(lines[2], CultureInfo.InvariantCulture, out var seconds)
            ? new Postmaster(cluster, Identity(lines), number, DateTimeOffset.FromUnixTimeSeconds(seconds))
            : null;
    }

    public int Number { get; }

    public bool IsRunning => OperatingSystem.IsLinux() ? Serves(Number) : IsServerSince(_started);

    /// <summary>Ends when the server has: it is no child of the host's, so the system sends no word of its end.</summary>
    public async Task ExitAsync(CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(500));
        while (IsRunning)
        {
            await timer.WaitForNextTickAsync(cancellation);
        }
    }

    /// <summary>
    /// Clears away what a killed server left. Its sessions end by themselves as soon as they look up; one that does not is
    /// ended, because PostgreSQL rightly refuses to start beside it, and recovery from the log follows in any case.
    /// </summary>
    public async Task BuryAsync(CancellationToken cancellation)
    {
        // Elsewhere the sessions cannot be told from other processes, and PostgreSQL judges its lock file itself.
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        var patience = Stopwatch.StartNew();
        while (Sessions().ToList() is { Count: > 0 } sessions)
        {
            if (patience.Elapsed > TimeSpan.FromSeconds(1))
            {
                sessions.ForEach(End);
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20), cancellation);
        }

        File.Delete(LockFile(_cluster));
    }

    private IEnumerable<int> Sessions() =>
        Directory.EnumerateDirectories("/proc")
            .Select(folder => int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var number) ? number : 0)
            .Where(number => number > 0 && Serves(number));

    /// <summary>Every process of a server works in its cluster, where the same lock file must be seen.</summary>
    private bool Serves(int number)
    {
        var seen = $"/proc/{number}/cwd/postmaster.pid";
        try
        {
            return File.Exists(seen)
                && File.ReadAllText($"/proc/{number}/comm").StartsWith("postgres", StringComparison.Ordinal)
                && Identity(File.ReadAllLines(seen)) == _identity;
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            // A process that ends while it is looked at, or that another account keeps to itself, does not serve this cluster.
            return false;
        }
    }

    private bool IsServerSince(DateTimeOffset started)
    {
        try
        {
            using var process = Process.GetProcessById(Number);
            return process.ProcessName.StartsWith("postgres", StringComparison.OrdinalIgnoreCase)
                && (process.StartTime.ToUniversalTime() - started.UtcDateTime).Duration() < TimeSpan.FromSeconds(5);
        }
        catch (Exception gone) when (gone is ArgumentException or InvalidOperationException)
        {
            // No process has this number any more.
            return false;
        }
    }

    private static void End(int number)
    {
        try
        {
            using var process = Process.GetProcessById(number);
            process.Kill();
        }
        catch (Exception gone) when (gone is ArgumentException or InvalidOperationException)
        {
            // It ended by itself in the meantime, which is what was wanted.
        }
    }

    private static string Identity(string[] lines) => string.Join('\n', lines.Take(3));

    private static string LockFile(string cluster) => Path.Combine(cluster, "postmaster.pid");
}
