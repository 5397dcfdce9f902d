using DisclosureApi.Store.Local;
using DisclosureApi.Store.Replicas;
using Npgsql;

namespace DisclosureApi.Store.Rebuilding;

/// <summary>
/// The owner role's way to the database, for a command that runs beside hosts: the configured connection; else the
/// embedded PostgreSQL, that of the host which runs on the data directory, or one started until this is disposed of.
/// </summary>
internal sealed class OwnerAccess : IAsyncDisposable
{
    private readonly LocalPostgres? _started;

    private OwnerAccess(string connection, LocalPostgres? started) => (Connection, _started) = (connection, started);

    public string Connection { get; }

    public static async Task<OwnerAccess> OpenAsync(Settings settings, Action<string> tell, CancellationToken cancellation)
    {
        if (settings.OwnerConnection is { } configured)
        {
            // After a failover the primary is one of the replicas of before, for commands as for hosts.
            return new OwnerAccess(ServerAddresses.Together(configured, settings.ReplicaConnection), null);
        }
        var dataDirectory = settings.DataDirectory;
        try
        {
            return await StartAsync(dataDirectory, tell, cancellation);
        }
        catch (LocalPostgresException refused) when (refused.IsInUse)
        {
            var running = RunningServer.OwnerConnection(dataDirectory)
                ?? throw new LocalPostgresException($"A host is just starting or ending on {dataDirectory}; try again when it serves or has ended.", refused);
            tell($"A host serves from {dataDirectory}; its PostgreSQL is used, and it goes on serving.");
            return new OwnerAccess(running, null);
        }
    }

    public ValueTask DisposeAsync() => _started?.DisposeAsync() ?? ValueTask.CompletedTask;

    private static async Task<OwnerAccess> StartAsync(string dataDirectory, Action<string> tell, CancellationToken cancellation)
    {
        var started = await LocalPostgres.StartAsync(dataDirectory, tell, cancellation);
        try
        {
            // As a host would at its start, since none runs that could have.
            await Database.PrepareAsync(started.OwnerConnectionString, new NpgsqlConnectionStringBuilder(started.ServingConnectionString).Username!, cancellation);
            return new OwnerAccess(started.OwnerConnectionString, started);
        }
        catch
        {
            await started.DisposeAsync();
            throw;
        }
    }
}
