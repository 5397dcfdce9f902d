using DisclosureApi.Store.Replicas;
using System.Text.Json;
using Disclosure.Agencies;
using NpgsqlTypes;
using DisclosureApi.Statistics.Sums;

namespace DisclosureApi.Statistics.Timeliness;

/// <summary>Bodies that owe a year's report and came equally far with it.</summary>
/// <param name="Region">As many digits as tell the division they are counted in.</param>
/// <param name="Due">The day by the notice.</param>
/// <param name="IsLate">After the day by the notice.</param>
/// <param name="IsLateByRegulation">After the day of the regulation itself.</param>
/// <param name="IsLateLocally">After an earlier day that the supervising office set.</param>
/// <param name="Step">At the end of the day by the notice: what was last heard of the report; null where nothing.</param>
internal sealed record DeliveredBodies(
    string Region, string Level, string Kind, bool IsVertical, DateOnly Due, string? State, bool IsFiled, bool IsPublished, bool IsLate, bool IsLateByRegulation, bool IsLateLocally,
    string? Step, bool IsStepKnown, long Bodies);

/// <summary>Reads who owes a year's report by the duty roster, and how far each had come at a position.</summary>
internal static class Deliveries
{
    private static readonly string _sql =
        $"""
        select left(b.region, $13), b.level, b.kind, b.line is not null, t.due, v.state, v.filed_on is not null or v.published_on is not null, v.published_on is not null,
               coalesce(v.published_on > t.due, false), coalesce(v.published_on > t.statutory, false), coalesce(v.published_on > l.due, false),
               s.state, v.filed_on is not null or v.published_on is null, count(*)
        from (select $2::integer as year) f
        join bodies b on {FigureReader.Held("b")} and {FigureReader.InPeriod}
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
        where {FigureReader.Owes} and b.region >= $3 and b.region < $4
        group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13
        """;

    public static async Task<IReadOnlyList<DeliveredBodies>> ReadAsync(
        ReadDatabase database, long position, int year, Scope scope, bool byRegion, IReadOnlyList<LocalDate> local, CancellationToken cancellation)
    {
        await using var command = (await database.SourceAsync(cancellation, position)).CreateCommand(_sql);
        var deadlines = (from level in Enum.GetValues<AgencyLevel>() from kind in Enum.GetValues<AgencyKind>() select (Level: Name(level), Kind: Name(kind), Due: Duty.Deadline(kind, level, year), Statutory: Duty.StatutoryDeadline(kind, year))).ToList();
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
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var found = new List<DeliveredBodies>();
        while (await reader.ReadAsync(cancellation))
        {
            found.Add(new(
                reader.GetString(0), reader.GetString(1), reader.GetString(2), reader.GetBoolean(3), reader.GetFieldValue<DateOnly>(4), reader.IsDBNull(5) ? null : reader.GetString(5),
                reader.GetBoolean(6), reader.GetBoolean(7), reader.GetBoolean(8), reader.GetBoolean(9), reader.GetBoolean(10), reader.IsDBNull(11) ? null : reader.GetString(11),
                reader.GetBoolean(12), reader.GetInt64(13)));
        }
        return found;

        void Add(object value, NpgsqlDbType type) => command.Parameters.Add(new() { Value = value, NpgsqlDbType = type });
    }

    private static string Name<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
