using System.Text.Json;
using Disclosure.Contents;
using Disclosure.Reports;
using DisclosureApi.Access;
using DisclosureApi.Http;

namespace DisclosureApi.Reports.ErrorReports;

/// <summary>POST …/error-reports {revision, pointer, read, expected, message}: a reader says what is wrong in a published report.</summary>
internal static class PostErrorReport
{
    private const int MaxPointer = 200;

    public static readonly OperationContract Contract = new("report_error", "Reports", "Report an error in a published report")
    {
        Description =
            "Anyone may tell the agency of an error in a figure or a section of what is public now. It waits in the agency's queue until the agency answers it or dismisses it, with a reason in public; "
            + "its address tells what came of it. Nobody is asked who he is and no address or token is kept with it. The words become public with the answer: write nothing of persons; "
            + "numbers of identity cards, mobile telephones and bank cards are refused. "
            + $"Few may come from one address in an hour (429 names the policy errorReports), and {ErrorReportIntake.MostOpen} may wait on one report.",
        Body = "NewErrorReport",
        IsStep = true,
        Answers = [new(201, "ErrorReportStep", "The agency's queue has it") { Headers = ["Location"] }],
        Problems = [400, 404, 409, 410, 413, 415, 422, 429],
        Refusals = [ProblemTypes.StaleRevision, ProblemTypes.QueueFull, ProblemTypes.Contended],
    };

    public static async Task<IResult> HandleAsync(string code, int year, HttpContext context, ErrorReportIntake intake, CancellationToken cancellation)
    {
        var body = await StepBody.ReadOfStrangerAsync(context, "revision", "pointer", "read", "expected", "message");
        var told = new ToldError(Revision(body), Pointer(body), Number(body, "read"), Number(body, "expected"), body.RequiredText("message"));
        body.Finish();
        return await intake.TakeInAsync(context, new ReportId(code, year), told, body.Key, cancellation);
    }

    private static int Revision(StepBody body)
    {
        if (body.Member("revision") is null)
        {
            body.Walk.Missing("/revision");
        }
        return body.Integer("revision", 1, int.MaxValue) ?? 1;
    }

    private static string Pointer(StepBody body)
    {
        var pointer = body.RequiredText("pointer");
        if (pointer.Length > MaxPointer)
        {
            body.Walk.Add("/pointer", $"不得超过{MaxPointer}个字符", $"is longer than {MaxPointer} characters");
        }
        return pointer;
    }

    private static decimal? Number(StepBody body, string name)
    {
        if (body.Member(name) is not { ValueKind: not JsonValueKind.Null } member)
        {
            return null;
        }
        if (CellNumber.Read(member) is { } number)
        {
            return number;
        }
        body.Walk.Wrong($"/{name}", "数（绝对值不超过2^53−1，最多15位有效数字）", "a number of at most 15 significant digits, not beyond 2^53 − 1");
        return null;
    }
}
