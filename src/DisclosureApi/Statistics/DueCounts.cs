using Disclosure.Agencies;
using DisclosureApi.Store;
using DisclosureApi.Store.Replicas;
using Npgsql;
using NpgsqlTypes;
using DisclosureApi.Statistics.Sums;

namespace DisclosureApi.Statistics;

/// <summary>
/// How many bodies owe the report of a year, by the duty roster as the register stood at a position: it changes with the
/// register alone.
/// </summary>
internal sealed class DueCounts(ReadDatabase database) : IDisposable
{
    /// <summary>The bodies that the register was changed for behind $1 and up to $2.</summary>
    public const string Recorded =
        "select agency from bodies where from_position > $1 and from_position <= $2 union select agency from duty_rulings where from_position > $1 and from_position <= $2";

    /// <summary>All rows of a table, or those of the bodies in a parameter. Each of them is looked up: compared with every row, thousands of them would take minutes.</summary>
    public static string Rows(string table, string name, string? chosen) => chosen is null
        ? $"{table} {name}"
        : $"unnest({chosen}::varchar[]) as chosen (agency) cross join lateral (select * from {table} t where t.agency = chosen.agency offset 0) as {name}";

    /// <summary>The first and the last day that a calendar has stand in the database as infinite, and an infinite day is in no year.</summary>
    private static string CountedOf(bool areChosen) =>
        $"""
        select b.region, b.level, b.kind, b.line is not null, b.since, b.until,
               date_part('year', least(greatest(b.valid_from, '1900-01-01'::date), '9999-12-31'::date))::integer,
               case when b.valid_to < 'infinity'::date then date_part('year', greatest(b.valid_to, '1900-01-01'::date))::integer end, count(*)
        from {Rows("bodies", "b", areChosen ? "$5" : null)}
        where {FigureReader.Held("b")} and b.region >= $2 and b.region < $3 and ($4::text is null or b.line = $4)
        group by 1, 2, 3, 4, 5, 6, 7, 8
        """;

    /// <summary>Rulings are exceptions, so the bodies are looked up by them; those of one place are fewer still, and lead to their rulings.</summary>
    public static string RuledOf(bool areChosen, bool isOfPlace)
    {
        const string inScope = "b.region >= $2 and b.region < $3 and ($4::text is null or b.line = $4)";
        const string inYear = "b.since <= make_date(d.year, 12, 31) and (b.until is null or b.until >= make_date(d.year, 12, 31))";
        var both = isOfPlace && !areChosen
            ? $"""
                (select * from bodies b where {FigureReader.Held("b")} and {inScope} offset 0) as b
                cross join lateral (select * from duty_rulings d where d.agency = b.agency and {FigureReader.Held("d")} offset 0) as d where {inYear}
                """
            : $"""
                {Rows("duty_rulings", "d", areChosen ? "$5" : null)}
                cross join lateral (select * from bodies b where b.agency = d.agency and {FigureReader.Held("b")} and {inYear} offset 0) as b where {FigureReader.Held("d")} and {inScope}
                """;
        return $"""
            select b.region, b.level, b.kind, b.line is not null, d.year, d.owes,
                   b.valid_from <= make_date(d.year, 12, 31) and (b.valid_to is null or b.valid_to >= make_date(d.year, 1, 1))
            from {both} and d.owes is not null
            """;
    }

    private readonly KeptCounts<(string? Region, string? Line, bool IsByRegion), BodyCount> _kept = new(database, Recorded);

    /// <summary>The number of bodies due in each group.</summary>
    public async Task<Dictionary<GroupKey, long>> CountAsync(long register, int from, int to, Scope scope, Grouping grouping, CancellationToken cancellation)
    {
        var due = new Dictionary<GroupKey, long>();
        var bodies = await _kept.AtAsync(
            (scope.Region, scope.Line, grouping.Region), register, (position, agencies) => CountedAsync(position, scope, grouping.Region, agencies, cancellation), cancellation);
        foreach (var (body, count) in bodies.Where(entry => scope.Holds(entry.Key.Level, entry.Key.Kind, entry.Key.IsVertical)))
        {
            for (var year = Math.Max(from, body.FirstYear); year <= Math.Min(to, body.LastYear); year++)
            {
                var key = grouping.KeyOf(scope, year, body.Region, body.Level, body.Kind, body.IsVertical);
                due[key] = due.GetValueOrDefault(key) + count;
            }
        }
        return due;
    }

    public void Dispose() => _kept.Dispose();

    /// <param name="agencies">Only these; null for all.</param>
    private async Task<Dictionary<BodyCount, long>> CountedAsync(long register, Scope scope, bool byRegion, string[]? agencies, CancellationToken cancellation)
    {
        await using var batch = (await database.SourceAsync(cancellation, register)).CreateBatch();
        var areChosen = agencies is not null;
        foreach (var sql in (string[])[CountedOf(areChosen), RuledOf(areChosen, scope.Prefix is not null)])
        {
            var command = EventStore.Command(sql, register, scope.Prefix ?? "", scope.PrefixEnd ?? ":", scope.Line);
            if (agencies is not null)
            {
                command.Parameters.Add(new() { Value = agencies, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Varchar });
            }
            batch.BatchCommands.Add(command);
        }
        await using var reader = await batch.ExecuteReaderAsync(cancellation);
        var bodies = new Dictionary<BodyCount, long>();
        while (await reader.ReadAsync(cancellation))
        {
            var (since, until) = (reader.GetFieldValue<DateOnly>(4), await reader.IsDBNullAsync(5, cancellation) ? (DateOnly?)null : reader.GetFieldValue<DateOnly>(5));
            var body = Of(reader, scope, byRegion) with
            {
                // A period counts for the years whose last day lies in it.
                FirstYear = Math.Max(since.Year, reader.GetInt32(6)),
                LastYear = Math.Min(LastYear(until), await reader.IsDBNullAsync(7, cancellation) ? int.MaxValue : reader.GetInt32(7)),
            };
            bodies[body] = bodies.GetValueOrDefault(body) + reader.GetInt64(8);
        }
        await reader.NextResultAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            if (reader.GetBoolean(5) != reader.GetBoolean(6))
            {
                var body = Of(reader, scope, byRegion) with { FirstYear = reader.GetInt32(4), LastYear = reader.GetInt32(4) };
                bodies[body] = bodies.GetValueOrDefault(body) + (reader.GetBoolean(5) ? 1 : -1);
            }
        }
        return bodies;
    }

    private static int LastYear(DateOnly? until) => until switch
    {
        null => int.MaxValue,
        { Month: 12, Day: 31 } last => last.Year,
        { } last => last.Year - 1,
    };

    private static BodyCount Of(NpgsqlDataReader row, Scope scope, bool byRegion) => new(
        byRegion ? RegionTree.Below(scope.Region, row.GetString(0)) : "", row.GetString(1), row.GetString(2), row.GetBoolean(3), 0, 0);

    /// <summary>Bodies that owe the reports of these years. A ruling counts one more or one less in its year.</summary>
    private sealed record BodyCount(string Region, string Level, string Kind, bool IsVertical, int FirstYear, int LastYear);
}
