using System.Text.Json.Nodes;
using Disclosure.Tests;
using DisclosureApi.Access;
using DisclosureApi.Tests.Store;
using DisclosureApi.Tests.Store.Rebuilding;

namespace DisclosureApi.Tests.Audit;

/// <summary>Whatever happened, a stranger who has the export and its description alone finds every report as the API says it stood.</summary>
public sealed class ReplayTests(Api api) : IClassFixture<Api>
{
    private const int Points = 200;

    /// <summary>A body to which nothing happens by chance.</summary>
    private static readonly string _quiet = Samples.CodeOf(900);

    private Client Auditor => api.As(Role.Auditor, []);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task The_state_at_random_points_is_what_a_strangers_fold_of_the_export_gives(int seed)
    {
        await using (var host = await ServingHost.StartAsync(api.Database))
        {
            await new RandomHistory(host, seed).GoOnAsync(300);
        }
        var events = await ExportAsync();
        Assert.Equal(Enumerable.Range(1, events.Count).Select(position => (long)position), events.Select(happened => happened["position"]!.GetValue<long>()));
        var reports = events.Where(happened => happened["stream"]!.ToString().StartsWith("report/", StringComparison.Ordinal)).GroupBy(happened => happened["stream"]!.ToString()).ToList();
        var random = new Random(seed);
        for (var i = 0; i < Points; i++)
        {
            var report = reports[random.Next(reports.Count)].ToList();
            var version = random.Next(report.Count + 1);
            var fold = new StrangersFold();
            report.Take(version).ToList().ForEach(fold.Apply);
            // Several events may bear one time; at counts all of them.
            var isByTime = version > 0 && (version == report.Count || report[version]["time"]!.ToString() != report[version - 1]["time"]!.ToString()) && random.Next(2) == 0;
            var point = isByTime ? $"at={report[version - 1]["time"]}" : $"version={version}";
            var told = (await Auditor.GetAsync($"/v1/audit/{Address(report[0])}/state?{point}")).Expect(200).Json.AsObject();
            Assert.Equal(version, told["version"]!.GetValue<int>());
            foreach (var name in (string[])["agency", "year", "version", "position", "at"])
            {
                told.Remove(name);
            }
            Assert.True(JsonNode.DeepEquals(fold.Answer(), StrangersFold.Dense(told)), $"{report[0]["stream"]} {point}\n{fold.Answer()}\n{StrangersFold.Dense(told)}");
        }
    }

    [Fact]
    public async Task A_replay_tells_each_step_with_who_why_and_what_it_led_to_and_changed()
    {
        var life = await api.ReportAsync(2023, _quiet);
        await life.PublishAsync((await life.FileAsync()).Expect(201));
        (await life.WithdrawAsync()).Expect(201);

        var trail = (await Auditor.GetAsync($"/v1/audit/reports/{_quiet}/2023/events")).Expect(200);
        var steps = trail.Json["items"]!.AsArray().Select(step => step!).ToList();

        Assert.Equal("no-store", trail.Header("Cache-Control"));
        Assert.Equal(["draft_changed", "secrecy_reviewed", "report_submitted", "report_approved", "report_published", "report_withdrawn"], steps.Select(step => step["type"]!.ToString()));
        Assert.Equal(["draft", "draft", "submitted", "approved", "published", "withdrawn"], steps.Select(step => step["state"]!.ToString()));
        Assert.Equal(["submitter", "secrecyReviewer", "submitter", "reviewer", "reviewer", "reviewer"], steps.Select(step => step["name"]!.ToString()));
        Assert.Equal([_quiet, _quiet, _quiet, Samples.Office, Samples.Office, Samples.Office], steps.Select(step => step["agency"]!.ToString()));
        Assert.Equal("数据来源有误", steps[^1]["reason"]!.ToString());
        Assert.All(steps, step => Assert.NotEmpty(step["correlation"]!.ToString()));
        var cell = steps[0]["changes"]!.AsArray().Single(change => change!["pointer"]!.ToString() == "/tables/applications/received/total")!;
        Assert.Equal(("cell", "一、本年新收政府信息公开申请数量 / 总计", null), (cell["kind"]!.ToString(), cell["label"]!.ToString(), cell["from"]));

        var none = (await Auditor.GetAsync($"/v1/audit/reports/{_quiet}/2022/events")).Expect(200);
        Assert.Equal(("none", 0), (none.Json["state"]!.ToString(), none.Json["items"]!.AsArray().Count));
        (await Auditor.GetAsync($"/v1/audit/reports/{Samples.OtherAgency}/2023/events")).ExpectProblem(404, "not-found");
        (await Auditor.GetAsync($"/v1/audit/reports/{_quiet}/2023/state?version=99")).ExpectProblem(404, "not-found");
        (await Auditor.GetAsync($"/v1/audit/reports/{_quiet}/2023/state?at=2999-01-01T00:00:00Z")).ExpectProblem(400, "invalid-request");
        (await Auditor.GetAsync($"/v1/audit/reports/{_quiet}/2023/state?at=yesterday")).ExpectProblem(400, "invalid-request");
    }

    private static string Address(JsonObject happened) => happened["stream"]!.ToString().Replace("report/", "reports/", StringComparison.Ordinal);

    private async Task<List<JsonObject>> ExportAsync()
    {
        var export = (await Auditor.GetAsync("/v1/audit/events", ("Accept", "application/x-ndjson"))).Expect(200);
        Assert.Equal("application/x-ndjson", export.MediaType);
        return [.. export.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!.AsObject())];
    }
}
