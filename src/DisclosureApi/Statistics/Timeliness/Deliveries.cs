using DisclosureApi.Store.Replicas;
using System.Text.Json;
using Disclosure.Agencies;
using Npgsql;
using NpgsqlTypes;
using DisclosureApi.Statistics.Sums;

namespace DisclosureApi.Statistics.Timeliness;

/// <summary>What is told alike of bodies that owe a year's report and came equally far with it.</summary>
/// <param name="Region">As many digits as tell the division they are counted in.</param>
/// <param name="Due">The day by the notice.</param>
/// <param name="IsLate">After the day by the notice.</param>
/// <param name="IsLateByRegulation">After the day of the regulation itself.</param>
/// <param name="IsLateLocally">After an earlier day that the supervising office set.</param>
/// <param name="Step">At the end of the day by the notice: what was last heard of the report; null where nothing.</param>
internal sealed record DeliveredBodies(
    string Region, string Level, string Kind, bool IsVertical, DateOnly Due, string? State, bool IsFiled, bool IsPublished, bool IsLate, bool IsLateByRegulation, bool IsLateLocally,
    string? Step, bool IsStepKnown);

/// <summary>Who owes a year's report by the duty roster, and how far they had come at a position.</summary>
internal sealed class Deliveries(ReadDatabase database, Settings settings) : IDisposable
{
    private const string Recorded =
        $"{DueCounts.Recorded} union select agency from deliveries where from_position > $1 and from_position <= $2";

    private readonly KeptCounts<(int Year, string? Region, bool IsByRegion), DeliveredBodies> _kept = new(database, Recorded);

    /// <summary>How many bodies came how far.</summary>
    public Task<IReadOnlyDictionary<DeliveredBodies, long>> CountAsync(long position, int year, string? region, bool byRegion, CancellationToken cancellation) =>
        _kept.AtAsync((year, region, byRegion), position, (at, agencies) => CountedAsync(at, year, new Scope(region, null, null, null, null), byRegion, agencies, cancellation), cancellation);

    /// <summary>The earlier days that hold for a year's reports.</summary>
    public IReadOnlyList<LocalDate> LocalDates(int year) => [.. settings.LocalDates.Where(date => date.FromYear <= year)];

    public void Dispose() => _kept.Dispose();

    /// <param name="areChosen">Only the bodies in $14.</param>
    private static string Sql(bool areChosen) =>
        $"""
        select left(b.region, $13), b.level, b.kind, b.line is not null, t.due, v.state, v.filed_on is not null or v.published_on is not null, v.published_on is not null,
               coalesce(v.published_on > t.due, false), coalesce(v.published_on > t.statutory, false), coalesce(v.published_on > l.due, false),
               s.state, v.filed_on is not null or v.published_on is null, count(*)
        from (select $2::integer as year) f
        cross join {DueCounts.Rows("bodies", "b", areChosen ? "$14" : null)}
        join unnest($5::text[], $6::text[], $7::date[], $8::date[]) as t (level, kind, due, statutory) on t.level = b.level and t.kind = b.kind
        left join duty_rulings d on d.agency = b.agency and d.year = f.year and {FigureReader.Held("d")}
        left join deliveries v on v.agency = b.agency and v.year = f.year and {FigureReader.Held("v")}
        left join lateral (
            select min(o.due) as due from unnest($9::text[], $10::text[], $11::text[], $12::date[]) as o (prefix, level, kind, due)
            where starts_with(b.region, o.prefix) and coalesce(o.level, b.level) = b.level and coalesce(o.kind, b.kind) = b.kind) l on true
        left join lateral (
            select w.state from deliveries w
            where (v.published_on is null or v.published_on > t.due) and w.agency = b.agency and w.year = f.year and w.from_position <= $1 and w.at < (t.due + 1)::timestamp at time zone 'Asia/Shanghai'
            order by w.from_position desc limit 1) s on true
        where {FigureReader.Held("b")} and {FigureReader.InPeriod} and {FigureReader.Owes} and b.region >= $3 and b.region < $4
        group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13
        """;

    private async Task<Dictionary<DeliveredBodies, long>> CountedAsync(long position, int year, Scope scope, bool byRegion, string[]? agencies, CancellationToken cancellation)
    {
        await using var command = (await database.SourceAsync(cancellation, position)).CreateCommand(Sql(agencies is not null));
        Fill(command, position, year, scope, byRegion, agencies);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var found = new Dictionary<DeliveredBodies, long>();
        while (await reader.ReadAsync(cancellation))
        {
            var bodies = new DeliveredBodies(
                reader.GetString(0), reader.GetString(1), reader.GetString(2), reader.GetBoolean(3), reader.GetFieldValue<DateOnly>(4), reader.IsDBNull(5) ? null : reader.GetString(5),
                reader.GetBoolean(6), reader.GetBoolean(7), reader.GetBoolean(8), reader.GetBoolean(9), reader.GetBoolean(10), reader.IsDBNull(11) ? null : reader.GetString(11),
                reader.GetBoolean(12));
            found.Add(bodies, reader.GetInt64(13));
        }
        return found;
    }

    private void Fill(NpgsqlCommand command, long position, int year, Scope scope, bool byRegion, string[]? agencies)
    {
        var deadlines = (from level in Enum.GetValues<AgencyLevel>() from kind in Enum.GetValues<AgencyKind>() select (Level: Name(level), Kind: Name(kind), Due: Duty.Deadline(kind, level, year), Statutory: Duty.StatutoryDeadline(kind, year))).ToList();
        var local = LocalDates(year);
        Add(position, NpgsqlDbType.Bigint);
        Add(year, NpgsqlDbType.Integer);
        Add(scope.Prefix ?? "", NpgsqlDbType.Text);
        Add(scope.PrefixEnd ?? ":", NpgsqlDbType.Text);
        Add(deadlines.Select(deadline => deadline.Level).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Text);
        Add(deadlines.Select(deadline => deadline.Kind).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Text);
        Add(deadlines.Select(deadline => deadline.Due).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Date);
        Add(deadlines.Select(deadline => deadline.Statutory).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Date);
        Add(local.Select(date => RegionTree.Prefix(date.Region)).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Text);
        Add(local.Select(date => date.Level).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Text);
        Add(local.Select(date => date.Kind).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Text);
        Add(local.Select(date => date.In(year)).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Date);
        Add(byRegion ? RegionTree.DigitsBelow(scope.Region) : 0, NpgsqlDbType.Integer);
        if (agencies is not null)
        {
            Add(agencies, NpgsqlDbType.Array | NpgsqlDbType.Varchar);
        }

        void Add(object value, NpgsqlDbType type) => command.Parameters.Add(new() { Value = value, NpgsqlDbType = type });
    }

    private static string Name<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
