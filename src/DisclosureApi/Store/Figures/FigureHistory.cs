using Disclosure.Reports;
using Disclosure.Statistics;
using Npgsql;
using static NpgsqlTypes.NpgsqlDbType;

namespace DisclosureApi.Store.Figures;

/// <summary>
/// The numbers of each report that was ever public, with the positions between which they were. A publication adds a row
/// and closes the one before it, and touches nothing that another publication touches.
/// </summary>
public static class FigureHistory
{
    private const string Close = "update figures set to_position = $3 where agency = $1 and year = $2 and to_position is null";

    public static ModelTable Table { get; } = new(
        "figures", 3,
        ("agency", Text), ("year", Integer), ("from_position", Bigint), ("to_position", Bigint), ("revision", Integer), ("cells", Bytea));

    /// <summary>All rows of a report.</summary>
    /// <param name="steps">All its events, and the report after each.</param>
    public static IEnumerable<ModelRow> Rows(ReportId id, IEnumerable<(RecordedEvent Recorded, Report After)> steps) =>
        PublicPeriod.Of(steps).Select(period => Row(id, period));

    /// <summary>What new events change of the rows that there are.</summary>
    public static IEnumerable<NpgsqlBatchCommand> Changes(ReportId id, IEnumerable<(RecordedEvent Recorded, Report After)> steps)
    {
        foreach (var (recorded, after) in steps.Where(step => PublicPeriod.Changes(step.Recorded)))
        {
            yield return EventStore.Command(Close, id.Agency, id.Year, recorded.Position);
            if (after.Public is { } revision)
            {
                yield return Row(id, new PublicPeriod(recorded.Position, null, revision)).Upsert();
            }
        }
    }

    private static ModelRow Row(ReportId id, PublicPeriod period) =>
        Table.Row(id.Agency, id.Year, period.From, period.Until, period.Revision.Number, FigureVector.Of(period.Revision.Content.Content, id.Year).Pack());
}
