using System.Collections.Concurrent;
using System.Diagnostics;
using DisclosureApi.Store;
using DisclosureApi.Store.Local;
using Npgsql;

namespace DisclosureApi.Tests.Store;

/// <summary>A data directory directly in the temporary folder, closed to all but its owner, gone after the test.</summary>
internal sealed class TemporaryDataDirectory : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("dpg-").FullName;
    public string Cluster => System.IO.Path.Combine(Path, "pgdata");
    public ConcurrentQueue<string> Told { get; } = new();

    public Task<LocalPostgres> StartAsync() => LocalPostgres.StartAsync(Path, Told.Enqueue, TestContext.Current.CancellationToken);

    public Task<LocalPostgres> StartAsync(BinarySearch search) =>
        LocalPostgres.StartAsync(Path, search, Told.Enqueue, TestContext.Current.CancellationToken);

    /// <summary>Kills the server and its children, as a crash of the machine would, so that its lock files stay behind.</summary>
    public void KillServer()
    {
        using var server = Process.GetProcessById(Postmaster.Of(Cluster)!.Number);
        server.Kill(entireProcessTree: true);
        // It is no child of the test's; the end of its work on the cluster is what can be seen.
        Assert.True(SpinWait.SpinUntil(() => !Postmaster.Of(Cluster)!.IsRunning, TimeSpan.FromSeconds(10)));
    }

    public void Dispose()
    {
        if (Postmaster.Of(Cluster) is { IsRunning: true })
        {
            KillServer();
        }

        Directory.Delete(Path, recursive: true);
    }
}

internal static class Sql
{
    public static async Task<object?> RunAsync(string connectionString, string sql)
    {
        await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false });
        await using var command = source.CreateCommand(sql);
        return await command.ExecuteScalarAsync(TestContext.Current.CancellationToken);
    }
}
