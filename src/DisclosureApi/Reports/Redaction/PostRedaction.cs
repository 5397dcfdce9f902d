using Disclosure.Reports;
using DisclosureApi.Access;
using DisclosureApi.Http;
using DisclosureApi.Store;

namespace DisclosureApi.Reports.Redaction;

/// <summary>POST …/redaction {words, person, basis, reason}: removes words, or who somebody was, by law, and keeps every proof.</summary>
internal static class PostRedaction
{
    public static readonly OperationContract Contract = new("redact_texts", "Reports", "Remove words or a person from a report and its history by law")
    {
        Description =
            "For personal data that must not be public (个人信息保护法; 条例 art. 15). The words leave every event, revision, finding and draft of this report and the documents that were filed for it; "
            + "□ stands in their place. Commitments stay, so that every receipt and every contentHash made before still verifies, and history says who removed something, on what basis and why. "
            + "`person` names, by the id that events bear, somebody who acted on this report: whom the id stands for then goes from the table of persons, stored answers and the record of audits, for all that the id ever "
            + "did; the id stays, and so does every proof. Somebody whose work on any report is not finished cannot be removed, because nobody could keep writing, review and approval apart then: 409. "
            + "When this answer goes out no host serves the words any more. Give them exactly as they stand; copies that readers took are not reached.",
        Body = "Redaction",
        IsStep = true,
        Answers = [new(201, "Step", "The words are gone") { Headers = ["ETag", "Link"] }],
        Problems = [400, 403, 404, 409, 413, 415, 422],
        Refusals = [ProblemTypes.NothingToRedact, ProblemTypes.PersonAtWork, ProblemTypes.SamePerson, ProblemTypes.Contended],
    };

    public static async Task<IResult> HandleAsync(
        string code, int year, HttpContext context, FiledReports reports, Redactor redactor, Idempotency answers, CancellationToken cancellation)
    {
        var body = await StepBody.ReadAsync(context, "words", "person", "basis", "reason");
        var order = RedactionOrder.Of(body) with { Person = body.Text("person") };
        body.Finish();
        var (id, caller) = (new ReportId(code, year), Caller.Of(context)!);
        return await Attempts.Of(answers, answered => redactor.RepeatedAsync(answered, cancellation)).OnceAsync(body.Key, TryAsync, cancellation);

        async Task<IResult?> TryAsync()
        {
            var filed = await reports.FindAsync(id, agency => caller.ActsOn(agency, Role.Redactor) is not null, cancellation);
            if (filed is null || filed.Version == 0)
            {
                return new Problem(ProblemTypes.NotFound);
            }
            var result = await redactor.TryAsync(context, filed, body.Key, order, cancellation);
            return result is null ? null : ReportAnswers.Step(isProvable: true, result);
        }
    }
}
