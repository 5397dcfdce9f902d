using DisclosureApi.Http;
using DisclosureApi.Store;

namespace DisclosureApi.Access;

/// <summary>An Idempotency-Key, whose it is, and what it was given for.</summary>
public sealed record StepKey(string Client, string Key, byte[] Fingerprint)
{
    /// <summary>What was answered before under this key; null where it is new.</summary>
    /// <exception cref="ProblemException">It was given for another request.</exception>
    public async Task<StoredAnswer?> AnsweredAsync(Idempotency answers, CancellationToken cancellation)
    {
        var answer = await answers.FindAsync(Client, Key, cancellation);
        return answer is null || answer.Fingerprint.AsSpan().SequenceEqual(Fingerprint) ? answer : throw new ProblemException(new Problem(ProblemTypes.KeyReused));
    }
}
