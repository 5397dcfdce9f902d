using Disclosure.Reports;
using DisclosureApi.Http;
using DisclosureApi.Reports.Revisions;
using DisclosureApi.Store.Replicas;

namespace DisclosureApi.Reports.Printing;

/// <summary>GET …/revisions/{revision}/document: one revision as the official document.</summary>
internal static class GetRevisionDocument
{
    public static readonly OperationContract Contract = GetDocument.Contract with
    {
        Id = "get_revision_document",
        Summary = "Read one revision of a report as its official document",
        Problems = [400, 404],
    };

    public static async Task<IResult> HandleAsync(
        string code, int year, int revision, HttpContext context, ReadDatabase database, PrintedReports printed, CancellationToken cancellation)
    {
        var wanted = printed.Wanted(context.Request);
        return await PublishedRevisions.ReadAsync(database, new ReportId(code, year), revision, cancellation) is [var found]
            ? printed.Answer(wanted, Answer.ETagOf(found.Body), () => GetDocument.Document(found.Body))
            : new Problem(ProblemTypes.NotFound);
    }
}
