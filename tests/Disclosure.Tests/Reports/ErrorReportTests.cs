using Disclosure.Reports.ErrorReports;
using static Disclosure.Reports.ErrorReports.ErrorReportCommand;

namespace Disclosure.Tests.Reports;

/// <summary>What a reader may report of what is public, and what can be decided of it.</summary>
public class ErrorReportTests
{
    private const string Total = "/tables/applications/received/total";

    private static readonly PublicContent _public = new(2023, 2, Samples.Whole());

    [Theory]
    [InlineData(2, "/tables/applications/received/total", "1000", "件数与正文不一致", "")]
    [InlineData(2, "/sections/overview", "10.5", "a<5 且 x<总计；第一行\n第二行😀", "")]
    [InlineData(2, "/tables/applications/received/nobody", null, "有误", "/pointer")]
    [InlineData(2, "/tables/applications/received", null, "有误", "/pointer")]
    [InlineData(2, "/tables/proactive/fees/total", null, "有误", "/pointer")]
    [InlineData(2, "/sections/nothing", null, "有误", "/pointer")]
    [InlineData(2, "/title", null, "有误", "/pointer")]
    [InlineData(2, "", null, "有误", "/pointer")]
    [InlineData(3, "/sections/overview", null, "有误", "/revision")]
    [InlineData(2, "/tables/applications/received/total", "-1", "有误", "/expected")]
    [InlineData(2, "/tables/applications/received/total", "1.5", "有误", "/expected")]
    [InlineData(2, "/sections/overview", null, "<script>alert(1)</script>", "/message")]
    [InlineData(2, "/sections/overview", null, "有误</td>", "/message")]
    [InlineData(2, "/sections/overview", null, "<!-- 有误", "/message")]
    [InlineData(2, "/sections/overview", null, "有\u202e误", "/message")]
    [InlineData(2, "/sections/overview", null, "有\u200b误", "/message")]
    [InlineData(2, "/sections/overview", null, "有\u0007误", "/message")]
    [InlineData(2, "/sections/overview", null, "有\u001b[31m误", "/message")]
    [InlineData(2, "/sections/overview", null, "有误e\u0301\u0301\u0301", "/message")]
    [InlineData(2, "/sections/overview", null, " \n\t　", "/message")]
    [InlineData(2, "/sections/overview", null, "请回电13812345678", "/message")]
    [InlineData(2, "/sections/overview", null, "请回电１３８１２３４５６７８", "/message")]
    [InlineData(2, "/sections/overview", null, "本人11010519491231002X", "/message")]
    [InlineData(2, "/sections/overview", null, "退款至4111111111111111", "/message")]
    [InlineData(9, "/tables/x/y/z", null, "<b>", "/revision /pointer /message")]
    public void A_reader_is_told_all_that_is_wrong_with_what_he_says(int revision, string pointer, string? expected, string message, string faults)
    {
        var number = expected is null ? (decimal?)null : decimal.Parse(expected, System.Globalization.CultureInfo.InvariantCulture);

        var decision = ErrorReportDecider.Decide(ErrorReport.None, new Tell(revision, pointer, null, number, message, _public));

        Assert.Equal(faults, decision is ErrorReportDecision.Faulty(var all) ? string.Join(' ', all.Select(fault => fault.Pointer)) : "");
        Assert.Equal(faults.Length == 0, decision is ErrorReportDecision.Accepted);
    }

    [Fact]
    public void What_the_report_says_already_is_no_error_and_what_it_said_before_is_read_again_first()
    {
        var says = _public.Content.Cell(Disclosure.Formats.CellAddress.Parse(Total)!.Value);

        Assert.Equal("/expected", Assert.Single(Assert.IsType<ErrorReportDecision.Faulty>(ErrorReportDecider.Decide(ErrorReport.None, new Tell(2, Total, 1, says, "有误", _public))).Faults).Pointer);
        Assert.Equal(new ErrorReportDecision.StaleRevision(2), ErrorReportDecider.Decide(ErrorReport.None, new Tell(1, Total, 1, 2, "<b>", _public)));
    }

    [Theory]
    [InlineData(null, 2, true)]
    [InlineData(3, 3, true)]
    [InlineData(3, 4, true)]
    [InlineData(3, 2, false)]
    [InlineData(2, 2, false)]
    [InlineData(1, 2, false)]
    public void An_answer_names_no_correction_or_one_that_was_published_after_what_was_read(int? correction, int latest, bool isRight)
    {
        var decision = ErrorReportDecider.Decide(Opened(), new Answer("已更正", correction, latest));

        Assert.Equal(isRight, decision is ErrorReportDecision.Accepted);
        Assert.Equal(!isRight, decision is ErrorReportDecision.Faulty);
    }

    [Fact]
    public void What_was_settled_stays_settled()
    {
        ErrorReportCommand[] ways = [new Answer("已更正", null, 2), new Dismiss("与年报无关")];
        foreach (var first in ways)
        {
            var settled = Opened().Apply(Assert.IsType<ErrorReportDecision.Accepted>(ErrorReportDecider.Decide(Opened(), first)).Happened);
            Assert.All(ways, second => Assert.Equal(new ErrorReportDecision.WrongState(settled.State, second.Name), ErrorReportDecider.Decide(settled, second)));
        }
    }

    [Fact]
    public void An_event_that_cannot_follow_stops_us()
    {
        var told = Assert.IsType<ErrorReportDecision.Accepted>(ErrorReportDecider.Decide(ErrorReport.None, new Tell(2, Total, 1, 2, "有误", _public))).Happened;

        Assert.Throws<InvalidOperationException>(() => Opened().Apply(told));
        Assert.Equal(new ErrorReportId(new Disclosure.Reports.ReportId(Samples.Agency, 2023), 12), ErrorReportId.OfStream($"error_report/{Samples.Agency}/2023/12"));
    }

    private static ErrorReport Opened() => ErrorReport.None.Apply(
        Assert.IsType<ErrorReportDecision.Accepted>(ErrorReportDecider.Decide(ErrorReport.None, new Tell(2, Total, 1, 2, "有误", _public))).Happened);
}
