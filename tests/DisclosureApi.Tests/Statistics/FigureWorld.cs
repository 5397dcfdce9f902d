using Disclosure.Agencies;
using Disclosure.Contents;
using Disclosure.Formats;
using Disclosure.Reports;
using Disclosure.Rules;
using Disclosure.Tests;
using DisclosureApi.Agencies;
using DisclosureApi.Reports;
using DisclosureApi.Store;
using DisclosureApi.Tests.Store;

namespace DisclosureApi.Tests.Statistics;

/// <summary>
/// A small country in which anything happens that changes figures: bodies are registered, renamed, moved, merged and
/// exempted; reports come in, are corrected, withdrawn and reinstated. All of it through the deciders, stored as hosts do.
/// </summary>
/// <param name="first">Number of its first body; several worlds in one database have bodies of their own.</param>
/// <param name="bodies">How many there may come to be.</param>
internal sealed class FigureWorld(ServingHost host, int seed, int first = 100, int bodies = 12)
{
    public static readonly string[] Regions = ["320000", "320800", "320803", "320804", "320804001", "110000", "110101", "990102", "990102005"];

    /// <summary>Codes that its reports may be found by; common and rare ones.</summary>
    public static readonly string[] Findings = ["STR-019", "T3-001", "T3-002"];

    private readonly Random _random = new(seed);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static string Line { get; } = Samples.CodeOf(999);

    public async Task GoOnAsync(int steps)
    {
        for (var step = 0; step < steps; step++)
        {
            var code = Samples.CodeOf(first + _random.Next(bodies));
            var agency = await host.Register.FindAsync(code, Cancellation);
            if (agency is null || _random.Next(5) == 0)
            {
                await ChangeRegisterAsync(code, agency);
            }
            else
            {
                await ChangeReportAsync(new ReportId(code, 2019 + _random.Next(6)), agency);
            }
        }
    }

    private async Task ChangeRegisterAsync(string code, RegisteredAgency? agency)
    {
        var wanted = new Agency(
            code, $"{Samples.AgencyName}{_random.Next(1000)}", Pick(Regions), Pick(Enum.GetValues<AgencyLevel>()), Pick(Enum.GetValues<AgencyKind>()), Samples.Office,
            _random.Next(4) == 0 ? Line : null, new DateOnly(2019 + _random.Next(4), 1 + _random.Next(12), 1), null, []);
        var happened = agency is null ? AgencyDecider.Put(null, wanted) : Changed(agency.Agency, wanted, await TimelineAsync(code));
        if (happened.Count > 0)
        {
            Assert.IsType<AppendResult.Stored>(await host.Store.AppendAsync(AgencyDesk.Append(code, agency?.Version ?? 0, happened, ServingHost.Provenance("p_registrar")), Cancellation));
        }
    }

    private async Task<AgencyTimeline> TimelineAsync(string code) =>
        AgencyTimeline.Of((await host.Store.ReadAsync(Agency.Stream(code), Cancellation)).Events.Select(stored => (AgencyEvent)stored.Happened));

    private IReadOnlyList<AgencyEvent> Changed(Agency current, Agency wanted, AgencyTimeline timeline)
    {
        var day = new DateOnly(2019 + _random.Next(6), 1 + _random.Next(12), 1 + _random.Next(28));
        var reason = new Disclosure.Canonical.CommittedText("机构改革", "00112233445566778899aabbccddeeff");
        return _random.Next(5) switch
        {
            0 => AgencyDecider.Rename(timeline, wanted.Name, day, reason).Events,
            1 => AgencyDecider.DecideDuty(current, 2019 + _random.Next(6), _random.Next(3) switch { 0 => null, 1 => true, _ => false }, reason).Events,
            2 => AgencyDecider.Merge(timeline, [Samples.CodeOf(first + _random.Next(bodies))], day, reason).Events,
            3 => AgencyDecider.Restore(current, reason).Events,
            _ => AgencyDecider.Put(current, wanted with { ValidTo = current.ValidTo, Successors = current.Successors }),
        };
    }

    private async Task ChangeReportAsync(ReportId id, RegisteredAgency agency)
    {
        var history = await host.Store.ReadAsync(id.Stream, Cancellation);
        var report = history.Events.Aggregate(Report.None, (state, stored) => state.Apply((ReportEvent)stored.Happened, stored.Provenance.Actor));
        var version = history.Version;
        foreach (var command in Commands(report, id.Year))
        {
            var actor = command(report).Actor;
            var events = Assert.IsType<Decision.Accepted>(ReportDecider.Decide(report, command(report))).Events;
            var states = ReportDesk.States(report, events, actor);
            var append = ReportDesk.Append(new FiledReport(id, agency, report, version, 0), events, states, ServingHost.Provenance(actor));
            if (await host.Store.AppendAsync(append, Cancellation) is AppendResult.Conflict)
            {
                // The host checks reports again by itself when last year's are corrected; what is left to do waits for another turn.
                return;
            }
            (report, version) = (states[^1], version + events.Count);
        }
    }

    private Func<Report, ReportCommand>[] Commands(Report report, int year) => report switch
    {
        Report.Withdrawn => [_ => new ReportCommand.Reinstate("p_reviewer", "经核实无误")],
        Report.NotFiled when _random.Next(2) == 0 =>
            [_ => new ReportCommand.Archive("p_archivist", null, Content(year), null, Judged(), new DateOnly(year + 1, 1 + _random.Next(4), 28), "https://www.example.gov.cn/nb.html")],
        Report.NotFiled => Published(year),
        _ when _random.Next(3) == 0 => [_ => new ReportCommand.Withdraw("p_reviewer", "数据来源有误")],
        _ => [_ => new ReportCommand.OpenCorrection("p_author", "漏计"), .. Published(year)],
    };

    private Func<Report, ReportCommand>[] Published(int year)
    {
        var (content, judged) = (Content(year), Judged());
        return
        [
            _ => new ReportCommand.Edit("p_author", null, content, null, null),
            now => new ReportCommand.ReviewSecrecy("p_secrecy", now.WorkInHand!.Content.Hash, true, null),
            _ => new ReportCommand.Submit("p_author", judged, null),
            now => new ReportCommand.Approve("p_reviewer", now.WorkInHand!.Content.Hash, null),
            _ => new ReportCommand.Publish("p_author", null),
        ];
    }

    /// <summary>Nothing that stands in the way of a submission.</summary>
    private Assessment Judged() => new(
        RuleBook.Version,
        [.. Findings.Where((_, i) => _random.Next(3 + 8 * i) == 0).Select(code => new Finding(code, Severity.Info, new Message("请核对。", "Check this."), "条例", ["/title"]))],
        []);

    /// <summary>Numbers of all sizes in any of the cells; some are zero and some are not given.</summary>
    private ReportContent Content(int year)
    {
        var form = _random.Next(8) == 0 ? Pick(KnownFormats.All) : KnownFormats.ForYear(year)!;
        var content = KnownFormats.TableKeys.Aggregate(ReportContent.Empty, (all, table) => all.With($"/forms/{table}", form.Key));
        foreach (var cell in form.Tables.SelectMany(table => table.Cells))
        {
            var value = _random.Next(4) == 0 ? 0 : _random.Next(cell.Column.Signed ? -50 : 1, 200);
            content = _random.Next(40) == 0 ? content : content.With(cell.Address, cell.Column.Decimals > 0 ? value + _random.Next(1_000_000) / 1_000_000m : value);
        }
        return content.With("/title", $"报告{_random.Next(1_000_000)}");
    }

    private T Pick<T>(IReadOnlyList<T> all) => all[_random.Next(all.Count)];
}
