using Disclosure.Reports;
using DisclosureApi.Http;

namespace DisclosureApi.Reports;

/// <summary>Turns what the workflow refuses into problems.</summary>
internal static class Refusals
{
    public static Problem Problem(Refusal refusal, Report report) => refusal switch
    {
        Refusal.WrongState wrong => Conflict(ProblemTypes.WrongState, refusal, report).With("command", wrong.Command),
        Refusal.StaleContent stale => Conflict(ProblemTypes.StaleContent, refusal, report).With("contentHash", stale.Current),
        Refusal.SamePerson => new Problem(ProblemTypes.SamePerson, refusal.Message),
        Refusal.FindingsStand stand => new Problem(ProblemTypes.FindingsStand, refusal.Message).With(stand.Findings),
        Refusal.SecrecyReviewMissing missing => Conflict(ProblemTypes.SecrecyReviewMissing, refusal, report).With("contentHash", missing.ContentHash),
        Refusal.WaiversOpen open => Conflict(ProblemTypes.WaiversOpen, refusal, report).With(open.Findings),
        Refusal.NoSuchFinding unknown => new Problem(ProblemTypes.NoSuchFinding, refusal.Message).With("code", unknown.Code),
        Refusal.NotCompiled => Conflict(ProblemTypes.NotCompiled, refusal, report),
        Refusal.ImpossibleFigures impossible => new Problem(ProblemTypes.ImpossibleFigures, refusal.Message).With("cells", impossible.Cells),
        Refusal.ReviewBegun => Conflict(ProblemTypes.ReviewBegun, refusal, report),
        _ => throw new InvalidOperationException($"unknown refusal {refusal.GetType().Name}"),
    };

    private static Problem Conflict(ProblemType type, Refusal refusal, Report report) =>
        new Problem(type, refusal.Message).With("state", report.State).With("allowed", Workflow.Allowed(report));
}
