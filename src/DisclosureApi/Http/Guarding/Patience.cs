namespace DisclosureApi.Http.Guarding;

/// <summary>
/// No reader waits longer than this: what could not be answered by then is given up, with everything that it asked of the
/// database. An answer that has begun is not cut off, because a feed or a large file may flow for as long as its reader reads.
/// Writes are not given up here, where nobody could say whether they happened: their line and the database end the wait.
/// </summary>
public static class Patience
{
    public static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(4_500);

    public static void UsePatience(this WebApplication app) => app.Use(next => context =>
        HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method) ? WithinAsync(context, next) : next(context));

    private static async Task WithinAsync(HttpContext context, RequestDelegate next)
    {
        var gone = context.RequestAborted;
        var patience = CancellationTokenSource.CreateLinkedTokenSource(gone);
        // A small answer begins when everything here has returned, so it must be there until the end.
        context.Response.RegisterForDispose(patience);
        context.Response.OnStarting(static source =>
        {
            ((CancellationTokenSource)source).CancelAfter(Timeout.InfiniteTimeSpan);
            return Task.CompletedTask;
        }, patience);
        patience.CancelAfter(Longest);
        context.RequestAborted = patience.Token;
        try
        {
            await next(context);
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested && !gone.IsCancellationRequested && !context.Response.HasStarted)
        {
            context.RequestAborted = gone;
            await new Problem(ProblemTypes.Unavailable).WithHeader("Retry-After", "5").ExecuteAsync(context);
        }
        finally
        {
            context.RequestAborted = gone;
        }
    }
}
