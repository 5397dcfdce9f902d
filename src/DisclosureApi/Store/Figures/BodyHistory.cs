using System.Text.Json;
using Disclosure.Agencies;
using Npgsql;
using static NpgsqlTypes.NpgsqlDbType;

namespace DisclosureApi.Store.Figures;

/// <summary>
/// As what bodies stood in the register at each position, and what was decided of their duties: the rows by which figures
/// are gathered into regions, levels, kinds and lines. A correction of an entry holds for the period it was made in.
/// </summary>
public static class BodyHistory
{
    /// <summary>The columns by which a row of <c>bodies b</c> tells the entry.</summary>
    public const string Entry = "b.agency, b.name, b.region, b.level, b.kind, b.line, b.valid_from, b.valid_to, b.successors";

    /// <summary>First day of a body's first period: before every report year, whatever the register says of its founding.</summary>
    private static readonly DateOnly Always = new(1900, 1, 1);

    private const string Close = "update bodies set to_position = $2 where agency = $1 and to_position is null and until is null";

    /// <summary>The period that ends with a new name, as it stands from then on.</summary>
    private const string EndPeriod =
        """
        insert into bodies (agency, since, from_position, to_position, until, name, region, level, kind, line, valid_from, valid_to, successors)
        select agency, since, $2, null, $3, name, region, level, kind, line, valid_from, valid_to, successors from bodies where agency = $1 and to_position = $2
        """;

    /// <summary>The entry as it holds for the period that goes on.</summary>
    private const string GoOn =
        """
        insert into bodies (agency, since, from_position, to_position, until, name, region, level, kind, line, valid_from, valid_to, successors)
        select $1, since, $2, null, null, $3, $4, $5, $6, $7, $8, $9, $10 from bodies where agency = $1 and to_position = $2
        """;

    private const string CloseEnded = "update bodies set to_position = $2 where agency = $1 and to_position is null and until is not null";

    /// <summary>The periods before, of a body whose first day was corrected: it has one first day, whatever its name was.</summary>
    private const string BeganOtherwise =
        """
        insert into bodies (agency, since, from_position, to_position, until, name, region, level, kind, line, valid_from, valid_to, successors)
        select agency, since, $2, null, until, name, region, level, kind, line, $3, valid_to, successors from bodies where agency = $1 and to_position = $2 and until is not null
        """;

    private const string CloseRuling = "update duty_rulings set to_position = $3 where agency = $1 and year = $2 and to_position is null";

    /// <summary>Of a body's rows that of the period in which this year ended, which its report of the year is told by.</summary>
    public static string HoldsIn(string body, string year) => $"{body}.since <= make_date({year}, 12, 31) and ({body}.until is null or {body}.until >= make_date({year}, 12, 31))";

    public static ModelTable Bodies { get; } = new(
        "bodies", 3,
        ("agency", Text), ("since", Date), ("from_position", Bigint), ("to_position", Bigint), ("until", Date), ("name", Text), ("region", Text), ("level", Text),
        ("kind", Text), ("line", Text), ("valid_from", Date), ("valid_to", Date), ("successors", NpgsqlTypes.NpgsqlDbType.Array | Text));

    public static ModelTable Rulings { get; } = new(
        "duty_rulings", 3, ("agency", Text), ("year", Integer), ("from_position", Bigint), ("to_position", Bigint), ("owes", NpgsqlTypes.NpgsqlDbType.Boolean));

    /// <summary>The entry that a row tells in the columns of <see cref="Entry"/>, the first of them at this place.</summary>
    public static Agency Read(NpgsqlDataReader row, int at) => new(
        row.GetString(at), row.GetString(at + 1), row.GetString(at + 2), Enum.Parse<AgencyLevel>(row.GetString(at + 3), ignoreCase: true),
        Enum.Parse<AgencyKind>(row.GetString(at + 4), ignoreCase: true), null, row.IsDBNull(at + 5) ? null : row.GetString(at + 5),
        row.GetFieldValue<DateOnly>(at + 6), row.IsDBNull(at + 7) ? null : row.GetFieldValue<DateOnly>(at + 7), row.GetFieldValue<string[]>(at + 8));

