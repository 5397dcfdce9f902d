using Disclosure.Documents.Writing;
using Disclosure.Reports;
using DisclosureApi.Access;
using DisclosureApi.Http;
using DisclosureApi.Http.Printing;

namespace DisclosureApi.Reports.Printing;

/// <summary>GET …/draft/document: the work in hand as the official document that it would become.</summary>
internal static class GetDraftDocument
{
    public static readonly OperationContract Contract = new("get_draft_document", "Reports", "Read a draft as its official document")
    {
        Description = "What …/document would give if the draft were published as it is, for those who may read the draft.",
        Parameters = ["bom"],
        Answers = [new(200, null, "The document") { Headers = ["ETag", "Vary", "Content-Disposition", "Content-Language"], Documents = DocumentWriters.MediaTypes }],
        Problems = [400, 403, 404],
        Refusals = [ProblemTypes.NotAcceptable],
    };

    public static async Task<IResult> HandleAsync(
        string code, int year, HttpContext context, FiledReports reports, PrintedReports printed, CancellationToken cancellation)
    {
        var wanted = printed.Wanted(context.Request);
        return await reports.FindAsync(new ReportId(code, year), agency => Caller.Of(context)!.ActsOn(agency, Role.Submitter, Role.SecrecyReviewer, Role.Reviewer) is not null, cancellation) is { Report.WorkInHand: { } work } filed && GetDraft.MayRead(Caller.Of(context)!, filed)
            ? printed.Answer(wanted, null, () => ReportWriter.Document(work.Content.Content, work.AgencyName?.Text ?? filed.Agency.Agency.Name, year))
            : new Problem(ProblemTypes.NotFound);
    }
}
