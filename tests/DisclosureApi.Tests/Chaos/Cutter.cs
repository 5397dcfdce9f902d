using System.Net.Sockets;

namespace DisclosureApi.Tests.Chaos;

/// <summary>A wire between two programs, each byte as it comes; it breaks when the answer that it carries is one that is to be lost.</summary>
internal sealed class Cutter : IAsyncDisposable
{
    private readonly Socket _listener;
    private readonly EndPointOf _to;
    private readonly Func<ReadOnlyMemory<byte>, bool> _isLost;
    private readonly CancellationTokenSource _ended = new();
    private readonly Task _serving;
    private readonly string? _folder;
    private int _cuts;

    private Cutter(Socket listener, EndPointOf to, Func<ReadOnlyMemory<byte>, bool> isLost, string? folder)
    {
        (_listener, _to, _isLost, _folder) = (listener, to, isLost, folder);
        _listener.Listen(100);
        _serving = ServeAsync();
    }

    private delegate Task<Socket> EndPointOf(CancellationToken cancellation);

    /// <summary>How many answers were lost.</summary>
    public int Cuts => Volatile.Read(ref _cuts);

    /// <summary>The folder of the socket, for a PostgreSQL client.</summary>
    public string Folder => _folder!;

    public Uri Url => new($"http://{_listener.LocalEndPoint}");

    /// <summary>Before a PostgreSQL server's socket.</summary>
    public static Cutter Before(string socket, Func<ReadOnlyMemory<byte>, bool> isLost)
    {
        var folder = Directory.CreateTempSubdirectory("dpc-").FullName;
        var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(Path.Combine(folder, ".s.PGSQL.5432")));
        return new Cutter(listener, async cancellation =>
        {
            var server = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            await server.ConnectAsync(new UnixDomainSocketEndPoint(Path.Combine(socket, ".s.PGSQL.5432")), cancellation);
            return server;
        }, isLost, folder);
    }

    /// <summary>Before a host.</summary>
    public static Cutter Before(Uri host, Func<ReadOnlyMemory<byte>, bool> isLost)
    {
        var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new System.Net.IPEndPoint(System.Net.IPAddress.Loopback, 0));
        return new Cutter(listener, async cancellation =>
        {
            var server = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            await server.ConnectAsync(host.Host, host.Port, cancellation);
            return server;
        }, isLost, null);
    }

    /// <summary>What PostgreSQL says of an append that it has committed: several rows and no transaction any more.</summary>
    public static bool IsCommit(ReadOnlySpan<byte> said) => said.Count("INSERT 0 1"u8) >= 2 && said.EndsWith("Z\0\0\0\u0005I"u8);

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        _listener.Dispose();
        await _serving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _ended.Dispose();
        if (_folder is not null)
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    private async Task ServeAsync()
    {
        while (true)
        {
            var client = await _listener.AcceptAsync(_ended.Token);
            _ = CarryAsync(client);
        }
    }

    private async Task CarryAsync(Socket client)
    {
        using (client)
        {
            try
            {
                using var server = await _to(_ended.Token);
                using var over = CancellationTokenSource.CreateLinkedTokenSource(_ended.Token);
                var both = new[] { PumpAsync(client, server, _ => false, over.Token), PumpAsync(server, client, _isLost, over.Token) };
                await Task.WhenAny(both);
                await over.CancelAsync();
                await Task.WhenAll(both).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (Exception broken) when (broken is SocketException or OperationCanceledException)
            {
                // Nobody is at the other end, which is what a client sees too.
            }
        }
    }

    private async Task PumpAsync(Socket from, Socket to, Func<ReadOnlyMemory<byte>, bool> isLost, CancellationToken cancellation)
    {
        var buffer = new byte[64 * 1024];
        while (await from.ReceiveAsync(buffer, cancellation) is > 0 and var count)
        {
            if (isLost(buffer.AsMemory(0, count)))
            {
                Interlocked.Increment(ref _cuts);
                return;
            }
            for (var sent = 0; sent < count;)
            {
                sent += await to.SendAsync(buffer.AsMemory(sent, count - sent), cancellation);
            }
        }
    }
}
