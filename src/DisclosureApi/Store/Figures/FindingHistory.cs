using System.Text.Json;
using Disclosure.Reports;
using Npgsql;
using static NpgsqlTypes.NpgsqlDbType;

namespace DisclosureApi.Store.Figures;

/// <summary>
/// Which codes stood among the findings of each report that was ever public, with the positions between which they did, at the
/// report's place in the list: so that those with a finding are listed at any depth without looking at those without.
/// </summary>
public static class FindingHistory
{
    private const string Close = "update finding_codes set to_position = $3 where agency = $1 and year = $2 and to_position is null";

    private const string Open =
        """
        insert into finding_codes (agency, year, code, from_position, to_position, listed)
        select $1, $2, code, $3, null, p.position from unnest($4::text[]) as code cross join publications p where p.agency = $1 and p.year = $2 and p.revision = 1
        """;

    public static ModelTable Table { get; } = new(
        "finding_codes", 4,
        ("agency", Text), ("year", Integer), ("code", Text), ("from_position", Bigint), ("to_position", Bigint), ("listed", Bigint));

    /// <summary>All rows of a report.</summary>
    /// <param name="steps">All its events, and the report after each.</param>
    public static IEnumerable<ModelRow> Rows(ReportId id, IEnumerable<(RecordedEvent Recorded, Report After)> steps)
    {
        var periods = PublicPeriod.Of(steps);
        return
            from period in periods
            from code in Codes(period.Revision)
            select Table.Row(id.Agency, id.Year, code, period.From, period.Until, periods[0].From);
    }

    /// <summary>What new events change of the rows that there are.</summary>
    public static IEnumerable<NpgsqlBatchCommand> Changes(ReportId id, IEnumerable<(RecordedEvent Recorded, Report After)> steps)
    {
        foreach (var (recorded, after) in steps.Where(step => PublicPeriod.Changes(step.Recorded)))
        {
            yield return EventStore.Command(Close, id.Agency, id.Year, recorded.Position);
            if (after.Public is { } revision && Codes(revision) is { Length: > 0 } codes)
            {
                yield return EventStore.Command(Open, id.Agency, id.Year, recorded.Position, codes);
            }
        }
    }

    /// <summary>Each once.</summary>
    private static string[] Codes(Revision revision)
    {
        using var assessment = JsonDocument.Parse(revision.Assessment.Text);
        return [.. assessment.RootElement.GetProperty("findings").EnumerateArray().Select(finding => finding.GetProperty("code").GetString()!).Distinct(StringComparer.Ordinal)];
    }
}
