using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;

namespace DisclosureApi.Webhooks.Targets;

/// <summary>What a receiver answered.</summary>
/// <param name="Status">Its status; null where there was no answer.</param>
/// <param name="Fault">Why there was none: unreachable, tls, timeout or badAnswer.</param>
internal sealed record Answered(int? Status, string? Fault, TimeSpan? RetryAfter)
{
    public bool IsTaken => Status is >= 200 and < 300;

    public bool IsGone => Status == StatusCodes.Status410Gone;
}

/// <summary>
/// Sends to addresses that strangers chose. What a name leads to is looked at when a connection is made, and the connection
/// goes to the very address that was looked at; nothing that is answered can send it elsewhere, and nothing of it is kept.
/// </summary>
internal sealed class TargetClient : IDisposable
{
    private readonly Resolver _resolver;
    private readonly WebhookSettings _settings;
    private readonly TimeProvider _clock;
    private readonly SocketsHttpHandler _handler;
    private readonly HttpMessageInvoker _http;

    public TargetClient(Resolver resolver, Settings settings, TimeProvider clock)
    {
        (_resolver, _settings, _clock) = (resolver, settings.Webhooks, clock);
        _handler = new SocketsHttpHandler
        {
            ConnectCallback = ConnectAsync,
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.None,
            PreAuthenticate = false,
            MaxResponseHeadersLength = 16,
            MaxResponseDrainSize = 4 * 1024,
            ResponseDrainTimeout = TimeSpan.FromSeconds(1),
            // A name that leads elsewhere by now is asked for again.
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),
            ActivityHeadersPropagator = DistributedContextPropagator.CreateNoOutputPropagator(),
        };
        _http = new HttpMessageInvoker(_handler, disposeHandler: false);
    }

    public async Task<Answered> PostAsync(Uri target, byte[] body, string mediaType, IEnumerable<(string Name, string Value)> headers, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, target) { Content = new ByteArrayContent(body) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", mediaType);
        request.Headers.TryAddWithoutValidation("User-Agent", "DisclosureApi");
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(_settings.Patience);
        try
        {
            using var response = await _http.SendAsync(request, patience.Token);
            return new Answered((int)response.StatusCode, null, RetryAfter(response));
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException or SocketException or AuthenticationException or OperationCanceledException && !cancellation.IsCancellationRequested)
        {
            return new Answered(null, NameOf(fault), null);
        }
    }

    public void Dispose()
    {
        _http.Dispose();
        _handler.Dispose();
    }

    /// <summary>What a receiver can mend is told; what a name leads to, and why it was not gone to, is not.</summary>
    private static string NameOf(Exception fault) => fault switch
    {
        OperationCanceledException => "timeout",
        HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } => "tls",
        HttpRequestException { HttpRequestError: HttpRequestError.InvalidResponse or HttpRequestError.ResponseEnded or HttpRequestError.ConfigurationLimitExceeded or HttpRequestError.HttpProtocolError } => "badAnswer",
        _ => "unreachable",
    };

    private TimeSpan? RetryAfter(HttpResponseMessage response) => response.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } when date - _clock.GetUtcNow() is var wait && wait > TimeSpan.Zero => wait,
        _ => null,
    };

    /// <summary>One look at the name for each connection; one address that is no public place, and none of them is gone to.</summary>
    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        var (host, port) = (context.DnsEndPoint.Host, context.DnsEndPoint.Port);
        var addresses = IPAddress.TryParse(host, out var literal) ? [literal] : await _resolver(host, cancellation);
        if (addresses.Length == 0 || !addresses.All(address => Target.IsAllowed(address, _settings.LocalTargets)))
        {
            throw new IOException(string.Create(CultureInfo.InvariantCulture, $"{host} leads to no public place."));
        }
        for (var i = 0; ; i++)
        {
            var socket = new Socket(addresses[i].AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(new IPEndPoint(addresses[i], port), cancellation);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch (SocketException) when (i + 1 < addresses.Length)
            {
                socket.Dispose();
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        }
    }
}
