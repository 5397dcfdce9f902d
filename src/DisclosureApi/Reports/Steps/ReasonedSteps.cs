using Disclosure.Reports;
using DisclosureApi.Access;
using DisclosureApi.Http;

namespace DisclosureApi.Reports.Steps;

/// <summary>The steps that change what the public reads, or begin to, and therefore need a reason: {reason}.</summary>
internal static class ReasonedSteps
{
    public static readonly OperationContract Correction = Contract(
        "open_correction", "Open a correction of a published report",
        "The next revision is drafted from the current one, which stays public until the correction is published. The reason becomes part of the history.",
        "The correction is open");

    public static readonly OperationContract Withdrawal = Contract(
        "withdraw_report", "Withdraw a published report",
        "The report answers 410 with the reason from now on, on every host when this answer goes out; its history stays.",
        "The report is withdrawn");

    public static readonly OperationContract Reinstatement = Contract(
        "reinstate_report", "Reinstate a withdrawn report",
        "The revision that was withdrawn is public again, with the same bytes.",
        "The report is public again");

    public static Task<IResult> CorrectAsync(string code, int year, HttpContext context, ReportDesk desk, CancellationToken cancellation) =>
        TakeAsync(new ReportId(code, year), context, desk, Role.Submitter, (actor, reason) => new ReportCommand.OpenCorrection(actor, reason), cancellation);

    public static Task<IResult> WithdrawAsync(string code, int year, HttpContext context, ReportDesk desk, CancellationToken cancellation) =>
        TakeAsync(new ReportId(code, year), context, desk, Role.Reviewer, (actor, reason) => new ReportCommand.Withdraw(actor, reason), cancellation);

    public static Task<IResult> ReinstateAsync(string code, int year, HttpContext context, ReportDesk desk, CancellationToken cancellation) =>
        TakeAsync(new ReportId(code, year), context, desk, Role.Reviewer, (actor, reason) => new ReportCommand.Reinstate(actor, reason), cancellation);

    private static async Task<IResult> TakeAsync(
        ReportId id, HttpContext context, ReportDesk desk, Role role, Func<string, string, ReportCommand> command, CancellationToken cancellation)
    {
        var precondition = Precondition.Optional(context.Request);
        var body = await StepBody.ReadAsync(context, "reason");
        var reason = body.RequiredText("reason");
        body.Finish();
        var step = new Step(context, id, [role], filed => precondition.Check(filed.Version), (_, actor) => command(actor, reason))
        {
            Key = body.Key,
            IsProvable = true,
        };
        return ReportAnswers.Step(step, await desk.CarryOutAsync(step, cancellation));
    }

    private static OperationContract Contract(string id, string summary, string description, string done) => new(id, "Reports", summary)
    {
        Description = description,
        Body = "Reason",
        IsStep = true,
        Answers = [new(201, "Step", done) { Headers = ["ETag", "Link"] }],
        Problems = [400, 403, 404, 409, 412, 413, 415, 422],
        Refusals = [ProblemTypes.WrongState, ProblemTypes.Contended],
    };
}
