using Disclosure.Ledger;
using Npgsql;

namespace DisclosureApi.Ledger;

/// <summary>Events as the ledger commits to them: everything that their rows say.</summary>
internal static class StoredEnvelopes
{
    public const string Columns = "seq_id, id, stream_id, version, type, timestamp, correlation_id, causation_id, user_name, headers::text, data::text";

    public static Envelope Read(NpgsqlDataReader reader) => new(
        reader.GetInt64(0), reader.GetGuid(1), reader.GetString(2), reader.GetInt64(3), reader.GetString(4), reader.GetFieldValue<DateTimeOffset>(5),
        Text(reader, 6), Text(reader, 7), Text(reader, 8), reader.GetFieldValue<byte[]>(9), reader.GetFieldValue<byte[]>(10));

    private static string? Text(NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);
}
