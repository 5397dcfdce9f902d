using Disclosure.Reports;
using DisclosureApi.Access;
using DisclosureApi.Http;

namespace DisclosureApi.Reports.Steps;

/// <summary>POST …/secrecy-review {contentHash, passed, note}: another person of the agency has looked at this content (条例 arts. 14–17).</summary>
internal static class PostSecrecyReview
{
    public static readonly OperationContract Contract = new("review_secrecy", "Reports", "Record the secrecy review of a draft")
    {
        Description = "Bound to the contentHash that was read: any later edit makes it void. The reviewer must not be an author of the draft.",
        Body = "SecrecyReview",
        IsStep = true,
        Answers = [new(201, "Step", "The review is recorded") { Headers = ["ETag", "Link"] }],
        Problems = [400, 403, 404, 409, 412, 413, 415, 422],
        Refusals = [ProblemTypes.SamePerson, ProblemTypes.WrongState, ProblemTypes.StaleContent, ProblemTypes.Contended],
    };

    public static async Task<IResult> HandleAsync(string code, int year, HttpContext context, ReportDesk desk, CancellationToken cancellation)
    {
        var precondition = Precondition.Optional(context.Request);
        var body = await StepBody.ReadAsync(context, "contentHash", "passed", "note");
        var (hash, passed, note) = (body.RequiredText("contentHash"), body.RequiredBoolean("passed"), body.Text("note"));
        body.Finish();
        var step = new Step(context, new ReportId(code, year), [Role.SecrecyReviewer], filed => precondition.Check(filed.Version),
            (_, actor) => new ReportCommand.ReviewSecrecy(actor, hash, passed, note))
        {
            Key = body.Key,
            IsProvable = true,
        };
        return ReportAnswers.Step(step, await desk.CarryOutAsync(step, cancellation));
    }
}
