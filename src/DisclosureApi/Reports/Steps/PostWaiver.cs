using Disclosure.Reports;
using DisclosureApi.Access;
using DisclosureApi.Http;

namespace DisclosureApi.Reports.Steps;

/// <summary>POST …/waivers {code, decision, reason}: the reviewing office decides whether a waivable error may stand.</summary>
internal static class PostWaiver
{
    public static readonly OperationContract Contract = new("decide_waiver", "Reports", "Grant or refuse a waiver")
    {
        Description =
            "Covers all findings of the code as they stand in the submission. A report is approved only when every waivable error has a granted waiver. "
            + "Who decides must be neither an author nor the secrecy reviewer. The first decision begins the review: from then on the agency cannot recall the submission.",
        Body = "Waiver",
        IsStep = true,
        Answers = [new(201, "Step", "The decision is recorded") { Headers = ["ETag", "Link"] }],
        Problems = [400, 403, 404, 409, 412, 413, 415, 422],
        Refusals = [ProblemTypes.SamePerson, ProblemTypes.WrongState, ProblemTypes.NoSuchFinding, ProblemTypes.Contended],
    };

    public static async Task<IResult> HandleAsync(string code, int year, HttpContext context, ReportDesk desk, CancellationToken cancellation)
    {
        var precondition = Precondition.Optional(context.Request);
        var body = await StepBody.ReadAsync(context, "code", "decision", "reason");
        var (rule, decision, reason) = (body.RequiredText("code"), body.RequiredText("decision"), body.RequiredText("reason"));
        if (decision is not ("grant" or "refuse" or ""))
        {
            body.Walk.Wrong("/decision", "grant或refuse", "grant or refuse");
        }
        body.Finish();
        var step = new Step(context, new ReportId(code, year), [Role.Reviewer], filed => precondition.Check(filed.Version),
            (_, actor) => new ReportCommand.DecideWaiver(actor, rule, decision == "grant", reason))
        {
            Key = body.Key,
            IsProvable = true,
        };
        return ReportAnswers.Step(step, await desk.CarryOutAsync(step, cancellation));
    }
}
