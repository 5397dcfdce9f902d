using Disclosure.Agencies;
using Disclosure.Canonical;
using DisclosureApi.Access;
using DisclosureApi.Http;
using DisclosureApi.Store;

namespace DisclosureApi.Agencies.Steps;

/// <summary>POST …/merger and …/dissolution {successors, validTo, reason}, and …/restoration {reason}, which undoes either.</summary>
internal static class Endings
{
    public static readonly OperationContract Merger = AgencySteps.Contract(
        "merge_agency", "Merge an agency into others",
        "validTo is its last day. It owes no report for the years after; the histories of its successors name it as a predecessor. A merger recorded wrongly is undone by …/restoration.",
        "Merger", "The agency is merged");

    public static readonly OperationContract Dissolution = AgencySteps.Contract(
        "dissolve_agency", "Dissolve an agency",
        "validTo is its last day. It owes no report for the years after. Bodies that took over some of its duties can be named.",
        "Dissolution", "The agency is dissolved");

    public static readonly OperationContract Restoration = AgencySteps.Contract(
        "restore_agency", "Undo a merger or dissolution recorded wrongly",
        "The agency goes on as if it had not been; what was recorded stays in its history.",
        "Reason", "The agency goes on");

    public static Task<IResult> MergeAsync(string code, HttpContext context, AgencyDesk desk, AgencyRegister register, CancellationToken cancellation) =>
        EndAsync(code, context, desk, register, AgencyDecider.Merge, cancellation);

    public static Task<IResult> DissolveAsync(string code, HttpContext context, AgencyDesk desk, AgencyRegister register, CancellationToken cancellation) =>
        EndAsync(code, context, desk, register, AgencyDecider.Dissolve, cancellation);

    public static async Task<IResult> RestoreAsync(string code, HttpContext context, AgencyDesk desk, CancellationToken cancellation)
    {
        var precondition = Precondition.Optional(context.Request);
        var body = await StepBody.ReadAsync(context, "reason");
        var reason = AgencySteps.Reason(body);
        body.Finish();
        return await desk.CarryOutAsync(
            new AgencyStep(context, code, body.Key, precondition, (timeline, _) => Task.FromResult(AgencyDecider.Restore(timeline.Now, reason))), cancellation);
    }

    private static async Task<IResult> EndAsync(
        string code, HttpContext context, AgencyDesk desk, AgencyRegister register,
        Func<AgencyTimeline, IReadOnlyList<string>, DateOnly, CommittedText, AgencyDecision> decide, CancellationToken cancellation)
    {
        var precondition = Precondition.Optional(context.Request);
        var body = await StepBody.ReadAsync(context, "successors", "validTo", "reason");
        var (successors, validTo, reason) = (AgencySteps.Successors(body), AgencySteps.Day(body, "validTo"), AgencySteps.Reason(body));
        body.Finish();
        return await desk.CarryOutAsync(new AgencyStep(context, code, body.Key, precondition, async (timeline, stopping) =>
        {
            for (var i = 0; i < successors.Count; i++)
            {
                if (await register.FindAsync(successors[i], stopping) is null)
                {
                    return new AgencyDecision([]) { Refusal = new($"/successors/{i}", new("名录中没有该机构", "names no agency of the register")) };
                }
            }
            return decide(timeline, successors, validTo, reason);
        }), cancellation);
    }
}
