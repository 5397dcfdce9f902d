using System.Globalization;

namespace DisclosureApi.Store.Local;

/// <summary>The cluster on disk: made once, started and stopped by the programs of its own major version.</summary>
internal sealed class LocalCluster
{
    /// <summary>Recovery after a crash replays at most the log since the last checkpoint, some minutes on a slow disk.</summary>
    private const string StartSeconds = "600";

    /// <summary>A fast shutdown writes one checkpoint. Past this the server is cut off, which is safe: the next start recovers.</summary>
    private const string StopSeconds = "60";

    private readonly DataDirectory _directory;
    private readonly ServerAccount _account;
    private readonly PostgresBinaries _binaries;
    private readonly Action<string> _tell;

    private LocalCluster(DataDirectory directory, ServerAccount account, PostgresBinaries binaries, Action<string> tell)
    {
        _directory = directory;
        _account = account;
        _binaries = binaries;
        _tell = tell;
    }

    /// <summary>A cluster that is whole and at rest, whatever an earlier host left.</summary>
    public static async Task<LocalCluster> PrepareAsync(
        DataDirectory directory, RoleSecrets secrets, BinarySearch search, Action<string> tell, CancellationToken cancellation)
    {
        var account = await ServerAccount.FindAsync(cancellation);
        var major = MajorOf(directory.Cluster);
        var binaries = await search.FindAsync(major, account, tell, cancellation);
        var cluster = new LocalCluster(directory, account, binaries, tell);
        if (!await account.OwnsAsync(directory.Cluster, cancellation))
        {
            await account.OpenWayAsync(directory.Path, tell, cancellation);
        }

        if (major is null)
        {
            await cluster.MakeAsync(secrets, cancellation);
        }
        else
        {
            await cluster.TakeOverAsync(secrets, cancellation);
        }

        return cluster;
    }

    /// <summary>Starts the server in a session of its own (pg_ctl sees to that), and returns when it takes connections.</summary>
    public async Task<Postmaster> StartAsync(ServerAddress address, CancellationToken cancellation)
    {
        await GiveFolderAsync(_directory.Log, cancellation);
        if (address.IsSocket)
        {
            await _account.GiveAsync(address.Host, cancellation);
        }

        ForgetOldLogs();
        await File.WriteAllTextAsync(_directory.Settings, ServerSettings.For(address, _directory.Log), cancellation);
        MakeReadable(_directory.Settings);

        // The paths are relative, because pg_ctl hands them to a shell that would read a quote or a dollar in them.
        // Not cancelled halfway: a server whose starter was killed would have no one to stop it.
        var started = await _account.RunInAsync(
            _directory.Path, [_binaries.PgCtl, "start", "-s", "-w", "-t", StartSeconds, "-D", "pgdata", "-l", "log/start.log"], CancellationToken.None);
        cancellation.ThrowIfCancellationRequested();
        return started.Succeeded && Postmaster.Of(_directory.Cluster) is { } postmaster
            ? postmaster
            : throw new LocalPostgresException(
                $"PostgreSQL {_binaries.Major} ({_binaries.Folder}) did not start on {_directory.Cluster}: {started.Said} {LastWords()}");
    }

    /// <summary>Stops the server in order: sessions are ended, everything is written, and nothing needs recovery.</summary>
    public async Task StopAsync()
    {
        if (Postmaster.Of(_directory.Cluster) is not { IsRunning: true })
        {
            return;
        }

        var stopped = await StopAsync("fast");
        if (!stopped.Succeeded && Postmaster.Of(_directory.Cluster) is { IsRunning: true })
        {
            _tell($"PostgreSQL did not end within {StopSeconds} s and is cut off; the next start recovers from its log.");
            stopped = await StopAsync("immediate");
            if (!stopped.Succeeded)
            {
                throw new LocalPostgresException($"PostgreSQL on {_directory.Cluster} could not be stopped: {stopped.Said}");
            }
        }
    }

    private Task<Command.Outcome> StopAsync(string mode) => _account.RunAsync(
        [_binaries.PgCtl, "stop", "-s", "-w", "-t", StopSeconds, "-m", mode, "-D", _directory.Cluster], CancellationToken.None);

