using DisclosureApi.Tests.Host;

namespace DisclosureApi.Tests.Chaos;

/// <summary>Two hosts of one service, as processes of their own, and whoever starts them again when they have ended.</summary>
internal sealed class Hosts : IDisposable
{
    private readonly string _directory;
    private readonly string[] _settings;
    private volatile HostProcess[] _running = [];

    private Hosts(string directory, string[] settings) => (_directory, _settings) = (directory, settings);

    public static async Task<Hosts> StartAsync(string directory, params string[] settings)
    {
        var hosts = new Hosts(directory, [.. settings, "--Logging:LogLevel:Default=Critical"]);
        try
        {
            // One after the other: the first makes the keys.
            hosts._running = [await hosts.ServeAsync()];
            hosts._running = [hosts._running[0], await hosts.ServeAsync()];
            return hosts;
        }
        catch
        {
            hosts.Dispose();
            throw;
        }
    }

    /// <summary>As a load balancer that does not look would choose.</summary>
    public Uri Any()
    {
        var running = _running;
        return running[Random.Shared.Next(running.Length)].Url;
    }

    /// <summary>Ends one of the two and starts another in its place.</summary>
    public async Task ReplaceAsync(string signal, int exitCode)
    {
        var (ending, staying) = (_running[0], _running[1]);
        await ending.SignalAsync(signal);
        Assert.Equal(exitCode, await ending.ExitAsync());
        _running = [staying];
        ending.Dispose();
        _running = [staying, await ServeAsync()];
    }

    public void Dispose()
    {
        foreach (var host in _running)
        {
            host.Dispose();
        }
    }

    private Task<HostProcess> ServeAsync() => HostProcess.ServeAsync(_directory, _settings);
}
