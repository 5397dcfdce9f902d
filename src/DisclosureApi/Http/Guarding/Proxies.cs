using System.Net;
using Microsoft.AspNetCore.HttpOverrides;
using IPNetwork = System.Net.IPNetwork;

namespace DisclosureApi.Http.Guarding;

/// <summary>
/// The proxies that stand before this host. What they say of the caller's address and scheme (X-Forwarded-For, X-Forwarded-Proto)
/// is believed; what anyone else says is not, so that nobody chooses the address that limits are counted by.
/// </summary>
public static class Proxies
{
    /// <summary>Addresses and networks as they are set, such as 10.0.0.7 or 10.1.0.0/16.</summary>
    /// <exception cref="InvalidOperationException">One of them is neither.</exception>
    public static IReadOnlyList<IPNetwork> Read(IConfiguration configuration) =>
        [.. configuration.GetSection("Proxies").GetChildren().Select(entry => Network(entry.Value ?? ""))];

    /// <summary>Comes first: whatever counts or compares addresses must know the caller's.</summary>
    public static void UseProxies(this WebApplication app, IReadOnlyList<IPNetwork> proxies)
    {
        if (proxies.Count == 0)
        {
            return;
        }
        // A chain of our own proxies is followed to its beginning, and no further: the first that is not ours is the caller.
        var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto, ForwardLimit = null };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var network in proxies)
        {
            options.KnownIPNetworks.Add(network);
        }
        app.UseForwardedHeaders(options);
    }

    private static IPNetwork Network(string text) =>
        IPNetwork.TryParse(text, out var network) ? network
        : IPAddress.TryParse(text, out var address) ? new IPNetwork(address, address.GetAddressBytes().Length * 8)
        : throw new InvalidOperationException($"Proxies names \"{text}\"; it must be an address or a network, such as 10.0.0.7 or 10.1.0.0/16.");
}