    /// <summary>
    /// Made under another name and renamed when whole, so that a <c>pgdata</c> is never half a cluster and an interrupted
    /// making is simply begun again.
    /// </summary>
    private async Task MakeAsync(RoleSecrets secrets, CancellationToken cancellation)
    {
        _tell($"Making a PostgreSQL {_binaries.Major} cluster in {_directory.Cluster}.");
        var unfinished = _directory.UnfinishedCluster();
        await GiveFolderAsync(unfinished, cancellation);
        var password = Path.Combine(_directory.Path, "password.new");
        try
        {
            File.Delete(password);
            await using (var file = new StreamWriter(password, DataDirectory.Private(FileMode.CreateNew)))
            {
                await file.WriteAsync(secrets.Of(LocalDatabase.Superuser));
            }

            await _account.GiveAsync(password, cancellation);
            await InitialiseAsync(unfinished, password, cancellation);
        }
        finally
        {
            File.Delete(password);
        }

        await File.AppendAllTextAsync(Path.Combine(unfinished, "postgresql.conf"), ServerSettings.Include, cancellation);
        if (Directory.Exists(_directory.Cluster))
        {
            Directory.Delete(_directory.Cluster);
        }

        Directory.Move(unfinished, _directory.Cluster);
    }

    private async Task InitialiseAsync(string folder, string password, CancellationToken cancellation)
    {
        // The C locale sorts by code point, the same on every system and every version, so that no index ever goes stale.
        var made = await _account.RunAsync(
            [
                _binaries.InitDb, "-D", folder, "--username", LocalDatabase.Superuser, "--pwfile", password, "--auth", "scram-sha-256",
                "--encoding", "UTF8", "--locale", "C", "--data-checksums", "--no-instructions",
            ], cancellation);
        if (!made.Succeeded)
        {
            throw new LocalPostgresException($"initdb of PostgreSQL {_binaries.Major} ({_binaries.Folder}) failed in {folder}: {made.Said}");
        }
    }

    /// <summary>A cluster of an earlier host: made this account's own, and freed of a server that outlived its host.</summary>
    private async Task TakeOverAsync(RoleSecrets secrets, CancellationToken cancellation)
    {
        if (!secrets.Has(LocalDatabase.Superuser))
        {
            throw new LocalPostgresException(
                $"{_directory.Cluster} holds a cluster, but the superuser's password {secrets.FileOf(LocalDatabase.Superuser)} is missing. "
                + "Put back the secrets folder that belongs to this pgdata, or choose another LocalPostgres:DataDirectory.");
        }

        if (Postmaster.Of(_directory.Cluster) is { } left)
        {
            if (left.IsRunning)
            {
                _tell("The PostgreSQL of a host that is gone still runs on this data directory; it is stopped in order and started anew.");
                await StopAsync();
            }
            else
            {
                _tell("PostgreSQL was not shut down in order last time; it recovers from its log.");
                await left.BuryAsync(cancellation);
            }
        }

        if (!await _account.OwnsAsync(_directory.Cluster, cancellation))
        {
            await _account.GiveAsync(_directory.Cluster, cancellation);
        }
    }

    private static int? MajorOf(string cluster)
    {
        var version = Path.Combine(cluster, "PG_VERSION");
        if (File.Exists(version) && int.TryParse(File.ReadAllText(version), CultureInfo.InvariantCulture, out var major))
        {
            return major;
        }

        return Directory.Exists(cluster) && Directory.EnumerateFileSystemEntries(cluster).Any()
            ? throw new LocalPostgresException(
                $"{cluster} is neither empty nor a PostgreSQL cluster (it has no readable PG_VERSION). Move it away, or choose another LocalPostgres:DataDirectory.")
            : null;
    }

    /// <summary>A folder that is the account's already may hold what the account put there, so root leaves its contents alone.</summary>
    private async Task GiveFolderAsync(string folder, CancellationToken cancellation)
    {
        if (!Directory.Exists(folder) || !await _account.OwnsAsync(folder, cancellation))
        {
            DataDirectory.CreatePrivate(folder);
            await _account.GiveAsync(folder, cancellation);
        }
    }

    private static void MakeReadable(string file)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        }
    }

    /// <summary>A server that is started anew each day never empties a file by itself, so what is a week old goes here.</summary>
    private void ForgetOldLogs()
    {
        File.Delete(Path.Combine(_directory.Log, "start.log"));
        var week = DateTime.UtcNow.AddDays(-6);
        foreach (var file in new DirectoryInfo(_directory.Log).GetFiles("postgresql-*.log").Where(file => file.LastWriteTimeUtc < week))
        {
            file.Delete();
        }
    }

    /// <summary>Why the server did not start stands in one of two logs: before or after it opened its own.</summary>
    private string LastWords()
    {
        var last = new DirectoryInfo(_directory.Log).GetFiles("*.log").OrderBy(file => file.LastWriteTimeUtc)
            .SelectMany(file => File.ReadLines(file.FullName)).TakeLast(12);
        return $"Its log in {_directory.Log} ends:\n{string.Join('\n', last)}";
    }
}
