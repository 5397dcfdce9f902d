using Disclosure.Contents;
using Disclosure.Reports;
using Disclosure.Rules;
using DisclosureApi.Access;
using DisclosureApi.Http;

namespace DisclosureApi.Reports.Steps;

/// <summary>POST …/publication {note}: makes what was approved public as the next revision.</summary>
internal static class PostPublication
{
    public static readonly OperationContract Contract = new("publish_report", "Reports", "Publish an approved report")
    {
        Description = "Both the agency and the reviewing office may do it, so that neither can make the other late. What becomes public is exactly the content that was approved. A report of a year that is not over stays unpublished (PUB-004).",
        Body = "StepNote",
        IsStep = true,
        Answers = [new(201, "Step", "The report is public") { Headers = ["ETag", "Link"] }],
        Problems = [400, 403, 404, 409, 412, 413, 415, 422],
        Refusals = [ProblemTypes.WrongState, ProblemTypes.FindingsStand, ProblemTypes.Contended],
    };

    public static async Task<IResult> HandleAsync(string code, int year, HttpContext context, ReportDesk desk, CancellationToken cancellation)
    {
        var precondition = Precondition.Optional(context.Request);
        var body = await StepBody.ReadAsync(context, "note");
        var note = body.Text("note");
        body.Finish();
        var step = new Step(context, new ReportId(code, year), [Role.Submitter, Role.Reviewer], filed => precondition.Check(filed.Version),
            (filed, actor) => new ReportCommand.Publish(actor, note) { Standing = Standing(filed) })
        {
            Key = body.Key,
            IsProvable = true,
        };
        return ReportAnswers.Step(step, await desk.CarryOutAsync(step, cancellation));
    }

    /// <summary>A correction has its first publication behind it, which was the legal one.</summary>
    private static IReadOnlyList<Finding> Standing(FiledReport filed) => filed.Report.WorkInHand is { Public: null } work && filed.Around.FiledOn is { } today
        ? RuleBook.AtPublication(new RuleInput(
            filed.Id.Year, new Filing(work.AgencyName?.Text, filed.Id.Year, work.Content.Content, Filing.NoReadings, []), filed.Around with { Publication = new Publication(today) }))
        : [];
}
