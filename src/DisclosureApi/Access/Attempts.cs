using DisclosureApi.Http;
using DisclosureApi.Store;
using Npgsql;

namespace DisclosureApi.Access;

/// <summary>The attempts of handlers, whose refusals are problems.</summary>
internal static class Attempts
{
    /// <summary>Those of a handler that gives the stored answer as it is.</summary>
    public static Attempts<IResult> Of(Idempotency answers, Func<StoredAnswer, IResult> repeated) => Of(answers, stored => Task.FromResult(repeated(stored)));

    /// <summary>Those of a handler that has something to wait for before it gives the stored answer.</summary>
    public static Attempts<IResult> Of(Idempotency answers, Func<StoredAnswer, Task<IResult>> repeated) =>
        new(answers, repeated, problem => problem, result => result is Problem);
}

/// <summary>
/// Carries out what a request asks for while others write to the same: once under its Idempotency-Key, however often it is
/// sent and wherever the first sending stands when the second arrives, and again while somebody else was faster.
/// </summary>
/// <param name="Repeated">What is answered where the key was answered before.</param>
/// <param name="Refused">A refusal as a result.</param>
/// <param name="IsRefused">Whether a result is a refusal: nothing was stored.</param>
internal sealed record Attempts<T>(Idempotency Answers, Func<StoredAnswer, Task<T>> Repeated, Func<Problem, T> Refused, Func<T, bool> IsRefused)
    where T : class
{
    /// <summary>After so many somebody else is faster each time; the client is told to come again.</summary>
    public int Most { get; init; } = 5;

    /// <param name="key">Null for what a precondition guards.</param>
    /// <param name="attempt">Tries it, and stores the answer under the key with what it does; null when somebody else was faster.</param>
    public async Task<T> OnceAsync(StepKey? key, Func<Task<T?>> attempt, CancellationToken cancellation)
    {
        for (var tried = 0; tried < Most; tried++)
        {
            if (await RepeatedAsync(key, cancellation) is { } repeated)
            {
                return repeated;
            }
            if (await TryAsync(attempt) is { } result)
            {
                // What refuses this request may be the same one, under way twice: stored after the key was looked up and before what stands was read.
                return IsRefused(result) && await RepeatedAsync(key, cancellation) is { } faster ? faster : result;
            }
        }
        return Refused(new Problem(ProblemTypes.Contended));
    }

    private async Task<T?> RepeatedAsync(StepKey? key, CancellationToken cancellation) =>
        key is not null && await key.AnsweredAsync(Answers, cancellation) is { } answered ? await Repeated(answered) : null;

    private static async Task<T?> TryAsync(Func<Task<T?>> attempt)
    {
        try
        {
            return await attempt();
        }
        catch (PostgresException twice) when (twice.ConstraintName == Idempotency.Constraint)
        {
            // The same request was under way twice and the other was faster; its answer is found on the next attempt.
            return null;
        }
    }
}
