using Disclosure.Canonical;

namespace Disclosure.Reports.ErrorReports;

/// <summary>A reader's report of an error in one of its states. Once it is answered or dismissed, nothing more is decided of it.</summary>
public abstract record ErrorReport
{
    private ErrorReport()
    {
    }

    public sealed record NotReported : ErrorReport;

    public sealed record Open(ErrorReportEvent.ErrorReported What) : ErrorReport;

    public sealed record Answered(ErrorReportEvent.ErrorReported What, CommittedText Reason, int? Correction) : ErrorReport;

    public sealed record Dismissed(ErrorReportEvent.ErrorReported What, CommittedText Reason) : ErrorReport;

    public static ErrorReport None { get; } = new NotReported();

    /// <summary>The state's name in the API.</summary>
    public string State => this switch
    {
        NotReported => "none",
        Open => "open",
        Answered => "answered",
        Dismissed => "dismissed",
        _ => throw new InvalidOperationException($"unknown state {GetType().Name}"),
    };

    /// <summary>How each event changes it. A pair that is not here never happened; meeting one is a fault that must stop us.</summary>
    public ErrorReport Apply(ErrorReportEvent happened) => (this, happened) switch
    {
        (NotReported, ErrorReportEvent.ErrorReported e) => new Open(e),
        (Open(var what), ErrorReportEvent.ErrorReportAnswered e) => new Answered(what, e.Reason, e.Correction),
        (Open(var what), ErrorReportEvent.ErrorReportDismissed e) => new Dismissed(what, e.Reason),
        // The events before it are read without the words by now.
        (not NotReported, ErrorReportEvent.ErrorReportRedacted) => this,
        _ => throw new InvalidOperationException($"{happened.GetType().Name} cannot follow in state {State}."),
    };
}
