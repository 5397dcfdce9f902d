using DisclosureApi.Store;
using DisclosureApi.Store.Local;
using Npgsql;

namespace DisclosureApi.Benchmarks;

/// <summary>A database of one measured side, by the connections of its roles.</summary>
internal sealed record BenchmarkDatabase(string Serving, string Owner)
{
    /// <summary>With the right to write that a host gives its own connections, so that a baseline passes the same locks.</summary>
    public string Writing => $"{Serving};Options=-c disclosure.oversight=on";
}

/// <summary>The embedded PostgreSQL with the product's own settings, in a folder that goes when the run ends. Each side of a comparison has a database of its own in it.</summary>
internal sealed class BenchmarkServer : IAsyncDisposable
{
    private readonly string _directory;
    private readonly bool _isKept;
    private readonly LocalPostgres _postgres;
    private readonly NpgsqlDataSource _superuser;

    private BenchmarkServer(string directory, bool isKept, LocalPostgres postgres)
    {
        (_directory, _isKept, _postgres) = (directory, isKept, postgres);
        _superuser = NpgsqlDataSource.Create(postgres.SuperuserConnectionString);
    }

    /// <param name="kept">A folder that stays with all its databases, for a next run; null for one that goes.</param>
    public static async Task<BenchmarkServer> StartAsync(string? kept = null)
    {
        var directory = kept ?? Path.Combine(Path.GetTempPath(), $"disclosure-benchmarks-{Environment.ProcessId}");
        return new BenchmarkServer(directory, kept is not null, await LocalPostgres.StartAsync(directory, Console.Error.WriteLine, CancellationToken.None));
    }

    /// <summary>A database with the product's schema: a fresh one, or that of an earlier run on a folder that was kept.</summary>
    public async Task<BenchmarkDatabase> CreateDatabaseAsync(string name)
    {
        if (!await ExistsAsync(name))
        {
            await RunAsync($"create database {name} owner {LocalDatabase.Owner}");
        }
        var database = new BenchmarkDatabase(In(_postgres.ServingConnectionString, name), In(_postgres.OwnerConnectionString, name));
        await Database.PrepareAsync(database.Owner, LocalDatabase.Serving, CancellationToken.None);
        return database;
    }

    /// <summary>Before each measurement, so that the pages written first after a checkpoint, which cost more, fall to each side alike.</summary>
    public Task CheckpointAsync() => RunAsync("checkpoint");

    public async Task<string> VersionAsync()
    {
        await using var command = _superuser.CreateCommand("show server_version");
        return (string)(await command.ExecuteScalarAsync())!;
    }

    public async ValueTask DisposeAsync()
    {
        await _superuser.DisposeAsync();
        await _postgres.DisposeAsync();
        if (!_isKept)
        {
            Directory.Delete(_directory, recursive: true);
        }
    }

    /// <summary>A program that comes with the server, or null; it lies beside the server's own programs.</summary>
    public static async Task<string?> ProgramAsync(string name)
    {
        var account = await ServerAccount.FindAsync(CancellationToken.None);
        var binaries = await new BinarySearch().FindAsync(null, account, _ => { }, CancellationToken.None);
        var program = PostgresBinaries.Program(binaries.Folder, name);
        return File.Exists(program) ? program : null;
    }

    private static string In(string connection, string database) => new NpgsqlConnectionStringBuilder(connection) { Database = database }.ConnectionString;

    private async Task<bool> ExistsAsync(string name)
    {
        await using var command = _superuser.CreateCommand("select exists (select from pg_database where datname = $1)");
        command.Parameters.Add(new() { Value = name });
        return (bool)(await command.ExecuteScalarAsync())!;
    }

    private async Task RunAsync(string sql)
    {
        await using var command = _superuser.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
