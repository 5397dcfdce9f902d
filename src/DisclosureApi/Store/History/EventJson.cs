using System.Text.Json;
using DisclosureApi.Http.History;
using Npgsql;

namespace DisclosureApi.Store.History;

/// <summary>An event as its row holds it, its JSON unread.</summary>
public sealed record EventRecord(
    long Position, Guid Id, string Stream, long Version, string Type, DateTimeOffset Time, string? Correlation, string? Causation, string? Actor, byte[] Headers, byte[] Data);

/// <summary>
/// An event as auditors read it: its envelope, under the names that the ledger commits to, with texts and salts open. So each
/// event that is read here can be held against its entry in the ledger.
/// </summary>
public static class EventJson
{
    /// <summary>The columns that <see cref="Read"/> reads, in their order.</summary>
    public const string Columns = "seq_id, id, stream_id, version, type, timestamp, correlation_id, causation_id, user_name, headers::text, data::text";

    public static EventRecord Read(NpgsqlDataReader row) => new(
        row.GetInt64(0), row.GetGuid(1), row.GetString(2), row.GetInt64(3), row.GetString(4), row.GetFieldValue<DateTimeOffset>(5), Text(row, 6), Text(row, 7), Text(row, 8),
        row.GetFieldValue<byte[]>(9), row.GetFieldValue<byte[]>(10));

    public static void WriteMembers(Utf8JsonWriter writer, EventRecord happened)
    {
        writer.WriteNumber("position", happened.Position);
        writer.WriteString("id", happened.Id);
        writer.WriteString("stream", happened.Stream);
        writer.WriteNumber("version", happened.Version);
        writer.WriteString("type", happened.Type);
        writer.WriteString("time", Moment.Text(happened.Time));
        WriteKnown(writer, "correlation", happened.Correlation);
        WriteKnown(writer, "causation", happened.Causation);
        WriteKnown(writer, "actor", happened.Actor);
        // jsonb prints nothing but valid JSON, and looking again would cost more than all the rest.
        writer.WritePropertyName("headers");
        writer.WriteRawValue(happened.Headers, skipInputValidation: true);
        writer.WritePropertyName("data");
        writer.WriteRawValue(happened.Data, skipInputValidation: true);
    }

    /// <summary>What is not known is left out, as it is where the ledger commits to it.</summary>
    private static void WriteKnown(Utf8JsonWriter writer, string name, string? value)
    {
        if (value is not null)
        {
            writer.WriteString(name, value);
        }
    }

    private static string? Text(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}
