using Disclosure.Agencies;
using DisclosureApi.Store;
using DisclosureApi.Store.Replicas;
using Microsoft.Extensions.Caching.Memory;
using Npgsql;
using NpgsqlTypes;
using DisclosureApi.Statistics.Sums;

namespace DisclosureApi.Statistics;

/// <summary>
/// How many bodies owe the report of a year, by the duty roster as the register stood at a position. It changes with the
/// register alone; what was counted once is kept, and at another position of the register it differs from that by the
/// bodies that something was recorded of between the two.
/// </summary>
internal sealed class DueCounts(ReadDatabase database) : IDisposable
{
    private const int MostGroups = 300_000;

    /// <summary>Looking up one body before and after costs as much as counting so many: where more have changed, all are counted anew.</summary>
    private const int CountedMeanwhile = 32;

    private const string Changed =
        """
        select agency from bodies where from_position > $1 and from_position <= $2 union select agency from duty_rulings where from_position > $1 and from_position <= $2 limit $3
        """;

    /// <summary>All rows of a table, or those of the bodies in $5. Each of them is looked up: compared with every row, thousands of them would take minutes.</summary>
    private static string Rows(string table, string name, bool areChosen) => areChosen
        ? $"unnest($5::varchar[]) as chosen (agency) cross join lateral (select * from {table} t where t.agency = chosen.agency offset 0) as {name}"
        : $"{table} {name}";

    /// <summary>The first and the last day that a calendar has stand in the database as infinite, and an infinite day is in no year.</summary>
    private static string CountedOf(bool areChosen) =>
        $"""
        select b.region, b.level, b.kind, b.line is not null, b.since, b.until,
               date_part('year', least(greatest(b.valid_from, '1900-01-01'::date), '9999-12-31'::date))::integer,
               case when b.valid_to < 'infinity'::date then date_part('year', greatest(b.valid_to, '1900-01-01'::date))::integer end, count(*)
        from {Rows("bodies", "b", areChosen)}
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
                {Rows("duty_rulings", "d", areChosen)}
                cross join lateral (select * from bodies b where b.agency = d.agency and {FigureReader.Held("b")} and {inYear} offset 0) as b where {FigureReader.Held("d")} and {inScope}
                """;
        return $"""
            select b.region, b.level, b.kind, b.line is not null, d.year, d.owes,
                   b.valid_from <= make_date(d.year, 12, 31) and (b.valid_to is null or b.valid_to >= make_date(d.year, 1, 1)), b.agency
            from {both} and d.owes is not null
            """;
    }

    private readonly MemoryCache _kept = new(new MemoryCacheOptions { SizeLimit = MostGroups });

    /// <summary>The number of bodies due in each group.</summary>
    public async Task<Dictionary<GroupKey, long>> CountAsync(long register, int from, int to, Scope scope, Grouping grouping, CancellationToken cancellation)
    {
        var due = new Dictionary<GroupKey, long>();
        var (_, bodies, rulings) = await KeptAsync(register, scope, grouping.Region, cancellation);
        foreach (var (body, count) in bodies.Where(entry => entry.Value > 0 && scope.Holds(entry.Key.Level, entry.Key.Kind, entry.Key.IsVertical)))
        {
            for (var year = Math.Max(from, body.FirstYear); year <= Math.Min(to, body.LastYear); year++)
            {
                Count(year, body, count);
            }
        }
        foreach (var (_, body, year, change) in rulings.Where(ruling => ruling.Year >= from && ruling.Year <= to && scope.Holds(ruling.Body.Level, ruling.Body.Kind, ruling.Body.IsVertical)))
        {
            Count(year, body, change);
        }
        return due;

        void Count(int year, BodyCount body, long count)
        {
            var key = grouping.KeyOf(scope, year, body.Region, body.Level, body.Kind, body.IsVertical);
            due[key] = due.GetValueOrDefault(key) + count;
        }
    }

    public void Dispose() => _kept.Dispose();

    private async Task<Counted> KeptAsync(long register, Scope scope, bool byRegion, CancellationToken cancellation)
    {
        var key = (scope.Region, scope.Line, byRegion);
        var kept = _kept.Get<Counted>(key);
        if (kept?.Register == register)
        {
            return kept;
        }
        var counted = (kept is null ? null : await MovedAsync(kept, register, scope, byRegion, cancellation)) ?? await CountedAsync(register, scope, byRegion, null, cancellation);
        // A question about the past must not make the next one about the present start from there.
        return kept?.Register > register ? counted : _kept.Set(key, counted, new MemoryCacheEntryOptions { Size = 1 + counted.Bodies.Count + counted.Rulings.Count });
    }

    /// <summary>The counts at another position of the register; null where too much was recorded between the two.</summary>
    private async Task<Counted?> MovedAsync(Counted kept, long register, Scope scope, bool byRegion, CancellationToken cancellation)
    {
        var (changed, most) = (new List<string>(), kept.Bodies.Values.Sum() / CountedMeanwhile);
        await using (var command = (await database.SourceAsync(cancellation, Math.Max(register, kept.Register))).CreateCommand(Changed))
        {
            foreach (var value in (object[])[Math.Min(register, kept.Register), Math.Max(register, kept.Register), most + 1])
            {
                command.Parameters.Add(new() { Value = value });
            }
            await using var reader = await command.ExecuteReaderAsync(cancellation);
            while (await reader.ReadAsync(cancellation))
            {
                changed.Add(reader.GetString(0));
            }
        }
        if (changed.Count > most)
        {
            return null;
        }
        var (before, after) = (await CountedAsync(kept.Register, scope, byRegion, [.. changed], cancellation), await CountedAsync(register, scope, byRegion, [.. changed], cancellation));
        var bodies = new Dictionary<BodyCount, long>(kept.Bodies);
        foreach (var (body, count) in before.Bodies.Select(entry => (entry.Key, -entry.Value)).Concat(after.Bodies.Select(entry => (entry.Key, entry.Value))))
        {
            bodies[body] = bodies.GetValueOrDefault(body) + count;
        }
        var them = changed.ToHashSet(StringComparer.Ordinal);
        return new Counted(register, bodies, [.. kept.Rulings.Where(ruling => !them.Contains(ruling.Agency)), .. after.Rulings]);
    }

    /// <param name="agencies">Only these; null for all.</param>
    private async Task<Counted> CountedAsync(long register, Scope scope, bool byRegion, string[]? agencies, CancellationToken cancellation)
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
        var rulings = new List<(string, BodyCount, int, long)>();
        while (await reader.ReadAsync(cancellation))
        {
            if (reader.GetBoolean(5) != reader.GetBoolean(6))
            {
                rulings.Add((reader.GetString(7), Of(reader, scope, byRegion), reader.GetInt32(4), reader.GetBoolean(5) ? 1 : -1));
            }
        }
        return new Counted(register, bodies, rulings);
    }

    private static int LastYear(DateOnly? until) => until switch
    {
        null => int.MaxValue,
        { Month: 12, Day: 31 } last => last.Year,
        { } last => last.Year - 1,
    };

    private static BodyCount Of(NpgsqlDataReader row, Scope scope, bool byRegion) => new(
        byRegion ? RegionTree.Below(scope.Region, row.GetString(0)) : "", row.GetString(1), row.GetString(2), row.GetBoolean(3), 0, 0);

    private sealed record Counted(long Register, IReadOnlyDictionary<BodyCount, long> Bodies, IReadOnlyList<(string Agency, BodyCount Body, int Year, long Change)> Rulings);

    private sealed record BodyCount(string Region, string Level, string Kind, bool IsVertical, int FirstYear, int LastYear);
}
