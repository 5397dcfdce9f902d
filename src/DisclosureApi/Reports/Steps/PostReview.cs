using Disclosure.Reports;
using DisclosureApi.Access;
using DisclosureApi.Http;

namespace DisclosureApi.Reports.Steps;

/// <summary>POST …/review {decision, contentHash, comments, note}: the reviewing office approves what it read, or returns it.</summary>
internal static class PostReview
{
    private const int MaxComments = 500;

    public static readonly OperationContract Contract = new("review_report", "Reports", "Approve or return a submitted report")
    {
        Description =
            "approve is bound to the contentHash that was read; the approver is neither an author nor the secrecy reviewer. "
            + "return sends the report back with comments, each at a pointer into the content or on the whole.",
        Body = "Review",
        IsStep = true,
        Answers = [new(201, "Step", "The decision is recorded") { Headers = ["ETag", "Link"] }],
        Problems = [400, 403, 404, 409, 412, 413, 415, 422],
        Refusals = [ProblemTypes.SamePerson, ProblemTypes.WrongState, ProblemTypes.StaleContent, ProblemTypes.WaiversOpen, ProblemTypes.Contended],
    };

    public static async Task<IResult> HandleAsync(string code, int year, HttpContext context, ReportDesk desk, CancellationToken cancellation)
    {
        var precondition = Precondition.Optional(context.Request);
        var body = await StepBody.ReadAsync(context, "decision", "contentHash", "comments", "note");
        var command = Command(body);
        var step = new Step(context, new ReportId(code, year), [Role.Reviewer], filed => precondition.Check(filed.Version), (_, actor) => command(actor))
        {
            Key = body.Key,
            IsProvable = true,
        };
        return ReportAnswers.Step(step, await desk.CarryOutAsync(step, cancellation));
    }

    private static Func<string, ReportCommand> Command(StepBody body)
    {
        var decision = body.RequiredText("decision");
        if (decision == "approve")
        {
            var (hash, note) = (body.RequiredText("contentHash"), body.Text("note"));
            body.Finish();
            return actor => new ReportCommand.Approve(actor, hash, note);
        }
        if (decision != "return")
        {
            body.Walk.Wrong("/decision", "approve或return", "approve or return");
        }
        var comments = body.Items("comments", MaxComments).Select(entry => Comment(body, entry.Item, entry.At)).ToList();
        if (comments.Count == 0)
        {
            body.Walk.Missing("/comments");
        }
        body.Finish();
        return actor => new ReportCommand.Return(actor, comments);
    }

    private static (string? Pointer, string Text) Comment(StepBody body, System.Text.Json.JsonElement item, string at)
    {
        var members = body.Walk.Members(item, at, "pointer", "text");
        var text = body.Walk.Text(members, "text", at, StepBody.MaxText);
        if (string.IsNullOrWhiteSpace(text))
        {
            body.Walk.Missing($"{at}/text");
        }
        return (body.Walk.Text(members, "pointer", at, 200), text ?? "");
    }
}
