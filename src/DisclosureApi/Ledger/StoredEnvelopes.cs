using System.Text;
using Disclosure.Ledger;
using DisclosureApi.Store;
using Npgsql;

namespace DisclosureApi.Ledger;

/// <summary>Events as the ledger commits to them: everything that their rows say.</summary>
internal static class StoredEnvelopes
{
    public const string Columns = "seq_id, id, stream_id, version, type, timestamp, correlation_id, causation_id, user_name, headers::text, data::text";

    public static Envelope Read(NpgsqlDataReader reader) => new(
        reader.GetInt64(0), reader.GetGuid(1), reader.GetString(2), reader.GetInt64(3), reader.GetString(4), reader.GetFieldValue<DateTimeOffset>(5),
        Text(reader, 6), Text(reader, 7), Text(reader, 8), reader.GetFieldValue<byte[]>(9), reader.GetFieldValue<byte[]>(10));

    /// <summary>The same of an event that was only just stored: no event that is stored here names another that caused it.</summary>
    public static Envelope Of(StoredEvent stored, EventRow row) => new(
        stored.Position, stored.Id, stored.Stream, stored.Version, row.Type, stored.At, stored.Provenance.Request, null, stored.Provenance.Actor,
        Encoding.UTF8.GetBytes(row.Headers), Encoding.UTF8.GetBytes(row.Data));

    private static string? Text(NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);
}
