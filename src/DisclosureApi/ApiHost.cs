using DisclosureApi.Store.Replicas;
using System.Diagnostics.Metrics;
using System.Net.Sockets;
using DisclosureApi.Access;
using DisclosureApi.Access.Recording;
using DisclosureApi.Access.Revoking;
using DisclosureApi.Agencies;
using DisclosureApi.Audit;
using DisclosureApi.Bulk;
using DisclosureApi.Changes;
using DisclosureApi.Contract;
using DisclosureApi.Documents;
using DisclosureApi.Http;
using DisclosureApi.Http.Guarding;
using DisclosureApi.Ledger;
using DisclosureApi.Ledger.Evidence;
using DisclosureApi.Ledger.Verifying;
using DisclosureApi.Operations;
using DisclosureApi.Reports;
using DisclosureApi.Reports.AsOf;
using DisclosureApi.Reports.Compiling;
using DisclosureApi.Reports.ErrorReports;
using DisclosureApi.Reports.Printing;
using DisclosureApi.Reports.Rechecks;
using DisclosureApi.Reports.Redaction;
using DisclosureApi.Rules;
using DisclosureApi.Searching;
using DisclosureApi.Statistics;
using DisclosureApi.Store;
using DisclosureApi.Store.Figures;
using DisclosureApi.Store.Following;
using DisclosureApi.Store.History;
using DisclosureApi.Store.Judging;
using DisclosureApi.Store.Local;
using DisclosureApi.Webhooks;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Npgsql;

namespace DisclosureApi;

/// <summary>The host: its database, its services, its routes, its start and its end.</summary>
public static class ApiHost
{
    /// <summary>Serves until a signal ends it. The exit code is not zero when it could not start or lost its database.</summary>
    public static async Task<int> ServeAsync(string[] args)
    {
        try
        {
            CommandWords.RequireSettings(args);
            await using var running = await RunningApi.StartAsync(args);
            Welcome.Tell(running);
            return await running.WaitForShutdownAsync();
        }
        catch (OperationCanceledException)
        {
            Console.WriteLine("A signal ended the start; nothing is left running.");
            return 0;
        }
        catch (Exception fault) when (IsTold(fault))
        {
            // What went wrong at the start is told in a sentence; a stack trace would hide it.
            await Console.Error.WriteLineAsync($"DisclosureApi cannot start: {fault.Message}");
            return 1;
        }
    }

    /// <summary>What settings, files, ports and databases throw that are not as they should be, at the start and in commands; anything else is a fault of the program.</summary>
    internal static bool IsTold(Exception fault) => fault is LocalPostgresException or InvalidOperationException or NpgsqlException
        or IOException or SocketException or UnauthorizedAccessException or FormatException or ArgumentException;

    /// <summary>The primary, whichever of the servers it is, and the replicas.</summary>
    private static void AddDatabase(IServiceCollection services, string serving, string? replica)
    {
        var together = ServerAddresses.Together(serving, replica);
        services.AddSingleton<Horizon>().AddSingleton<Fence>().AddSingleton<ReadDatabase>();
        services.AddSingleton(provider => Database.OpenForRequests(together, provider.GetRequiredService<Fence>()));
        services.AddSingleton(provider => new WholeDatabase(Database.Open(together, provider.GetRequiredService<Fence>())));
        services.AddSingleton(provider => new ReplicaSet(
            replica is null ? [] : [.. ServerAddresses.Each(serving, replica).Select(server => new Server(server.Name, server.Connection, provider.GetRequiredService<TimeProvider>()))],
            provider.GetRequiredService<Fence>(), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<IMeterFactory>()));
        services.AddHostedService(provider => provider.GetRequiredService<ReplicaSet>());
    }

    private static void AddLedger(IServiceCollection services)
    {
        services.AddSingleton<LedgerKey>();
        services.AddSingleton<Witness>();
        services.AddSingleton<LedgerBook>();
        services.AddSingleton<EvidenceBundle>();
        services.AddSingleton<VerificationJob>();
        services.AddHostedService<Integrator>();
    }

    private static void AddRooms(IServiceCollection services)
    {
        services.AddSingleton<AgencyDesk>();
        services.AddSingleton<RegisterTree>();
        services.AddSingleton<KnownReports>();
        services.AddSingleton<LikenessIndex>();
        services.AddSingleton<Gathering>();
        services.AddSingleton<CompilationSource>();
        services.AddSingleton<CompiledReports>();
        services.AddSingleton<FiledReports>();
        services.AddSingleton<WorkList>();
        services.AddSingleton<ReportDesk>();
        services.AddSingleton<Redactor>().AddSingleton<HeldPersons>();
        services.AddSingleton<Rechecker>().AddHostedService<RechecksAfterCorrections>();
        services.AddSingleton<PublishedReports>();
        services.AddSingleton<KnownErrorReports>().AddSingleton<ErrorReportIntake>().AddSingleton<ErrorReportDesk>();
        services.AddSingleton<Originals>();
        services.AddSingleton<PrintedReports>();
        services.AddSingleton(DocumentsApi.Readers());
        services.AddSingleton(DocumentsApi.Writers());
        StatisticsApi.Add(services);
        BulkApi.Add(services);
        ChangesApi.Add(services);
        WebhooksApi.Add(services);
        services.AddSingleton<Moments>();
        services.AddSingleton<ReportsThen>();
        services.AddSingleton<EventFeed>();
        services.AddSingleton<ReplayedReport>();
        services.AddSingleton<AccessLog>();
    }

