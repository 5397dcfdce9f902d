using Disclosure.Agencies;
using DisclosureApi.Store;
using DisclosureApi.Store.Replicas;
using Microsoft.Extensions.Caching.Memory;
using Npgsql;
using DisclosureApi.Statistics.Sums;

namespace DisclosureApi.Statistics;

/// <summary>
/// How many bodies owe the report of a year, by the duty roster as the register stood at a position. It changes with the
/// register alone, so that what was counted once is remembered under the position of the register's last event.
/// </summary>
internal sealed class DueCounts(ReadDatabase database) : IDisposable
{
    private const int MostKept = 2_000;

    private static readonly string _counted =
        $"""
        select b.region, b.level, b.kind, b.line is not null, b.since, b.until, extract(year from b.valid_from)::integer, extract(year from b.valid_to)::integer, count(*)
        from bodies b where {FigureReader.Held("b")} and b.region >= $2 and b.region < $3 and ($4::text is null or b.line = $4)
        group by 1, 2, 3, 4, 5, 6, 7, 8
        """;

    private static readonly string _ruled =
        $"""
        select b.region, b.level, b.kind, b.line is not null, d.year, d.owes,
               b.valid_from <= make_date(d.year, 12, 31) and (b.valid_to is null or b.valid_to >= make_date(d.year, 1, 1))
        from duty_rulings d join bodies b on b.agency = d.agency and {FigureReader.Held("b")}
             and b.since <= make_date(d.year, 12, 31) and (b.until is null or b.until >= make_date(d.year, 12, 31))
        where {FigureReader.Held("d")} and d.owes is not null and b.region >= $2 and b.region < $3 and ($4::text is null or b.line = $4)
        """;

    private readonly MemoryCache _kept = new(new MemoryCacheOptions { SizeLimit = MostKept });

    /// <summary>The number of bodies due in each group.</summary>
    public async Task<Dictionary<GroupKey, long>> CountAsync(long register, int from, int to, Scope scope, Grouping grouping, CancellationToken cancellation)
    {
        var due = new Dictionary<GroupKey, long>();
        var (bodies, rulings) = await KeptAsync(register, scope, grouping.Region, cancellation);
        foreach (var body in bodies.Where(body => scope.Holds(body.Level, body.Kind, body.IsVertical)))
        {
            for (var year = Math.Max(from, body.FirstYear); year <= Math.Min(to, body.LastYear); year++)
            {
                Count(year, body, body.Bodies);
            }
        }
        foreach (var (body, year, change) in rulings.Where(ruling => ruling.Year >= from && ruling.Year <= to && scope.Holds(ruling.Body.Level, ruling.Body.Kind, ruling.Body.IsVertical)))
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

    private Task<Counted> KeptAsync(long register, Scope scope, bool byRegion, CancellationToken cancellation)
    {
        var key = (register, scope.Region, scope.Line, byRegion);
        return _kept.TryGetValue(key, out Counted? kept) ? Task.FromResult(kept!) : ReadAsync();

        async Task<Counted> ReadAsync() => _kept.Set(key, await CountedAsync(register, scope, byRegion, cancellation), new MemoryCacheEntryOptions { Size = 1 });
    }

    private async Task<Counted> CountedAsync(long register, Scope scope, bool byRegion, CancellationToken cancellation)
    {
        await using var batch = (await database.SourceAsync(cancellation, register)).CreateBatch();
        foreach (var sql in (string[])[_counted, _ruled])
        {
            batch.BatchCommands.Add(EventStore.Command(sql, register, scope.Prefix ?? "", scope.PrefixEnd ?? ":", scope.Line));
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
        var rulings = new List<(BodyCount, int, long)>();
        while (await reader.ReadAsync(cancellation))
        {
            if (reader.GetBoolean(5) != reader.GetBoolean(6))
            {
                rulings.Add((Of(reader, scope, byRegion), reader.GetInt32(4), reader.GetBoolean(5) ? 1 : -1));
            }
        }
        return new Counted([.. bodies.Select(entry => entry.Key with { Bodies = entry.Value })], rulings);
    }

    private static int LastYear(DateOnly? until) => until switch
    {
        null => int.MaxValue,
        { Month: 12, Day: 31 } last => last.Year,
        { } last => last.Year - 1,
    };

    private static BodyCount Of(NpgsqlDataReader row, Scope scope, bool byRegion) => new(
        byRegion ? RegionTree.Below(scope.Region, row.GetString(0)) : "", row.GetString(1), row.GetString(2), row.GetBoolean(3), 0, 0, 0);

    private sealed record Counted(IReadOnlyList<BodyCount> Bodies, IReadOnlyList<(BodyCount Body, int Year, long Change)> Rulings);

    private sealed record BodyCount(string Region, string Level, string Kind, bool IsVertical, int FirstYear, int LastYear, long Bodies);
}
