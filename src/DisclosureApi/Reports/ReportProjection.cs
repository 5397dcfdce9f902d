using System.Text;
using Disclosure.Agencies;
using Disclosure.Reports;
using DisclosureApi.Http;
using DisclosureApi.Store;
using Npgsql;

namespace DisclosureApi.Reports;

/// <summary>The rows that a report's events leave in the read models. They depend on the events and the register alone, so that a rebuild gives the same bytes.</summary>
internal static class ReportProjection
{
    /// <param name="after">The report after the last of the events.</param>
    public static IEnumerable<NpgsqlBatchCommand> Rows(ReportId id, Agency agency, Report after, IReadOnlyList<StoredEvent> events)
    {
        foreach (var stored in events)
        {
            if (stored.Happened is ReportEvent.ReportPublished or ReportEvent.ReportArchived)
            {
                yield return Publication(id, agency, after.Public!, stored);
            }
        }
        yield return Current(id, after, events[^1]);
    }

    private static NpgsqlBatchCommand Publication(ReportId id, Agency agency, Revision revision, StoredEvent stored)
    {
        var body = PublishedBody.Render(id, agency, revision, stored);
        return EventStore.Command(
            """
            insert into publications (agency, year, revision, position, body, etag, findings) values ($1, $2, $3, $4, $5, $6, $7)
            on conflict (agency, year, revision) do update set
                position = excluded.position, body = excluded.body, etag = excluded.etag, findings = excluded.findings
            """,
            id.Agency, id.Year, revision.Number, stored.Position, body, Answer.ETagOf(body), Encoding.UTF8.GetBytes(revision.Assessment.Text));
    }

    private static NpgsqlBatchCommand Current(ReportId id, Report after, StoredEvent last)
    {
        var withdrawn = after as Report.Withdrawn;
        return EventStore.Command(
            """
            insert into reports (agency, year, version, position, state, revision, withdrawal_reason, withdrawn_at)
            values ($1, $2, $3, $4, $5, $6, $7, $8)
            on conflict (agency, year) do update set
                version = excluded.version, position = excluded.position, state = excluded.state, revision = excluded.revision,
                withdrawal_reason = excluded.withdrawal_reason, withdrawn_at = excluded.withdrawn_at
            """,
            id.Agency, id.Year, last.Version, last.Position, after.State, (after.Public ?? withdrawn?.Revision)?.Number,
            withdrawn?.Reason.Text, withdrawn is null ? null : last.At);
    }
}
