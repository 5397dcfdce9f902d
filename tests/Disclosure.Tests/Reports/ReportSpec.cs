using Disclosure.Contents;
using Disclosure.Reports;
using Disclosure.Rules;

namespace Disclosure.Tests.Reports;

/// <summary>Given what happened, when someone asks for something, then this happens or is refused.</summary>
internal sealed class ReportSpec
{
    public const string Author = "p_author";
    public const string Secrecy = "p_secrecy";
    public const string Reviewer = "p_reviewer";

    private Report _report = Report.None;
    private Decision? _decision;

    public static ReportSpec Given(params ReportCommand[] steps) => new ReportSpec().AndGiven(steps);

    public Report Report => _report;

    /// <summary>Steps that must be carried out.</summary>
    public ReportSpec AndGiven(params ReportCommand[] steps)
    {
        foreach (var step in steps)
        {
            var accepted = Assert.IsType<Decision.Accepted>(ReportDecider.Decide(_report, Bound(step)));
            _report = accepted.Events.Aggregate(_report, (report, happened) => report.Apply(happened, step.Actor));
        }
        return this;
    }

    public ReportSpec When(ReportCommand command)
    {
        _decision = ReportDecider.Decide(_report, Bound(command));
        if (_decision is Decision.Accepted(var events))
        {
            _report = events.Aggregate(_report, (report, happened) => report.Apply(happened, command.Actor));
        }
        return this;
    }

    public ReportSpec Then(params Type[] events)
    {
        Assert.Equal(events, Assert.IsType<Decision.Accepted>(_decision).Events.Select(happened => happened.GetType()));
        return this;
    }

    public ReportSpec ThenNothing() => Then();

    public ReportSpec ThenState(string state)
    {
        Assert.Equal(state, _report.State);
        return this;
    }

    public TRefusal ThenRefused<TRefusal>()
        where TRefusal : Refusal => Assert.IsType<TRefusal>(Assert.IsType<Decision.Refused>(_decision).Refusal);

    /// <summary>Steps that name a content hash mean the one that the draft has when they are taken.</summary>
    private ReportCommand Bound(ReportCommand command) => command switch
    {
        ReportCommand.ReviewSecrecy { ContentHash: "" } review => review with { ContentHash = _report.WorkInHand?.Content.Hash ?? "" },
        ReportCommand.Approve { ContentHash: "" } approve => approve with { ContentHash = _report.WorkInHand?.Content.Hash ?? "" },
        _ => command,
    };

    public static ReportCommand.Edit Edit(ReportContent? content = null, string by = Author) => new(by, Samples.AgencyName, content ?? Samples.Whole(), null, null);

    public static ReportCommand.ReviewSecrecy PassSecrecy(string by = Secrecy) => new(by, "", true, null);

    public static ReportCommand.Submit Submit(params Finding[] findings) => new(Author, Assessment(findings), null);

    public static ReportCommand.Approve Approve(string by = Reviewer) => new(by, "", null);

    public static ReportCommand.Publish Publish() => new(Author, null);

    public static ReportCommand[] Published() => [Edit(), PassSecrecy(), Submit(), Approve(), Publish()];

    public static Assessment Assessment(params Finding[] findings) => new(RuleBook.Version, findings, []);

    public static Finding Finding(string code, Severity severity, string pointer = "/tables/disputes/litigation/total") =>
        new(code, severity, new Message("有误", "wrong"), "30号", [pointer]);
}
