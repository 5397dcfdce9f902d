using System.Security.Cryptography;
using Npgsql;

namespace DisclosureApi.Store;

/// <summary>An answer as it was first given, to be given again to the same question.</summary>
public sealed record StoredAnswer(byte[] Fingerprint, int Status, byte[] Body, string ETag, string? Link);

/// <summary>
/// Answers to steps by the key that a client gave them (Idempotency-Key). The row stands in the same transaction as the
/// events, so that a step and its answer are there together or not at all.
/// </summary>
public sealed class Idempotency(NpgsqlDataSource database)
{
    /// <summary>How long a key is remembered.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromHours(24);

    /// <summary>The name of the constraint that two steps with one key meet at.</summary>
    public const string Constraint = "idempotency_pkey";

    /// <summary>What makes two requests the same: who asks for what, with which body.</summary>
    public static byte[] FingerprintOf(string method, string path, ReadOnlySpan<byte> body)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(System.Text.Encoding.UTF8.GetBytes($"{method} {path}\n"));
        hash.AppendData(body);
        return hash.GetHashAndReset();
    }

    public async Task<StoredAnswer?> FindAsync(string client, string key, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(
            "select fingerprint, status, body, etag, link from idempotency where client = $1 and key = $2 and stored_at > clock_timestamp() - $3");
        command.Parameters.Add(new() { Value = client });
        command.Parameters.Add(new() { Value = key });
        command.Parameters.Add(new() { Value = Kept });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return await reader.ReadAsync(cancellation)
            ? new StoredAnswer(
                reader.GetFieldValue<byte[]>(0), reader.GetInt32(1), reader.GetFieldValue<byte[]>(2), reader.GetString(3),
                await reader.IsDBNullAsync(4, cancellation) ? null : reader.GetString(4))
            : null;
    }

    /// <summary>The row that goes with the events. A key that ran out gives way to its next use.</summary>
    public static IEnumerable<NpgsqlBatchCommand> Rows(string client, string key, StoredAnswer answer) =>
    [
        EventStore.Command("delete from idempotency where client = $1 and key = $2 and stored_at <= clock_timestamp() - $3", client, key, Kept),
        EventStore.Command(
            "insert into idempotency (client, key, fingerprint, status, body, etag, link) values ($1, $2, $3, $4, $5, $6, $7)",
            client, key, answer.Fingerprint, answer.Status, answer.Body, answer.ETag, answer.Link),
    ];
}
