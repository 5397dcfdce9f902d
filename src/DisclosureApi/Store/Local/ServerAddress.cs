using System.Net;
using System.Net.Sockets;

namespace DisclosureApi.Store.Local;

/// <summary>Where the server listens: a socket in a closed folder, or, where sockets have no folders, the loopback.</summary>
internal sealed record ServerAddress(string Host, int Port)
{
    public static ServerAddress Choose(DataDirectory directory) =>
        OperatingSystem.IsWindows() ? new ServerAddress("127.0.0.1", FreePort()) : new ServerAddress(directory.SocketFolder(), 5432);

    public bool IsSocket => Path.IsPathRooted(Host);

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
