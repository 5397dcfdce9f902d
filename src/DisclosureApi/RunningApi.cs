using DisclosureApi.Store.Replicas;
using System.Runtime.InteropServices;
using DisclosureApi.Ledger;
using DisclosureApi.Operations.Checks;
using DisclosureApi.Store;
using DisclosureApi.Store.Rebuilding;
using Npgsql;

namespace DisclosureApi;

/// <summary>A host that serves, with the PostgreSQL it started for itself, if it did.</summary>
public sealed class RunningApi : IAsyncDisposable
{
    private readonly LocalPostgres? _postgres;
    private readonly WebApplication _app;
    private volatile bool _lostDatabase;

    private RunningApi(WebApplication app, Settings settings, LocalPostgres? postgres)
    {
        (_app, Settings, _postgres) = (app, settings, postgres);
        _ = postgres?.Exited.ContinueWith(LoseDatabase, CancellationToken.None, TaskContinuationOptions.OnlyOnRanToCompletion, TaskScheduler.Default);
    }

    public Settings Settings { get; }

    public bool HasOwnPostgres => _postgres is not null;

    public IEnumerable<string> Urls => _app.Urls;

    public static async Task<RunningApi> StartAsync(string[] args)
    {
        // Until the host serves and listens for itself, a signal ends the start in order, so that no PostgreSQL is left behind.
        var signalled = new CancellationTokenSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, End);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);
        try
        {
            return await StartAsync(args, signalled.Token);
        }
        catch (OperationCanceledException stopped) when (!signalled.IsCancellationRequested)
        {
            throw new InvalidOperationException("Something that every host runs has failed; the log tells what.", stopped);
        }

        void End(PosixSignalContext signal)
        {
            signal.Cancel = true;
            signalled.Cancel();
        }
    }

    private static async Task<RunningApi> StartAsync(string[] args, CancellationToken cancellation)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
        SettingChecks.Require(SettingChecks.OfHost(builder.Configuration));
        var settings = Settings.Read(builder.Configuration);
        var postgres = settings.ServingConnection is null
            ? await LocalPostgres.StartAsync(settings.DataDirectory, Console.WriteLine, cancellation)
            : null;
        WebApplication? app = null;
        try
        {
            var serving = postgres?.ServingConnectionString ?? settings.ServingConnection!;
            var owner = (postgres?.OwnerConnectionString ?? settings.OwnerConnection) is { } its ? ServerAddresses.Together(its, settings.ReplicaConnection) : null;
            var hasPrimary = settings.ReplicaConnection is not { } replica || await HasPrimaryAsync(serving, replica, cancellation);
            if (hasPrimary)
            {
                await PrepareAsync(owner, ServerAddresses.Together(serving, settings.ReplicaConnection), cancellation);
            }
            app = ApiHost.Build(builder, settings, serving);
            await RequireWholeAsync(app.Services, hasPrimary, cancellation);
            await app.StartAsync(cancellation);
            return new RunningApi(app, settings, postgres);
        }
        catch
        {
            await ClearAsync(app, postgres);
            throw;
        }
    }

    /// <summary>Whoever watches the process starts it anew when the exit code is not zero: after a signal it is.</summary>
    public async Task<int> WaitForShutdownAsync()
    {
        await _app.WaitForShutdownAsync();
        var hasFailed = _app.Services.GetServices<IHostedService>().OfType<BackgroundService>().Any(service => service.ExecuteTask is { IsFaulted: true });
        return _lostDatabase || hasFailed ? 1 : 0;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync(_app);
        await (_postgres?.DisposeAsync() ?? ValueTask.CompletedTask);
    }

    /// <summary>Takes back a start that failed. What an app that never came to be says of its own end would hide why, and would leave the database running.</summary>
    private static async Task ClearAsync(WebApplication? app, LocalPostgres? postgres)
    {
        try
        {
            await StopAsync(app);
        }
        catch (Exception) when (app is not null)
        {
            // The fault that is under way is the one to tell.
        }
        finally
        {
            await (postgres?.DisposeAsync() ?? ValueTask.CompletedTask);
        }
    }

    /// <summary>What follows the database ends before the database does.</summary>
    private static async Task StopAsync(WebApplication? app)
    {
        if (app is not null)
        {
            await app.StopAsync();
            await app.DisposeAsync();
        }
    }

    /// <summary>The ledger's word on the database; where the primary is away, it is asked for with the first connection to it.</summary>
    private static async Task RequireWholeAsync(IServiceProvider services, bool hasPrimary, CancellationToken cancellation)
    {
        services.GetRequiredService<Fence>().IsProven = hasPrimary;
        if (hasPrimary)
        {
            await LedgerEpochs.RequireWholeAsync(services.GetRequiredService<WholeDatabase>().Source, services.GetRequiredService<Witness>(), cancellation);
        }
    }

    /// <summary>Whether there is a primary now. Where there is none, a replica of this program's schema is enough to read from.</summary>
    private static async Task<bool> HasPrimaryAsync(string serving, string replica, CancellationToken cancellation)
    {
        try
        {
            await using var database = Database.Open(ServerAddresses.Together(serving, replica));
            await using var connection = await database.OpenConnectionAsync(cancellation);
            return true;
        }
        catch (NpgsqlException away)
        {
            if (!await HasReplicaAsync(serving, replica, cancellation))
            {
                throw;
            }
            Console.WriteLine($"The primary cannot be reached ({away.Message}). Whoever shows no token reads from a replica; all else is told 503 until there is a primary.");
            return false;
        }
    }

    private static async Task<bool> HasReplicaAsync(string serving, string replica, CancellationToken cancellation)
    {
        foreach (var (_, connection) in ServerAddresses.Each(serving, replica))
        {
            try
            {
                await using var database = Database.Open(connection);
                await Database.CheckAsync(database, cancellation);
                return true;
            }
            catch (NpgsqlException)
            {
                // Another may be up.
            }
        }
        return false;
    }

    private static async Task PrepareAsync(string? owner, string serving, CancellationToken cancellation)
    {
        if (owner is not null)
        {
            await Database.PrepareAsync(owner, new NpgsqlConnectionStringBuilder(serving).Username!, cancellation);
            await FillFiguresAsync(owner, cancellation);
            return;
        }
        await using var database = Database.Open(serving);
        await Database.CheckAsync(database, cancellation);
    }

    /// <summary>A database that was filled before there were statistics gets the rows that they are computed from.</summary>
    internal static async Task FillFiguresAsync(string owner, CancellationToken cancellation)
    {
        await using var database = ServerAddresses.Primary(owner);
        await using var command = database.CreateCommand("select exists (select from agencies) and not exists (select from bodies)");
        if (await command.ExecuteScalarAsync(cancellation) is true)
        {
            Console.WriteLine("The read models of statistics are made from the events, once.");
            await new Rebuild(owner, RebuildCommand.Models, TimeProvider.System, Console.WriteLine).RunAsync(cancellation);
        }
    }

    /// <summary>A host without its database can only say so; it ends, and whoever watches it starts it anew.</summary>
    private void LoseDatabase(Task exited)
    {
        _lostDatabase = true;
        Console.Error.WriteLine("The embedded PostgreSQL has ended unasked. Its log is in the data directory; start the host again to recover.");
        _app.Lifetime.StopApplication();
    }
}
