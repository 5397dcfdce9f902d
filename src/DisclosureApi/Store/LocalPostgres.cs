using DisclosureApi.Store.Local;

namespace DisclosureApi.Store;

/// <summary>
/// The embedded default database: a PostgreSQL of the host's own in a data directory, started and stopped with it. Its
/// roles have passwords (scram) kept in files of mode 0600, and it listens on a socket in a folder closed to others.
/// </summary>
public sealed class LocalPostgres : IAsyncDisposable
{
    private readonly DataDirectory _directory;
    private readonly LocalCluster _cluster;
    private readonly ServerAddress _address;
    private readonly CancellationTokenSource _watching = new();
    private int _disposed;

    private LocalPostgres(DataDirectory directory, LocalCluster cluster, ServerAddress address, LocalDatabase database, Postmaster postmaster)
    {
        _directory = directory;
        _cluster = cluster;
        _address = address;
        OwnerConnectionString = database.ConnectionString(LocalDatabase.Owner);
        ServingConnectionString = database.ConnectionString(LocalDatabase.Serving);
        SuperuserConnectionString = database.ConnectionString(LocalDatabase.Superuser);
        Exited = postmaster.ExitAsync(_watching.Token);
    }

    /// <summary>Role disclosure_owner, which owns the database disclosure and its schema.</summary>
    public string OwnerConnectionString { get; }

    /// <summary>Role disclosure, which serves requests with the rights the schema gives it.</summary>
    public string ServingConnectionString { get; }

    /// <summary>The cluster's superuser on the database postgres, for tests that make databases.</summary>
    public string SuperuserConnectionString { get; }

    /// <summary>
    /// Completes when the server has ended unasked (killed, or told to stop by somebody else); is cancelled by
    /// <see cref="DisposeAsync"/>. What then becomes of the host is the host's to decide: nothing is started again behind
    /// its back.
    /// </summary>
    public Task Exited { get; }

    /// <summary>
    /// Starts PostgreSQL on the data directory, making the cluster, its roles and its database where they are missing.
    /// </summary>
    /// <param name="dataDirectory">May exist, and may be empty; see <see cref="DataDirectory.Default"/>.</param>
    /// <param name="tell">Takes each sentence that an operator should see.</param>
    /// <param name="cancellation">Ends a start that is under way; nothing is left running.</param>
    /// <exception cref="LocalPostgresException">The start failed; the message says what, where, and how to mend it.</exception>
    public static Task<LocalPostgres> StartAsync(string dataDirectory, Action<string> tell, CancellationToken cancellation) =>
        StartAsync(dataDirectory, new BinarySearch(), tell, cancellation);

    internal static async Task<LocalPostgres> StartAsync(string dataDirectory, BinarySearch search, Action<string> tell, CancellationToken cancellation)
    {
        try
        {
            var directory = DataDirectory.Open(dataDirectory);
            try
            {
                return await StartAsync(directory, search, tell, cancellation);
            }
            catch
            {
                directory.Dispose();
                throw;
            }
        }
        catch (Exception denied) when (denied is UnauthorizedAccessException or IOException)
        {
            throw new LocalPostgresException(
                $"The data directory {dataDirectory} cannot be used: {denied.Message} "
                + "Start the host as the account that owns it, or choose another LocalPostgres:DataDirectory.", denied);
        }
    }

    /// <summary>Shuts the server down in order, waits for its end, and lets go of the data directory.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 1)
        {
            return;
        }

        await _watching.CancelAsync();
        try
        {
            await _cluster.StopAsync();
            RemoveSocketFolder(_directory, _address);
        }
        finally
        {
            _directory.Dispose();
            _watching.Dispose();
        }
    }

    private static async Task<LocalPostgres> StartAsync(DataDirectory directory, BinarySearch search, Action<string> tell, CancellationToken cancellation)
    {
        var secrets = new RoleSecrets(directory.Secrets);
        var cluster = await LocalCluster.PrepareAsync(directory, secrets, search, tell, cancellation);
        var address = ServerAddress.Choose(directory);
        try
        {
            var postmaster = await cluster.StartAsync(address, cancellation);
            var database = new LocalDatabase(address, secrets);
            await database.EnsureAsync(cancellation);
            return new LocalPostgres(directory, cluster, address, database, postmaster);
        }
        catch
        {
            await cluster.StopAsync();
            RemoveSocketFolder(directory, address);
            throw;
        }
    }

    /// <summary>A socket folder under the temporary folder is of this start alone.</summary>
    private static void RemoveSocketFolder(DataDirectory directory, ServerAddress address)
    {
        if (address.IsSocket && Path.GetDirectoryName(address.Host) != directory.Path && Directory.Exists(address.Host))
        {
            Directory.Delete(address.Host, recursive: true);
        }
    }
}
