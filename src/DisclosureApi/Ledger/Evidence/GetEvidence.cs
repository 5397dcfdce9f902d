using Disclosure.Reports;
using DisclosureApi.Http;

namespace DisclosureApi.Ledger.Evidence;

/// <summary>GET …/evidence?revision=: what proves to an outsider what a report said and when.</summary>
internal static class GetEvidence
{
    public const string MediaType = "application/zip";

    public static readonly OperationContract Contract = new("get_evidence", "Ledger", "Download the evidence of a published report")
    {
        Description =
            "A zip of the revision (of all when `revision` is left out), the public events with their receipts, the checkpoint and the keys, the document it was filed as where that is public, with a README. It can be checked offline: "
            + "`-- verify FILE`, or with a program of one's own after openapi/LEDGER.md. It stays when the report is withdrawn. In the first second after an event the answer is 404 with Retry-After.",
        Filters = ["revision"],
        Answers =
        [
            new(200, "LedgerBytes", "The evidence") { MediaType = MediaType, Headers = ["ETag", "Content-Disposition"] },
            new(304, null, "The reader already has these bytes") { Headers = ["ETag", "Content-Disposition"] },
        ],
        Problems = [400, 404],
        Refusals = [ProblemTypes.NotYetProved],
    };

    public static async Task<IResult> HandleAsync(string code, int year, HttpRequest request, EvidenceBundle evidence, CancellationToken cancellation)
    {
        var revision = Filter.Number(request, "revision");
        return revision > int.MaxValue ? new Problem(ProblemTypes.NotFound) : await evidence.MakeAsync(new ReportId(code, year), (int?)revision, isWhole: false, cancellation) switch
        {
            null => new Problem(ProblemTypes.NotFound),
            { Bytes: [] } => LedgerBook.NotYet(),
            { Bytes: var bytes } => Answer.Public(new PublicBody(bytes), MediaType, FileName(code, year)),
        };
    }

    public static (string Name, string Value) FileName(string code, int year) => ("Content-Disposition", $"attachment; filename=\"evidence-{code}-{year}.zip\"");
}
