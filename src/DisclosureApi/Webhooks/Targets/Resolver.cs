using System.Net;

namespace DisclosureApi.Webhooks.Targets;

/// <summary>Asks what addresses a name has. Tests give another, to be lied to as an attacker would.</summary>
public delegate Task<IPAddress[]> Resolver(string host, CancellationToken cancellation);
