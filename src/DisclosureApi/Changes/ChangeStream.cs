using System.Buffers;
using System.Globalization;
using System.Text;
using DisclosureApi.Http;
using DisclosureApi.Store.Following;

namespace DisclosureApi.Changes;

/// <summary>
/// Changes to one who listens, as they happen. He is sent what is there and waited for before more is taken, so that a slow
/// one gathers nothing here; while nothing happens he costs a waiting task.
/// </summary>
/// <param name="after">The position that he has heard up to.</param>
internal sealed class ChangeStream(long after, Listeners listeners, ChangeHub hub, ChangeReader changes, TimeProvider clock, CancellationToken stopping) : IResult
{
    private const int Handful = 200;

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var address = RateLimits.AddressOf(httpContext);
        if (!listeners.Enter(address))
        {
            await new Problem(ProblemTypes.TooManyRequests).With("policy", "streams").WithHeader("Retry-After", "60").ExecuteAsync(httpContext);
            return;
        }
        try
        {
            using var over = CancellationTokenSource.CreateLinkedTokenSource(httpContext.RequestAborted, stopping);
            await AnswerAsync(httpContext, over.Token);
        }
        catch (OperationCanceledException)
        {
            // He has left, or the host ends; with the last id that he saw he goes on elsewhere.
        }
        finally
        {
            listeners.Leave(address);
        }
    }

    private async Task AnswerAsync(HttpContext context, CancellationToken cancellation)
    {
        var response = context.Response;
        response.ContentType = ListChanges.Stream;
        response.Headers.CacheControl = "no-store";
        response.Headers.Vary = "Accept";
        response.Headers["X-Accel-Buffering"] = "no";
        response.Headers.AccessControlAllowOrigin = CrossOrigin.AnyOrigin;
        if (HttpMethods.IsGet(context.Request.Method))
        {
            await SendAsync(response, cancellation);
        }
    }

    private async Task SendAsync(HttpResponse response, CancellationToken cancellation)
    {
        var (at, written) = (after, clock.GetTimestamp());
        await WriteAsync(response, "retry: 2000\n\n"u8.ToArray(), cancellation);
        while (true)
        {
            var window = hub.Window;
            if (at >= window.To)
            {
                await window.Over.WaitAsync(cancellation);
                if (clock.GetElapsedTime(written) >= ChangeHub.Beat / 2)
                {
                    await WriteAsync(response, ":\n\n"u8.ToArray(), cancellation);
                    written = clock.GetTimestamp();
                }
                continue;
            }
            var read = at >= window.From ? window.After(at, Handful) : await changes.CatchUpAsync(at, window.To, Handful, cancellation);
            at = read.Position;
            if (read.Changes.Count > 0)
            {
                await WriteAsync(response, Bytes(read.Changes), cancellation);
                written = clock.GetTimestamp();
            }
        }
    }

    private static async Task WriteAsync(HttpResponse response, ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        await response.Body.WriteAsync(bytes, cancellation);
        await response.Body.FlushAsync(cancellation);
    }

    private static ReadOnlyMemory<byte> Bytes(IReadOnlyList<Change> changes)
    {
        var buffer = new ArrayBufferWriter<byte>();
        foreach (var change in changes)
        {
            Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"id: {change.Position}\nevent: {change.Type}\ndata: "), buffer);
            buffer.Write(change.Json);
            buffer.Write("\n\n"u8);
        }
        return buffer.WrittenMemory;
    }
}
