using Disclosure.Reports;
using DisclosureApi.Access;
using DisclosureApi.Http;
using DisclosureApi.Store;
using DisclosureApi.Store.Following;
using Npgsql;

namespace DisclosureApi.Reports;

/// <summary>Carries out commands on reports: who asks, what stands, what is decided, what is stored.</summary>
public sealed class ReportDesk(
    EventStore store, FiledReports reports, PublishedReports published, Actors actors, Idempotency answers, Follower follower)
{
    /// <summary>
    /// Decides on the report as it stands and stores what follows. When someone else was faster, a client that named a
    /// version hears of it; for others the decision is made again on what stands now.
    /// </summary>
    public async Task<StepResult> CarryOutAsync(Step step, CancellationToken cancellation)
    {
        var attempts = new Attempts<StepResult>(
            answers,
            async answered =>
            {
                await AwaitEveryoneAsync(answered, cancellation);
                return new StepResult.Repeated(answered);
            },
            problem => new StepResult.Refused(problem),
            result => result is StepResult.Refused);
        // What is remembered serves the first attempt; if nothing comes of it, the store itself is asked.
        var isFirst = true;
        return await attempts.OnceAsync(
            step.Key,
            () =>
            {
                var remembered = isFirst ? reports.Remembered(step.Id) : null;
                isFirst = false;
                return TryAsync(step, remembered, cancellation);
            },
            cancellation);
    }

    /// <summary>One attempt; null when someone else was faster.</summary>
    private async Task<StepResult?> TryAsync(Step step, FiledReport? remembered, CancellationToken cancellation)
    {
        var caller = Caller.Of(step.Context)!;
        remembered = remembered is not null && caller.ActsOn(remembered.Agency.Agency, step.Roles) is not null ? remembered : null;
        var filed = remembered ?? await reports.FindAsync(step.Id, agency => caller.ActsOn(agency, step.Roles) is not null, cancellation);
        var result = await DecideAsync(step, caller, filed, cancellation);
        if (result is StepResult.Done done && done.After.Version > done.Before.Version)
        {
            reports.Remember(done.After);
            published.Drop([step.Id.Stream]);
            await AwaitEveryoneAsync(done.After, cancellation);
            return result;
        }
        return remembered is null ? result : null;
    }

    /// <summary>What is decided on the report as it was found, and stored; null when someone else was faster.</summary>
    private async Task<StepResult?> DecideAsync(Step step, Caller caller, FiledReport? filed, CancellationToken cancellation)
    {
        if (filed is null || caller.ActsOn(filed.Agency.Agency, step.Roles) is not { } role)
        {
            return new StepResult.Refused(new Problem(ProblemTypes.NotFound));
        }
        if (step.Check(filed) is { } failed)
        {
            return new StepResult.Refused(failed);
        }
        if (filed.Report is Report.NotFiled && filed.Agency.Agency.ValidTo is { } last && last.Year < filed.Id.Year)
        {
            return new StepResult.Refused(new Problem(ProblemTypes.AgencyEnded));
        }
        filed = await reports.AmongAsync(filed, cancellation, step.Printed);
        filed = step.Judged is { } judged ? await reports.BesideOthersAsync(filed, judged, cancellation)
            : step.IsJudged ? await reports.BesideOthersAsync(filed, cancellation)
            : filed;
        var actor = await actors.KnownIdOfAsync(caller.Issuer, caller.Subject, cancellation);
        return ReportDecider.Decide(filed.Report, step.Command(filed, actor)) switch
        {
            Decision.Refused(var refusal) => new StepResult.Refused(Refusals.Problem(refusal, filed.Report)),
            Decision.Accepted({ Count: 0 }) => new StepResult.Done(filed, filed),
            Decision.Accepted(var events) => await StoreAsync(step, filed, events, await ProvenanceAsync(caller, step, filed, role, cancellation), cancellation),
            _ => throw new InvalidOperationException("unknown decision"),
        };
    }

    private Task<Provenance> ProvenanceAsync(Caller caller, Step step, FiledReport filed, Role role, CancellationToken cancellation) =>
        caller.ProvenanceAsync(actors, step.Context, role, role.ActsWithinAgency ? filed.Id.Agency : filed.Agency.Agency.Supervisor, cancellation);

    private async Task<StepResult?> StoreAsync(
        Step step, FiledReport filed, IReadOnlyList<ReportEvent> events, Provenance provenance, CancellationToken cancellation)
    {
        var states = States(filed.Report, events, provenance.Actor);
        var after = filed with { Report = states[^1], Version = filed.Version + events.Count };
        var append = Append(filed, events, states, provenance);
        var result = await store.AppendAsync(
            append with { Project = placed => append.Project(placed).Concat(Answer(step, after with { Position = placed[^1].Position })).Concat(Kept(step)) }, cancellation);
        return result is AppendResult.Stored(var stored) ? new StepResult.Done(filed, after with { Position = stored[^1].Position }) : null;
    }

    private static IEnumerable<NpgsqlBatchCommand> Kept(Step step) =>
        step.Original is { } document ? [Store.Originals.Row(document.Original.Sha256, document.Bytes)] : [];

    private static IEnumerable<NpgsqlBatchCommand> Answer(Step step, FiledReport after) =>
        step.Key is { } key ? Idempotency.Rows(key.Client, key.Key, ReportAnswers.Stored(key.Fingerprint, after, step.IsProvable)) : [];

    /// <summary>A withdrawal counts when nobody serves the report any more: no host may hold its body when the answer goes out.</summary>
    private async Task AwaitEveryoneAsync(FiledReport after, CancellationToken cancellation)
    {
        if (after.Report is Report.Withdrawn)
        {
            await follower.EveryoneAsync(after.Position, cancellation);
        }
    }

    /// <summary>Nor does an answer to a withdrawal that was lost and is asked for again go out before that.</summary>
    private async Task AwaitEveryoneAsync(StoredAnswer answered, CancellationToken cancellation)
    {
        if (ReportAnswers.Where(answered) is ("withdrawn", var position))
        {
            await follower.EveryoneAsync(position, cancellation);
        }
    }

    /// <summary>The report after each of the events.</summary>
    internal static IReadOnlyList<Report> States(Report before, IReadOnlyList<ReportEvent> events, string actor)
    {
        var states = new List<Report>();
        foreach (var happened in events)
        {
            states.Add(before = before.Apply(happened, actor));
        }
        return states;
    }

    /// <summary>The events with the rows they leave, on the report and the agency as the decision saw them.</summary>
    internal static Append Append(FiledReport filed, IReadOnlyList<ReportEvent> events, IReadOnlyList<Report> states, Provenance provenance)
    {
        var agency = filed.Agency.Agency;
        return new Append(
            filed.Id.Stream, "report", filed.Version, events, provenance,
            new StreamVersion(Disclosure.Agencies.Agency.Stream(agency.Code), filed.Agency.Version),
            placed => ReportProjection.Changes(filed.Id, agency, [.. placed.Zip(states, (stored, after) => (stored.Recorded, after))]))
        {
            Standing = placed => ReportProjection.Standing(filed.Id, placed[^1].Recorded, states[^1]),
        };
    }
}
