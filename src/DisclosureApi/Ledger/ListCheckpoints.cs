using DisclosureApi.Store.Replicas;
using System.Globalization;
using System.Text.Json;
using Disclosure.Ledger;
using DisclosureApi.Http;
using Npgsql;

namespace DisclosureApi.Ledger;

/// <summary>GET /v1/ledger/checkpoints: every checkpoint that was ever signed, in order.</summary>
internal static class ListCheckpoints
{
    private const string Forwards = "select epoch, size, note, signed_at from ledger_checkpoints where (epoch, size) > ($1, $2) order by epoch, size limit $3";
    private const string Backwards = "select epoch, size, note, signed_at from ledger_checkpoints where (epoch, size) < ($1, $2) order by epoch desc, size desc limit $3";

    public static readonly OperationContract Contract = new("list_checkpoints", "Ledger", "List all checkpoints")
    {
        Description = "In the order in which they were signed. A database that was restored to an earlier state goes on in a new epoch, under a new name.",
        IsPaged = true,
        Answers =
        [
            new(200, "CheckpointPage", "A page of checkpoints") { Headers = ["ETag", "Link"] },
            new(304, null, "The reader already has these bytes") { Headers = ["ETag", "Link"] },
        ],
        Problems = [400],
    };

    public static async Task<IResult> HandleAsync(HttpRequest request, ReadDatabase database, CancellationToken cancellation)
    {
        var page = Page.Of(request);
        var (epoch, size) = Key(page);
        await using var command = (await database.SourceAsync(cancellation)).CreateCommand(page.IsBackwards ? Backwards : Forwards);
        command.Parameters.Add(new() { Value = epoch });
        command.Parameters.Add(new() { Value = size });
        command.Parameters.Add(new() { Value = page.Limit + 1 });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var found = new List<(string, byte[])>();
        while (await reader.ReadAsync(cancellation))
        {
            found.Add((string.Create(CultureInfo.InvariantCulture, $"{reader.GetInt32(0)}-{reader.GetInt64(1)}"), Json.Bytes(writer => Write(writer, reader))));
        }
        return page.Answer("/v1/ledger/checkpoints", found);
    }

    private static void Write(Utf8JsonWriter writer, NpgsqlDataReader row)
    {
        var checkpoint = Checkpoint.Parse(SignedNote.Parse(row.GetString(2))!.Text)!;
        writer.WriteStartObject();
        writer.WriteNumber("epoch", row.GetInt32(0));
        writer.WriteString("origin", checkpoint.Origin);
        writer.WriteNumber("size", checkpoint.Size);
        writer.WriteString("root", Convert.ToHexStringLower(checkpoint.Root));
        writer.WriteString("signedAt", Envelope.TimeText(row.GetFieldValue<DateTimeOffset>(3)));
        writer.WriteString("checkpoint", row.GetString(2));
        writer.WriteEndObject();
    }

    private static (int Epoch, long Size) Key(Page page) => page.Cursor.Length == 0 ? (0, -1L)
        : page.Cursor.Split('-') is [var epoch, var size] && int.TryParse(epoch, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && long.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? (number, count)
        : throw Page.WrongCursor(page.IsBackwards ? "before" : "after");
}
