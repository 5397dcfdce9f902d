using Disclosure.Reports;
using Npgsql;
using static NpgsqlTypes.NpgsqlDbType;

namespace DisclosureApi.Store.Figures;

/// <summary>How far a report had come at each position until it was first public. Corrections make no report late.</summary>
public static class DeliveryHistory
{
    private const string Close = "update deliveries set to_position = $3 where agency = $1 and year = $2 and to_position is null";

    /// <summary>Goes on from the row that was just closed, if there was one.</summary>
    private const string GoOn =
        """
        insert into deliveries (agency, year, from_position, to_position, at, state, filed_on, published_on)
        select $1, $2, $3, null, $4, $5, coalesce(before.filed_on, $6::date), coalesce(before.published_on, $7::date)
        from (values (1)) as one left join deliveries before on before.agency = $1 and before.year = $2 and before.to_position = $3
        """;

    private static readonly TimeSpan _shanghai = TimeSpan.FromHours(8);

    public static ModelTable Table { get; } = new(
        "deliveries", 3,
        ("agency", Text), ("year", Integer), ("from_position", Bigint), ("to_position", Bigint), ("at", TimestampTz), ("state", Text), ("filed_on", Date), ("published_on", Date));

    public static IEnumerable<ModelRow> Rows(ReportId id, IEnumerable<(RecordedEvent Recorded, Report After)> steps)
    {
        (RecordedEvent Recorded, string State, DateOnly? Filed, DateOnly? Published)? open = null;
        foreach (var (recorded, state, filed, published) in steps.Select(Step).OfType<(RecordedEvent, string, DateOnly?, DateOnly?)>())
        {
            if (open is var (before, was, filedOn, publishedOn))
            {
                yield return Row(id, before, recorded.Position, was, filedOn, publishedOn);
            }
            open = (recorded, state, open?.Filed ?? filed, open?.Published ?? published);
        }
        if (open is var (last, now, lastFiled, lastPublished))
        {
            yield return Row(id, last, null, now, lastFiled, lastPublished);
        }
    }

    public static IEnumerable<NpgsqlBatchCommand> Changes(ReportId id, IEnumerable<(RecordedEvent Recorded, Report After)> steps)
    {
        foreach (var (recorded, state, filed, published) in steps.Select(Step).OfType<(RecordedEvent, string, DateOnly?, DateOnly?)>())
        {
            yield return EventStore.Command(Close, id.Agency, id.Year, recorded.Position);
            yield return EventStore.Command(
                GoOn, id.Agency, id.Year, recorded.Position, recorded.At, state, filed is { } day ? day : null, published is { } on ? on : null);
        }
    }

    private static (RecordedEvent, string, DateOnly?, DateOnly?)? Step((RecordedEvent Recorded, Report After) step)
    {
        var (recorded, after) = step;
        var day = DateOnly.FromDateTime(recorded.At.ToOffset(_shanghai).DateTime);
        var isFirst = after.WorkInHand is { Public: null };
        return recorded.Happened switch
        {
            ReportEvent.ReportSubmitted when isFirst => (recorded, "submitted", day, null),
            ReportEvent.SubmissionRecalled or ReportEvent.ReportReturned when isFirst => (recorded, "returned", null, null),
            ReportEvent.ReportApproved when isFirst => (recorded, "approved", null, null),
            ReportEvent.ReportPublished { Revision: 1 } => (recorded, "published", null, day),
            ReportEvent.ReportArchived archived => (recorded, "published", null, archived.PublishedOn),
            ReportEvent.ReportWithdrawn => (recorded, "withdrawn", null, null),
            ReportEvent.ReportReinstated => (recorded, "published", null, null),
            _ => null,
        };
    }

    private static ModelRow Row(ReportId id, RecordedEvent recorded, long? to, string state, DateOnly? filed, DateOnly? published) =>
        Table.Row(id.Agency, id.Year, recorded.Position, to, recorded.At, state, filed, published);
}
