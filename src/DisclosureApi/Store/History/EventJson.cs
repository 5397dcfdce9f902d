using System.Text.Json;
using DisclosureApi.Http.History;
using Npgsql;

namespace DisclosureApi.Store.History;

/// <summary>An event as auditors read it: the envelope's columns by name, and the data as they are stored, salts included.</summary>
public static class EventJson
{
    /// <summary>The columns that <see cref="WriteMembers"/> reads, in their order.</summary>
    public const string Columns =
        """
        seq_id, id, stream_id, version, type, timestamp, correlation_id, causation_id, user_name,
        headers ->> 'role', headers ->> 'agency', headers ->> 'client', headers ->> 'salt', data::text
        """;

    public static void WriteMembers(Utf8JsonWriter writer, NpgsqlDataReader row)
    {
        writer.WriteNumber("position", row.GetInt64(0));
        writer.WriteString("id", row.GetGuid(1));
        writer.WriteString("stream", row.GetString(2));
        writer.WriteNumber("version", row.GetInt64(3));
        writer.WriteString("type", row.GetString(4));
        writer.WriteString("at", Moment.Text(row.GetFieldValue<DateTimeOffset>(5)));
        writer.WriteString("request", Text(row, 6));
        writer.WriteString("cause", Text(row, 7));
        writer.WriteString("actor", Text(row, 8));
        writer.WriteString("role", Text(row, 9));
        writer.WriteString("agency", Text(row, 10));
        writer.WriteString("client", Text(row, 11));
        writer.WriteString("salt", Text(row, 12));
        writer.WritePropertyName("data");
        // jsonb prints nothing but valid JSON, and looking again would cost more than all the rest.
        writer.WriteRawValue(row.GetFieldValue<byte[]>(13), skipInputValidation: true);
    }

    private static string? Text(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}
