using Disclosure.Reports;
using Disclosure.Reports.ErrorReports;
using DisclosureApi.Access;
using DisclosureApi.Http;

namespace DisclosureApi.Reports.ErrorReports;

/// <summary>The two ways in which an error report leaves the queue, both with a reason in public.</summary>
internal static class Settlements
{
    public static readonly OperationContract Answer = Contract(
        "answer_error_report", "Answer an error report",
        "The reason becomes public together with the reader's words. `revision` names the later revision that mended the error, where one did: correct the report first, and answer then.",
        "ErrorAnswer", "The error report is answered");

    public static readonly OperationContract Dismissal = Contract(
        "dismiss_error_report", "Dismiss an error report",
        "For what is about something else, says nothing that can be answered, or is no earnest report. The reason becomes public; the reader's words do not.",
        "Reason", "The error report is dismissed");

    public static async Task<IResult> AnswerAsync(string code, int year, int number, HttpContext context, ErrorReportDesk desk, CancellationToken cancellation)
    {
        var precondition = Precondition.Optional(context.Request);
        var body = await StepBody.ReadAsync(context, "reason", "revision");
        var (reason, correction) = (body.RequiredText("reason"), body.Integer("revision", 1, int.MaxValue));
        body.Finish();
        return await desk.SettleAsync(context, new ErrorReportId(new ReportId(code, year), number), precondition, latest => new ErrorReportCommand.Answer(reason, correction, latest), body.Key, cancellation);
    }

    public static async Task<IResult> DismissAsync(string code, int year, int number, HttpContext context, ErrorReportDesk desk, CancellationToken cancellation)
    {
        var precondition = Precondition.Optional(context.Request);
        var body = await StepBody.ReadAsync(context, "reason");
        var reason = body.RequiredText("reason");
        body.Finish();
        return await desk.SettleAsync(context, new ErrorReportId(new ReportId(code, year), number), precondition, _ => new ErrorReportCommand.Dismiss(reason), body.Key, cancellation);
    }

    private static OperationContract Contract(string id, string summary, string description, string schema, string done) => new(id, "Reports", summary)
    {
        Description = description + " Whoever comes second finds it settled: 409, or 412 where the version was named.",
        Body = schema,
        IsStep = true,
        Answers = [new(201, "ErrorReportStep", done) { Headers = ["ETag"] }],
        Problems = [400, 403, 404, 409, 412, 413, 415, 422],
        Refusals = [ProblemTypes.WrongState, ProblemTypes.Contended],
    };
}
