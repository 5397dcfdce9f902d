using System.Diagnostics;
using DisclosureApi.Store.Local;
using DisclosureApi.Tests.Store;

namespace DisclosureApi.Tests.Replicas;

/// <summary>A PostgreSQL server as operators run them: made by initdb or by pg_basebackup, in a folder that is closed to others, on a socket in it.</summary>
internal sealed class PostgresServer : IDisposable
{
    private readonly string _bin;
    private readonly ServerAccount _account;
    private readonly string _folder;

    private PostgresServer(string bin, ServerAccount account, string folder, string? cluster = null) => (_bin, _account, _folder, Cluster) = (bin, account, folder, cluster ?? Path.Combine(folder, "pgdata"));

    private string Log => Path.Combine(_folder, "log");

    private string Cluster { get; }

    public string Socket => _folder;

    public string Superuser => Connection("postgres", "postgres");

    /// <summary>The main process, to be signalled.</summary>
    public int Number => Postmaster.Of(Cluster)!.Number;

    public bool IsRunning => Postmaster.Of(Cluster) is { IsRunning: true };

    public string Connection(string user, string database = "disclosure") => $"Host={_folder};Database={database};Username={user}";

    /// <summary>The server's connections by its roles, through this folder's socket or another that leads to it.</summary>
    public TestDatabase Database(string? socket = null) => new(
        Connection("disclosure").Replace(_folder, socket ?? _folder), Connection("disclosure_owner"), Connection("postgres", "disclosure"));

    /// <summary>A server with the roles and the database that the head of compose.yaml makes.</summary>
    public static Task<PostgresServer> MakeAsync(params string[] settings) => MakeAsync(null, null, settings);

    /// <summary>The same with its data in another folder and without its log of changes, or with that log in another folder, such as one on a disk of its own.</summary>
    public static async Task<PostgresServer> MakeAsync(string? data, string? log, params string[] settings)
    {
        var account = await ServerAccount.FindAsync(CancellationToken.None);
        var binaries = await new BinarySearch().FindAsync(null, account, _ => { }, CancellationToken.None);
        Assert.SkipUnless(File.Exists(Path.Combine(binaries.Folder, "pg_basebackup")), "pg_basebackup is not installed.");
        foreach (var folder in new[] { data, log }.OfType<string>())
        {
            await account.GiveAsync(folder, CancellationToken.None);
        }
        var server = new PostgresServer(binaries.Folder, account, await FolderAsync(account), data);
        await server.RunAsync("initdb", ["-D", server.Cluster, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale", "C", "-N", .. data is null && log is null ? Array.Empty<string>() : ["-X", log ?? Path.Combine(server.Socket, "wal")]]);
        await server.ConfigureAsync(["wal_level = replica", "hot_standby_feedback = on", "wal_keep_size = '256MB'", "max_connections = 200", .. settings]);
        await server.StartAsync();
        await Sql.RunAsync(server.Superuser, "create role disclosure_owner login");
        await Sql.RunAsync(server.Superuser, "create role disclosure login");
        await Sql.RunAsync(server.Superuser, "create database disclosure owner disclosure_owner");
        return server;
    }

    /// <summary>A streaming replica of this server.</summary>
    /// <param name="name">What the primary knows it by, as synchronous_standby_names does.</param>
    public async Task<PostgresServer> ReplicaAsync(string name)
    {
        var replica = new PostgresServer(_bin, _account, await FolderAsync(_account));
        await replica.RunAsync("pg_basebackup", "-d", $"host={_folder} user=postgres application_name={name}", "-D", replica.Cluster, "-R", "-X", "stream", "-c", "fast");
        await replica.ConfigureAsync([]);
        await replica.StartAsync();
        return replica;
    }

    public async Task StartAsync()
    {
        if (Postmaster.Of(Cluster) is { IsRunning: false } killed)
        {
            // Where nobody takes note of ended processes, their numbers stay taken, and PostgreSQL believes its lock file.
            await killed.BuryAsync(CancellationToken.None);
            File.Delete(Path.Combine(_folder, ".s.PGSQL.5432.lock"));
        }
        await RunAsync("pg_ctl", "-D", Cluster, "-l", Log, "-w", "start");
    }

    public Task StopAsync() => RunAsync("pg_ctl", "-D", Cluster, "-m", "fast", "-w", "stop");

    public Task PromoteAsync() => RunAsync("pg_ctl", "-D", Cluster, "-w", "promote");

    /// <summary>As the machine's death would: nothing is written any more.</summary>
    public void Kill()
    {
        var processes = Processes();
        foreach (var number in processes)
        {
            try
            {
                using var process = Process.GetProcessById(number);
                process.Kill();
            }
            catch (Exception gone) when (gone is ArgumentException or InvalidOperationException)
            {
                // A session that ended by itself meanwhile.
            }
        }
        Assert.True(SpinWait.SpinUntil(() => !IsRunning && !processes.Exists(number => WorksIn($"/proc/{number}")), TimeSpan.FromSeconds(10)));
    }

    /// <summary>All its processes stand still: connections stay open and nobody answers.</summary>
    public Task FreezeAsync() => SignalAsync("STOP");

    public Task ThawAsync() => SignalAsync("CONT");

    public void Dispose()
    {
        if (IsRunning)
        {
            Kill();
        }
        Directory.Delete(_folder, recursive: true);
    }

    private async Task SignalAsync(string name)
    {
        foreach (var number in Processes())
        {
            // A session may end by itself between the look and the signal.
            Assert.True((await Command.RunAsync(["kill", $"-{name}", "--", $"{number}"], CancellationToken.None)).Succeeded || !Directory.Exists($"/proc/{number}"));
        }
    }

    /// <summary>The main process first, so that it starts no others meanwhile.</summary>
    private List<int> Processes() =>
    [
        Number,
        .. from folder in Directory.EnumerateDirectories("/proc")
           let number = int.TryParse(Path.GetFileName(folder), out var its) ? its : 0
           where number > 0 && number != Number && WorksIn(folder)
           select number,
    ];

    private bool WorksIn(string process)
    {
        try
        {
            return new DirectoryInfo(Path.Combine(process, "cwd")).LinkTarget == Cluster;
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static async Task<string> FolderAsync(ServerAccount account)
    {
        var folder = Directory.CreateTempSubdirectory("dpr-").FullName;
        await account.GiveAsync(folder, CancellationToken.None);
        return folder;
    }

    private async Task ConfigureAsync(IEnumerable<string> settings)
    {
        await File.AppendAllLinesAsync(
            Path.Combine(Cluster, "postgresql.conf"), ["listen_addresses = ''", $"unix_socket_directories = '{_folder}'", .. settings], TestContext.Current.CancellationToken);
    }

    private async Task RunAsync(string program, params string[] arguments)
    {
        var outcome = await _account.RunAsync([PostgresBinaries.Program(_bin, program), .. arguments], CancellationToken.None);
        Assert.True(outcome.Succeeded, $"{program}: {outcome.Said} {(File.Exists(Log) ? await File.ReadAllTextAsync(Log) : "")}");
    }
}
