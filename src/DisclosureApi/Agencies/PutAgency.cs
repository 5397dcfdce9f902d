using Disclosure.Agencies;
using Disclosure.Contents;
using DisclosureApi.Access;
using DisclosureApi.Http;
using DisclosureApi.Store;

namespace DisclosureApi.Agencies;

/// <summary>PUT /v1/agencies/{code}: registers an agency, or changes its entry.</summary>
internal static class PutAgency
{
    public static readonly OperationContract Contract = new("put_agency", "Agencies", "Register an agency, or change its entry")
    {
        Description =
            "Send If-None-Match: * to register and If-Match with the entry's ETag to change. A registrar without an agency claim is national; "
            + "one with the claim acts on bodies whose supervisor is his own office, and cannot hand them to another.",
        Body = "Agency",
        IsConditional = true,
        Answers =
        [
            new(200, "Agency", "The entry as changed") { Headers = ["ETag"] },
            new(201, "Agency", "The new entry") { Headers = ["ETag", "Location"] },
        ],
        Problems = [400, 403, 409, 412, 413, 415, 422, 428],
        Refusals = [ProblemTypes.Contended],
    };

    public static async Task<IResult> HandleAsync(
        string code, HttpContext context, AgencyRegister register, EventStore store, Actors actors, CancellationToken cancellation)
    {
        var precondition = Precondition.Required(context.Request);
        var (wanted, faults) = AgencyReader.Read(await Body.JsonAsync(context), code);
        if (wanted is null)
        {
            return new Problem(ProblemTypes.InvalidBody).With(faults);
        }
        var caller = Caller.Of(context)!;
        var current = await register.FindAsync(code, cancellation);
        if (!MayRegister(caller, current?.Agency, wanted))
        {
            return AgencyDesk.NotYours();
        }
        if (precondition.Check(current?.Version) is { } failed)
        {
            return failed;
        }
        if (await ContradictionAsync(code, wanted, store, cancellation) is { } contradiction)
        {
            return new Problem(ProblemTypes.InvalidBody).With([new Fault(contradiction.Pointer!, contradiction.Message)]);
        }
        var events = AgencyDecider.Put(current?.Agency, wanted);
        if (events.Count == 0)
        {
            return Entry(StatusCodes.Status200OK, wanted, current!.Version);
        }
        var provenance = await caller.ProvenanceAsync(actors, context, Role.Registrar, caller.Agencies.Count == 0 ? null : wanted.Supervisor, cancellation);
        var stored = await store.AppendAsync(AgencyDesk.Append(code, current?.Version ?? 0, events, provenance), cancellation);
        return stored switch
        {
            AppendResult.Stored => Entry(current is null ? StatusCodes.Status201Created : StatusCodes.Status200OK, wanted, (current?.Version ?? 0) + events.Count),
            AppendResult.Conflict(var actual) => precondition.Check(actual) ?? new Problem(ProblemTypes.Contended),
            _ => throw new InvalidOperationException("unknown result of an append"),
        };
    }

    /// <summary>A change of what was renamed has to leave each name a day of its own.</summary>
    private static async Task<AgencyRefusal?> ContradictionAsync(string code, Agency wanted, EventStore store, CancellationToken cancellation)
    {
        var history = await store.ReadAsync(Agency.Stream(code), cancellation);
        return history.Version < 2
            ? null
            : AgencyDecider.Contradiction(AgencyTimeline.Of(history.Events.Select(stored => (AgencyEvent)stored.Happened)), wanted.ValidFrom, wanted.ValidTo);
    }

    private static bool MayRegister(Caller caller, Agency? current, Agency wanted) =>
        AgencyDesk.Manages(caller, wanted) && (current is null || AgencyDesk.Manages(caller, current));

    private static Answer Entry(int status, Agency agency, long version) => new(status, Json.Bytes(agency), Precondition.ETag(version))
    {
        Headers = status == StatusCodes.Status201Created ? [("Location", $"/v1/agencies/{agency.Code}")] : [],
    };
}
