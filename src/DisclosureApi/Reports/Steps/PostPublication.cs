using Disclosure.Reports;
using DisclosureApi.Access;
using DisclosureApi.Http;

namespace DisclosureApi.Reports.Steps;

/// <summary>POST …/publication {note}: makes what was approved public as the next revision.</summary>
internal static class PostPublication
{
    public static readonly OperationContract Contract = new("publish_report", "Reports", "Publish an approved report")
    {
        Description = "Both the agency and the reviewing office may do it, so that neither can make the other late. What becomes public is exactly the content that was approved.",
        Body = "StepNote",
        IsStep = true,
        Answers = [new(201, "Step", "The report is public") { Headers = ["ETag", "Link"] }],
        Problems = [400, 403, 404, 409, 412, 413, 415, 422],
        Refusals = [ProblemTypes.WrongState, ProblemTypes.Contended],
    };

    public static async Task<IResult> HandleAsync(string code, int year, HttpContext context, ReportDesk desk, CancellationToken cancellation)
    {
        var precondition = Precondition.Optional(context.Request);
        var body = await StepBody.ReadAsync(context, "note");
        var note = body.Text("note");
        body.Finish();
        var step = new Step(context, new ReportId(code, year), [Role.Submitter, Role.Reviewer], filed => precondition.Check(filed.Version),
            (_, actor) => new ReportCommand.Publish(actor, note))
        {
            Key = body.Key,
            IsProvable = true,
        };
        return ReportAnswers.Step(step, await desk.CarryOutAsync(step, cancellation));
    }
}
