using System.Buffers;
using DisclosureApi.Access.Recording;
using DisclosureApi.Store.History;

namespace DisclosureApi.Audit;

/// <summary>Events as lines, read a handful ahead of what is sent: memory stays that of two handfuls, and a slow reader holds nothing open in the database.</summary>
internal sealed class EventStream(EventFeed feed, long after, long end, EventFilter filter, string query) : IResult
{
    private const int Handful = 1_000;
    private const int Usual = 2 * 1024 * 1024;

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.ContentType = ListEvents.Lines;
        response.Headers.CacheControl = "no-store";
        response.Headers.Link = FeedPage.Links(ListEvents.Path, query, $"{ListEvents.Path}?after={end}{query}");
        if (HttpMethods.IsHead(httpContext.Request.Method))
        {
            return;
        }
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(httpContext.RequestAborted);
        var (sending, filling) = (new ArrayBufferWriter<byte>(Usual), new ArrayBufferWriter<byte>(Usual));
        var reading = ReadAsync(after, filling, stop.Token);
        try
        {
            while (true)
            {
                var read = await reading;
                (sending, filling) = (filling, sending);
                filling.ResetWrittenCount();
                var isLast = read.Position >= end;
                reading = isLast ? Task.FromResult(read) : ReadAsync(read.Position, filling, stop.Token);
                AuditAccess.Of(httpContext).Events += read.Events;
                await response.Body.WriteAsync(sending.WrittenMemory, stop.Token);
                if (isLast)
                {
                    return;
                }
            }
        }
        finally
        {
            // A reader that leaves takes with it what was being read ahead.
            await stop.CancelAsync();
            await reading.ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }
    }

    private Task<FeedReading> ReadAsync(long from, ArrayBufferWriter<byte> into, CancellationToken cancellation) =>
        feed.ReadAsync(from, end, Handful, filter, into, (byte)'\n', isTerminated: true, cancellation);
}
