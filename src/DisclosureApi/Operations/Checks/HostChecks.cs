using System.Globalization;
using System.Net.Sockets;

namespace DisclosureApi.Operations.Checks;

/// <summary>What a host needs beside its database.</summary>
internal sealed class HostChecks(Settings settings, IConfiguration configuration)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public Checked Disk()
    {
        if (Watch.Disk(settings) is not { } disk)
        {
            return Checked.Ok("disk", $"{settings.DataDirectory} is not there yet.");
        }
        var (part, told) = ((double)disk.AvailableFreeSpace / disk.TotalSize, string.Create(CultureInfo.InvariantCulture,
            $"{disk.AvailableFreeSpace / 1073741824.0:N1} GB of {disk.TotalSize / 1073741824.0:N1} are free where {settings.DataDirectory} lies"));
        return part < 0.02 ? Checked.Fault("disk", $"{told}. Make room now: a full disk stops the database.")
            : part < 0.1 ? Checked.Warn("disk", $"{told}. Make room soon.")
            : Checked.Ok("disk", $"{told}.");
    }

    /// <summary>Who vouches for tokens.</summary>
    public async Task<Checked> AuthorityAsync(CancellationToken cancellation)
    {
        if (settings.Authority is not { } authority)
        {
            return Checked.Ok("authority", "the embedded issuer's tokens are believed; set Access:Authority to your own for anything but trying out.");
        }
        using var http = new HttpClient { Timeout = Patience };
        try
        {
            using var answer = await http.GetAsync(new Uri($"{authority.TrimEnd('/')}/.well-known/openid-configuration"), cancellation);
            return answer.IsSuccessStatusCode ? Checked.Ok("authority", $"{authority} answers.")
                : Checked.Fault("authority", $"{authority} answers {(int)answer.StatusCode} for its metadata. Mend Access:Authority, or the authority.");
        }
        catch (Exception unreachable) when (unreachable is HttpRequestException or TaskCanceledException && !cancellation.IsCancellationRequested)
        {
            return Checked.Fault("authority", $"{authority} cannot be reached from here, so no token could be believed. Mend Access:Authority, or the way there.");
        }
    }

    /// <summary>A collector that is away costs what it would have heard, and nothing else.</summary>
    public async Task<Checked> CollectorAsync(CancellationToken cancellation)
    {
        if (configuration[Telemetry.Endpoint] is not { Length: > 0 } endpoint)
        {
            return Checked.Ok("collector", $"{Telemetry.Endpoint} is not set; nothing is sent.");
        }
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(Patience);
        using var client = new TcpClient();
        try
        {
            var address = new Uri(endpoint);
            await client.ConnectAsync(address.Host, address.Port, patience.Token);
            return Checked.Ok("collector", $"{endpoint} takes connections.");
        }
        catch (Exception unreachable) when (unreachable is SocketException or OperationCanceledException && !cancellation.IsCancellationRequested)
        {
            return Checked.Warn("collector", $"{endpoint} takes no connections; traces and metrics are lost until it does.");
        }
    }
}