    /// <summary>All rows of a body.</summary>
    /// <param name="events">All its events.</param>
    public static IEnumerable<ModelRow> Rows(IReadOnlyList<RecordedEvent> events)
    {
        var (open, ended) = ((Period?)null, new List<(Period Period, DateOnly Until)>());
        foreach (var recorded in events.Where(recorded => recorded.Happened is not AgencyEvent.DutyDecided))
        {
            var entry = AgencyDecider.Apply((AgencyEvent)recorded.Happened);
            var since = open?.Since ?? Always;
            if (open is { } before)
            {
                yield return before.Row(recorded.Position, null);
                if (recorded.Happened is AgencyEvent.AgencyRenamed renamed)
                {
                    ended.Add((before with { From = recorded.Position }, renamed.On.AddDays(-1)));
                    since = renamed.On;
                }
                else if (entry.ValidFrom != before.Entry.ValidFrom)
                {
                    foreach (var (period, until) in ended)
                    {
                        yield return period.Row(recorded.Position, until);
                    }
                    ended = [.. ended.Select(old => (old.Period with { From = recorded.Position, Entry = old.Period.Entry with { ValidFrom = entry.ValidFrom } }, old.Until))];
                }
            }
            open = new Period(since, recorded.Position, entry);
        }
        foreach (var row in ended.Select(old => old.Period.Row(null, old.Until)).Append(open!.Row(null, null)).Concat(RulingRows(events)))
        {
            yield return row;
        }
    }

    /// <summary>What new events change of the rows that there are.</summary>
    public static IEnumerable<NpgsqlBatchCommand> Changes(IEnumerable<RecordedEvent> events)
    {
        foreach (var recorded in events)
        {
            var entry = AgencyDecider.Apply((AgencyEvent)recorded.Happened);
            if (recorded.Happened is AgencyEvent.DutyDecided duty)
            {
                yield return EventStore.Command(CloseRuling, entry.Code, duty.Year, recorded.Position);
                yield return Rulings.Row(entry.Code, duty.Year, recorded.Position, null, duty.Owes).Upsert();
                continue;
            }
            if (recorded.Happened is AgencyEvent.AgencyRegistered)
            {
                yield return new Period(Always, recorded.Position, entry).Row(null, null).Upsert();
                continue;
            }
            yield return EventStore.Command(Close, entry.Code, recorded.Position);
            if (recorded.Happened is AgencyEvent.AgencyRenamed renamed)
            {
                yield return EventStore.Command(EndPeriod, entry.Code, recorded.Position, renamed.On.AddDays(-1));
                yield return new Period(renamed.On, recorded.Position, entry).Row(null, null).Upsert();
            }
            else
            {
                yield return EventStore.Command(
                    GoOn, entry.Code, recorded.Position, entry.Name, entry.Region, Name(entry.Level), Name(entry.Kind), entry.Line ?? (object)DBNull.Value,
                    entry.ValidFrom, entry.ValidTo is { } last ? last : DBNull.Value, entry.Successors.ToArray());
            }
            if (recorded.Happened is AgencyEvent.AgencyChanged changed && changed.Changes.Any(change => change.Path == "/validFrom"))
            {
                yield return EventStore.Command(CloseEnded, entry.Code, recorded.Position);
                yield return EventStore.Command(BeganOtherwise, entry.Code, recorded.Position, entry.ValidFrom);
            }
        }
    }

    private static IEnumerable<ModelRow> RulingRows(IReadOnlyList<RecordedEvent> events)
    {
        foreach (var year in events.Where(recorded => recorded.Happened is AgencyEvent.DutyDecided).GroupBy(recorded => ((AgencyEvent.DutyDecided)recorded.Happened).Year))
        {
            var rulings = year.ToList();
            for (var i = 0; i < rulings.Count; i++)
            {
                var ruling = (AgencyEvent.DutyDecided)rulings[i].Happened;
                yield return Rulings.Row(ruling.Agency.Code, ruling.Year, rulings[i].Position, i + 1 < rulings.Count ? rulings[i + 1].Position : null, ruling.Owes);
            }
        }
    }

    private static string Name<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());

    private sealed record Period(DateOnly Since, long From, Agency Entry)
    {
        public ModelRow Row(long? to, DateOnly? until) => Bodies.Row(
            Entry.Code, Since, From, to, until, Entry.Name, Entry.Region, Name(Entry.Level), Name(Entry.Kind), Entry.Line, Entry.ValidFrom, Entry.ValidTo, Entry.Successors.ToArray());
    }
}
