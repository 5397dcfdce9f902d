using System.Diagnostics;

namespace DisclosureApi.Http.Guarding;

/// <summary>
/// Nobody waits longer than this: what could not be answered by then is given up, with everything that it asked of the
/// database. An answer that has begun is not cut off, because a feed or a large file may flow for as long as its reader reads,
/// and the time that a client takes to send is its own. A write that stands in line for the store stays in it: under its
/// Idempotency-Key, or by its precondition, whoever asks again learns what became of it.
/// </summary>
public sealed class Patience
{
    public static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(4_500);

    private readonly CancellationTokenSource _end;
    private TimeSpan _left = Longest;
    private long _since;

    private Patience(CancellationToken gone)
    {
        _end = CancellationTokenSource.CreateLinkedTokenSource(gone);
        GoOn();
    }

    public static void Use(WebApplication app) => app.Use(next => context => WithinAsync(context, next));

    /// <summary>Stops the clock: the client is waited for, or what it asked for is a file as large as a year, or many things that each have limits of their own.</summary>
    public static void Hold(HttpContext context) => context.Features.Get<Patience>()?.Hold();

    /// <summary>The client has sent its body, and waits.</summary>
    public static void GoOn(HttpContext context) => context.Features.Get<Patience>()?.GoOn();

    private static async Task WithinAsync(HttpContext context, RequestDelegate next)
    {
        var gone = context.RequestAborted;
        var patience = new Patience(gone);
        // A small answer begins when everything here has returned, so it must be there until the end.
        context.Response.RegisterForDispose(patience._end);
        context.Response.OnStarting(static patience =>
        {
            ((Patience)patience).Hold();
            return Task.CompletedTask;
        }, patience);
        context.Features.Set(patience);
        context.RequestAborted = patience._end.Token;
        try
        {
            await next(context);
        }
        catch (OperationCanceledException) when (patience._end.IsCancellationRequested && !gone.IsCancellationRequested && !context.Response.HasStarted)
        {
            context.RequestAborted = gone;
            await new Problem(ProblemTypes.Unavailable).WithHeader("Retry-After", "5").ExecuteAsync(context);
        }
        finally
        {
            context.RequestAborted = gone;
        }
    }

    private void Hold()
    {
        _end.CancelAfter(Timeout.InfiniteTimeSpan);
        _left -= Stopwatch.GetElapsedTime(_since);
    }

    private void GoOn()
    {
        _since = Stopwatch.GetTimestamp();
        _end.CancelAfter(_left > TimeSpan.Zero ? _left : TimeSpan.Zero);
    }
}
