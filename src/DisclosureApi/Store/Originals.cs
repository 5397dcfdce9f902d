using DisclosureApi.Store.Replicas;
using Npgsql;

namespace DisclosureApi.Store;

/// <summary>The documents that drafts were filed as. They are asked for by hashes that events hold, and by nothing a client sends; PostgreSQL shows the one whose hash is named, and no other.</summary>
public sealed class Originals(ReadDatabase database)
{
    public async Task<byte[]?> FindAsync(string sha256, CancellationToken cancellation)
    {
        await using var batch = (await database.SourceAsync(cancellation)).CreateBatch();
        batch.BatchCommands.Add(EventStore.Command("select set_config('disclosure.original', $1, true)", sha256));
        batch.BatchCommands.Add(EventStore.Command("select bytes from originals where sha256 = $1", sha256));
        await using var reader = await batch.ExecuteReaderAsync(cancellation);
        await reader.NextResultAsync(cancellation);
        return await reader.ReadAsync(cancellation) ? reader.GetFieldValue<byte[]>(0) : null;
    }

    /// <summary>The row that goes with the event. The same bytes are kept once, however often they are filed.</summary>
    public static NpgsqlBatchCommand Row(string sha256, byte[] bytes) =>
        EventStore.Command("insert into originals (sha256, bytes) values ($1, $2) on conflict (sha256) do nothing", sha256, bytes);
}
