using Disclosure.Contents;
using Disclosure.Reports;
using DisclosureApi.Access;
using DisclosureApi.Http;

namespace DisclosureApi.Reports.Steps;

/// <summary>POST …/submission {note, publishOriginal}: hands the draft to the reviewing office, or lists everything that stands in the way.</summary>
internal static class PostSubmission
{
    public static readonly OperationContract Contract = new("submit_report", "Reports", "Submit a draft for review")
    {
        Description =
            "Refused with all findings at once while an error stands, a waivableError has no reason or a warning no acknowledgement; "
            + "and while the current content has not passed the secrecy review. "
            + "With publishOriginal, the document that the draft was filed as becomes public with the report (…/original).",
        Body = "Submission",
        IsStep = true,
        Answers = [new(201, "Step", "The report is submitted") { Headers = ["ETag", "Link"] }],
        Problems = [400, 403, 404, 409, 412, 413, 415, 422],
        Refusals = [ProblemTypes.WrongState, ProblemTypes.SecrecyReviewMissing, ProblemTypes.FindingsStand, ProblemTypes.Contended],
    };

    public static async Task<IResult> HandleAsync(string code, int year, HttpContext context, ReportDesk desk, CancellationToken cancellation)
    {
        var precondition = Precondition.Optional(context.Request);
        var body = await StepBody.ReadAsync(context, "note", "publishOriginal");
        var note = body.Text("note");
        var publishOriginal = body.Boolean("publishOriginal");
        body.Finish();
        var step = new Step(context, new ReportId(code, year), [Role.Submitter], filed => precondition.Check(filed.Version) ?? WithoutOriginal(filed, publishOriginal), (filed, actor) =>
            new ReportCommand.Submit(actor, filed.Assess(filed.Report.WorkInHand ?? Work.Begin(null)), note) { PublishOriginal = publishOriginal })
        {
            IsJudged = true,
            Key = body.Key,
            IsProvable = true,
        };
        return ReportAnswers.Step(step, await desk.CarryOutAsync(step, cancellation));
    }

    private static Problem? WithoutOriginal(FiledReport filed, bool publishOriginal) => publishOriginal && filed.Report.WorkInHand is { Original: null }
        ? new Problem(ProblemTypes.InvalidBody).With([new Fault("/publishOriginal", new(
            "本稿以JSON填报，没有可公开的原始文档；请改为false或先提交文档", "The draft came as JSON and has no original to publish: send false, or file the document first."))])
        : null;
}
