using Npgsql;

namespace DisclosureApi.Store;

/// <summary>The documents that drafts were filed as. They are asked for by hashes that events hold, and by nothing a client sends.</summary>
public sealed class Originals(NpgsqlDataSource database)
{
    public async Task<byte[]?> FindAsync(string sha256, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand("select bytes from originals where sha256 = $1");
        command.Parameters.Add(new() { Value = sha256 });
        return (byte[]?)await command.ExecuteScalarAsync(cancellation);
    }

    /// <summary>The row that goes with the event. The same bytes are kept once, however often they are filed.</summary>
    public static NpgsqlBatchCommand Row(string sha256, byte[] bytes) =>
        EventStore.Command("insert into originals (sha256, bytes) values ($1, $2) on conflict (sha256) do nothing", sha256, bytes);
}
