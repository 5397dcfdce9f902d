using System.Text.Json.Nodes;
using Disclosure.Formats;
using Disclosure.Reports;
using Disclosure.Tests;
using DisclosureApi.Access;
using DisclosureApi.Reports;
using DisclosureApi.Reports.Rechecks;
using DisclosureApi.Store;
using DisclosureApi.Store.Rebuilding;
using DisclosureApi.Tests.Store.Rebuilding;
using Microsoft.Extensions.DependencyInjection;

namespace DisclosureApi.Tests.Reports;

/// <summary>What was published is checked again when what it was checked against has changed, and the first result stays.</summary>
public sealed class RecheckTests(Api api) : IClassFixture<Api>
{
    private static readonly CellAddress _inForce = new("proactive", "normativeDocuments", "inForce");

    [Fact]
    public async Task A_report_is_checked_again_when_last_years_is_corrected_and_both_results_stand()
    {
        var agency = Samples.CodeOf(921);
        var before = await PublishedAsync(agency, 2022);
        var life = await PublishedAsync(agency, 2023);
        var first = (await api.Anon.GetAsync($"{life.Address}/findings")).Expect(200);
        Assert.Equal(["submission"], (await ChecksAsync(life)).Select(check => check["cause"]!.ToString()));

        await CorrectAsync(before, agency, 2022);

        var checks = await ChecksOfAsync(life, 2);
        var again = checks[1]!;
        Assert.Equal(("correction", 1, 2), (again["cause"]!.ToString(), again["revision"]!.GetValue<int>(), again["previousRevision"]!.GetValue<int>()));
        Assert.Contains("XY-008", Codes(again));
        Assert.DoesNotContain("XY-008", Codes(checks[0]!));
        Assert.Equal(first.Text, (await api.Anon.GetAsync($"{life.Address}/findings")).Expect(200).Text);
        // Its correction made the event: the same person in the same request.
        var events = (await api.As(Role.Auditor, []).GetAsync($"/v1/audit/events?agency={agency}&type=report_rechecked")).Expect(200).Json["items"]!.AsArray();
        var published = (await api.As(Role.Auditor, []).GetAsync($"/v1/audit/events?agency={agency}&type=report_published")).Expect(200).Json["items"]!.AsArray();
        Assert.Equal(published[^1]!["correlation"]!.ToString(), Assert.Single(events)!["correlation"]!.ToString());
    }

    [Fact]
    public async Task New_findings_wait_for_those_who_answer_for_the_report_until_they_have_looked()
    {
        var agency = Samples.CodeOf(923);
        var before = await PublishedAsync(agency, 2022);
        var life = await PublishedAsync(agency, 2023);
        Assert.Null(await WaitingAsync(life.Submitter, agency));

        await CorrectAsync(before, agency, 2022);
        await ChecksOfAsync(life, 2);

        foreach (var client in (Client[])[life.Submitter, api.Reviewer])
        {
            var item = (await WaitingAsync(client, agency))!;
            Assert.Equal((2023, "published", "recheck", false), (item["year"]!.GetValue<int>(), item["state"]!.ToString(), item["nextStep"]!.ToString(), item["isLate"]!.GetValue<bool>()));
            Assert.InRange(item["newFindings"]!.GetValue<int>(), 1, 10);
        }
        Assert.Null(await WaitingAsync(life.SecrecyReviewer, agency));
        Assert.Null(await WaitingAsync(api.As(Role.Submitter, [Samples.OtherAgency]), agency));
        // A second correction adds its own, and takes none of the first away.
        await CorrectAsync(before, agency, 2022);
        await ChecksOfAsync(life, 3);
        Assert.NotNull(await WaitingAsync(life.Submitter, agency));

        await RebuildAsync();
        Assert.NotNull(await WaitingAsync(life.Submitter, agency));

        (await life.Submitter.PostAsync($"{life.Address}/assessments", Bodies.Empty)).Expect(201);

        Assert.Null(await WaitingAsync(life.Submitter, agency));
        Assert.Null(await WaitingAsync(api.Reviewer, agency));
        await RebuildAsync();
        Assert.Null(await WaitingAsync(api.Reviewer, agency));
    }

    [Fact]
    public async Task A_report_is_checked_again_when_that_of_a_body_it_took_over_is_corrected_and_only_once()
    {
        var (ended, successor) = (Samples.CodeOf(924), Samples.CodeOf(925));
        var before = await PublishedAsync(ended, 2022);
        await api.RegisterAsync(successor);
        (await api.Registrar.PostAsync($"/v1/agencies/{ended}/merger", Bodies.Json(new { successors = new[] { successor }, validTo = "2022-12-31", reason = "机构改革" }))).Expect(201);
        var life = await PublishedAsync(successor, 2023);

        await CorrectAsync(before, ended, 2022);

        var checks = await ChecksOfAsync(life, 2);
        Assert.Equal(("correction", null), (checks[1]["cause"]!.ToString(), checks[1]["previousRevision"]));
        // Another host, which found it due as well, finds it done.
        var corrected = new Corrected(await api.Database.ScalarAsync<long>($"select max(position) from publications where agency = '{ended}'"), IsOwn: false);
        var filed = (await api.Services.GetRequiredService<FiledReports>().FindForHostAsync(new ReportId(successor, 2023), TestContext.Current.CancellationToken))!;
        var late = await api.Services.GetRequiredService<Rechecker>().TryAsync(filed, new Provenance("p_somebody", "reviewer", null, null, "late"), null, TestContext.Current.CancellationToken, corrected);
        Assert.Equal(filed.Version, Assert.IsType<StepResult.Done>(late).After.Version);
        Assert.Equal(2, (await ChecksAsync(life)).Count);
    }

