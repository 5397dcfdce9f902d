using DisclosureApi.Access;
using DisclosureApi.Http;
using DisclosureApi.Reports.AsOf;
using DisclosureApi.Reports.Compiling;
using DisclosureApi.Reports.ErrorReports;
using DisclosureApi.Reports.Originals;
using DisclosureApi.Reports.Printing;
using DisclosureApi.Reports.Rechecks;
using DisclosureApi.Reports.Redaction;
using DisclosureApi.Reports.Revisions;
using DisclosureApi.Reports.Steps;

namespace DisclosureApi.Reports;

/// <summary>One report's life, from the first draft to what everyone reads.</summary>
public static class ReportsApi
{
    private const string Report = "/v1/agencies/{code}/reports/{year:int}";

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapMethods("/v1/reports", ["GET", "HEAD"], ListReports.HandleAsync).Describe(ListReports.Contract).AllowAnonymous();
        app.MapMethods(Report, ["GET", "HEAD"], GetReport.HandleAsync).Describe(GetReport.Contract).AllowAnonymous();
        app.MapMethods($"{Report}/findings", ["GET", "HEAD"], GetFindings.HandleAsync).Describe(GetFindings.Contract).AllowAnonymous();
        app.MapMethods($"{Report}/assessments", ["GET", "HEAD"], ListAssessments.HandleAsync).Describe(ListAssessments.Contract).AllowAnonymous();
        app.MapPost($"{Report}/assessments", PostAssessment.HandleAsync).Describe(PostAssessment.Contract).Needs(Role.Submitter, Role.Reviewer);
        app.MapMethods($"{Report}/revisions", ["GET", "HEAD"], ListRevisions.HandleAsync).Describe(ListRevisions.Contract).AllowAnonymous();
        app.MapMethods($"{Report}/revisions/{{revision:int}}", ["GET", "HEAD"], GetRevision.HandleAsync).Describe(GetRevision.Contract).AllowAnonymous();
        app.MapMethods($"{Report}/revisions/{{revision:int}}/changes", ["GET", "HEAD"], GetChanges.HandleAsync).Describe(GetChanges.Contract).AllowAnonymous();
        app.MapMethods($"{Report}/timemap", ["GET", "HEAD"], GetTimeMap.HandleAsync).Describe(GetTimeMap.Contract).AllowAnonymous();
        app.MapMethods("/v1/agencies/{code}/reports", ["GET", "HEAD"], ListAgencyReports.HandleAsync).Describe(ListAgencyReports.Contract).AllowAnonymous();
        app.MapMethods("/v1/agencies/{code}/cells", ["GET", "HEAD"], ListCells.HandleAsync).Describe(ListCells.Contract).AllowAnonymous();

