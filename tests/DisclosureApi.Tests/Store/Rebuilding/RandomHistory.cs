using Disclosure.Agencies;
using Disclosure.Canonical;
using Disclosure.Compiling;
using Disclosure.Formats;
using Disclosure.Reports;
using Disclosure.Reports.ErrorReports;
using Disclosure.Rules;
using Disclosure.Tests;
using DisclosureApi.Reports;
using DisclosureApi.Reports.ErrorReports;
using DisclosureApi.Store;

namespace DisclosureApi.Tests.Store.Rebuilding;

/// <summary>Agencies that are renamed and reports that take any steps their state allows, appended as the desk appends them.</summary>
internal sealed class RandomHistory(ServingHost host, int seed)
{
    private const int Agencies = 4;
    private const int Years = 3;
    private readonly Random _random = new(seed);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async Task GoOnAsync(int steps)
    {
        for (var step = 0; step < steps; step++)
        {
            if (_random.Next(8) == 0)
            {
                await host.RegisterAsync(Code(), $"{Samples.AgencyName}{Guid.NewGuid():N}");
            }
            else if (_random.Next(6) == 0)
            {
                await ErrorReportAsync(new ErrorReportId(new ReportId(Code(), 2021 + _random.Next(Years)), 1 + _random.Next(3)));
            }
            else
            {
                await StepAsync(new ReportId(Code(), 2021 + _random.Next(Years)));
            }
        }
    }

    private string Code() => Samples.CodeOf(100 + _random.Next(Agencies));

    /// <summary>One of the steps that are allowed now.</summary>
    private async Task StepAsync(ReportId id)
    {
        if (await host.Register.FindAsync(id.Agency, Cancellation) is not { } agency)
        {
            return;
        }
        var history = await host.Store.ReadAsync(id.Stream, Cancellation);
        var report = history.Events.Aggregate(Report.None, (state, stored) => state.Apply((ReportEvent)stored.Happened, stored.Provenance.Actor));
        var possible =
            from command in Commands(report)
            let decision = ReportDecider.Decide(report, command) as Decision.Accepted
            where decision is { Events.Count: > 0 }
            select (command.Actor, decision.Events);
        var (actor, events) = _random.GetItems(possible.ToArray(), 1)[0];
        var filed = new FiledReport(id, agency, report, history.Version, 0);
        var append = ReportDesk.Append(filed, events, ReportDesk.States(report, events, actor), ServingHost.Provenance(actor));
        Assert.True(await host.Store.AppendAsync(append, Cancellation) is AppendResult.Stored or AppendResult.Conflict);
    }

    /// <summary>What a reader, and then the agency, may say of what is public; nothing where nothing is.</summary>
    private async Task ErrorReportAsync(ErrorReportId id)
    {
        var reports = await host.Store.ReadAsync(id.Report.Stream, Cancellation);
        var report = reports.Events.Aggregate(Report.None, (state, stored) => state.Apply((ReportEvent)stored.Happened, stored.Provenance.Actor));
        if (report.Public is not { } current)
        {
            return;
        }
        var history = await host.Store.ReadAsync(id.Stream, Cancellation);
        var content = new PublicContent(id.Report.Year, current.Number, current.Content.Content);
        ErrorReportCommand[] commands =
        [
            new ErrorReportCommand.Tell(current.Number, "/tables/applications/received/naturalPerson", 7, 100_000.5m + _random.Next(9), "与正文不一致", content),
            new ErrorReportCommand.Tell(current.Number, "/tables/proactive/fees/amount", null, _random.Next(9_000, 10_000) / 100m, "金额有误", content),
            new ErrorReportCommand.Answer("已核实", _random.Next(3) == 0 ? current.Number : null, current.Number),
            new ErrorReportCommand.Dismiss("与年报无关"),
        ];
        var state = ErrorReportProjection.Folded(history.Events.Select(stored => stored.Happened));
        var decided = _random.GetItems(commands, 4).Select(command => ErrorReportDecider.Decide(state, command)).OfType<ErrorReportDecision.Accepted>().FirstOrDefault();
        if (decided is not null)
        {
            var append = new Append(id.Stream, ErrorReportId.Streams, history.Version, [decided.Happened], ServingHost.Provenance("p_reader"), null,
                placed => ErrorReportProjection.Changes(id, history.Events.Concat(placed).Select(stored => stored.Recorded)));
            Assert.True(await host.Store.AppendAsync(append, Cancellation) is AppendResult.Stored or AppendResult.Conflict);
        }
    }

    private CompilationPlan Plan() => new(
        CompilationScope.Area, "2021", _random.Next(1_000),
        [
            .. Enumerable.Range(0, _random.Next(4)).Select(i => new CompiledMember(
                Samples.CodeOf(200 + i), $"成员{i}", "990102", AgencyLevel.County, AgencyKind.Department, 1, _random.Next(3) == 0 ? LeftOut.OtherForm : null)
            {
                Decision = _random.Next(3) == 0 ? new CommittedText("核定", CommittedText.NewSalt()) : null,
            }),
        ],
        new SortedDictionary<string, decimal>(StringComparer.Ordinal) { ["/tables/applications/received/total"] = _random.Next(1_000), ["/tables/disputes/litigation/total"] = _random.Next(9) });

    private List<ReportCommand> Commands(Report report)
    {
        var content = Samples.Whole().With(new CellAddress("applications", "received", "naturalPerson"), _random.Next(1_000)).With("/title", $"报告{_random.Next(1_000)}");
        var hash = report.WorkInHand?.Content.Hash ?? "";
        var assessment = new Assessment(RuleBook.Version, [], []);
        return
        [
            new ReportCommand.Edit($"p_author{_random.Next(2)}", Samples.AgencyName, content, _random.Next(2) == 0 ? null : """{"readings":{},"notes":[]}""", null),
            new ReportCommand.Compile($"p_author{_random.Next(2)}", Plan(), Samples.Filing()),
            new ReportCommand.Adjust("p_author", [("/tables/applications/received/total", _random.Next(1, 9), "漏计"), ("/tables/proactive/fees/amount", 0.5m, "尾差")]),
            new ReportCommand.Discard("p_author"),
            new ReportCommand.ReviewSecrecy("p_secrecy", hash, true, "已审"),
            new ReportCommand.Submit("p_author", assessment, null),
            new ReportCommand.Recall("p_author"),
            new ReportCommand.Return("p_reviewer", [("/title", "请用全称")]),
            new ReportCommand.Approve("p_reviewer", hash, null),
            new ReportCommand.Publish("p_author", null),
            new ReportCommand.OpenCorrection("p_author", "漏计"),
            new ReportCommand.Withdraw("p_reviewer", "数据来源有误"),
            new ReportCommand.Reinstate("p_reviewer", "经核实无误"),
            new ReportCommand.Archive("p_archivist", null, content, null, assessment, new DateOnly(2022, 1, 28), "https://www.example.gov.cn/nb.html"),
        ];
    }
}
