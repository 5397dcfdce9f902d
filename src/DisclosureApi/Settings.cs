using System.Globalization;
using DisclosureApi.Changes;
using DisclosureApi.Http;
using DisclosureApi.Http.Guarding;
using DisclosureApi.Operations.Checks;
using DisclosureApi.Statistics.Timeliness;
using DisclosureApi.Webhooks;

namespace DisclosureApi;

/// <summary>What an operator can set, from appsettings.json, environment variables and the command line, in rising order of weight.</summary>
/// <param name="DataDirectory">Where the embedded PostgreSQL and the embedded issuer's key live.</param>
/// <param name="ServingConnection">Connection string of the serving role; with it no PostgreSQL is started here.</param>
/// <param name="OwnerConnection">Connection string of the role that owns the schema and upgrades it.</param>
/// <param name="Authority">The OpenID Connect authority whose tokens are believed; without it the embedded issuer's are.</param>
/// <param name="Audience">The audience that tokens must be made for.</param>
public sealed record Settings(string DataDirectory, string? ServingConnection, string? OwnerConnection, string? Authority, string Audience)
{
    /// <summary>Settings of several entries, each of which tells its own faults as it is read.</summary>
    internal static IReadOnlyList<Action<IConfiguration>> Lists { get; } =
    [
        configuration => Http.Guarding.Proxies.Read(configuration),
        configuration => SecurityContact.Read(configuration),
        configuration => LocalDate.Read(configuration.GetSection("Timeliness:LocalDates")),
    ];

    /// <summary>What a command is told, of which it may use a part.</summary>
    /// <exception cref="InvalidOperationException">Settings cannot be; the message names each.</exception>
    public static Settings Read(string[] arguments)
    {
        var configuration = Configured(arguments);
        SettingChecks.Require(SettingChecks.Faults(configuration));
        return Read(configuration);
    }

    /// <summary>What a command is given, which is what a host would be.</summary>
    public static IConfiguration Configured(string[] arguments) => new ConfigurationBuilder()
        .AddJsonFile(Path.Combine(AppContext.BaseDirectory, "appsettings.json"), optional: true)
        .AddEnvironmentVariables()
        .AddCommandLine(arguments)
        .Build();

    /// <summary>Streaming replicas of the database, from which those read who show no token (ConnectionStrings:DisclosureReplica); what it leaves out is as in ServingConnection.</summary>
    public string? ReplicaConnection { get; init; }

    /// <summary>How many requests are taken in a minute.</summary>
    public RateLimitSettings Limits { get; init; } = RateLimitSettings.Generous;

    /// <summary>Where the ledger's signing key lies; in the data directory when left out.</summary>
    public string? LedgerKeyFile { get; init; }

    /// <summary>The name of this ledger, which stands in every checkpoint; made up with the database when left out.</summary>
    public string? LedgerOrigin { get; init; }

    /// <summary>A file or an address outside the database where the newest checkpoint is kept as well; beside the embedded PostgreSQL's data when left out.</summary>
    public string? Witness { get; init; }

    /// <summary>The proxies before this host, whose word on the caller's address and scheme is believed.</summary>
    public IReadOnlyList<System.Net.IPNetwork> Proxies { get; init; } = [];

    /// <summary>Where to tell of a weakness; nothing is said when it is not set.</summary>
    public SecurityContact? SecurityContact { get; init; }

    /// <summary>Earlier dates that supervising offices set, by region (Timeliness:LocalDates).</summary>
    public IReadOnlyList<LocalDate> LocalDates { get; init; } = [];

    /// <summary>Under what licence the files of reports may be used: a sentence or an address (Exports:Licence); null when the operator says nothing.</summary>
    public string? ExportsLicence { get; init; }

    /// <summary>How many may listen to changes at once (Changes:MostStreams, Changes:MostStreamsOfAddress).</summary>
    public ListenerSettings Listeners { get; init; } = ListenerSettings.Generous;

    /// <summary>How what is public is sent to those who subscribed (Webhooks:KeyFile, :LocalTargets, :MostOfClient).</summary>
    public WebhookSettings Webhooks { get; init; } = new(null, false, WebhookSettings.UsualMost);

    /// <summary>How long a host that was told to end still serves, so that those who send it requests notice (Shutdown:DrainSeconds).</summary>
    public TimeSpan Drain { get; init; }

    /// <summary>Drafts that nobody touched for so long are told as forgotten (Drafts:ForgottenAfterDays).</summary>
    public TimeSpan ForgottenAfter { get; init; } = TimeSpan.FromDays(180);

    public static Settings Read(IConfiguration configuration) => new(
        configuration["LocalPostgres:DataDirectory"] ?? Store.DataDirectory.Default(),
        configuration.GetConnectionString("Disclosure"),
        configuration.GetConnectionString("DisclosureOwner"),
        configuration["Access:Authority"],
        configuration["Access:Audience"] ?? "disclosure-api")
    {
        ReplicaConnection = configuration.GetConnectionString("DisclosureReplica"),
        LedgerKeyFile = configuration["Ledger:KeyFile"],
        ExportsLicence = configuration["Exports:Licence"],
        LedgerOrigin = configuration["Ledger:Origin"],
        Witness = configuration["Ledger:Witness"] ?? (configuration.GetConnectionString("Disclosure") is null
            ? Path.Combine(configuration["LocalPostgres:DataDirectory"] ?? Store.DataDirectory.Default(), "ledger.checkpoint")
            : null),
        Limits = new RateLimitSettings(
            Limit(configuration, "Address", RateLimitSettings.Generous.Address),
            Limit(configuration, "Client", RateLimitSettings.Generous.Client),
            Limit(configuration, "Agency", RateLimitSettings.Generous.Agency))
        {
            ErrorReports = Number(configuration, "RateLimits:ErrorReports", RateLimitSettings.Generous.ErrorReports, " of error reports in an hour"),
        },
        Listeners = new ListenerSettings(
            Number(configuration, "Changes:MostStreams", ListenerSettings.Generous.Host), Number(configuration, "Changes:MostStreamsOfAddress", ListenerSettings.Generous.Address)),
        Webhooks = WebhookSettings.Read(configuration),
        Drain = TimeSpan.FromSeconds(configuration.GetValue("Shutdown:DrainSeconds", 0)),
        ForgottenAfter = TimeSpan.FromDays(configuration.GetValue("Drafts:ForgottenAfterDays", 180)),
        Proxies = Http.Guarding.Proxies.Read(configuration),
        SecurityContact = SecurityContact.Read(configuration),
        LocalDates = LocalDate.Read(configuration.GetSection("Timeliness:LocalDates")),
    };

    private static int Limit(IConfiguration configuration, string name, int otherwise) => Number(configuration, $"RateLimits:{name}", otherwise, " of requests in a minute");

    private static int Number(IConfiguration configuration, string name, int otherwise, string unit = "") => configuration[name] switch
    {
        null => otherwise,
        var text when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 => number,
        var text => throw new InvalidOperationException($"{name} is \"{text}\"; it must be a whole number{unit}, at least 1."),
    };
}
