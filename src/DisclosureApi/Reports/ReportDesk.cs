using Disclosure.Contents;
using Disclosure.Reports;
using Disclosure.Rules;
using DisclosureApi.Access;
using DisclosureApi.Http;
using DisclosureApi.Store;

namespace DisclosureApi.Reports;

/// <summary>A report as its events tell it, with the agency that owes it.</summary>
/// <param name="Position">Of the last event of its stream; 0 when nothing has happened yet.</param>
public sealed record FiledReport(ReportId Id, RegisteredAgency Agency, Report Report, long Version, long Position)
{
    /// <summary>Version of the draft under way, which its ETag names; null while there is no draft.</summary>
    public long? DraftVersion => Report.WorkInHand is null ? null : Version;

    /// <summary>What the rules say of the work in hand.</summary>
    public Assessment Assess(Work work) =>
        RuleBook.Assess(new RuleInput(Id.Year, work.Content.Content, ReadingText.Open(work.Reading?.Text).Readings));
}

/// <summary>A step that a request asks for.</summary>
/// <param name="Roles">In which the caller may ask for it; the first that fits is told in the event.</param>
/// <param name="Check">The precondition of the request against the report as it stands.</param>
public sealed record Step(
    HttpContext Context, ReportId Id, Role[] Roles, Func<FiledReport, Problem?> Check, Func<FiledReport, string, ReportCommand> Command);

/// <summary>What became of a step.</summary>
public abstract record StepResult
{
    private StepResult()
    {
    }

    public sealed record Done(FiledReport Before, FiledReport After) : StepResult;

    public sealed record Refused(Problem Problem) : StepResult;
}

/// <summary>Carries out commands on reports: who asks, what stands, what is decided, what is stored.</summary>
public sealed class ReportDesk(EventStore store, AgencyRegister register, Actors actors)
{
    private const int MaxAttempts = 5;

    /// <summary>The report, or null when the register has no such agency or the year no form.</summary>
    public async Task<FiledReport?> FindAsync(ReportId id, CancellationToken cancellation)
    {
        if (!FilingBody.IsReportYear(id.Year) || await register.FindAsync(id.Agency, cancellation) is not { } agency)
        {
            return null;
        }
        var history = await store.ReadAsync(id.Stream, cancellation);
        var report = history.Events.Aggregate(Report.None, (state, stored) => state.Apply((ReportEvent)stored.Happened, stored.Provenance.Actor));
        return new FiledReport(id, agency, report, history.Version, history.Events.Count == 0 ? 0 : history.Events[^1].Position);
    }

    /// <summary>
    /// Decides on the report as it stands and stores what follows. When someone else was faster, a client that named a
    /// version hears of it; for others the decision is made again on what stands now.
    /// </summary>
    public async Task<StepResult> CarryOutAsync(Step step, CancellationToken cancellation)
    {
        var caller = Caller.Of(step.Context)!;
        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            if (await FindAsync(step.Id, cancellation) is not { } filed || caller.ActsOn(filed.Agency.Agency, step.Roles) is not { } role)
            {
                return new StepResult.Refused(new Problem(ProblemTypes.NotFound));
            }
            if (step.Check(filed) is { } failed)
            {
                return new StepResult.Refused(failed);
            }
            var actor = await actors.KnownIdOfAsync(caller.Issuer, caller.Subject, cancellation);
            switch (ReportDecider.Decide(filed.Report, step.Command(filed, actor)))
            {
                case Decision.Refused(var refusal):
                    return new StepResult.Refused(Refusals.Problem(refusal, filed.Report));
                case Decision.Accepted({ Count: 0 }):
                    return new StepResult.Done(filed, filed);
                case Decision.Accepted(var events) when await StoreAsync(filed, events, await ProvenanceAsync(caller, step, filed, role, cancellation), cancellation) is { } after:
                    return new StepResult.Done(filed, after);
            }
        }
        return new StepResult.Refused(new Problem(ProblemTypes.Contended));
    }

    private Task<Provenance> ProvenanceAsync(Caller caller, Step step, FiledReport filed, Role role, CancellationToken cancellation) =>
        caller.ProvenanceAsync(actors, step.Context, role, role.ActsWithinAgency ? filed.Id.Agency : filed.Agency.Agency.Supervisor, cancellation);

    private async Task<FiledReport?> StoreAsync(FiledReport filed, IReadOnlyList<ReportEvent> events, Provenance provenance, CancellationToken cancellation)
    {
        var after = events.Aggregate(filed.Report, (state, happened) => state.Apply(happened, provenance.Actor));
        var agency = filed.Agency.Agency;
        var result = await store.AppendAsync(
            new Append(
                filed.Id.Stream, "report", filed.Version, events, provenance,
                new StreamVersion(Disclosure.Agencies.Agency.Stream(agency.Code), filed.Agency.Version),
                placed => ReportProjection.Rows(filed.Id, agency, after, placed)),
            cancellation);
        return result is AppendResult.Stored(var stored)
            ? filed with { Report = after, Version = filed.Version + events.Count, Position = stored[^1].Position }
            : null;
    }
}
