namespace Disclosure.Reports;

/// <summary>What each state allows, for answers that tell a client what it may do next. A test holds it against the decider.</summary>
public static class Workflow
{
    public static IReadOnlyList<string> Allowed(Report report) => report switch
    {
        Report.NotFiled => ["editDraft", "compile", "archive"],
        Report.Draft { Work.Public: null } => ["editDraft", "compile", "adjustCompilation", "discardDraft", "reviewSecrecy", "acknowledge", "submit"],
        Report.Draft => ["editDraft", "compile", "adjustCompilation", "discardDraft", "reviewSecrecy", "acknowledge", "submit", "withdraw"],
        Report.Submitted { Submission.ReviewBegun: true } => ["return", "decideWaiver", "approve"],
        Report.Submitted => ["recall", "return", "decideWaiver", "approve"],
        Report.Approved => ["return", "publish"],
        Report.Published => ["openCorrection", "withdraw"],
        Report.Withdrawn => ["reinstate"],
        _ => throw new InvalidOperationException($"unknown state {report.State}"),
    };
}
