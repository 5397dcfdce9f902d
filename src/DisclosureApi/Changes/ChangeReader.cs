using System.Globalization;
using Npgsql;

namespace DisclosureApi.Changes;

/// <summary>Changes that were found, and the position up to which was looked.</summary>
internal sealed record ChangeReading(IReadOnlyList<Change> Changes, long Position);

/// <summary>Public events in the order of positions, read in short statements that wait for nobody.</summary>
internal sealed class ChangeReader(NpgsqlDataSource database)
{
    /// <summary>How many positions one statement looks at, so that a rare event is looked for in many quick statements and not in one long.</summary>
    private const int Window = 100_000;

    /// <summary>
    /// A removal of words is told where it reached what had been published: of a draft nobody hears. The revision is the last
    /// one published by then.
    /// </summary>
    private const string Select =
        """
        select e.seq_id, e.id, e.type, e.timestamp, split_part(e.stream_id, '/', 2), nullif(split_part(e.stream_id, '/', 3), ''),
               case when e.stream_id like 'report/%' then (select max(p.revision) from publications p
                   where p.agency = split_part(e.stream_id, '/', 2) and p.year = split_part(e.stream_id, '/', 3)::integer and p.position <= e.seq_id) end,
               case when e.type = 'report_withdrawn' then e.data #>> '{reason,text}' end
        from mt_events e
        where case when e.type = 'texts_redacted' then exists (select from publications p
                where p.agency = split_part(e.stream_id, '/', 2) and p.year = split_part(e.stream_id, '/', 3)::integer and p.position < e.seq_id
                and p.position >= (select min((t ->> 'position')::bigint) from jsonb_array_elements(e.data -> 'texts') as t))
            else e.type = any ($3) end
        """;

    public async Task<ChangeReading> ReadAsync(long after, long end, int limit, CancellationToken cancellation)
    {
        var found = new List<Change>();
        await using var connection = await database.OpenConnectionAsync(cancellation);
        while (after < end && found.Count < limit)
        {
            var last = Math.Min(after + Window, end);
            await ReadAsync(connection, $"{Select} and e.seq_id > $1 and e.seq_id <= $2 order by e.seq_id limit $4", [after, last, Stored, limit - found.Count], found, cancellation);
            after = found.Count == limit ? found[^1].Position : last;
        }
        return new ChangeReading(found, after);
    }

    /// <summary>The newest publications and corrections, newest first.</summary>
    public async Task<IReadOnlyList<Change>> NewestPublicationsAsync(int count, CancellationToken cancellation)
    {
        var found = new List<Change>();
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await ReadAsync(
            connection, $"{Select} and e.seq_id > $1 and e.seq_id <= $2 and e.type in ('report_published', 'report_archived') order by e.seq_id desc limit $4",
            [0L, long.MaxValue, Stored, count], found, cancellation);
        return found;
    }

    private static string[] Stored => [.. Change.Types.Keys];

    private static async Task ReadAsync(NpgsqlConnection connection, string sql, object[] values, List<Change> into, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values)
        {
            command.Parameters.Add(new() { Value = value });
        }
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            into.Add(Read(reader).Rendered());
        }
    }

    private static Change Read(NpgsqlDataReader row)
    {
        var revision = row.IsDBNull(6) ? (int?)null : row.GetInt32(6);
        var type = Change.Types[row.GetString(2)];
        return new Change(
            row.GetInt64(0), row.GetGuid(1), type == "published" && revision > 1 ? Change.Corrected : type, row.GetFieldValue<DateTimeOffset>(3), row.GetString(4),
            row.IsDBNull(5) ? null : int.Parse(row.GetString(5), CultureInfo.InvariantCulture), revision, row.IsDBNull(7) ? null : row.GetString(7));
    }
}
