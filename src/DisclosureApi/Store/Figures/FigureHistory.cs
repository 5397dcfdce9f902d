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
    public static IEnumerable<ModelRow> Rows(ReportId id, IEnumerable<(RecordedEvent Recorded, Report After)> steps)
    {
        (long From, Revision Revision)? open = null;
        foreach (var (recorded, after) in steps.Where(step => IsPublic(step.Recorded)))
        {
            if (open is { } before)
            {
                yield return Row(id, before.From, recorded.Position, before.Revision);
            }
            open = after.Public is { } revision ? (recorded.Position, revision) : null;
        }
        if (open is { } last)
        {
            yield return Row(id, last.From, null, last.Revision);
        }
    }

    /// <summary>What new events change of the rows that there are.</summary>
    public static IEnumerable<NpgsqlBatchCommand> Changes(ReportId id, IEnumerable<(RecordedEvent Recorded, Report After)> steps)
    {
        foreach (var (recorded, after) in steps.Where(step => IsPublic(step.Recorded)))
        {
            yield return EventStore.Command(Close, id.Agency, id.Year, recorded.Position);
            if (after.Public is { } revision)
            {
                yield return Row(id, recorded.Position, null, revision).Upsert();
            }
        }
    }

    /// <summary>Whether the event changes what anyone may read.</summary>
    internal static bool IsPublic(RecordedEvent recorded) =>
        recorded.Happened is ReportEvent.ReportPublished or ReportEvent.ReportArchived or ReportEvent.ReportWithdrawn or ReportEvent.ReportReinstated;

    private static ModelRow Row(ReportId id, long from, long? to, Revision revision) =>
        Table.Row(id.Agency, id.Year, from, to, revision.Number, FigureVector.Of(revision.Content.Content, id.Year).Pack());
}
