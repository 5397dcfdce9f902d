using Disclosure.Reports;
using DisclosureApi.Access;
using DisclosureApi.Http;
using DisclosureApi.Store;

namespace DisclosureApi.Reports.Rechecks;

/// <summary>POST …/assessments {}: checks the public revision again, under the rule set of today.</summary>
internal static class PostAssessment
{
    public static readonly OperationContract Contract = new("recheck_report", "Reports", "Check a published report again")
    {
        Description =
            "The public revision is judged again, under the rule set of today and against last year's report as it stands now, and the result is kept as a fact of its own beside the findings it was published with. "
            + "It happens without a request when last year's report is corrected, or that of a body it took over from in the year. Those who answer for the report find what is new in /v1/work, until a check is asked for here.",
        Body = "StepNothing",
        IsStep = true,
        Answers = [new(201, "Step", "The report was checked; the result stands in …/assessments") { Headers = ["ETag", "Link"] }],
        Problems = [400, 403, 404, 409, 412, 413, 415, 422],
        Refusals = [ProblemTypes.Contended],
    };

    public static async Task<IResult> HandleAsync(
        string code, int year, HttpContext context, FiledReports reports, Rechecker rechecker, Actors actors, Idempotency answers, CancellationToken cancellation)
    {
        var precondition = Precondition.Optional(context.Request);
        var body = await StepBody.ReadAsync(context);
        body.Finish();
        var (id, caller) = (new ReportId(code, year), Caller.Of(context)!);
        return await Attempts.Of(answers, ReportAnswers.Repeated).OnceAsync(body.Key, TryAsync, cancellation);

        async Task<IResult?> TryAsync()
        {
            var filed = await reports.FindAsync(id, agency => caller.ActsOn(agency, [Role.Submitter, Role.Reviewer]) is not null, cancellation);
            if (filed?.Report.Public is null || caller.ActsOn(filed.Agency.Agency, [Role.Submitter, Role.Reviewer]) is not { } role)
            {
                return new Problem(ProblemTypes.NotFound);
            }
            if (precondition.Check(filed.Version) is { } failed)
            {
                return failed;
            }
            var acting = role.ActsWithinAgency ? code : filed.Agency.Agency.Supervisor;
            var provenance = await caller.ProvenanceAsync(actors, context, role, acting, cancellation);
            var result = await rechecker.TryAsync(filed, provenance, body.Key, cancellation);
            return result is null ? null : ReportAnswers.Step(isProvable: true, result);
        }
    }
}
