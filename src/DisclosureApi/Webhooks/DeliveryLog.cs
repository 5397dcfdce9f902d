using System.Text.Json;
using DisclosureApi.Http;
using DisclosureApi.Http.History;
using Npgsql;

namespace DisclosureApi.Webhooks;

/// <summary>What became of deliveries, as the owner of their subscription sees it.</summary>
internal sealed class DeliveryLog(NpgsqlDataSource database)
{
    /// <summary>How many tests and replays of a subscription may wait at once.</summary>
    public const int MostWaiting = 100;

    private const string Columns = "d.number, d.id, d.webhook, d.kind, d.event, d.position, d.type, d.status, d.attempts, d.answered, d.fault, d.made_at, d.last_at, d.next_at";

    private const string One = $"select {Columns} from webhook_deliveries d join webhooks w on w.id = d.webhook where w.owner = $1 and w.id = $2 and d.id = $3";

    /// <summary>Newest first.</summary>
    public async Task<IReadOnlyList<(string Key, byte[] Body)>> ListAsync(Guid webhook, Page page, CancellationToken cancellation)
    {
        var (sign, order) = page.IsBackwards ? (">", "asc") : ("<", "desc");
        await using var command = database.CreateCommand(
            $"select {Columns} from webhook_deliveries d where d.webhook = $1 and ($2::bigint is null or d.number {sign} $2) order by d.number {order} limit $3");
        Add(command, webhook, Subscriptions.CursorOf(page), page.Limit + 1);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var found = new List<(string, byte[])>();
        while (await reader.ReadAsync(cancellation))
        {
            found.Add(($"{reader.GetInt64(0)}", Written(reader)));
        }
        return found;
    }

    public async Task<byte[]?> FindAsync(string owner, Guid webhook, Guid delivery, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(One);
        return await OneAsync(command, cancellation, owner, webhook, delivery);
    }

    /// <summary>The same within what is under way on this connection.</summary>
    public static async Task<byte[]?> FindAsync(NpgsqlConnection connection, string owner, Guid webhook, Guid delivery, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(One, connection);
        return await OneAsync(command, cancellation, owner, webhook, delivery);
    }

    /// <summary>A test that waits to be sent; null where as many wait as may.</summary>
    public static async Task<byte[]?> AddTestAsync(NpgsqlConnection connection, Guid webhook, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(
            $"""
            insert into webhook_deliveries as d (id, webhook, kind, event, type, status, next_at)
            select $2, $1, 'test', $3, $4, 'pending', clock_timestamp() where {Room} returning {Columns}
            """, connection);
        return await OneAsync(command, cancellation, webhook, Guid.CreateVersion7(), Guid.NewGuid(), Delivering.CloudEvent.TestType);
    }

    /// <summary>One delivery once more, whatever became of it before; null where as many wait as may.</summary>
    public static async Task<byte[]?> AddAgainAsync(NpgsqlConnection connection, Guid webhook, Guid delivery, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(
            $"""
            insert into webhook_deliveries as d (id, webhook, kind, event, position, type, status, next_at)
            select $3, webhook, case when position is null then 'test' else 'replay' end, event, position, type, 'pending', clock_timestamp()
            from webhook_deliveries where webhook = $1 and id = $2 and {Room} returning {Columns}
            """, connection);
        return await OneAsync(command, cancellation, webhook, delivery, Guid.CreateVersion7());
    }

    private static string Room => $"(select count(*) from webhook_deliveries where webhook = $1 and status = 'pending' and kind <> 'change') < {MostWaiting}";

    private static async Task<byte[]?> OneAsync(NpgsqlCommand command, CancellationToken cancellation, params object?[] values)
    {
        Add(command, values);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return await reader.ReadAsync(cancellation) ? Written(reader) : null;
    }

    private static void Add(NpgsqlCommand command, params ReadOnlySpan<object?> values)
    {
        foreach (var value in values)
        {
            command.Parameters.Add(new() { Value = value ?? DBNull.Value });
        }
    }

    private static byte[] Written(NpgsqlDataReader row) => Json.Bytes(writer => Write(writer, row));

    private static void Write(Utf8JsonWriter writer, NpgsqlDataReader row)
    {
        var address = $"{Subscription.AddressOf(row.GetGuid(2))}/deliveries/{row.GetGuid(1)}";
        writer.WriteStartObject();
        writer.WriteString("id", row.GetGuid(1));
        writer.WriteString("kind", row.GetString(3));
        writer.WriteString("event", row.GetGuid(4));
        ChangeJson.Write(writer, "position", row.IsDBNull(5) ? null : row.GetInt64(5));
        writer.WriteString("type", row.GetString(6));
        writer.WriteString("status", row.GetString(7));
        writer.WriteNumber("attempts", row.GetInt32(8));
        ChangeJson.Write(writer, "answered", row.IsDBNull(9) ? null : row.GetInt32(9));
        writer.WriteString("fault", row.IsDBNull(10) ? null : row.GetString(10));
        writer.WriteString("madeAt", Time(row, 11));
        writer.WriteString("lastAttemptAt", Time(row, 12));
        writer.WriteString("nextAttemptAt", Time(row, 13));
        writer.WriteStartObject("links");
        writer.WriteString("self", address);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static string? Time(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : Moment.Text(row.GetFieldValue<DateTimeOffset>(column));
}
