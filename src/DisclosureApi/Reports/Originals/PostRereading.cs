using Disclosure.Contents;
using Disclosure.Reports;
using DisclosureApi.Access;
using DisclosureApi.Http;
using Kept = DisclosureApi.Store.Originals;

namespace DisclosureApi.Reports.Originals;

/// <summary>POST …/draft/rereading: reads the kept original again, as today's reader reads it, in place of the draft.</summary>
internal static class PostRereading
{
    public static readonly OperationContract Contract = new("reread_original", "Reports", "Read a draft's original document again")
    {
        Description =
            "The document that the draft was filed as is read anew and replaces the draft, with whatever was corrected by hand since. "
            + "The event names the document and the version of the reader. A draft that came as JSON has no original: 404.",
        Body = "StepNothing",
        IsStep = true,
        Answers = [new(201, "Step", "The draft is as it was read now") { Headers = ["ETag"] }],
        Problems = [400, 403, 404, 409, 412, 413, 415, 422],
        Refusals = [ProblemTypes.WrongState, ProblemTypes.Contended, ProblemTypes.NotAReport, ProblemTypes.UnreadableDocument],
    };

    public static async Task<IResult> HandleAsync(
        string code, int year, HttpContext context, ReportDesk desk, FiledReports reports, Kept originals, DocumentReaders readers, CancellationToken cancellation)
    {
        var precondition = Precondition.Optional(context.Request);
        var body = await StepBody.ReadAsync(context);
        body.Finish();
        var id = new ReportId(code, year);
        if (await reports.FindAsync(id, agency => Caller.Of(context)!.ActsOn(agency, Role.Submitter) is not null, cancellation) is not { Report.WorkInHand.Original: { } original }
            || await originals.FindAsync(original.Sha256, cancellation) is not { } bytes)
        {
            return new Problem(ProblemTypes.NotFound);
        }
        var document = await FilingBody.ReadAsync(readers, original.MediaType, new DocumentBytes(bytes, original.Charset), cancellation);
        var step = new Step(context, id, [Role.Submitter], now => precondition.Check(now.Version) ?? FilingBody.Check(document.Filing, year), (_, actor) =>
            new ReportCommand.Edit(actor, document.Filing.AgencyName, document.Filing.Content, ReadingText.Of(document.Filing), document.Original))
        {
            Key = body.Key,
            Printed = document.Filing.AgencyName,
        };
        return ReportAnswers.Step(step, await desk.CarryOutAsync(step, cancellation));
    }
}