    private static void MapRooms(WebApplication app)
    {
        AgenciesApi.Map(app);
        ReportsApi.Map(app);
        DocumentsApi.Map(app);
        RulesApi.Map(app);
        LedgerApi.Map(app);
        StatisticsApi.Map(app);
        SearchApi.Map(app);
        BulkApi.Map(app);
        ChangesApi.Map(app);
        WebhooksApi.Map(app);
        AuditApi.Map(app);
        HealthApi.Map(app);
    }

    /// <summary>Nothing here is encrypted for later, so no keys for that are kept in anyone's home, nor made there at the start.</summary>
    private static void KeepNoKeys(IServiceCollection services)
    {
        services.AddDataProtection().UseEphemeralDataProtectionProvider();
        services.Remove(services.Single(service => service.ServiceType == typeof(IHostedService) && service.ImplementationType?.Assembly == typeof(IDataProtectionBuilder).Assembly));
    }

    /// <summary>What a connection may take up before anyone has looked at what it asks; the server's own limits on headers and their size stand beside these.</summary>
    private static void Limit(KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = Body.MaxDrainedBytes;
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        kestrel.Limits.MinRequestBodyDataRate = new MinDataRate(bytesPerSecond: 1024, gracePeriod: TimeSpan.FromSeconds(5));
    }

    /// <summary>What a request passes through on its way to a room.</summary>
    private static void UseOrder(WebApplication app, Settings settings)
    {
        app.UseProxies(settings.Proxies);
        app.UseRequestLines();
        app.UseSecurityHeaders();
        GetReport.UseMemory(app);
        app.UseRouting();
        app.UseRequestIds();
        app.UseProblems();
        Patience.Use(app);
        app.UseAuthentication();
        CallerSight.Use(app);
        app.UseRateLimits();
        app.UseOptions();
        app.UseAuthorization();
        app.UseReplicas();
    }

    /// <summary>Everything but the database's start: the same host for people and for tests.</summary>
    internal static WebApplication Build(WebApplicationBuilder builder, Settings settings, string servingConnection)
    {
        var embedded = settings.Authority is null ? EmbeddedIssuer.Open(settings.DataDirectory) : null;
        builder.WebHost.ConfigureKestrel(Limit);
        Telemetry.Add(builder);
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(settings);
        AddDatabase(builder.Services, servingConnection, settings.ReplicaConnection);
        builder.Services.AddSingleton(services => new EventStore(
            services.GetRequiredService<WholeDatabase>().Source, services.GetRequiredService<TimeProvider>(),
            services.GetRequiredService<NpgsqlDataSource>(), services.GetRequiredService<Fence>(), services.GetRequiredService<ReadDatabase>(),
            services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping));
        builder.Services.AddSingleton<CallerSight>();
        builder.Services.AddSingleton<Revocations>().AddHostedService(services => services.GetRequiredService<Revocations>());
        builder.Services.AddSingleton<AgencyRegister>();
        builder.Services.AddSingleton<Actors>();
        builder.Services.AddSingleton<Idempotency>().AddHostedService<IdempotencyCleaning>();
        builder.Services.AddSingleton<Follower>();
        builder.Services.AddHostedService(services => services.GetRequiredService<Follower>()).AddHostedService<Hearing>();
        builder.Services.AddSingleton<EventGroups>().AddHostedService(services => services.GetRequiredService<EventGroups>());
        HealthApi.Add(builder.Services, settings);
        AddRooms(builder.Services);
        AddLedger(builder.Services);
        builder.Services.AddAuthentication(JwtBearerDefaults.AuthenticationScheme).AddJwtBearer();
        builder.Services.AddOptions<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme)
            .Configure<TimeProvider>((options, clock) => BearerTokens.Configure(options, settings, embedded, clock));
        KeepNoKeys(builder.Services);
        builder.Services.AddAuthorization().AddSingleton(new RateLimits(settings.Limits));
        builder.Services.AddContract();
        var app = builder.Build();
        // A server that was promoted is held against what the ledger signed, as the first one is at the start.
        var fence = app.Services.GetRequiredService<Fence>();
        fence.Ledger = connection => LedgerEpochs.RequireWholeAsync(connection, app.Services.GetRequiredService<Witness>(), CancellationToken.None);
        fence.Survey = app.Services.GetRequiredService<ReplicaSet>().LookAsync;
        UseOrder(app, settings);
        MapRooms(app);
        app.MapContract();
        SecurityContact.Map(app, settings.SecurityContact);
        app.RequireDoors();
        return app;
    }
}
