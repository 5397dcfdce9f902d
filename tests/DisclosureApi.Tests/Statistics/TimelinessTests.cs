using System.Text.Json.Nodes;
using Disclosure.Agencies;
using Disclosure.Reports;
using Disclosure.Rules;
using Disclosure.Tests;
using DisclosureApi.Agencies;
using DisclosureApi.Reports;
using DisclosureApi.Store;
using DisclosureApi.Tests.Store;

namespace DisclosureApi.Tests.Statistics;

/// <summary>Who was late, by which day, and whose step it was.</summary>
public sealed class TimelinessTests(TestServer server)
{
    private const int Year = 2023;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(AgencyKind.Department, AgencyLevel.County, "2024-01-31", false, false)]
    [InlineData(AgencyKind.Department, AgencyLevel.County, "2024-02-01", true, true)]
    [InlineData(AgencyKind.Township, AgencyLevel.Township, "2024-02-01", true, true)]
    [InlineData(AgencyKind.Government, AgencyLevel.County, "2024-02-20", false, false)]
    [InlineData(AgencyKind.Government, AgencyLevel.County, "2024-02-21", false, true)]
    [InlineData(AgencyKind.Government, AgencyLevel.Prefecture, "2024-03-10", false, false)]
    [InlineData(AgencyKind.Government, AgencyLevel.Prefecture, "2024-03-11", false, true)]
    [InlineData(AgencyKind.Government, AgencyLevel.Province, "2024-03-31", false, false)]
    [InlineData(AgencyKind.Government, AgencyLevel.Province, "2024-04-01", true, true)]
    public async Task The_regulation_and_the_notice_each_have_their_day(AgencyKind kind, AgencyLevel level, string publishedOn, bool byRegulation, bool byNotice)
    {
        var database = await server.CreateDatabaseAsync($"timely_{Guid.NewGuid():N}");
        await using var host = await ServingHost.StartAsync(database);
        await RegisterAsync(host, 1, kind, level);
        await CarryOutAsync(host, 1, new ReportCommand.Archive("p_archivist", null, Samples.Whole(), null, Nothing(), DateOnly.Parse(publishedOn), "https://www.example.gov.cn/nb.html"));

        var group = Group(await host.GetAsync($"/v1/timeliness/{Year}"));

        Assert.Equal(
            (1, 1, byRegulation ? 1 : 0, byNotice ? 1 : 0, byNotice ? 0 : 1),
            (Count(group, "due"), Count(group, "published"), Count(group, "lateByRegulation"), Count(group, "lateByNotice"), Count(group, "onTime")));
        Assert.Equal(byNotice ? 1 : 0, group["lateAtStep"]!["unknown"]!.GetValue<int>());
    }

    [Fact]
    public async Task Who_is_late_hears_whose_step_it_was_and_earlier_days_can_be_asked_for()
    {
        var database = await server.CreateDatabaseAsync($"timely_{Guid.NewGuid():N}");
        await using var host = await ServingHost.StartAsync(database);
        // All of it happens today, so that a report of the year that is going on is due next January.
        var year = DateTime.UtcNow.Year;
        for (var body = 1; body <= 4; body++)
        {
            await RegisterAsync(host, body, AgencyKind.Department, AgencyLevel.County);
        }
        await CarryOutAsync(host, 2, year, Until("submitted"));
        await CarryOutAsync(host, 3, year, Until("approved"));
        await CarryOutAsync(host, 4, year, Until("published"));

        var early = Group(await host.GetAsync($"/v1/timeliness/{year}?on={year + 1}-01-31"));
        Assert.Equal((4, 3, 1, 0, 3), (Count(early, "due"), Count(early, "filed"), Count(early, "published"), Count(early, "missing"), Count(early, "notYetDue")));
        var text = await host.GetAsync($"/v1/timeliness/{year}?on={year + 1}-02-01");
        var late = Group(text);
        Assert.Equal((3, 1, 25m), (Count(late, "missing"), Count(late, "onTime"), late["onTimeRate"]!.GetValue<decimal>()));
        Assert.Equal("{\"agency\":1,\"either\":1,\"supervisor\":1,\"unknown\":0}", late["lateAtStep"]!.ToJsonString());

        // What is filed later changes nothing of the answer as it stood.
        await CarryOutAsync(host, 1, year, Until("published"));
        Assert.Equal(text, await host.GetAsync(JsonNode.Parse(text)!["permalink"]!.ToString()));
        Assert.Equal(2, Count(Group(await host.GetAsync($"/v1/timeliness/{year}?on={year + 1}-02-01")), "onTime"));
    }

    [Fact]
    public async Task A_day_of_the_supervising_office_makes_late_only_by_itself()
    {
        var database = await server.CreateDatabaseAsync($"timely_{Guid.NewGuid():N}");
        await using var host = await ServingHost.StartAsync(database, "--Timeliness:LocalDates:0:Region=990100", "--Timeliness:LocalDates:0:Date=01-26");
        await RegisterAsync(host, 1, AgencyKind.Department, AgencyLevel.County);
        await CarryOutAsync(host, 1, new ReportCommand.Archive("p_archivist", null, Samples.Whole(), null, Nothing(), new DateOnly(2024, 1, 27), "https://www.example.gov.cn/nb.html"));

        var answer = await host.GetAsync($"/v1/timeliness/{Year}?groupBy=region");

        Assert.Equal((1, 1, 0, 0), (Count(Group(answer), "onTime"), Count(Group(answer), "lateLocally"), Count(Group(answer), "lateByNotice"), Count(Group(answer), "lateByRegulation")));
        Assert.Equal("2024-01-26", JsonNode.Parse(answer)!["localDates"]![0]!["on"]!.ToString());
    }

    private static async Task RegisterAsync(ServingHost host, int number, AgencyKind kind, AgencyLevel level)
    {
        var entry = new Agency(Samples.CodeOf(number), Samples.AgencyName, "990102", level, kind, Samples.Office, null, new DateOnly(2019, 1, 1), null, []);
        await host.Store.AppendAsync(AgencyDesk.Append(entry.Code, 0, AgencyDecider.Put(null, entry), ServingHost.Provenance("p_registrar")), Cancellation);
    }

    private static Task CarryOutAsync(ServingHost host, int number, ReportCommand command) => CarryOutAsync(host, number, Year, [_ => command]);

    private static async Task CarryOutAsync(ServingHost host, int number, int year, IEnumerable<Func<Report, ReportCommand>> commands)
    {
        var id = new ReportId(Samples.CodeOf(number), year);
        var (report, version, agency) = (Report.None, 0L, (await host.Register.FindAsync(id.Agency, Cancellation))!);
        foreach (var command in commands)
        {
            var decided = command(report);
            var events = Assert.IsType<Decision.Accepted>(ReportDecider.Decide(report, decided)).Events;
            var states = ReportDesk.States(report, events, decided.Actor);
            var append = ReportDesk.Append(new FiledReport(id, agency, report, version, 0), events, states, ServingHost.Provenance(decided.Actor));
            Assert.IsType<AppendResult.Stored>(await host.Store.AppendAsync(append, Cancellation));
            (report, version) = (states[^1], version + events.Count);
        }
    }

    private static IEnumerable<Func<Report, ReportCommand>> Until(string state)
    {
        yield return _ => new ReportCommand.Edit("p_author", null, Samples.Whole(), null, null);
        yield return now => new ReportCommand.ReviewSecrecy("p_secrecy", now.WorkInHand!.Content.Hash, true, null);
        yield return _ => new ReportCommand.Submit("p_author", Nothing(), null);
        if (state is "approved" or "published")
        {
            yield return now => new ReportCommand.Approve("p_reviewer", now.WorkInHand!.Content.Hash, null);
        }
        if (state is "published")
        {
            yield return _ => new ReportCommand.Publish("p_author", null);
        }
    }

    private static Assessment Nothing() => new(RuleBook.Version, [], []);

    private static JsonNode Group(string answer) => JsonNode.Parse(answer)!["groups"]!.AsArray().Single()!;

    private static int Count(JsonNode group, string name) => group[name]!.GetValue<int>();
}
