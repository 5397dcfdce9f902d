using Disclosure.Reports;
using DisclosureApi.Access;
using DisclosureApi.Http;
using DisclosureApi.Store;

namespace DisclosureApi.Reports;

/// <summary>GET …/draft: the work in hand with its findings, for the agency, and for the reviewing office once it is handed in.</summary>
internal static class GetDraft
{
    public static readonly OperationContract Contract = new("get_draft", "Reports", "Read a draft with its findings")
    {
        Description =
            "Submitters and the secrecy reviewer of the agency read it at any time, the reviewing office from submission on. "
            + "For everyone else, and where there is none, the answer is the same 404.",
        Answers = [new(200, "Draft", "The draft; its ETag is its version") { Headers = ["ETag"] }],
        Problems = [403, 404],
    };

    public static async Task<IResult> HandleAsync(
        string code, int year, HttpContext context, FiledReports reports, Actors actors, CancellationToken cancellation) =>
        await reports.FindAsync(new ReportId(code, year), agency => Caller.Of(context)!.ActsOn(agency, Role.Submitter, Role.SecrecyReviewer, Role.Reviewer) is not null, cancellation)
            is { Report.WorkInHand: not null } filed && MayRead(Caller.Of(context)!, filed)
            ? await ReportAnswers.DraftAsync(StatusCodes.Status200OK, await JudgedAsync(reports, filed, cancellation), actors, cancellation)
            : new Problem(ProblemTypes.NotFound);

    private static async Task<FiledReport> JudgedAsync(FiledReports reports, FiledReport filed, CancellationToken cancellation) =>
        await reports.BesideOthersAsync(await reports.AmongAsync(filed, cancellation), cancellation);

    public static bool MayRead(Caller caller, FiledReport filed) =>
        caller.ActsOn(filed.Agency.Agency, Role.Submitter, Role.SecrecyReviewer) is not null
        || (filed.Report is not Report.Draft && caller.ActsOn(filed.Agency.Agency, Role.Reviewer) is not null);
}
