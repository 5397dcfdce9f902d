using System.Globalization;

namespace DisclosureApi.Store.Local;

/// <summary>The PostgreSQL that another host runs on a data directory, found by what lies there: its lock file tells the address, the secrets open the door.</summary>
internal static class RunningServer
{
    /// <summary>The owner's way to the server, or null while it takes no connections.</summary>
    public static string? OwnerConnection(string dataDirectory) => Connection(dataDirectory, LocalDatabase.Owner);

    /// <summary>A role's way to the server.</summary>
    public static string? Connection(string dataDirectory, string role)
    {
        var cluster = Path.Combine(dataDirectory, "pgdata");
        var secrets = new RoleSecrets(Path.Combine(dataDirectory, "secrets"));
        return Postmaster.Of(cluster) is { IsRunning: true } && Address(cluster) is { } address && secrets.Has(role)
            ? new LocalDatabase(address, secrets).ConnectionString(role)
            : null;
    }

    /// <summary>PostgreSQL writes into its lock file, line by line: process, directory, start, port, folder of the socket, address, memory, status.</summary>
    private static ServerAddress? Address(string cluster) => File.ReadAllLines(Path.Combine(cluster, "postmaster.pid")) switch
    {
        [_, _, _, var port, var socket, var listening, _, "ready   ", ..] =>
            new ServerAddress(socket.Length > 0 ? socket : listening, int.Parse(port, NumberStyles.None, CultureInfo.InvariantCulture)),
        _ => null,
    };
}
