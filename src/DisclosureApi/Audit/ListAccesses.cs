using System.Buffers;
using System.Text.Json;
using DisclosureApi.Http;
using DisclosureApi.Http.History;
using Npgsql;

namespace DisclosureApi.Audit;

/// <summary>GET /v1/audit/accesses?after=: who used the audit trail, when, and what for.</summary>
internal static class ListAccesses
{
    private const string Path = "/v1/audit/accesses";

    public static readonly OperationContract Contract = new("list_accesses", "Audit", "Read who used the audit trail")
    {
        Description =
            "Every use of the operations of this room, in the order in which they began, this one last: who, when, in which request, what was asked, what it was answered, and how many events were "
            + "read for it. Uses are recorded before anything is read; one without an end is under way, or was cut off. Nobody can change or remove them, and their numbers have no gap.",
        IsFeed = true,
        Answers = [new(200, "AccessPage", "A page of uses") { Headers = ["Link"] }],
        Problems = [400],
    };

    public static async Task<IResult> HandleAsync(HttpRequest request, NpgsqlDataSource database, CancellationToken cancellation)
    {
        var page = FeedPage.Of(request);
        var limit = page.Limit ?? Page.DefaultLimit;
        await using var command = database.CreateCommand(
            """
            select a.number, a.at, a.actor, p.subject, a.client, a.request, a.operation, a.asked, r.status, r.events, r.ended_at
            from audit_accesses a left join audit_readings r on r.access = a.number left join actors p on p.id = a.actor
            where a.number > $1 order by a.number limit $2
            """);
        command.Parameters.Add(new() { Value = page.After });
        command.Parameters.Add(new() { Value = limit + 1 });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var items = new ArrayBufferWriter<byte>();
        var (count, last) = (0, page.After);
        while (await reader.ReadAsync(cancellation) && count++ < limit)
        {
            items.Write(Json.Bytes(writer => Write(writer, reader)).AsSpan() is var item && count > 1 ? [(byte)',', .. item] : item);
            last = reader.GetInt64(0);
        }
        return FeedPage.Answer(Path, page.Limit is null ? "" : $"&limit={limit}", items, last, isMore: count > limit);
    }

    private static void Write(Utf8JsonWriter writer, NpgsqlDataReader row)
    {
        writer.WriteStartObject();
        writer.WriteNumber("number", row.GetInt64(0));
        writer.WriteString("at", Moment.Text(row.GetFieldValue<DateTimeOffset>(1)));
        writer.WriteString("actor", row.GetString(2));
        writer.WriteString("name", row.IsDBNull(3) ? null : row.GetString(3));
        writer.WriteString("client", row.GetString(4));
        writer.WriteString("request", row.GetString(5));
        writer.WriteString("operation", row.GetString(6));
        writer.WriteString("asked", row.GetString(7));
        ChangeJson.Write(writer, "status", row.IsDBNull(8) ? null : row.GetInt32(8));
        ChangeJson.Write(writer, "events", row.IsDBNull(9) ? null : row.GetInt64(9));
        writer.WriteString("endedAt", row.IsDBNull(10) ? null : Moment.Text(row.GetFieldValue<DateTimeOffset>(10)));
        writer.WriteEndObject();
    }
}