    [Fact]
    public async Task A_report_that_was_withdrawn_while_last_years_was_corrected_is_checked_again_when_it_is_reinstated()
    {
        var (agency, another) = (Samples.CodeOf(926), Samples.CodeOf(927));
        var (before, life) = (await PublishedAsync(agency, 2022), await PublishedAsync(agency, 2023));
        var (othersBefore, other) = (await PublishedAsync(another, 2022), await PublishedAsync(another, 2023));
        (await life.WithdrawAsync()).Expect(201);
        await CorrectAsync(before, agency, 2022);
        // What comes later is looked at later, so the correction was looked at before.
        await CorrectAsync(othersBefore, another, 2022);
        await ChecksOfAsync(other, 2);

        (await api.Reviewer.PostAsync($"{life.Address}/reinstatement", Bodies.Json(new { reason = "经核实无误" }))).Expect(201);

        Assert.Equal("correction", (await ChecksOfAsync(life, 2))[1]["cause"]!.ToString());
    }

    [Fact]
    public async Task Whoever_works_on_a_report_may_ask_what_the_rules_say_now()
    {
        var life = await PublishedAsync(Samples.CodeOf(922), 2023);
        var report = (await api.Anon.GetAsync(life.Address)).Expect(200);

        var asked = (await api.Reviewer.PostAsync($"{life.Address}/assessments", Bodies.Empty, (Headers.Key, "\"again-922\""))).Expect(201);
        Assert.Equal(asked.Text, (await api.Reviewer.PostAsync($"{life.Address}/assessments", Bodies.Empty, (Headers.Key, "\"again-922\""))).Expect(201).Text);
        (await life.SecrecyReviewer.PostAsync($"{life.Address}/assessments", Bodies.Empty)).ExpectProblem(403, "forbidden");

        var checks = await ChecksAsync(life);
        Assert.Equal(["submission", "request"], checks.Select(check => check["cause"]!.ToString()));
        // The report is of 2023 and was published today, which nobody knew when it was handed in.
        Assert.Equal(
            checks[0]["findings"]!.AsArray().Select(finding => finding!.ToJsonString()),
            checks[1]["findings"]!.AsArray().Where(finding => finding!["code"]!.ToString() is not ("PUB-001" or "PUB-009")).Select(finding => finding!.ToJsonString()));
        Assert.Contains(checks[1]["findings"]!.AsArray(), finding => finding!["code"]!.ToString() == "PUB-001");
        Assert.Equal(report.Text, (await api.Anon.GetAsync(life.Address)).Expect(200).Text);
        (await api.Anon.GetAsync($"/v1/agencies/{Samples.CodeOf(922)}/reports/2022/assessments")).ExpectProblem(404, "not-found");
    }

    /// <summary>The rows made anew are those that were made with the events.</summary>
    private async Task RebuildAsync()
    {
        var rows = await ModelRows.OfAsync(api.Database);
        await new Rebuild(api.Database.Owner, RebuildCommand.Models, TimeProvider.System, _ => { }).RunAsync(TestContext.Current.CancellationToken);
        Assert.Equal(rows, await ModelRows.OfAsync(api.Database));
    }

    private static async Task<JsonNode?> WaitingAsync(Client client, string agency)
    {
        for (var page = "/v1/work?limit=200"; page is not null;)
        {
            var reply = (await client.GetAsync(page)).Expect(200).Json;
            if (reply["items"]!.AsArray().SingleOrDefault(item => item!["kind"]!.ToString() == "newFindings" && item["agency"]!["code"]!.ToString() == agency) is { } found)
            {
                return found;
            }
            page = reply["next"]?.ToString();
        }
        return null;
    }

    private async Task<ReportLife> PublishedAsync(string agency, int year)
    {
        var life = await api.ReportAsync(year, agency);
        await life.PublishAsync((await life.FileAsync()).Expect(201));
        return life;
    }

    private static async Task CorrectAsync(ReportLife life, string agency, int year)
    {
        (await life.Submitter.PostAsync($"{life.Address}/correction", Bodies.Json(new { reason = "现行有效件数漏计" }))).Expect(201);
        var draft = (await life.Submitter.GetAsync($"{life.Address}/draft")).Expect(200);
        var content = Samples.InItsWords(Samples.InYear(Samples.Whole(), year), agency);
        var now = draft.Json["content"]!["tables"]!["proactive"]!["normativeDocuments"]!["inForce"]!.GetValue<decimal>();
        var corrected = Bodies.Filing(Samples.Filing(year) with { Content = content.With(_inForce, now + 5) });
        await life.PublishAsync((await life.Submitter.PutAsync($"{life.Address}/draft", corrected, Headers.Match(draft.ETag))).Expect(200));
    }

    /// <summary>The checks, once there are so many; they come in the background, within seconds.</summary>
    private async Task<IReadOnlyList<JsonNode>> ChecksOfAsync(ReportLife life, int count)
    {
        await Eventually.HoldsAsync(async () => (await ChecksAsync(life)).Count >= count);
        return await ChecksAsync(life);
    }

    private async Task<IReadOnlyList<JsonNode>> ChecksAsync(ReportLife life) =>
        [.. (await api.Anon.GetAsync($"{life.Address}/assessments")).Expect(200).Json["items"]!.AsArray().Select(check => check!)];

    private static IEnumerable<string> Codes(JsonNode check) => check["findings"]!.AsArray().Select(finding => finding!["code"]!.ToString());
}
