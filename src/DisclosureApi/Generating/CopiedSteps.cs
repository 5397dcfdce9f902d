using Npgsql;
using NpgsqlTypes;

namespace DisclosureApi.Generating;

/// <summary>Stores steps by COPY: the same rows that appends store, made by the same codec, many times as fast. Read models are made from them by a rebuild.</summary>
internal static class CopiedSteps
{
    public static async Task<long> StoreAsync(string ownerConnection, IEnumerable<GeneratedStep> steps, Action<long> told, CancellationToken cancellation)
    {
        await using var owner = NpgsqlDataSource.Create(ownerConnection);
        await using var connection = await owner.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        // Streams are known when all their events are; until then nothing refers to them.
        await RunAsync(connection, $"select pg_advisory_xact_lock({Store.AppendBatch.Lock}); alter table mt_events drop constraint mt_events_stream_id_fkey", cancellation);
        var streams = new Dictionary<string, (string Type, long Version, DateTimeOffset Created, DateTimeOffset At)>(StringComparer.Ordinal);
        var position = 0L;
        await using (var copy = await connection.BeginBinaryImportAsync(
            "copy mt_events (seq_id, id, stream_id, version, type, timestamp, mt_dotnet_type, correlation_id, user_name, data, headers) from stdin (format binary)", cancellation))
        {
            foreach (var step in steps)
            {
                var version = step.Version;
                foreach (var happened in step.Events)
                {
                    await WriteAsync(copy, ++position, ++version, step, Store.EventRow.Of(happened, GeneratedSteps.ProvenanceOf(step)), cancellation);
                }
                streams[step.Stream] = (step.Stream[..step.Stream.IndexOf('/', StringComparison.Ordinal)], version, streams.TryGetValue(step.Stream, out var known) ? known.Created : step.At, step.At);
                told(position);
            }
            await copy.CompleteAsync(cancellation);
        }
        await using (var copy = await connection.BeginBinaryImportAsync("copy mt_streams (id, type, version, timestamp, created) from stdin (format binary)", cancellation))
        {
            foreach (var (id, stream) in streams)
            {
                await copy.StartRowAsync(cancellation);
                await copy.WriteAsync(id, NpgsqlDbType.Varchar, cancellation);
                await copy.WriteAsync(stream.Type, NpgsqlDbType.Varchar, cancellation);
                await copy.WriteAsync(stream.Version, NpgsqlDbType.Bigint, cancellation);
                await copy.WriteAsync(stream.At, NpgsqlDbType.TimestampTz, cancellation);
                await copy.WriteAsync(stream.Created, NpgsqlDbType.TimestampTz, cancellation);
            }
            await copy.CompleteAsync(cancellation);
        }
        await RunAsync(connection, $"alter table mt_events add foreign key (stream_id) references mt_streams (id); select setval('mt_events_sequence', {Math.Max(position, 1)})", cancellation);
        await transaction.CommitAsync(cancellation);
        return position;
    }

    private static async Task WriteAsync(NpgsqlBinaryImporter copy, long position, long version, GeneratedStep step, Store.EventRow row, CancellationToken cancellation)
    {
        await copy.StartRowAsync(cancellation);
        await copy.WriteAsync(position, NpgsqlDbType.Bigint, cancellation);
        await copy.WriteAsync(row.Id, NpgsqlDbType.Uuid, cancellation);
        await copy.WriteAsync(step.Stream, NpgsqlDbType.Varchar, cancellation);
        await copy.WriteAsync(version, NpgsqlDbType.Bigint, cancellation);
        await copy.WriteAsync(row.Type, NpgsqlDbType.Varchar, cancellation);
        await copy.WriteAsync(step.At, NpgsqlDbType.TimestampTz, cancellation);
        await copy.WriteAsync(row.DotnetType, NpgsqlDbType.Varchar, cancellation);
        await copy.WriteAsync(GeneratedSteps.Request, NpgsqlDbType.Varchar, cancellation);
        await copy.WriteAsync(step.Actor, NpgsqlDbType.Varchar, cancellation);
        await copy.WriteAsync(row.Data, NpgsqlDbType.Jsonb, cancellation);
        await copy.WriteAsync(row.Headers, NpgsqlDbType.Jsonb, cancellation);
    }

    private static async Task RunAsync(NpgsqlConnection connection, string sql, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
