using System.Data.Common;
using System.Globalization;
using Npgsql;

namespace DisclosureApi.Store.Replicas;

/// <summary>The servers that connection strings name: one of them is the primary, whichever it is now.</summary>
public static class ServerAddresses
{
    /// <summary>So long a server may take to let somebody in, and so long a request waits for a connection that others hold.</summary>
    private const int Seconds = 2;

    /// <summary>How soon a server that was found wanting is asked again whether it is the primary now.</summary>
    private const int RecheckSeconds = 1;

    private static readonly NpgsqlConnectionStringBuilder _usual = [];

    /// <summary>The serving role's connection string with every server of both settings, the first setting's first.</summary>
    /// <param name="replica">What ConnectionStrings:DisclosureReplica says; what it leaves out is as in the other.</param>
    public static string Together(string serving, string? replica)
    {
        if (replica is null)
        {
            return serving;
        }
        var all = new NpgsqlConnectionStringBuilder(serving);
        all.Host = string.Join(',', Hosts(all).Concat(Hosts(Filled(serving, replica))).Distinct(StringComparer.Ordinal));
        return all.ConnectionString;
    }

    /// <summary>A connection string for each server, by its name.</summary>
    public static IEnumerable<(string Name, string Connection)> Each(string serving, string replica) =>
        from settings in (NpgsqlConnectionStringBuilder[])[Filled(serving, replica), new(serving)]
        from host in Hosts(settings)
        group Alone(settings, host) by host into same
        select (same.Key, same.First());

    /// <summary>The replicas' connection string with what it leaves out.</summary>
    public static NpgsqlConnectionStringBuilder Filled(string serving, string replica)
    {
        var filled = new NpgsqlConnectionStringBuilder(serving);
        filled.Remove(nameof(NpgsqlConnectionStringBuilder.Port));
        var given = new DbConnectionStringBuilder { ConnectionString = replica };
        foreach (string key in given.Keys)
        {
            filled[key] = given[key];
        }
        return filled;
    }

    /// <summary>A source of connections to the primary, wherever it is.</summary>
    public static NpgsqlDataSource Primary(string connection) => Primary(new NpgsqlDataSourceBuilder(ForPrimary(connection).ConnectionString));

    internal static NpgsqlDataSource Primary(NpgsqlDataSourceBuilder builder) =>
        builder.ConnectionStringBuilder.Host!.Contains(',', StringComparison.Ordinal) ? builder.BuildMultiHost().WithTargetSession(TargetSessionAttributes.Primary) : builder.Build();

    internal static NpgsqlConnectionStringBuilder ForPrimary(string connection)
    {
        var settings = Hasty(new NpgsqlConnectionStringBuilder(connection));
        // Which of several servers is wanted is said of the source and not of the string.
        settings.TargetSessionAttributes = null;
        settings.HostRecheckSeconds = RecheckSeconds;
        return settings;
    }

    /// <summary>A request has five seconds in all; whoever has set another limit keeps it.</summary>
    internal static NpgsqlConnectionStringBuilder Hasty(NpgsqlConnectionStringBuilder settings)
    {
        settings.Timeout = settings.Timeout == _usual.Timeout ? Seconds : settings.Timeout;
        return settings;
    }

    private static string Alone(NpgsqlConnectionStringBuilder settings, string host)
    {
        var alone = new NpgsqlConnectionStringBuilder(settings.ConnectionString) { TargetSessionAttributes = null };
        var colon = host.LastIndexOf(':');
        (alone.Host, alone.Port) = (host[..colon], int.Parse(host[(colon + 1)..], CultureInfo.InvariantCulture));
        return alone.ConnectionString;
    }

    /// <summary>Each server with its port, however it was written.</summary>
    private static IEnumerable<string> Hosts(NpgsqlConnectionStringBuilder settings) =>
        from host in settings.Host!.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        let end = host.LastIndexOf(':')
        let hasPort = end >= 0 && int.TryParse(host[(end + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out _) && (host[0] == '[' ? host[end - 1] == ']' : host.IndexOf(':', StringComparison.Ordinal) == end)
        select hasPort ? host : string.Create(CultureInfo.InvariantCulture, $"{(host.Contains(':', StringComparison.Ordinal) && host[0] != '[' ? $"[{host}]" : host)}:{settings.Port}");
}
