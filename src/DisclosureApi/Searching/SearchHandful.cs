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
    /// <summary>So many are ranked among each other at once: a page waits until the words of so many were read.</summary>
    public const int Size = 50;

    /// <summary>A common word fills a handful from the first look at so many reports of the scope; who asks for a rare one looks far soon.</summary>
    private const double FirstLook = 100;
    private const double LeastGrowth = 2;
    private const double MostGrowth = 16;

    /// <summary>So many reports are counted off the order; more are taken to lie as close as those before them.</summary>
    private const double MostCounted = 2_000;

    /// <summary>
    /// The order of positions is asked of what was gathered and not of the table, so that the index with the words is the way to it. The
    /// words of a report are thousands: they are unpacked in that order, for as many reports as are wanted and no more.
    /// </summary>
    private const string Standing =
        """
        select g.agency, g.year, g.revision, g.position
        from (select * from gathered where position <= $2 order by position desc offset 0) as g
        cross join lateral (select from reports r where r.agency = g.agency and r.year = g.year and r.revision = g.revision and r.withdrawal_reason is null offset 0) as r
        """;

    /// <summary>What is found by names is ranked by names, where one counts more than a region; the rest by its prose as well.</summary>
    private const string Ranking =
        """
        with ranked as (
            select w.agency, w.year, w.revision, w.position, ts_rank_cd(array[0.1, 0.2, 0.4, 1.0]::real[], case when $6 then w.names else w.terms || coalesce(w.others, '') end, $1::tsquery) as rank
            from unnest($2::varchar[], $3::bigint[]) as h (agency, position) join words w on w.agency = h.agency and w.position = h.position)
        select p.body from (select * from ranked order by rank desc, position desc offset $4 limit $5) as best
        join publications p using (agency, year, revision) order by best.rank desc, best.position desc
        """;

    /// <summary>The newest there are at and before a place, newest first.</summary>
    public async Task<List<FoundRevision>> FindAsync(SearchCursor at, CancellationToken cancellation)
    {
        var found = new List<FoundRevision>();
        var (reports, growth) = (FirstLook * question.Share, 1.0);
        for (var part = await CountedAsync(at.Top, reports, cancellation); ;)
        {
            var before = found.Count;
            await AddAsync(found, part, at, cancellation);
            if (found.Count == Size || part.IsFirst)
            {
                return found;
            }
            growth = found.Count == before ? MostGrowth : Math.Clamp(1.5 * (Size - found.Count) / (found.Count - before), LeastGrowth, MostGrowth);
            reports *= growth;
            part = reports <= MostCounted ? await CountedAsync(part.Before, reports, cancellation) : part.Earlier(growth);
        }
    }

    /// <summary>The bodies of some of a handful, in the order of rank.</summary>
    public async Task<List<byte[]>> RankAsync(IReadOnlyList<FoundRevision> handful, bool inProse, int told, int wanted, CancellationToken cancellation)
    {
        await using var command = (await database.SourceAsync(cancellation)).CreateCommand(Ranking);
        Add(command, question.Condition, handful.Select(one => one.Agency).ToArray(), handful.Select(one => one.Position).ToArray(), told, wanted, !inProse);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var bodies = new List<byte[]>();
        while (await reader.ReadAsync(cancellation))
        {
            bodies.Add(reader.GetFieldValue<byte[]>(0));
        }
        return bodies;
    }

    /// <summary>
    /// The part of the order that holds so many reports up to a position, or all that there are. Reports of a year come close
    /// together, with years between them, so those of a year that is asked for are counted by themselves.
    /// </summary>
    private async Task<Stretch> CountedAsync(long top, double reports, CancellationToken cancellation)
    {
        var counted = Math.Min(reports, MostCounted);
        await using var command = (await database.SourceAsync(cancellation)).CreateCommand(
            $"select count(*), min(position), max(position) from (select position from words where position <= $1{(question.Year is null ? "" : " and year = $3")} order by position desc limit $2) as looked");
        Add(command, top, (long)counted);
        if (question.Year is { } year)
        {
            Add(command, year);
        }
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        await reader.ReadAsync(cancellation);
        if (reader.GetInt64(0) < (long)counted)
        {
            return reader.GetInt64(0) == 0 ? Stretch.Between(0, 0) : Stretch.Between(0, reader.GetInt64(2));
        }
        var (from, to) = (reader.GetInt64(1), reader.GetInt64(2));
        return Stretch.Between(to - (long)((to - from) * (reports / counted)), to);
    }

    private async Task AddAsync(List<FoundRevision> found, Stretch part, SearchCursor at, CancellationToken cancellation)
    {
        // The index is not asked for the phrases themselves, which it cannot tell from their words.
        var sql = $"""
            select w.agency, w.year, w.revision, w.position, w.names, w.terms from words w
            where {(question.Places.Length > 0 ? "w.places @> $4::text[] and " : "")}w.places && $5::text[]
            and disclosure_found(w.terms, w.names) @@ $1::tsquery{(at.InProse ? " and not w.names @@ $6::tsquery" : "")}
            """;
        var holds = at.InProse ? string.Join(" and ", question.Conditions.Select((_, i) => $"(g.names @@ ${i + 7}::tsquery or g.terms @@ ${i + 7}::tsquery)")) : "g.names @@ $6::tsquery";
        await using var command = (await database.SourceAsync(cancellation)).CreateCommand($"with gathered as materialized ({sql}) {Standing} where {holds} order by g.position desc limit $3");
        Add(command, at.InProse ? question.GatheringProse : question.GatheringNames, at.Top, Size - found.Count, question.Places, part.Names().ToArray(), question.Condition);
        if (at.InProse)
        {
            Add(command, [.. question.Conditions]);
        }
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
