using Npgsql;

namespace DisclosureApi.Store.Rebuilding;

/// <summary>Brings the new tables from one position to a later one: each stream that went on is made anew from its beginning.</summary>
internal sealed class CatchUp(NpgsqlConnection connection, ShadowTables shadow, IReadOnlyList<ReadModel> models, RegisterHistory register)
{
    /// <summary>The last position there is.</summary>
    public static async Task<long> EndAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("select coalesce(max(seq_id), 0) from mt_events", connection);
        return (long)(await command.ExecuteScalarAsync(cancellation))!;
    }

    /// <summary>Goes from this position to the last there is, and returns it.</summary>
    public async Task<long> RunAsync(long from, CancellationToken cancellation)
    {
        var end = await EndAsync(connection, cancellation);
        var streams = await StreamsAsync(from, end, cancellation);
        foreach (var model in models)
        {
            foreach (var names in streams.Where(name => name.StartsWith(model.Streams + '/', StringComparison.Ordinal)).Chunk(RecordedStreams.AtOnce))
            {
                await MakeAnewAsync(model, names, cancellation);
            }
        }
        await shadow.NameAllAsync(from, cancellation);
        return end;
    }

    /// <summary>A stream may be read a few events further than the position asked for; what follows is made anew once more and ends the same.</summary>
    private async Task MakeAnewAsync(ReadModel model, string[] names, CancellationToken cancellation)
    {
        var rows = new List<ModelRow>();
        await foreach (var stream in RecordedStreams.NamedAsync(connection, names, cancellation))
        {
            rows.AddRange(model.Rows(stream.Name, stream.Decode(), register));
        }
        await shadow.UpsertAsync(rows, cancellation);
    }

    private async Task<List<string>> StreamsAsync(long from, long end, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("select distinct stream_id from mt_events where seq_id > $1 and seq_id <= $2", connection);
        command.Parameters.Add(new() { Value = from });
        command.Parameters.Add(new() { Value = end });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var names = new List<string>();
        while (await reader.ReadAsync(cancellation))
        {
            names.Add(reader.GetString(0));
        }
        return names;
    }
}
