using System.Globalization;
using DisclosureApi.Access;
using Npgsql;

namespace DisclosureApi.Operations.Checks;

/// <summary>Settings that cannot be, told all at once before anything starts. Values that may hold a secret are not repeated.</summary>
internal static class SettingChecks
{
    private static readonly (string Setting, Func<string, string?> Fault)[] _checks =
    [
        ("urls", Addresses),
        ("LocalPostgres:DataDirectory", value => value.Length > 0 ? null : "is empty; leave it out for the default, or name a folder"),
        ("ConnectionStrings:Disclosure", Connection),
        ("ConnectionStrings:DisclosureOwner", Connection),
        ("ConnectionStrings:DisclosureReplica", Replica),
        ("Access:Authority", value => BearerTokens.IsSoundAuthority(value) ? null : $"is \"{value}\"; it must be an https address (http only on this very machine)"),
        ("Access:Audience", value => value.Length > 0 ? null : "is empty; leave it out for the default, or name what tokens are made for"),
        ("RateLimits:Address", value => Number(value, 1, int.MaxValue, "requests in a minute")),
        ("RateLimits:Client", value => Number(value, 1, int.MaxValue, "requests in a minute")),
        ("RateLimits:Agency", value => Number(value, 1, int.MaxValue, "requests in a minute")),
        ("RateLimits:ErrorReports", value => Number(value, 1, int.MaxValue, "error reports in an hour")),
        ("Ledger:KeyFile", KeyFile),
        ("Ledger:Witness", Witness),
        ("Ledger:Origin", value => value.Length > 0 && value.All(c => c is > ' ' and <= '~' and not '+') ? null
            : $"is \"{value}\"; it must be a name without spaces and plus signs, such as example.gov.cn/ledger"),
        ("Webhooks:KeyFile", KeyFile),
        ("Exports:Licence", value => value.Length > 0 ? null : "is empty; leave it out where none is stated, or write a sentence or an address"),
        ("Changes:MostStreams", value => Number(value, 1, int.MaxValue, "listeners")),
        ("Changes:MostStreamsOfAddress", value => Number(value, 1, int.MaxValue, "listeners")),
        ("Proxies", value => $"is \"{value}\"; each address or network is an entry of its own, such as --Proxies:0=10.1.0.0/16"),
        ("Webhooks:LocalTargets", value => bool.TryParse(value, out _) ? null : $"is \"{value}\"; it must be true or false"),
        ("Webhooks:MostOfClient", value => Number(value, 1, 10_000, "subscriptions")),
        ("Shutdown:DrainSeconds", value => Number(value, 0, 600, "seconds")),
        ("Drafts:ForgottenAfterDays", value => Number(value, 1, 36_500, "days")),
        (Telemetry.Endpoint, value => value.Length == 0 || Uri.TryCreate(value, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" ? null
            : $"is \"{value}\"; it must be the address of a collector, such as http://127.0.0.1:4317"),
    ];

    /// <exception cref="InvalidOperationException">Settings are wrong; the message names each and tells how to mend it.</exception>
    public static void Require(IReadOnlyList<string> faults)
    {
        if (faults.Count > 0)
        {
            throw new InvalidOperationException(string.Join("\n  ", faults));
        }
    }

    public static IReadOnlyList<string> Faults(IConfiguration configuration) =>
    [
        .. from check in _checks
           let value = configuration[check.Setting]
           where value is not null
           let fault = check.Fault(value)
           where fault is not null
           select $"{check.Setting} {fault}.",
        .. from level in configuration.GetSection("Logging:LogLevel").GetChildren()
           where level.Value is { Length: > 0 } && !Enum.TryParse<LogLevel>(level.Value, ignoreCase: true, out _)
           select $"{level.Path} is \"{level.Value}\"; it must be one of {string.Join(", ", Enum.GetNames<LogLevel>())}.",
        .. Settings.Lists.Select(read => Fault(read, configuration)).OfType<string>(),
    ];

    /// <summary>The same and what only a host cannot do with, which would start a PostgreSQL of its own beside the one that is meant.</summary>
    public static IReadOnlyList<string> OfHost(IConfiguration configuration) =>
        configuration.GetConnectionString("DisclosureOwner") is not null && configuration.GetConnectionString("Disclosure") is null
            ? [.. Faults(configuration), "ConnectionStrings:DisclosureOwner is set and ConnectionStrings:Disclosure is not; set both for a PostgreSQL of yours, or neither for the embedded one."]
            : Faults(configuration);

    private static string? Fault(Action<IConfiguration> read, IConfiguration configuration)
    {
        try
        {
            read(configuration);
            return null;
        }
        catch (InvalidOperationException wrong)
        {
            return wrong.Message;
        }
    }

    private static string? KeyFile(string value) =>
        value.Length == 0 ? "is empty; leave it out for the default, or name a file"
        : Directory.Exists(value) ? $"is \"{value}\", which is a folder; name a file in it"
        : Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(value))) ? null
        : $"is \"{value}\", in a folder that is not there; make the folder, or name a file in one that is";

    private static string? Addresses(string value)
    {
        foreach (var url in value.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (!IsAddress(url))
            {
                return $"holds \"{url}\"; it must be addresses to listen on, such as http://127.0.0.1:5000, parted by semicolons";
            }
        }
        return null;
    }

    private static bool IsAddress(string url)
    {
        try
        {
            var address = BindingAddress.Parse(url);
            return address.Scheme is "http" or "https" && address.Port is >= 0 and <= 65535;
        }
        catch (FormatException)
        {
            return false;
        }
    }

    private static string? Connection(string value)
    {
        try
        {
            var connection = new NpgsqlConnectionStringBuilder(value);
            return connection.Host is { Length: > 0 } && connection.Username is { Length: > 0 } ? null
                : "names no Host or no Username; write Host=…;Database=…;Username=…;Passfile=…";
        }
        catch (ArgumentException)
        {
            // What the parser says may repeat a piece of a password.
            return "is no connection string of Npgsql; write Host=…;Database=…;Username=…;Passfile=…";
        }
    }

    private static string? Replica(string value)
    {
        try
        {
            return new NpgsqlConnectionStringBuilder(value).Host is { Length: > 0 } ? null : "names no Host; write Host=… (several are parted by commas), and what else differs from ConnectionStrings:Disclosure";
        }
        catch (ArgumentException)
        {
            return "is no connection string of Npgsql; write Host=…";
        }
    }

    private static string? Witness(string value)
    {
        if (Uri.TryCreate(value, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https")
        {
            return null;
        }
        return value.Length > 0 && Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(value))) ? null
            : $"is \"{value}\"; it must be an http(s) address that takes PUT and GET, or a file in a folder that is there";
    }

    private static string? Number(string value, int least, int most, string of) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most ? null
            : $"is \"{value}\"; it must be a whole number of {of}, at least {least}{(most < int.MaxValue ? $" and at most {most}" : "")}";
}
