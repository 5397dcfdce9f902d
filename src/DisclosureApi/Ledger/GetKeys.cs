using DisclosureApi.Store.Replicas;
using System.Security.Cryptography;
using System.Text.Json;
using Disclosure.Ledger;
using DisclosureApi.Http;
using Npgsql;

namespace DisclosureApi.Ledger;

/// <summary>GET /v1/ledger/keys: the keys that checkpoints are and were signed with.</summary>
internal static class GetKeys
{
    public static readonly OperationContract Contract = new("list_ledger_keys", "Ledger", "Read the ledger's public keys")
    {
        Description = "In the order of their first use. Compare them with those that the operator publishes elsewhere: a key that only this address tells proves little.",
        Answers = [new(200, "LedgerKeys", "The keys") { Headers = ["ETag"] }, new(304, null, "The reader already has these bytes") { Headers = ["ETag"] }],
    };

    public static async Task<IResult> HandleAsync(ReadDatabase database, CancellationToken cancellation)
    {
        var keys = await ReadAsync(await database.SourceAsync(cancellation), cancellation);
        return Answer.Public(writer => Write(writer, keys));
    }

    public static async Task<IReadOnlyList<(string Origin, byte[] Der, long Size, DateTimeOffset At)>> ReadAsync(NpgsqlDataSource database, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(
            "select e.origin, k.public_key, k.size, k.first_used from ledger_keys k join ledger_epochs e on e.number = k.epoch order by k.epoch, k.size, k.hint");
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var keys = new List<(string, byte[], long, DateTimeOffset)>();
        while (await reader.ReadAsync(cancellation))
        {
            keys.Add((reader.GetString(0), reader.GetFieldValue<byte[]>(1), reader.GetInt64(2), reader.GetFieldValue<DateTimeOffset>(3)));
        }
        return keys;
    }

    public static void Write(Utf8JsonWriter writer, IReadOnlyList<(string Origin, byte[] Der, long Size, DateTimeOffset At)> keys)
    {
        writer.WriteStartObject();
        writer.WriteStartArray("items");
        foreach (var (origin, der, size, at) in keys)
        {
            writer.WriteStartObject();
            writer.WriteString("hint", Convert.ToHexStringLower(SHA256.HashData(der).AsSpan(0, 4)));
            writer.WriteString("origin", origin);
            writer.WriteString("algorithm", "ecdsa-p256-sha256");
            writer.WriteString("publicKey", PemEncoding.WriteString("PUBLIC KEY", der));
            writer.WriteNumber("firstSize", size);
            writer.WriteString("firstUsed", Envelope.TimeText(at));
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}
