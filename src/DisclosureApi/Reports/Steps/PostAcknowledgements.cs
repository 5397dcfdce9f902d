using System.Text.Json;
using Disclosure.Reports;
using DisclosureApi.Access;
using DisclosureApi.Http;

namespace DisclosureApi.Reports.Steps;

/// <summary>POST …/acknowledgements {acknowledgements: [{code, pointers, reason}]}: the submitter has seen these findings, and says why they stand.</summary>
internal static class PostAcknowledgements
{
    private const int MaxItems = 500;

    public static readonly OperationContract Contract = new("acknowledge_findings", "Reports", "Acknowledge findings, many at once")
    {
        Description =
            "Serves warnings, and the reasons that waivable errors need. Without pointers all findings of the code are meant. "
            + "An acknowledgement holds while the figures it was given for stay the same.",
        Body = "Acknowledgements",
        IsStep = true,
        Answers =
        [
            new(200, "Step", "All of them were known already") { Headers = ["ETag"] },
            new(201, "Step", "The acknowledgements are recorded") { Headers = ["ETag", "Link"] },
        ],
        Problems = [400, 403, 404, 409, 412, 413, 415, 422],
        Refusals = [ProblemTypes.WrongState, ProblemTypes.NoSuchFinding, ProblemTypes.Contended],
    };

    public static async Task<IResult> HandleAsync(string code, int year, HttpContext context, ReportDesk desk, CancellationToken cancellation)
    {
        var precondition = Precondition.Optional(context.Request);
        var body = await StepBody.ReadAsync(context, "acknowledgements");
        var findings = body.Items("acknowledgements", MaxItems).Select(entry => Finding(body, entry.Item, entry.At)).ToList();
        if (findings.Count == 0)
        {
            body.Walk.Missing("/acknowledgements");
        }
        body.Finish();
        var step = new Step(context, new ReportId(code, year), [Role.Submitter], filed => precondition.Check(filed.Version), (filed, actor) =>
            new ReportCommand.Acknowledge(actor, filed.Assess(filed.Report.WorkInHand ?? Work.Begin(null)), findings))
        {
            IsJudged = true,
            Key = body.Key,
            IsProvable = true,
        };
        return ReportAnswers.Step(step, await desk.CarryOutAsync(step, cancellation));
    }

    private static AcknowledgedFinding Finding(StepBody body, JsonElement item, string at)
    {
        var members = body.Walk.Members(item, at, "code", "pointers", "reason");
        if (body.Walk.Text(members, "code", at, 20) is not { Length: > 0 } code)
        {
            body.Walk.Missing($"{at}/code");
            code = "";
        }
        return new AcknowledgedFinding(code, Pointers(body, members, at), body.Walk.Text(members, "reason", at, StepBody.MaxText));
    }

    private static List<string> Pointers(StepBody body, Dictionary<string, JsonElement> members, string at)
    {
        if (!members.TryGetValue("pointers", out var list))
        {
            return [];
        }
        if (list.ValueKind != JsonValueKind.Array || list.GetArrayLength() > MaxItems)
        {
            body.Walk.Wrong($"{at}/pointers", $"最多{MaxItems}项的列表", $"a list of at most {MaxItems} pointers");
            return [];
        }
        return [.. list.EnumerateArray().Select((item, i) => body.Walk.Text(item, $"{at}/pointers/{i}", 200) ?? "")];
    }
}
