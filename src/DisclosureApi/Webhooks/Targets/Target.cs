using System.Net;
using System.Net.Sockets;
using Disclosure.Contents;

namespace DisclosureApi.Webhooks.Targets;

/// <summary>The address that deliveries go to, and what may be one.</summary>
internal static class Target
{
    public const int MaxLength = 2_000;
    private const int TlsPort = 443;
    private const int FirstFreePort = 1024;
    private static readonly string[] _inner = ["localhost", "local", "internal", "intranet", "lan", "home", "corp", "private", "arpa", "onion", "test", "invalid"];

    /// <summary>Reads it; every fault is told.</summary>
    /// <param name="isLocal">Whether addresses on this machine are taken as well.</param>
    public static Uri? Read(JsonWalk walk, string text, bool isLocal)
    {
        var faults = walk.Faults.Count;
        // Ordinary signs alone, so that no two readers of it see two different hosts.
        if (!text.All(c => c is > ' ' and <= '~' and not '\\') || !Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.HostNameType is UriHostNameType.Unknown or UriHostNameType.Basic)
        {
            walk.Wrong("/url", "https地址，只含可见ASCII字符", "an https address of visible ASCII characters; write other ones as %XX, and names as xn--");
            return null;
        }
        if (isLocal && uri.Scheme is "http" or "https" && uri.IsLoopback && uri.UserInfo.Length == 0)
        {
            return uri;
        }
        if (uri.Scheme != Uri.UriSchemeHttps)
        {
            walk.Wrong("/url", "https地址", "an https address: what is delivered must reach nobody else");
        }
        if (uri.UserInfo.Length > 0)
        {
            walk.Add("/url", "不得含有用户名和口令，请用签名核对来源", "must hold no user name and no password; the signature tells the receiver who sent it");
        }
        if (uri.Fragment.Length > 0)
        {
            walk.Add("/url", "不得含有#片段", "must have no fragment, because none is sent");
        }
        if (uri.Port is not TlsPort and < FirstFreePort)
        {
            walk.Add("/url", $"端口应为{TlsPort}或{FirstFreePort}以上", $"must be on port {TlsPort}, or on one from {FirstFreePort} on");
        }
        if (!IsPublicName(uri))
        {
            walk.Add("/url", "主机应为公网域名，不得为IP地址、本机名或内网名", "must name a host of the public internet by its full name; an address in numbers, a single word or a name of an inner network is none");
        }
        return walk.Faults.Count == faults ? uri : null;
    }

    /// <summary>A full name without a dot at its end. What is an address in any notation (decimal, octal, hexadecimal, in brackets) is no name.</summary>
    private static bool IsPublicName(Uri uri) =>
        uri.HostNameType == UriHostNameType.Dns && uri.IdnHost.Split('.') is { Length: > 1 } labels && labels.All(label => label.Length > 0)
        && !labels[^1].All(char.IsAsciiDigit) && !_inner.Contains(labels[^1], StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether a name leads elsewhere than into the public internet as names stand now. A name that nobody knows yet leads nowhere.</summary>
    public static async Task<bool> LeadsInsideAsync(Uri target, Resolver resolver, bool isLocal, CancellationToken cancellation)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(TimeSpan.FromSeconds(2));
        try
        {
            var addresses = await resolver(target.IdnHost, patience.Token);
            return !addresses.All(address => IsAllowed(address, isLocal));
        }
        catch (Exception unknown) when (unknown is SocketException or OperationCanceledException or ArgumentException && !cancellation.IsCancellationRequested)
        {
            return false;
        }
    }

    public static bool IsAllowed(IPAddress address, bool isLocal) => PublicAddress.Is(address) || (isLocal && IPAddress.IsLoopback(address));
}
