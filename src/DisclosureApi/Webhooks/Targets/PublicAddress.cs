using System.Net;
using System.Net.Sockets;

namespace DisclosureApi.Webhooks.Targets;

/// <summary>Which addresses are places in the public internet. All others are somebody's inside, or lead there.</summary>
internal static class PublicAddress
{
    /// <summary>IANA's special-purpose addresses that are not globally reachable, multicast, and what clouds answer on.</summary>
    private static readonly IPNetwork[] _closed =
    [
        IPNetwork.Parse("0.0.0.0/8"), // this network
        IPNetwork.Parse("10.0.0.0/8"), // private
        IPNetwork.Parse("100.64.0.0/10"), // shared by carriers; a cloud's metadata
        IPNetwork.Parse("127.0.0.0/8"), // loopback
        IPNetwork.Parse("168.63.129.16/32"), // a cloud's wire server
        IPNetwork.Parse("169.254.0.0/16"), // link-local; clouds' metadata
        IPNetwork.Parse("172.16.0.0/12"), // private
        IPNetwork.Parse("192.0.0.0/24"), // protocol assignments; a cloud's metadata
        IPNetwork.Parse("192.0.2.0/24"), // documentation
        IPNetwork.Parse("192.88.99.0/24"), // relays of 6to4
        IPNetwork.Parse("192.168.0.0/16"), // private
        IPNetwork.Parse("198.18.0.0/15"), // benchmarks
        IPNetwork.Parse("198.51.100.0/24"), // documentation
        IPNetwork.Parse("203.0.113.0/24"), // documentation
        IPNetwork.Parse("224.0.0.0/3"), // multicast, reserved, broadcast
        IPNetwork.Parse("2001::/23"), // protocol assignments, Teredo, ORCHID, benchmarks
        IPNetwork.Parse("2001:db8::/32"), // documentation
        IPNetwork.Parse("2002::/16"), // 6to4, which carries an IPv4 address
        IPNetwork.Parse("3fff::/20"), // documentation
    ];

    /// <summary>
    /// The only part of IPv6 that is given out as public. Outside of it lie loopback, link-local, unique local and site-local
    /// addresses, multicast, IPv4 in all its disguises (mapped, compatible, translated by NAT64) and segment routing.
    /// </summary>
    private static readonly IPNetwork _given = IPNetwork.Parse("2000::/3");

    public static bool Is(IPAddress address) => address.AddressFamily switch
    {
        AddressFamily.InterNetwork => !IsClosed(address),
        AddressFamily.InterNetworkV6 => _given.Contains(address) && !IsClosed(address) && !IsTunnel(address),
        _ => false,
    };

    private static bool IsClosed(IPAddress address) => Array.Exists(_closed, network => network.Contains(address));

    /// <summary>ISATAP (RFC 5214) carries an IPv4 address behind any prefix.</summary>
    private static bool IsTunnel(IPAddress address) => address.GetAddressBytes().AsSpan(8, 4) is [0x00 or 0x02, 0x00, 0x5e, 0xfe];
}
