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

    /// <param name="isMade">Whether a database is made where there is none. What is done to one that nobody serves from would be taken for done.</param>
    /// <exception cref="InvalidOperationException">The settings lead to no database whose owner this could be.</exception>
    public static async Task<OwnerAccess> OpenAsync(Settings settings, Action<string> tell, CancellationToken cancellation, bool isMade = false)
    {
        if (settings.OwnerConnection is { } configured)
        {
            // After a failover the primary is one of the replicas of before, for commands as for hosts.
            return new OwnerAccess(ServerAddresses.Together(configured, settings.ReplicaConnection), null);
        }
        if (settings.ServingConnection is not null)
        {
            throw new InvalidOperationException("Give ConnectionStrings:DisclosureOwner: only the role that owns the tables can do this.");
        }
        var dataDirectory = settings.DataDirectory;
        if (!isMade && !Directory.Exists(Path.Combine(dataDirectory, "pgdata")))
        {
            throw new InvalidOperationException($"There is no database in {dataDirectory}. Name the one that hosts serve from: LocalPostgres:DataDirectory, or ConnectionStrings:DisclosureOwner on a PostgreSQL of yours.");
        }
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
