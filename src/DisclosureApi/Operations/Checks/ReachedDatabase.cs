using DisclosureApi.Store;
using DisclosureApi.Store.Local;
using DisclosureApi.Store.Replicas;
using Npgsql;

namespace DisclosureApi.Operations.Checks;

/// <summary>
/// The database that a host would serve from, by its serving role: the configured one; the embedded one of a host that
/// runs, or one started until this is disposed of. What is not there yet is not made.
/// </summary>
internal sealed class ReachedDatabase : IAsyncDisposable
{
    private readonly LocalPostgres? _started;

    private ReachedDatabase(NpgsqlDataSource serving, LocalPostgres? started) => (Serving, _started) = (serving, started);

    public NpgsqlDataSource Serving { get; }

    public static async Task<(ReachedDatabase? Reached, Checked? Told)> OpenAsync(Settings settings, CancellationToken cancellation)
    {
        try
        {
            if (settings.ServingConnection is { } configured)
            {
                configured = ServerAddresses.Together(configured, settings.ReplicaConnection);
                await RequireAsync(settings.OwnerConnection is { } owner ? ServerAddresses.Together(owner, settings.ReplicaConnection) : null, "ConnectionStrings:DisclosureOwner", cancellation);
                await RequireAsync(configured, "ConnectionStrings:Disclosure", cancellation);
                return (new ReachedDatabase(Database.Open(configured), null), null);
            }
            return Directory.Exists(Path.Combine(settings.DataDirectory, "pgdata"))
                ? (await EmbeddedAsync(settings.DataDirectory, cancellation), null)
                : (null, Checked.Ok("database", $"none in {settings.DataDirectory} yet; the first start makes an embedded one."));
        }
        catch (Exception fault) when (fault is LocalPostgresException or InvalidOperationException or IOException)
        {
            return (null, Checked.Fault("database", fault.Message));
        }
        catch (UnauthorizedAccessException denied)
        {
            return (null, Checked.Fault("database", $"{denied.Message} Run this as the account that the host runs as."));
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Serving.DisposeAsync();
        await (_started?.DisposeAsync() ?? ValueTask.CompletedTask);
    }

    private static async Task<ReachedDatabase> EmbeddedAsync(string dataDirectory, CancellationToken cancellation)
    {
        if (RunningServer.Connection(dataDirectory, LocalDatabase.Serving) is { } running)
        {
            return new ReachedDatabase(Database.Open(running), null);
        }
        var started = await LocalPostgres.StartAsync(dataDirectory, _ => { }, cancellation);
        return new ReachedDatabase(Database.Open(started.ServingConnectionString), started);
    }

    private static async Task RequireAsync(string? connection, string setting, CancellationToken cancellation)
    {
        if (connection is null)
        {
            return;
        }
        try
        {
            await using var source = ServerAddresses.Primary(new NpgsqlConnectionStringBuilder(connection) { Pooling = false, Timeout = 5 }.ConnectionString);
            await using var opened = await source.OpenConnectionAsync(cancellation);
        }
        catch (Exception fault) when (fault is NpgsqlException or TimeoutException)
        {
            throw new InvalidOperationException($"{setting} leads to no database: {fault.Message} Is the server up, does the way there stand open, are name and password right?", fault);
        }
    }
}
