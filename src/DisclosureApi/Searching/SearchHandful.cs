using DisclosureApi.Store.Replicas;
using Npgsql;
using NpgsqlTypes;

namespace DisclosureApi.Searching;

/// <summary>A revision that was found.</summary>
internal readonly record struct FoundRevision(string Agency, int Year, int Revision, long Position);

/// <summary>
/// Finds the newest so many reports before a place, going back through the order in stretches. What it costs depends on how
/// many are found, neither on how many reports there are nor on how many hold a word of the question.
/// </summary>
internal sealed class SearchHandful(ReadDatabase database, SearchQuestion question)
{
    /// <summary>So many are ranked among each other at once.</summary>
    public const int Size = 200;

    private const string Renamed = "select n.agency from renamings n where n.terms @@ $1::tsquery";

    /// <summary>Of so many bodies that got a name later the reports are looked up; those of more stand close enough to be met on the way back.</summary>
    private const int Few = 100;

    // The order of positions is asked of what was found and not of the table, so that the index with the words is the way to it.
    private const string Standing =
        """
        select f.agency, f.year, f.revision, f.position
        from found f join reports r on r.agency = f.agency and r.year = f.year and r.revision = f.revision and r.withdrawal_reason is null
        where f.position <= $2 order by f.position desc limit $3
        """;

    /// <summary>A name counts more than a region, and that more than prose. Whose name came later is ranked by that.</summary>
    private const string Ranking =
        """
        with ranked as (
            select w.agency, w.year, w.revision, w.position, ts_rank_cd(array[0.1, 0.2, 0.4, 1.0]::real[], case when $6 and not w.names @@ $1::tsquery
                then (select n.terms from renamings n where n.agency = w.agency and n.terms @@ $1::tsquery order by n.position desc limit 1) else w.terms end, $1::tsquery) as rank
            from unnest($2::varchar[], $3::bigint[]) as h (agency, position) join words w on w.agency = h.agency and w.position = h.position)
        select p.body from (select * from ranked order by rank desc, position desc offset $4 limit $5) as best
        join publications p using (agency, year, revision) order by best.rank desc, best.position desc
        """;

    private int _renamed;

    /// <summary>The newest there are at and before a place, newest first.</summary>
    public async Task<List<FoundRevision>> FindAsync(SearchCursor at, CancellationToken cancellation)
    {
        var newest = await PrepareAsync(cancellation);
        var found = new List<FoundRevision>();
        for (var part = Stretch.Before(Math.Min(at.Top, newest)); ;)
        {
            var before = found.Count;
            await AddAsync(found, part, at, cancellation);
            if (found.Count == Size || part.IsFirst)
            {
                return found;
            }
            part = part.Earlier(found.Count - before, Size - found.Count);
        }
    }

    /// <summary>The bodies of some of a handful, in the order of rank.</summary>
    public async Task<List<byte[]>> RankAsync(IReadOnlyList<FoundRevision> handful, bool inProse, int told, int wanted, CancellationToken cancellation)
    {
        await using var command = (await database.SourceAsync(cancellation)).CreateCommand(Ranking);
        Add(command, question.Condition, handful.Select(one => one.Agency).ToArray(), handful.Select(one => one.Position).ToArray(), told, wanted, !inProse && _renamed > 0);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var bodies = new List<byte[]>();
        while (await reader.ReadAsync(cancellation))
        {
            bodies.Add(reader.GetFieldValue<byte[]>(0));
        }
        return bodies;
    }

    /// <summary>Where the order of publications ends; and notes how many bodies got a name later that is asked for.</summary>
    private async Task<long> PrepareAsync(CancellationToken cancellation)
    {
        await using var command = (await database.SourceAsync(cancellation)).CreateCommand($"select coalesce((select max(position) from words), 0), (select count(*)::integer from ({Renamed} limit {Few + 1}) as counted)");
        Add(command, question.Condition);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        await reader.ReadAsync(cancellation);
        _renamed = reader.GetInt32(1);
        return reader.GetInt64(0);
    }

    private async Task AddAsync(List<FoundRevision> found, Stretch part, SearchCursor at, CancellationToken cancellation)
    {
        const string columns = "select w.agency, w.year, w.revision, w.position from words w";
        var narrowed = $"{(question.Places.Length > 0 ? "w.places @> $4::text[] and " : "")}w.places && $5::text[]";
        var renamed = _renamed > Few
            ? $"{columns} where {narrowed} and w.agency in ({Renamed})"
            : $"select l.* from (select distinct agency from ({Renamed}) as n) as n cross join lateral ({columns} where w.agency = n.agency and {narrowed} offset 0) as l";
        var sql = (at.InProse, _renamed > 0) switch
        {
            (false, false) => $"{columns} where {narrowed} and w.names @@ $1::tsquery",
            (false, true) => $"{columns} where {narrowed} and w.names @@ $1::tsquery union {renamed}",
            (true, false) => $"{columns} where {narrowed} and w.terms @@ $1::tsquery and not w.names @@ $1::tsquery",
            (true, true) => $"{columns} where {narrowed} and w.terms @@ $1::tsquery and not w.names @@ $1::tsquery and w.agency not in ({Renamed})",
        };
        await using var command = (await database.SourceAsync(cancellation)).CreateCommand($"with found as materialized ({sql}) {Standing}");
        Add(command, question.Condition, at.Top, Size - found.Count, question.Places, part.Names().ToArray());
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            found.Add(new FoundRevision(reader.GetString(0), reader.GetInt32(1), reader.GetInt32(2), reader.GetInt64(3)));
        }
    }

    private static void Add(NpgsqlCommand command, params object[] values)
    {
        foreach (var value in values)
        {
            command.Parameters.Add(value is string[] texts ? new() { Value = texts, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text } : new() { Value = value });
        }
    }
}
