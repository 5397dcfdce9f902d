using Disclosure.Agencies;
using DisclosureApi.Access;
using DisclosureApi.Http;

namespace DisclosureApi.Agencies.Steps;

/// <summary>POST /v1/agencies/{code}/duty {year, decision, reason}: whether the body owes a year's report, where the register alone would say otherwise.</summary>
internal static class PostDuty
{
    public static readonly OperationContract Contract = AgencySteps.Contract(
        "decide_duty", "Exempt an agency from a year's report, or oblige it",
        "A body owes the report of each year in which it existed. exempt and oblige decide otherwise, with a reason that everyone may read in the roster; asRegistered takes such a decision back.",
        "Duty", "The decision is recorded");

    public static async Task<IResult> HandleAsync(string code, HttpContext context, AgencyDesk desk, CancellationToken cancellation)
    {
        var precondition = Precondition.Optional(context.Request);
        var body = await StepBody.ReadAsync(context, "year", "decision", "reason");
        var (year, decision, reason) = (body.RequiredYear("year"), body.RequiredText("decision"), AgencySteps.Reason(body));
        if (decision is not ("exempt" or "oblige" or "asRegistered" or ""))
        {
            body.Walk.Wrong("/decision", "exempt、oblige或asRegistered", "exempt, oblige or asRegistered");
        }
        body.Finish();
        bool? owes = decision == "asRegistered" ? null : decision == "oblige";
        return await desk.CarryOutAsync(
            new AgencyStep(context, code, body.Key, precondition, (timeline, _) => Task.FromResult(AgencyDecider.DecideDuty(timeline.Now, year, owes, reason))), cancellation);
    }
}
