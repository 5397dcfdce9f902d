using System.Text.Json;
using DisclosureApi.Http.History;
using Npgsql;

namespace DisclosureApi.Store.History;

/// <summary>
/// An event as auditors read it: its envelope, under the names that the ledger commits to, with texts and salts open. So each
/// event that is read here can be held against its entry in the ledger.
/// </summary>
public static class EventJson
{
    /// <summary>The columns that <see cref="WriteMembers"/> reads, in their order.</summary>
    public const string Columns = "seq_id, id, stream_id, version, type, timestamp, correlation_id, causation_id, user_name, headers::text, data::text";

    /// <summary>The place of the event's own JSON among the columns.</summary>
    public const int Data = 10;

    public static void WriteMembers(Utf8JsonWriter writer, NpgsqlDataReader row)
    {
        writer.WriteNumber("position", row.GetInt64(0));
        writer.WriteString("id", row.GetGuid(1));
        writer.WriteString("stream", row.GetString(2));
        writer.WriteNumber("version", row.GetInt64(3));
        writer.WriteString("type", row.GetString(4));
        writer.WriteString("time", Moment.Text(row.GetFieldValue<DateTimeOffset>(5)));
        WriteKnown(writer, "correlation", row, 6);
        WriteKnown(writer, "causation", row, 7);
        WriteKnown(writer, "actor", row, 8);
        WriteStored(writer, "headers", row, 9);
        WriteStored(writer, "data", row, Data);
    }

    /// <summary>What is not known is left out, as it is where the ledger commits to it.</summary>
    private static void WriteKnown(Utf8JsonWriter writer, string name, NpgsqlDataReader row, int column)
    {
        if (!row.IsDBNull(column))
        {
            writer.WriteString(name, row.GetString(column));
        }
    }

    /// <summary>jsonb prints nothing but valid JSON, and looking again would cost more than all the rest.</summary>
    private static void WriteStored(Utf8JsonWriter writer, string name, NpgsqlDataReader row, int column)
    {
        writer.WritePropertyName(name);
        writer.WriteRawValue(row.GetFieldValue<byte[]>(column), skipInputValidation: true);
    }
}
