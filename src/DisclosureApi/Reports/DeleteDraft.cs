using Disclosure.Reports;
using DisclosureApi.Access;
using DisclosureApi.Http;

namespace DisclosureApi.Reports;

/// <summary>DELETE …/draft: discards the draft; a correction under way ends, and what is public stays.</summary>
internal static class DeleteDraft
{
    public static readonly OperationContract Contract = new("delete_draft", "Reports", "Discard a draft")
    {
        Description = "The draft is gone for its writers; its events stay in the audit trail. Send If-Match with the draft's ETag.",
        IsConditional = true,
        Answers = [new(204, null, "The draft is discarded")],
        Problems = [403, 404, 409, 412, 428],
        Refusals = [ProblemTypes.WrongState, ProblemTypes.Contended],
    };

    public static async Task<IResult> HandleAsync(string code, int year, HttpContext context, ReportDesk desk, CancellationToken cancellation)
    {
        var precondition = Precondition.Required(context.Request);
        var step = new Step(
            context, new ReportId(code, year), [Role.Submitter],
            filed => filed.DraftVersion is null ? new Problem(ProblemTypes.NotFound) : precondition.Check(filed.DraftVersion),
            (_, actor) => new ReportCommand.Discard(actor));
        return await desk.CarryOutAsync(step, cancellation) is StepResult.Refused(var problem) ? problem : Results.NoContent();
    }
}
