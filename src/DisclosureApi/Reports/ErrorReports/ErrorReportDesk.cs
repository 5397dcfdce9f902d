using Disclosure.Agencies;
using Disclosure.Reports.ErrorReports;
using DisclosureApi.Access;
using DisclosureApi.Http;
using DisclosureApi.Store;
using Npgsql;

namespace DisclosureApi.Reports.ErrorReports;

/// <summary>Carries out what the agency, or the office that supervises it, decides of an error report.</summary>
internal sealed class ErrorReportDesk(EventStore store, AgencyRegister register, NpgsqlDataSource database, Actors actors, Idempotency answers)
{
    public static readonly Role[] Settlers = [Role.Submitter, Role.Reviewer];

    /// <param name="command">What is asked for, with the newest revision of the report.</param>
    public Task<IResult> SettleAsync(
        HttpContext context, ErrorReportId id, Precondition precondition, Func<int, ErrorReportCommand> command, StepKey key, CancellationToken cancellation)
    {
        var caller = Caller.Of(context)!;
        return Attempts.Of(answers, answered => ErrorReportAnswers.Of(answered, isNew: false)).OnceAsync(key, TryAsync, cancellation);

        async Task<IResult?> TryAsync()
        {
            if (await register.FindAsync(id.Report.Agency, cancellation) is not { } agency || caller.ActsOn(agency.Agency, Settlers) is not { } role)
            {
                return new Problem(ProblemTypes.NotFound);
            }
            var history = await store.ReadAsync(id.Stream, caller.Sight, cancellation);
            if (history.Version == 0)
            {
                return new Problem(ProblemTypes.NotFound);
            }
            if (precondition.Check(history.Version) is { } stale)
            {
                return stale;
            }
            var decision = ErrorReportDecider.Decide(ErrorReportProjection.Folded(history.Events.Select(stored => stored.Happened)), command(await LatestAsync(id, cancellation)));
            if ((decision as ErrorReportDecision.Accepted)?.Happened is not { } happened)
            {
                return ErrorReportRefusals.Problem(decision, id.Report);
            }
            var provenance = await caller.ProvenanceAsync(actors, context, role, role.ActsWithinAgency ? id.Report.Agency : agency.Agency.Supervisor, cancellation);
            var unchanged = new StreamVersion(Agency.Stream(id.Report.Agency), agency.Version);
            var stored = await StoreAsync(id, history, happened, provenance, unchanged, key, cancellation);
            return stored is null ? null : ErrorReportAnswers.Of(stored, isNew: false);
        }
    }

    private async Task<int> LatestAsync(ErrorReportId id, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand("select coalesce(max(revision), 0) from publications where agency = $1 and year = $2");
        command.Parameters.Add(new() { Value = id.Report.Agency });
        command.Parameters.Add(new() { Value = id.Report.Year });
        return (int)(await command.ExecuteScalarAsync(cancellation))!;
    }

    /// <summary>Null when somebody else was faster.</summary>
    private async Task<StoredAnswer?> StoreAsync(
        ErrorReportId id, StreamHistory history, ErrorReportEvent happened, Provenance provenance, StreamVersion unchanged, StepKey key, CancellationToken cancellation)
    {
        StoredAnswer? answer = null;
        var state = ErrorReportProjection.Folded(history.Events.Select(stored => stored.Happened).Append(happened)).State;
        var append = new Append(id.Stream, ErrorReportId.Streams, history.Version, [happened], provenance, unchanged, placed =>
            ErrorReportProjection.Changes(id, history.Events.Concat(placed).Select(stored => stored.Recorded))
                .Concat(Idempotency.Rows(key.Client, key.Key, answer = ErrorReportAnswers.Stored(key, id, state, placed[^1].Position, Precondition.ETag(history.Version + 1), isProvable: true))));
        return await store.AppendAsync(append, cancellation) is AppendResult.Stored ? answer : null;
    }
}
