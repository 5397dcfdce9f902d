using Disclosure.Reports;
using Disclosure.Reports.ErrorReports;
using DisclosureApi.Access;
using DisclosureApi.Store;
using DisclosureApi.Store.Replicas;

namespace DisclosureApi.Reports.ErrorReports;

/// <summary>How many error reports on a report are in which state.</summary>
internal sealed record ErrorReportCounts(int Open, int Answered, int Dismissed);

/// <summary>A page of error reports on one report; null counts where the report was never public.</summary>
internal sealed record ErrorReportList(ErrorReportCounts? Counts, IReadOnlyList<ErrorReportRow> Found);

/// <summary>Error reports as whoever asks may read them.</summary>
internal sealed class KnownErrorReports(ReadDatabase database, AgencyRegister register)
{
    private static readonly Role[] _insiders = [Role.Submitter, Role.SecrecyReviewer, Role.Reviewer, Role.Redactor];

    /// <summary>Whether the caller works on this agency's reports, and so reads what its readers wrote before it is answered. To everyone else all are strangers alike.</summary>
    public async Task<bool> IsInsiderAsync(HttpContext context, string code, CancellationToken cancellation) =>
        Caller.Of(context) is { } caller && await register.FindAsync(code, cancellation) is { } agency && caller.ActsOn(agency.Agency, _insiders) is not null;

    public async Task<ErrorReportRow?> FindAsync(ErrorReportId id, Sight sight, CancellationToken cancellation)
    {
        await using var batch = (await database.SourceAsync(cancellation)).CreateBatch();
        batch.BatchCommands.Add(sight.Open());
        batch.BatchCommands.Add(EventStore.Command($"{ErrorReportRow.Select} where e.agency = $1 and e.year = $2 and e.number = $3", id.Report.Agency, id.Report.Year, id.Number));
        await using var reader = await batch.ExecuteReaderAsync(cancellation);
        await reader.NextResultAsync(cancellation);
        return await reader.ReadAsync(cancellation) ? ErrorReportRow.Of(reader) : null;
    }

    /// <param name="from">The number that the page begins behind, in its direction.</param>
    public async Task<ErrorReportList> ListAsync(ReportId id, string? state, int from, bool isBackwards, int count, Sight sight, CancellationToken cancellation)
    {
        const string chosen = $"{ErrorReportRow.Select} where e.agency = $1 and e.year = $2 and ($3::text is null or e.state = $3)";
        await using var batch = (await database.SourceAsync(cancellation)).CreateBatch();
        batch.BatchCommands.Add(sight.Open());
        batch.BatchCommands.Add(EventStore.Command(
            """
            select count(*) filter (where state = 'open')::integer, count(*) filter (where state = 'answered')::integer, count(*) filter (where state = 'dismissed')::integer
            from error_reports where agency = $1 and year = $2 having exists (select from publications where agency = $1 and year = $2)
            """, id.Agency, id.Year));
        batch.BatchCommands.Add(EventStore.Command(
            isBackwards ? $"{chosen} and e.number < $4 order by e.number desc limit $5" : $"{chosen} and e.number > $4 order by e.number limit $5",
            id.Agency, id.Year, state, from, count));
        await using var reader = await batch.ExecuteReaderAsync(cancellation);
        await reader.NextResultAsync(cancellation);
        var counts = await reader.ReadAsync(cancellation) ? new ErrorReportCounts(reader.GetInt32(0), reader.GetInt32(1), reader.GetInt32(2)) : null;
        await reader.NextResultAsync(cancellation);
        var found = new List<ErrorReportRow>();
        while (await reader.ReadAsync(cancellation))
        {
            found.Add(ErrorReportRow.Of(reader));
        }
        return new ErrorReportList(counts, found);
    }
}
