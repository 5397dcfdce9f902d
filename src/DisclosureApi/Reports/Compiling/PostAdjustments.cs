using System.Text.Json;
using Disclosure.Compiling;
using Disclosure.Contents;
using Disclosure.Formats;
using Disclosure.Reports;
using DisclosureApi.Access;
using DisclosureApi.Http;

namespace DisclosureApi.Reports.Compiling;

/// <summary>POST …/compilation/adjustments {adjustments: [{cell, amount, reason}]}: amounts on top of compiled figures, each with its reason.</summary>
internal static class PostAdjustments
{
    private const int MaxItems = 500;

    public static readonly OperationContract Contract = new("adjust_compilation", "Reports", "Record adjustments of compiled figures")
    {
        Description =
            "Each amount is added to what the members' reports add up to and to what was recorded for the cell before; the cell of the draft then shows the result. "
            + "Adjustments are never changed: record the opposite amount to take one back. They stand when the report is compiled again, and become public with it.",
        Body = "AdjustmentRequest",
        IsStep = true,
        Answers = [new(201, "Step", "The adjustments are recorded") { Headers = ["ETag"] }],
        Problems = [400, 403, 404, 409, 412, 413, 415, 422],
        Refusals = [ProblemTypes.WrongState, ProblemTypes.NotCompiled, ProblemTypes.ImpossibleFigures, ProblemTypes.Contended],
    };

    public static async Task<IResult> HandleAsync(string code, int year, HttpContext context, ReportDesk desk, CancellationToken cancellation)
    {
        var precondition = Precondition.Optional(context.Request);
        var body = await StepBody.ReadAsync(context, "adjustments");
        if (!FilingBody.IsReportYear(year))
        {
            return new Problem(ProblemTypes.NotFound);
        }
        var form = CompiledSums.FormOf(year);
        var amounts = body.Items("adjustments", MaxItems).Select(entry => Amount(body, entry.Item, entry.At, form)).ToList();
        if (amounts.Count == 0)
        {
            body.Walk.Missing("/adjustments");
        }
        body.Finish();
        var step = new Step(context, new ReportId(code, year), [Role.Submitter], filed => precondition.Check(filed.Version), (_, actor) => new ReportCommand.Adjust(actor, amounts))
        {
            Key = body.Key,
        };
        return ReportAnswers.Step(step, await desk.CarryOutAsync(step, cancellation));
    }

    private static (string Cell, decimal Amount, string Reason) Amount(StepBody body, JsonElement item, string at, ReportFormat form)
    {
        var members = body.Walk.Members(item, at, "cell", "amount", "reason");
        var (name, reason) = (body.Walk.Text(members, "cell", at, 200) ?? "", body.Walk.Text(members, "reason", at, StepBody.MaxText) ?? "");
        var cell = CellName.Parse(name, form);
        if (cell is null)
        {
            body.Walk.Wrong($"{at}/cell", $"{form.Key}年格式中的单元格（如/tables/applications/received/total）", $"a cell of the form of {form.Key}, such as /tables/applications/received/total");
        }
        if (string.IsNullOrWhiteSpace(reason))
        {
            body.Walk.Missing($"{at}/reason");
        }
        var amount = members.TryGetValue("amount", out var value) ? CellNumber.Read(value) : null;
        if (amount is null or 0)
        {
            body.Walk.Wrong($"{at}/amount", "不为0的数，减少为负", "a number other than 0, negative to take away");
        }
        return (cell?.Pointer ?? "", amount ?? 0, reason);
    }
}
