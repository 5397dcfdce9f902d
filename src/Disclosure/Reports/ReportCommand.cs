using Disclosure.Canonical;
using Disclosure.Compiling;
using Disclosure.Contents;
using Disclosure.Rules;

namespace Disclosure.Reports;

/// <summary>What people ask of a report.</summary>
/// <param name="Actor">Pseudonymous id of the person who asks.</param>
public abstract record ReportCommand(string Actor)
{
    /// <summary>Gives each text its salt; a parameter, so that decisions can be repeated in tests.</summary>
    public Func<string> NewSalt { get; init; } = CommittedText.NewSalt;

    /// <param name="Reading">Readings and notes as JSON, null when there are none.</param>
    /// <param name="Document">The document the filing was read from, null when it came as JSON.</param>
    public sealed record Edit(string Actor, string? AgencyName, ReportContent Content, string? Reading, OriginalDocument? Document) : ReportCommand(Actor);

    /// <summary>Adds the figures of others up into the draft.</summary>
    /// <param name="Beginning">What a new draft begins with.</param>
    public sealed record Compile(string Actor, CompilationPlan Plan, Filing Beginning) : ReportCommand(Actor);

    public sealed record Adjust(string Actor, IReadOnlyList<(string Cell, decimal Amount, string Reason)> Amounts) : ReportCommand(Actor);

    public sealed record Discard(string Actor) : ReportCommand(Actor);

    public sealed record ReviewSecrecy(string Actor, string ContentHash, bool Passed, string? Note) : ReportCommand(Actor);

    public sealed record Acknowledge(string Actor, Assessment Assessment, IReadOnlyList<AcknowledgedFinding> Findings) : ReportCommand(Actor);

    public sealed record Submit(string Actor, Assessment Assessment, string? Note) : ReportCommand(Actor)
    {
        /// <summary>Whether the document that the draft was filed as becomes public with the report.</summary>
        public bool PublishOriginal { get; init; }
    }

    public sealed record Recall(string Actor) : ReportCommand(Actor);

    public sealed record Return(string Actor, IReadOnlyList<(string? Pointer, string Text)> Comments) : ReportCommand(Actor);

    public sealed record DecideWaiver(string Actor, string Code, bool Granted, string Reason) : ReportCommand(Actor);

    public sealed record Approve(string Actor, string ContentHash, string? Note) : ReportCommand(Actor);

    /// <summary>Makes public what was approved.</summary>
    public sealed record Publish(string Actor, string? Note) : ReportCommand(Actor)
    {
        /// <summary>Errors that only the day of publication brings about.</summary>
        public IReadOnlyList<Finding> Standing { get; init; } = [];
    }

    public sealed record OpenCorrection(string Actor, string Reason) : ReportCommand(Actor);

    public sealed record Withdraw(string Actor, string Reason) : ReportCommand(Actor);

    public sealed record Reinstate(string Actor, string Reason) : ReportCommand(Actor);

    public sealed record Archive(
        string Actor, string? AgencyName, ReportContent Content, string? Reading, Assessment Assessment, DateOnly PublishedOn, string SourceUrl) : ReportCommand(Actor);

    /// <summary>The command's name in answers that say what a state allows.</summary>
    public string Name => this switch
    {
        Edit => "editDraft",
        Compile => "compile",
        Adjust => "adjustCompilation",
        Discard => "discardDraft",
        ReviewSecrecy => "reviewSecrecy",
        Acknowledge => "acknowledge",
        Submit => "submit",
        Recall => "recall",
        Return => "return",
        DecideWaiver => "decideWaiver",
        Approve => "approve",
        Publish => "publish",
        OpenCorrection => "openCorrection",
        Withdraw => "withdraw",
        Reinstate => "reinstate",
        Archive => "archive",
        _ => throw new InvalidOperationException($"unknown command {GetType().Name}"),
    };
}

/// <summary>A finding as the submitter names it: all findings of the code, or those at these pointers.</summary>
public sealed record AcknowledgedFinding(string Code, IReadOnlyList<string> Pointers, string? Reason);
