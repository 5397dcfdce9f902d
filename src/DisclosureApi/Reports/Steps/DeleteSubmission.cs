using Disclosure.Reports;
using DisclosureApi.Access;
using DisclosureApi.Http;

namespace DisclosureApi.Reports.Steps;

/// <summary>DELETE …/submission: the agency takes its submission back, while the review has not begun.</summary>
internal static class DeleteSubmission
{
    public static readonly OperationContract Contract = new("recall_submission", "Reports", "Recall a submission")
    {
        Description = "The report is a draft again. Send If-Match with the draft's ETag.",
        IsConditional = true,
        Answers = [new(204, null, "The submission is recalled")],
        Problems = [400, 403, 404, 409, 412, 428],
        Refusals = [ProblemTypes.WrongState, ProblemTypes.ReviewBegun, ProblemTypes.Contended],
    };

    public static async Task<IResult> HandleAsync(string code, int year, HttpContext context, ReportDesk desk, CancellationToken cancellation)
    {
        var precondition = Precondition.Required(context.Request);
        var step = new Step(
            context, new ReportId(code, year), [Role.Submitter], filed => precondition.Check(filed.DraftVersion), (_, actor) => new ReportCommand.Recall(actor));
        return await desk.CarryOutAsync(step, cancellation) is StepResult.Refused(var problem) ? problem : Results.NoContent();
    }
}
