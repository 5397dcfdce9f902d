using System.Globalization;
using DisclosureApi.Store.Replicas;
using Npgsql;

namespace DisclosureApi.Store.Following;

/// <summary>Changes that were found, and the position up to which was looked.</summary>
internal sealed record ChangeReading(IReadOnlyList<Change> Changes, long Position);

/// <summary>Public events in the order of positions, read in short statements that wait for nobody.</summary>
internal sealed class ChangeReader(ReadDatabase database) : IDisposable
{
    /// <summary>How many of those who have fallen behind read at once.</summary>
    public const int MostBehind = 4;

    /// <summary>How many positions one statement looks at, and how many statements one reading takes: where public events are rare a page may be short, and says how far it has come.</summary>
    private const int Window = 50_000;
    private const int MostWindows = 10;

    /// <summary>
    /// A removal of words is told where they stood in something public: in what a publication showed by then, or in the
    /// reason of a withdrawal or reinstatement; and of an error report in what the agency said, or in the reader's words when
    /// they had been answered. Of a draft, and of words that wait for an answer, nobody hears. The revision is the last one published by then.
    /// Positions are taken out of the event before they are looked up: what is read out of a text in a comparison is not used to
    /// find rows that not every role may see, and every event there is would be looked at.
    /// </summary>
    public const string Select =
        """
        select e.seq_id, e.id, e.type, e.timestamp, split_part(e.stream_id, '/', 2), nullif(split_part(e.stream_id, '/', 3), ''),
               case when split_part(e.stream_id, '/', 1) in ('report', 'error_report') then (select max(p.revision) from publications p
                   where p.agency = split_part(e.stream_id, '/', 2) and p.year = split_part(e.stream_id, '/', 3)::integer and p.position <= e.seq_id) end,
               nullif(split_part(e.stream_id, '/', 4), ''),
               (select region from agencies where code = split_part(e.stream_id, '/', 2))
        from mt_events e
        where e.seq_id > $1 and e.seq_id <= $2 and e.type = any ($3) and (e.type <> 'texts_redacted' or exists (
            select from (select (text ->> 'position')::bigint as position from jsonb_array_elements(e.data -> 'texts') as text offset 0) as t join mt_events held on held.seq_id = t.position
            where held.type in ('report_withdrawn', 'report_reinstated') or (held.type <> 'report_returned' and exists (
                select from publications p where p.agency = split_part(e.stream_id, '/', 2) and p.year = split_part(e.stream_id, '/', 3)::integer
                and p.position >= held.seq_id and p.position < e.seq_id))))
            and (e.type <> 'error_report_redacted' or exists (
            select from (select (text ->> 'position')::bigint as position from jsonb_array_elements(e.data -> 'texts') as text offset 0) as t join mt_events held on held.seq_id = t.position
            where held.type <> 'error_reported' or exists (
                select from mt_events answer where answer.stream_id = e.stream_id and answer.type = 'error_report_answered' and answer.version < e.version)))
        order by e.seq_id limit $4
        """;

    private static readonly string[] _stored = [.. Change.Types.Keys];

    private readonly SemaphoreSlim _behind = new(MostBehind, MostBehind);

    public void Dispose() => _behind.Dispose();

    /// <summary>The same for one who listens and has fallen behind. They may be hundreds, so they wait for each other: the connections are there for everybody.</summary>
    public async Task<ChangeReading> CatchUpAsync(long after, long end, int limit, CancellationToken cancellation)
    {
        await _behind.WaitAsync(cancellation);
        try
        {
            return await ReadAsync(after, end, limit, cancellation);
        }
        finally
        {
            _behind.Release();
        }
    }

    public async Task<ChangeReading> ReadAsync(long after, long end, int limit, CancellationToken cancellation)
    {
        var found = new List<Change>();
        await using var connection = await (await database.WholeAsync(cancellation, end)).OpenConnectionAsync(cancellation);
        for (var window = 0; window < MostWindows && after < end && found.Count < limit; window++)
        {
            var last = Math.Min(after + Window, end);
            await ReadAsync(connection, [after, last, _stored, limit - found.Count], found, cancellation);
            after = found.Count == limit ? found[^1].Position : last;
        }
        return new ChangeReading(found, after);
    }

    private static async Task ReadAsync(NpgsqlConnection connection, object[] values, List<Change> into, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(Select, connection);
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

    private static int? Number(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : int.Parse(row.GetString(column), CultureInfo.InvariantCulture);

    private static Change Read(NpgsqlDataReader row)
    {
        var revision = row.IsDBNull(6) ? (int?)null : row.GetInt32(6);
        return new Change(
            row.GetInt64(0), row.GetGuid(1), Change.NameOf(row.GetString(2), revision), row.GetFieldValue<DateTimeOffset>(3), row.GetString(4),
            Number(row, 5), revision)
        {
            ErrorReport = Number(row, 7),
            Region = row.IsDBNull(8) ? null : row.GetString(8),
        };
    }
}
