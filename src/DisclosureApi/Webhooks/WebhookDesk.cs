using DisclosureApi.Access;
using DisclosureApi.Http;
using DisclosureApi.Store;
using Npgsql;

namespace DisclosureApi.Webhooks;

/// <summary>What owners ask for under an Idempotency-Key is done once, in one transaction with the answer.</summary>
internal sealed class WebhookDesk(NpgsqlDataSource database, Idempotency answers)
{
    /// <summary>Whose subscriptions are meant: those of the application in the hands of this person. Claims hold no control characters, so that no two owners read the same.</summary>
    public static string OwnerOf(HttpContext context)
    {
        var caller = Caller.Of(context)!;
        return $"{caller.Issuer}\n{caller.Client}\n{caller.Subject}";
    }

    /// <param name="act">Does it, and tells the answer, which must hold no secret; null when there is nothing of that name.</param>
    /// <param name="shown">What the caller is shown in place of the stored answer's body.</param>
    public Task<IResult> OnceAsync(
        StepKey key, Func<NpgsqlConnection, Task<(StoredAnswer? Answer, Problem? Problem)>> act, CancellationToken cancellation, Func<byte[], byte[]>? shown = null)
    {
        return Attempts.Of(answers, Told).OnceAsync(
            key,
            async () =>
            {
                var (answer, problem) = await TryAsync(key, act, cancellation);
                return answer is null ? problem! : Told(answer);
            },
            cancellation);

        Answer Told(StoredAnswer answer) => new(answer.Status, shown is null ? answer.Body : shown(answer.Body), answer.ETag)
        {
            Headers = answer.Link is { } location ? [("Location", location)] : [],
        };
    }

    private async Task<(StoredAnswer? Answer, Problem? Problem)> TryAsync(
        StepKey key, Func<NpgsqlConnection, Task<(StoredAnswer? Answer, Problem? Problem)>> act, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        var (answer, problem) = await act(connection);
        if (answer is null)
        {
            return (null, problem);
        }
        await using var batch = new NpgsqlBatch(connection, transaction);
        foreach (var row in Idempotency.Rows(key.Client, key.Key, answer))
        {
            batch.BatchCommands.Add(row);
        }
        await batch.ExecuteNonQueryAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return (answer, null);
    }
}
