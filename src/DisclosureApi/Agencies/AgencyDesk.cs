using Disclosure.Agencies;
using Disclosure.Contents;
using DisclosureApi.Access;
using DisclosureApi.Http;
using DisclosureApi.Store;

namespace DisclosureApi.Agencies;

/// <summary>A registrar's step on one entry of the register.</summary>
/// <param name="Check">The precondition of the request against the entry as it stands.</param>
/// <param name="Decide">What follows on the entry as it stands.</param>
internal sealed record AgencyStep(
    HttpContext Context, string Code, StepKey? Key, Precondition Check, Func<AgencyTimeline, CancellationToken, Task<AgencyDecision>> Decide);

/// <summary>Carries out registrars' steps: who asks, what stands, what is decided, what is stored.</summary>
internal sealed class AgencyDesk(EventStore store, Actors actors, Idempotency answers)
{
    public Task<IResult> CarryOutAsync(AgencyStep step, CancellationToken cancellation) =>
        Attempts.Of(answers, answered => new Answer(answered.Status, answered.Body, answered.ETag))
            .OnceAsync(step.Key, () => TryAsync(step, cancellation), cancellation);

    /// <summary>A registrar with an office acts on the bodies that this office supervises; one without is national.</summary>
    public static bool Manages(Caller caller, Agency agency) =>
        caller.Agencies.Count == 0 || (agency.Supervisor is { } office && caller.Agencies.Contains(office));

    public static Problem NotYours() => new(ProblemTypes.Forbidden, new(
        "只能登记和变更由本机关主管的单位", "A registrar with an office acts only on bodies that this office supervises, before and after the change."));

    public static Append Append(string code, long version, IReadOnlyList<AgencyEvent> events, Provenance provenance) => new(
        Agency.Stream(code), "agency", version, events, provenance, Unchanged: null,
        placed => AgencyRegister.Changes([.. placed.Select(stored => stored.Recorded)]));

    /// <summary>One attempt; null when someone else was faster.</summary>
    private async Task<IResult?> TryAsync(AgencyStep step, CancellationToken cancellation)
    {
        var caller = Caller.Of(step.Context)!;
        var history = await store.ReadAsync(Agency.Stream(step.Code), cancellation);
        if (history.Version == 0)
        {
            return new Problem(ProblemTypes.NotFound);
        }
        var timeline = AgencyTimeline.Of(history.Events.Select(stored => (AgencyEvent)stored.Happened));
        if (!Manages(caller, timeline.Now))
        {
            return NotYours();
        }
        if (step.Check.Check(history.Version) is { } failed)
        {
            return failed;
        }
        var decision = await step.Decide(timeline, cancellation);
        if (decision.Refusal is { } refusal)
        {
            return refusal.Pointer is { } pointer
                ? new Problem(ProblemTypes.InvalidBody).With([new Fault(pointer, refusal.Message)])
                : new Problem(ProblemTypes.AgencyEnded, refusal.Message);
        }
        if (decision.Events.Count == 0)
        {
            return new Answer(StatusCodes.Status200OK, Json.Bytes(timeline.Now), Precondition.ETag(history.Version));
        }
        var provenance = await caller.ProvenanceAsync(actors, step.Context, Role.Registrar, caller.Agencies.Count == 0 ? null : timeline.Now.Supervisor, cancellation);
        return await StoreAsync(step, history.Version, decision.Events, provenance, cancellation);
    }

    private async Task<IResult?> StoreAsync(AgencyStep step, long version, IReadOnlyList<AgencyEvent> events, Provenance provenance, CancellationToken cancellation)
    {
        var answer = new StoredAnswer(
            step.Key?.Fingerprint ?? [], StatusCodes.Status201Created, Json.Bytes(AgencyDecider.Apply(events[^1])), Precondition.ETag(version + events.Count), Link: null);
        var append = Append(step.Code, version, events, provenance);
        var stored = await store.AppendAsync(
            append with { Project = placed => append.Project(placed).Concat(step.Key is { } key ? Idempotency.Rows(key.Client, key.Key, answer) : []) }, cancellation);
        return stored is AppendResult.Stored ? new Answer(answer.Status, answer.Body, answer.ETag) : null;
    }
}
