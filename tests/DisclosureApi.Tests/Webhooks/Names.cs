using System.Net;
using System.Net.Sockets;

namespace DisclosureApi.Tests.Webhooks;

/// <summary>What names lead to in tests: nothing of others' machines is asked, and nothing is sent there.</summary>
internal static class Names
{
    public static Task<IPAddress[]> NobodyKnows(string host, CancellationToken cancellation) => throw new SocketException((int)SocketError.HostNotFound);
}
