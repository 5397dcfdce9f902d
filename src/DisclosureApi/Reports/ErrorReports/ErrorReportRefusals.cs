using Disclosure.Contents;
using Disclosure.Reports;
using Disclosure.Reports.ErrorReports;
using DisclosureApi.Http;

namespace DisclosureApi.Reports.ErrorReports;

/// <summary>Turns what is refused of error reports into problems.</summary>
internal static class ErrorReportRefusals
{
    public static Problem Problem(ErrorReportDecision decision, ReportId report) => decision switch
    {
        ErrorReportDecision.Faulty(var faults) => new Problem(ProblemTypes.InvalidBody).With(faults),
        ErrorReportDecision.StaleRevision(var current) => new Problem(ProblemTypes.StaleRevision).With("revision", current).With("report", Links.Report(report)),
        ErrorReportDecision.WrongState(var state, var command) => new Problem(ProblemTypes.WrongState, new Message(
            "该差错报告已经办结", "The error report has been settled already.")).With("state", state).With("allowed", []).With("command", command),
        _ => throw new InvalidOperationException($"{decision.GetType().Name} refuses nothing."),
    };
}
