using Disclosure.Contents;
using Disclosure.Reports;
using DisclosureApi.Access;
using DisclosureApi.Http;
using DisclosureApi.Store;

namespace DisclosureApi.Reports;

/// <summary>PUT …/draft: the whole filing as JSON, or the document itself; answers the draft with all its findings.</summary>
internal static class PutDraft
{
    public static readonly OperationContract Contract = new("put_draft", "Reports", "Write a draft, from JSON or from the document itself")
    {
        Description =
            "Replaces the draft by the filing sent, and keeps what changed as an event. A document is read as POST /v1/conversions reads it, and kept as it came (…/draft/original). "
            + "Send If-None-Match: * for the first draft and If-Match with the draft's ETag to change it. Findings do not stop a draft from being kept; "
            + "numbers that can stand in no report (negative or fractional counts) do.",
        Body = "Filing",
        Documents = FilingBody.Documents,
        IsConditional = true,
        Answers =
        [
            new(200, "Draft", "The draft as changed, with its findings") { Headers = ["ETag"] },
            new(201, "Draft", "The new draft, with its findings") { Headers = ["ETag"] },
        ],
        Problems = [400, 403, 404, 409, 412, 413, 415, 422, 428],
        Refusals = [ProblemTypes.WrongState, ProblemTypes.AgencyEnded, ProblemTypes.Contended],
    };

    public static async Task<IResult> HandleAsync(
        string code, int year, HttpContext context, ReportDesk desk, FiledReports reports, Actors actors, CancellationToken cancellation)
    {
        var precondition = Precondition.Required(context.Request);
        var (filing, document) = await FilingBody.ReadAsync(context);
        if (!FilingBody.IsReportYear(year))
        {
            return new Problem(ProblemTypes.NotFound);
        }
        FilingBody.Require(filing, year);
        var step = new Step(context, new ReportId(code, year), [Role.Submitter], filed => precondition.Check(filed.DraftVersion), (_, actor) =>
            new ReportCommand.Edit(actor, filing.AgencyName, filing.Content, ReadingText.Of(filing), document?.Original))
        {
            Printed = filing.AgencyName,
            Original = document,
        };
        return await desk.CarryOutAsync(step, cancellation) switch
        {
            StepResult.Refused(var problem) => problem,
            StepResult.Done(var before, var after) => await ReportAnswers.DraftAsync(
                before.DraftVersion is null ? StatusCodes.Status201Created : StatusCodes.Status200OK, await reports.BesideOthersAsync(after, cancellation), actors, cancellation),
            _ => throw new InvalidOperationException("unknown result of a step"),
        };
    }
}
