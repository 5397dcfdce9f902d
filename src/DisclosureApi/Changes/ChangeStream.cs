using System.Buffers;
using System.Globalization;
using System.Text;
using DisclosureApi.Http;

namespace DisclosureApi.Changes;

/// <summary>
/// Changes to one who listens, as they happen. He is sent what is there and waited for before more is taken, so that a slow
/// one gathers nothing here; while nothing happens he costs a waiting task.
/// </summary>
internal sealed class ChangeStream(long after, TimeProvider clock) : IResult
{
    private const int Handful = 200;

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var hub = httpContext.RequestServices.GetRequiredService<ChangeHub>();
        try
        {
            var response = httpContext.Response;
            response.ContentType = ListChanges.Stream;
            response.Headers.CacheControl = "no-store";
            response.Headers.Vary = "Accept";
            response.Headers["X-Accel-Buffering"] = "no";
            response.Headers.AccessControlAllowOrigin = CrossOrigin.AnyOrigin;
            if (HttpMethods.IsGet(httpContext.Request.Method))
            {
                var stopping = httpContext.RequestServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
                using var over = CancellationTokenSource.CreateLinkedTokenSource(httpContext.RequestAborted, stopping);
                await SendAsync(response, hub, httpContext.RequestServices.GetRequiredService<ChangeReader>(), over.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // He has left, or the host ends; with the last id that he saw he goes on elsewhere.
        }
        finally
        {
            hub.Leave();
        }
    }

    private async Task SendAsync(HttpResponse response, ChangeHub hub, ChangeReader changes, CancellationToken cancellation)
    {
        await WriteAsync(response, "retry: 2000\n\n"u8.ToArray(), cancellation);
        var (at, written) = (after, clock.GetTimestamp());
        while (true)
        {
            var window = hub.Window;
            if (at >= window.To)
            {
                await window.Over.WaitAsync(cancellation);
                // Events that he may not hear of wake him too, so the clock alone tells whether he has been without a word for long.
                if (clock.GetElapsedTime(written) >= ChangeHub.Beat / 2)
                {
                    await WriteAsync(response, ":\n\n"u8.ToArray(), cancellation);
                    written = clock.GetTimestamp();
                }
                continue;
            }
            var read = at >= window.From
                ? new ChangeReading([.. window.Changes.Where(change => change.Position > at)], window.To)
                : await changes.ReadAsync(at, window.To, Handful, cancellation);
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
