using Disclosure.Compiling;
using Disclosure.Reports;
using Disclosure.Rules;
using static Disclosure.Tests.Reports.ReportSpec;

namespace Disclosure.Tests.Reports;

public class WorkflowTests
{
    private static readonly ReportCommand OpenCorrection = new ReportCommand.OpenCorrection(Author, "更正");

    private static readonly Dictionary<string, ReportCommand[]> WaysTo = new()
    {
        ["none"] = [],
        ["draft"] = [Edit()],
        ["submitted"] = [Edit(), PassSecrecy(), Submit()],
        ["approved"] = [Edit(), PassSecrecy(), Submit(), Approve()],
        ["published"] = Published(),
        ["correcting"] = [.. Published(), OpenCorrection],
        ["correctionSubmitted"] = [.. Published(), OpenCorrection, Edit(Samples.Whole().With("/title", "更正")), PassSecrecy(), Submit()],
        ["correctionApproved"] = [.. Published(), OpenCorrection, Edit(Samples.Whole().With("/title", "更正")), PassSecrecy(), Submit(), Approve()],
        ["withdrawn"] = [.. Published(), new ReportCommand.Withdraw(Reviewer, "有误")],
    };

    private static readonly ReportCommand[] Commands =
    [
        Edit(), new ReportCommand.Compile(Author, Plan, Samples.Filing()), new ReportCommand.Adjust(Author, []), new ReportCommand.Discard(Author), PassSecrecy(), new ReportCommand.Acknowledge(Author, Assessment(), []), Submit(),
        new ReportCommand.Recall(Author), new ReportCommand.Return(Reviewer, []), new ReportCommand.DecideWaiver(Reviewer, "T3-005", true, "同意"),
        Approve(), Publish(), OpenCorrection, new ReportCommand.Withdraw(Reviewer, "有误"), new ReportCommand.Reinstate(Reviewer, "无误"),
        new ReportCommand.Archive(Author, null, Samples.Whole(), null, Assessment(), new DateOnly(2024, 1, 1), "https://www.example.gov.cn"),
    ];

    private static CompilationPlan Plan => new(CompilationScope.Area, "2021", 1, [], new Dictionary<string, decimal>(StringComparer.Ordinal));

    public static TheoryData<string> States => [.. WaysTo.Keys];

    [Fact]
    public void Every_command_there_is_is_tried() =>
        Assert.Equal(typeof(ReportCommand).GetNestedTypes().Where(type => type.IsSubclassOf(typeof(ReportCommand))).ToHashSet(), Commands.Select(command => command.GetType()).ToHashSet());

    /// <summary>The table of states and commands is told to clients and decided on in two places; here they are one.</summary>
    [Theory]
    [MemberData(nameof(States))]
    public void What_a_state_says_it_allows_is_what_the_decider_carries_out(string state)
    {
        var report = Given(WaysTo[state]).Report;
        Assert.Equal(state, report.State);

        foreach (var command in Commands)
        {
            var refused = ReportDecider.Decide(report, command) is Decision.Refused { Refusal: Refusal.WrongState wrong } ? wrong : null;

            Assert.Equal(Workflow.Allowed(report).Contains(command.Name), refused is null);
            if (refused is not null)
            {
                Assert.Equal((state, command.Name), (refused.State, refused.Command));
                Assert.Equal(Workflow.Allowed(report), refused.Allowed);
            }
        }
    }

    [Fact]
    public void An_event_that_cannot_have_happened_stops_us() =>
        Assert.Throws<InvalidOperationException>(() => Report.None.Apply(new ReportEvent.ReportApproved("", null), Reviewer));

    [Fact]
    public void A_begun_review_no_longer_allows_a_recall()
    {
        var waivable = Finding("T3-005", Severity.WaivableError);
        var report = Given(
            Edit(), PassSecrecy(), new ReportCommand.Acknowledge(Author, Assessment(waivable), [new("T3-005", [], "理由")]), Submit(waivable),
            new ReportCommand.DecideWaiver(Reviewer, "T3-005", true, "同意")).Report;

        Assert.DoesNotContain("recall", Workflow.Allowed(report));
    }
}
