using System.Text.Json.Nodes;
using Disclosure.Formats;
using Disclosure.Tests;
using DisclosureApi.Access;

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
    public async Task Whoever_works_on_a_report_may_ask_what_the_rules_say_now()
    {
        var life = await PublishedAsync(Samples.CodeOf(922), 2023);
        var report = (await api.Anon.GetAsync(life.Address)).Expect(200);

        var asked = (await api.Reviewer.PostAsync($"{life.Address}/assessments", Bodies.Empty, (Headers.Key, "\"again-922\""))).Expect(201);
        Assert.Equal(asked.Text, (await api.Reviewer.PostAsync($"{life.Address}/assessments", Bodies.Empty, (Headers.Key, "\"again-922\""))).Expect(201).Text);
        (await life.SecrecyReviewer.PostAsync($"{life.Address}/assessments", Bodies.Empty)).ExpectProblem(403, "forbidden");

        var checks = await ChecksAsync(life);
        Assert.Equal(["submission", "request"], checks.Select(check => check["cause"]!.ToString()));
        Assert.Equal(checks[0]["findings"]!.ToJsonString(), checks[1]["findings"]!.ToJsonString());
        Assert.Equal(report.Text, (await api.Anon.GetAsync(life.Address)).Expect(200).Text);
        (await api.Anon.GetAsync($"/v1/agencies/{Samples.CodeOf(922)}/reports/2022/assessments")).ExpectProblem(404, "not-found");
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
        var corrected = Bodies.Filing(Samples.Filing(year) with { Content = content.With(_inForce, content.Cell(_inForce)!.Value + 5) });
        await life.PublishAsync((await life.Submitter.PutAsync($"{life.Address}/draft", corrected, Headers.Match(draft.ETag))).Expect(200));
    }

    /// <summary>The checks, once there are so many; they come in the background, within seconds.</summary>
    private async Task<IReadOnlyList<JsonNode>> ChecksOfAsync(ReportLife life, int count)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (true)
        {
            if (await ChecksAsync(life) is { } checks && checks.Count >= count)
            {
                return checks;
            }
            patience.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    private async Task<IReadOnlyList<JsonNode>> ChecksAsync(ReportLife life) =>
        [.. (await api.Anon.GetAsync($"{life.Address}/assessments")).Expect(200).Json["items"]!.AsArray().Select(check => check!)];

    private static IEnumerable<string> Codes(JsonNode check) => check["findings"]!.AsArray().Select(finding => finding!["code"]!.ToString());
}
