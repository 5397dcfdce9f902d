using Disclosure.Reports;
using DisclosureApi.Http;
using Kept = DisclosureApi.Store.Originals;

namespace DisclosureApi.Reports.Originals;

/// <summary>GET …/original: the document that the public revision was filed as, where the agency made it public with the report.</summary>
internal static class GetOriginal
{
    public static readonly OperationContract Contract = new("get_original", "Reports", "Read the document that a published report was filed as")
    {
        Description =
            "Public where the submission said `publishOriginal`; elsewhere, and for a report that was filed as JSON, the answer is 404. "
            + "The report itself is …/document: the original may differ from it where the draft was corrected before submission.",
        Answers =
        [
            new(200, null, "The document as it was filed") { Headers = ["ETag", "Content-Disposition", .. OriginalAnswer.Guards], Documents = FilingBody.Documents },
            new(304, null, "The reader already has these bytes") { Headers = ["ETag"] },
        ],
        Problems = [404, 410],
    };

    public static async Task<IResult> HandleAsync(
        string code, int year, PublishedReports published, FiledReports reports, Kept originals, CancellationToken cancellation)
    {
        var id = new ReportId(code, year);
        return await published.FindAsync(id, cancellation) switch
        {
            { Withdrawal: { } withdrawal } => GetReport.Withdrawn(withdrawal),
            { Report: not null } when await reports.PublicAsync(id, cancellation) is { Original: { } original } && await originals.FindAsync(original.Sha256, cancellation) is { } bytes =>
                OriginalAnswer.Of(id, original, bytes, isPublic: true),
            _ => new Problem(ProblemTypes.NotFound),
        };
    }
}
