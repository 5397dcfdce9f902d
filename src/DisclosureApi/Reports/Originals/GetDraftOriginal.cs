using Disclosure.Reports;
using DisclosureApi.Access;
using DisclosureApi.Http;
using Kept = DisclosureApi.Store.Originals;

namespace DisclosureApi.Reports.Originals;

/// <summary>GET …/draft/original: the very document that the draft was read from.</summary>
internal static class GetDraftOriginal
{
    public static readonly OperationContract Contract = new("get_draft_original", "Reports", "Read the document that a draft was filed as")
    {
        Description =
            "The bytes as they were filed, under the media type they were filed as, for those who may read the draft and for the auditors of the reviewing office. "
            + "What was corrected since by hand is not in them. A draft that came as JSON has none.",
        Answers = [new(200, null, "The document as it was filed") { Headers = ["ETag", "Content-Disposition", .. OriginalAnswer.Guards], Documents = FilingBody.Documents }],
        Problems = [403, 404],
    };

    public static async Task<IResult> HandleAsync(
        string code, int year, HttpContext context, FiledReports reports, Kept originals, CancellationToken cancellation) =>
        await reports.FindAsync(new ReportId(code, year), agency => Caller.Of(context)!.ActsOn(agency, Role.Submitter, Role.SecrecyReviewer, Role.Reviewer, Role.Auditor) is not null, cancellation) is { Report.WorkInHand.Original: { } original } filed && MayRead(Caller.Of(context)!, filed)
            && await originals.FindAsync(original.Sha256, cancellation) is { } bytes
            ? OriginalAnswer.Of(filed.Id, original, bytes, isPublic: false)
            : new Problem(ProblemTypes.NotFound);

    private static bool MayRead(Caller caller, FiledReport filed) => GetDraft.MayRead(caller, filed) || caller.ActsOn(filed.Agency.Agency, Role.Auditor) is not null;
}