        MapDocuments(app);
        MapErrorReports(app);
        app.MapPost($"{Report}/draft/rereading", PostRereading.HandleAsync).Describe(PostRereading.Contract).Needs(Role.Submitter);
        app.MapMethods("/v1/work", ["GET", "HEAD"], GetWork.HandleAsync).Describe(GetWork.Contract)
            .Needs(Role.Submitter, Role.SecrecyReviewer, Role.Reviewer, Role.Archivist);
        app.MapMethods($"{Report}/draft", ["GET", "HEAD"], GetDraft.HandleAsync).Describe(GetDraft.Contract).Needs(Role.Submitter, Role.SecrecyReviewer, Role.Reviewer);
        app.MapPut($"{Report}/draft", PutDraft.HandleAsync).Describe(PutDraft.Contract).Needs(Role.Submitter);
        app.MapPatch($"{Report}/draft", PatchDraft.HandleAsync).Describe(PatchDraft.Contract).Needs(Role.Submitter);
        app.MapDelete($"{Report}/draft", DeleteDraft.HandleAsync).Describe(DeleteDraft.Contract).Needs(Role.Submitter);
        app.MapMethods($"{Report}/draft/prefill", ["GET", "HEAD"], GetPrefill.HandleAsync).Describe(GetPrefill.Contract).Needs(Role.Submitter);
        app.MapMethods($"{Report}/compilation", ["GET", "HEAD"], GetCompilation.HandleAsync).Describe(GetCompilation.Contract).AllowAnonymous();
        app.MapPost($"{Report}/compilation", PostCompilation.HandleAsync).Describe(PostCompilation.Contract).Needs(Role.Submitter);
        app.MapMethods($"{Report}/compilation/cells/{{**cell}}", ["GET", "HEAD"], GetCompiledCell.HandleAsync).Describe(GetCompiledCell.Contract).AllowAnonymous();
        app.MapPost($"{Report}/compilation/adjustments", PostAdjustments.HandleAsync).Describe(PostAdjustments.Contract).Needs(Role.Submitter);
        app.MapPost($"{Report}/acknowledgements", PostAcknowledgements.HandleAsync).Describe(PostAcknowledgements.Contract).Needs(Role.Submitter);
        app.MapPost($"{Report}/secrecy-review", PostSecrecyReview.HandleAsync).Describe(PostSecrecyReview.Contract).Needs(Role.SecrecyReviewer);
        app.MapPost($"{Report}/submission", PostSubmission.HandleAsync).Describe(PostSubmission.Contract).Needs(Role.Submitter);
        app.MapDelete($"{Report}/submission", DeleteSubmission.HandleAsync).Describe(DeleteSubmission.Contract).Needs(Role.Submitter);
        app.MapPost($"{Report}/waivers", PostWaiver.HandleAsync).Describe(PostWaiver.Contract).Needs(Role.Reviewer);
        app.MapPost($"{Report}/review", PostReview.HandleAsync).Describe(PostReview.Contract).Needs(Role.Reviewer);
        app.MapPost($"{Report}/publication", PostPublication.HandleAsync).Describe(PostPublication.Contract).Needs(Role.Submitter, Role.Reviewer);
        app.MapPost($"{Report}/correction", ReasonedSteps.CorrectAsync).Describe(ReasonedSteps.Correction).Needs(Role.Submitter);
        app.MapPost($"{Report}/withdrawal", ReasonedSteps.WithdrawAsync).Describe(ReasonedSteps.Withdrawal).Needs(Role.Reviewer);
        app.MapPost($"{Report}/reinstatement", ReasonedSteps.ReinstateAsync).Describe(ReasonedSteps.Reinstatement).Needs(Role.Reviewer);
        app.MapPost($"{Report}/redaction", PostRedaction.HandleAsync).Describe(PostRedaction.Contract).Needs(Role.Redactor);
        app.MapPost($"{Report}/archive", PostArchive.HandleAsync).Describe(PostArchive.Contract).Needs(Role.Archivist);
    }

    /// <summary>What readers found wrong in what is public.</summary>
    private static void MapErrorReports(IEndpointRouteBuilder app)
    {
        const string one = $"{Report}/error-reports/{{number:int}}";
        app.MapMethods($"{Report}/error-reports", ["GET", "HEAD"], ListErrorReports.HandleAsync).Describe(ListErrorReports.Contract).AllowAnonymous();
        app.MapPost($"{Report}/error-reports", PostErrorReport.HandleAsync).Describe(PostErrorReport.Contract).AllowAnonymous();
        app.MapMethods(one, ["GET", "HEAD"], GetErrorReport.HandleAsync).Describe(GetErrorReport.Contract).AllowAnonymous();
        app.MapPost($"{one}/answer", Settlements.AnswerAsync).Describe(Settlements.Answer).Needs(ErrorReportDesk.Settlers);
        app.MapPost($"{one}/dismissal", Settlements.DismissAsync).Describe(Settlements.Dismissal).Needs(ErrorReportDesk.Settlers);
        app.MapPost($"{one}/redaction", PostErrorReportRedaction.HandleAsync).Describe(PostErrorReportRedaction.Contract).Needs(Role.Redactor);
    }

    /// <summary>The report as a document, made here or as it came.</summary>
    private static void MapDocuments(IEndpointRouteBuilder app)
    {
        app.MapMethods($"{Report}/document", ["GET", "HEAD"], GetDocument.HandleAsync).Describe(GetDocument.Contract).AllowAnonymous();
        app.MapMethods($"{Report}/revisions/{{revision:int}}/document", ["GET", "HEAD"], GetRevisionDocument.HandleAsync).Describe(GetRevisionDocument.Contract).AllowAnonymous();
        app.MapMethods($"{Report}/draft/document", ["GET", "HEAD"], GetDraftDocument.HandleAsync).Describe(GetDraftDocument.Contract).Needs(Role.Submitter, Role.SecrecyReviewer, Role.Reviewer);
        app.MapMethods($"{Report}/original", ["GET", "HEAD"], GetOriginal.HandleAsync).Describe(GetOriginal.Contract).AllowAnonymous();
        app.MapMethods($"{Report}/draft/original", ["GET", "HEAD"], GetDraftOriginal.HandleAsync).Describe(GetDraftOriginal.Contract).Needs(Role.Submitter, Role.SecrecyReviewer, Role.Reviewer, Role.Auditor);
    }
}
