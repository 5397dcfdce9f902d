using Disclosure.Canonical;
using Disclosure.Reports;
using Disclosure.Reports.ErrorReports;
using DisclosureApi.Access;
using DisclosureApi.Http;
using DisclosureApi.Reports.Redaction;
using DisclosureApi.Store;

namespace DisclosureApi.Reports.ErrorReports;

/// <summary>POST …/error-reports/{number}/redaction {words, basis, reason}: removes a person's data from what a reader or the agency wrote.</summary>
internal static class PostErrorReportRedaction
{
    public static readonly OperationContract Contract = new("redact_error_report", "Reports", "Remove words from an error report by law")
    {
        Description =
            "For personal data (个人信息保护法, article 47), whether the words are public by now or not. They leave every event of the error report, □ stands in their place; commitments stay, so that "
            + "everything proved before still is. Give them exactly as they stand.",
        Body = "WordsRedaction",
        IsStep = true,
        Answers = [new(201, "ErrorReportStep", "The words are gone") { Headers = ["ETag"] }],
        Problems = [400, 403, 404, 409, 413, 415, 422],
        Refusals = [ProblemTypes.NothingToRedact, ProblemTypes.Contended],
    };

    public static async Task<IResult> HandleAsync(
        string code, int year, int number, HttpContext context, AgencyRegister register, WholeDatabase whole, EventStore store, Actors actors, Idempotency answers, CancellationToken cancellation)
    {
        var body = await StepBody.ReadAsync(context, "words", "basis", "reason");
        var order = RedactionOrder.Of(body);
        body.Finish();
        var (id, caller) = (new ErrorReportId(new ReportId(code, year), number), Caller.Of(context)!);
        return await Attempts.Of(answers, answered => ErrorReportAnswers.Of(answered, isNew: false)).OnceAsync(body.Key, TryAsync, cancellation);

        async Task<IResult?> TryAsync()
        {
            var agency = await register.FindAsync(code, cancellation);
            if (agency is null || caller.ActsOn(agency.Agency, Role.Redactor) is null || await HeldTexts.ReadAsync(whole.Source, id.Stream, cancellation) is not { Count: > 0 } events)
            {
                return new Problem(ProblemTypes.NotFound);
            }
            var held = HeldTexts.TakeOut(events, order.Words);
            if (held.Count == 0)
            {
                return new Problem(ProblemTypes.NothingToRedact);
            }
            var provenance = await caller.ProvenanceAsync(actors, context, Role.Redactor, agency.Agency.Supervisor, cancellation);
            var stored = await StoreAsync(id, events, held, order, provenance, body.Key, store, cancellation);
            return stored is null ? null : ErrorReportAnswers.Of(stored, isNew: false);
        }
    }

    /// <summary>The events without the words make the rows anew, in the transaction that takes the words from the store; null when somebody else was faster.</summary>
    private static async Task<StoredAnswer?> StoreAsync(
        ErrorReportId id, IReadOnlyList<RawEvent> events, IReadOnlyList<HeldText> held, RedactionOrder order, Provenance provenance, StepKey key, EventStore store, CancellationToken cancellation)
    {
        StoredAnswer? answer = null;
        var version = events[^1].Version;
        var without = events.Select(raw => new RecordedEvent(raw.Position, raw.Version, raw.At, raw.Actor, EventCodec.Decode(raw.Type, raw.Data.ToJsonString()))).ToList();
        var state = ErrorReportProjection.Folded(without.Select(recorded => recorded.Happened)).State;
        var happened = new ErrorReportEvent.ErrorReportRedacted(
            [.. held.Select(text => new RedactedText(text.Position, text.Pointer, text.Commitment))], order.Basis, new CommittedText(order.Reason, CommittedText.NewSalt()));
        var append = new Append(id.Stream, ErrorReportId.Streams, version, [happened], provenance, null, placed =>
            ErrorReportProjection.Changes(id, without.Concat(placed.Select(stored => stored.Recorded)))
                .Append(Redactor.Remove(id.Stream, placed[^1].Position, held))
                .Concat(Idempotency.Rows(key.Client, key.Key, answer = ErrorReportAnswers.Stored(key, id, state, placed[^1].Position, Precondition.ETag(version + 1)))));
        return await store.AppendAsync(append, cancellation) is AppendResult.Stored ? answer : null;
    }
}
