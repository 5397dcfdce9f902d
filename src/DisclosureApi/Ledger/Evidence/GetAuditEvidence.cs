using Disclosure.Reports;
using DisclosureApi.Access.Recording;
using DisclosureApi.Http;

namespace DisclosureApi.Ledger.Evidence;

/// <summary>GET /v1/audit/reports/{code}/{year}/evidence: the same with every event open, for auditors.</summary>
internal static class GetAuditEvidence
{
    public static readonly OperationContract Contract = new("get_audit_evidence", "Audit", "Download the evidence of a report with all its events")
    {
        Description = "As the public evidence, with every event of the report from the first draft on, every text open that was not removed by law, and the documents that were filed. This use is recorded.",
        Answers = [new(200, "LedgerBytes", "The evidence") { MediaType = GetEvidence.MediaType, Headers = ["ETag", "Content-Disposition"] }],
        Problems = [403, 404],
        Refusals = [ProblemTypes.NotYetProved],
    };

    public static async Task<IResult> HandleAsync(string code, int year, HttpContext context, EvidenceBundle evidence, CancellationToken cancellation)
    {
        var made = await evidence.MakeAsync(new ReportId(code, year), revision: null, isWhole: true, cancellation);
        AuditAccess.Of(context).Events += made?.Events ?? 0;
        return made switch
        {
            null => new Problem(ProblemTypes.NotFound),
            { Bytes: [] } => LedgerBook.NotYet(),
            { Bytes: var bytes } => new Answer(StatusCodes.Status200OK, bytes, Answer.ETagOf(bytes)) { ContentType = GetEvidence.MediaType, Headers = [GetEvidence.FileName(code, year)] },
        };
    }
}
