using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Npgsql;
using NpgsqlTypes;

namespace DisclosureApi.Store.History;

/// <summary>Which events are wanted; null where any will do.</summary>
/// <param name="Actors">Pseudonymous ids of who did it.</param>
/// <param name="Agency">Code of a body: its entry, its reports, and what was done for it.</param>
public sealed record EventFilter(string[]? Actors, string? Request, string? Agency, string? Type)
{
    /// <summary>All of them.</summary>
    public static EventFilter None { get; } = new(null, null, null, null);
}

/// <summary>What one reading brought: how many events, and up to which position was looked.</summary>
public sealed record FeedReading(int Events, long Position);

/// <summary>
/// Events in their one order, written as JSON into a buffer. A reading is one short statement or a few, never a transaction
/// that waits for its reader: events do not change, so the next reading goes on where the last one ended, however long after.
/// </summary>
public sealed class EventFeed(WholeDatabase whole)
{
    /// <summary>A reading ends when it has brought this many bytes, whatever the events are like.</summary>
    private const int MostBytes = 4 * 1024 * 1024;

    /// <summary>How many places are looked at in one round trip.</summary>
    private const int Handful = 16;

    private static readonly JsonWriterOptions _asStored = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>The position of the last event that had happened at this moment, as far as is known now.</summary>
    public async Task<long> PositionAtAsync(DateTimeOffset moment, CancellationToken cancellation)
    {
        await using var command = whole.Source.CreateCommand("select disclosure_position_at($1)");
        command.Parameters.Add(new() { Value = moment });
        return (long)(await command.ExecuteScalarAsync(cancellation))!;
    }

    /// <summary>Writes at most so many of the events after one position up to another.</summary>
    /// <param name="separator">Stands between two events; <paramref name="isTerminated"/> puts it behind the last one too.</param>
    public async Task<FeedReading> ReadAsync(
        long after, long end, int limit, EventFilter filter, IBufferWriter<byte> into, byte separator, bool isTerminated, CancellationToken cancellation)
    {
        using var writer = new Utf8JsonWriter(into, _asStored);
        var (count, bytes) = (0, 0L);
        await using var connection = await whole.Source.OpenConnectionAsync(cancellation);
        while (after < end)
        {
            var (places, looked) = await EventGroups.FindAsync(connection, after, end, filter, cancellation);
            foreach (var handful in places.Chunk(Handful))
            {
                await using var batch = Batch(connection, handful, limit - count, filter);
                await using var reader = await batch.ExecuteReaderAsync(cancellation);
                while (await NextAsync(reader, cancellation))
                {
                    if (count > 0 && !isTerminated)
                    {
                        Put(into, separator);
                    }
                    bytes += Write(writer, reader);
                    if (isTerminated)
                    {
                        Put(into, separator);
                    }
                    if (++count == limit || bytes >= MostBytes)
                    {
                        after = reader.GetInt64(0);
                        await LeaveAsync(batch, reader, isOver: count == limit);
                        return new FeedReading(count, after);
                    }
                }
            }
            after = looked;
        }
        return new FeedReading(count, after);
    }

    /// <summary>The next row, of whichever place it is.</summary>
    private static async Task<bool> NextAsync(NpgsqlDataReader reader, CancellationToken cancellation)
    {
        while (!await reader.ReadAsync(cancellation))
        {
            if (!await reader.NextResultAsync(cancellation))
            {
                return false;
            }
        }
        return true;
    }

    /// <summary>Rows that nobody will take are not waited for. The connection is this reading's own until it ends, so that they are let go of for nobody else.</summary>
    private static async Task LeaveAsync(NpgsqlBatch batch, NpgsqlDataReader rows, bool isOver)
    {
        if (isOver)
        {
            return;
        }
        batch.Cancel();
        try
        {
            await rows.DisposeAsync();
        }
        catch (PostgresException cancelled) when (cancelled.SqlState == PostgresErrorCodes.QueryCanceled)
        {
            // The server says that it stopped, which is what was asked.
        }
    }

    private static long Write(Utf8JsonWriter writer, NpgsqlDataReader row)
    {
        writer.WriteStartObject();
        EventJson.WriteMembers(writer, EventJson.Read(row));
        writer.WriteEndObject();
        writer.Flush();
        var bytes = writer.BytesCommitted;
        writer.Reset();
        return bytes;
    }

    private static void Put(IBufferWriter<byte> into, byte separator)
    {
        into.GetSpan(1)[0] = separator;
        into.Advance(1);
    }

    private static NpgsqlBatch Batch(NpgsqlConnection connection, IEnumerable<(long After, long Last)> places, int limit, EventFilter filter)
    {
        var batch = new NpgsqlBatch(connection);
        foreach (var (after, last) in places)
        {
            batch.BatchCommands.Add(Command(after, last, limit, filter));
        }
        return batch;
    }

    private static NpgsqlBatchCommand Command(long after, long last, int limit, EventFilter filter)
    {
        var command = EventStore.Command("", after, last, limit);
        List<string> conditions = ["seq_id > $1 and seq_id <= $2"];
        Add("user_name = any ({0})", filter.Actors, NpgsqlDbType.Array | NpgsqlDbType.Varchar);
        Add("correlation_id = {0}", filter.Request, NpgsqlDbType.Varchar);
        Add("type = {0}", filter.Type, NpgsqlDbType.Varchar);
        Add("(stream_id = 'agency/' || {0} or starts_with(stream_id, 'report/' || {0} || '/') or starts_with(stream_id, 'error_report/' || {0} || '/') or headers ->> 'agency' = {0})", filter.Agency, NpgsqlDbType.Text);
        command.CommandText = $"select {EventJson.Columns} from mt_events where {string.Join(" and ", conditions)} order by seq_id limit $3";
        return command;

        void Add(string condition, object? value, NpgsqlDbType type)
        {
            if (value is not null)
            {
                command.Parameters.Add(new() { Value = value, NpgsqlDbType = type });
                conditions.Add(condition.Replace("{0}", $"${command.Parameters.Count}", StringComparison.Ordinal));
            }
        }
    }
}
