using System.Text;
using System.Text.Json.Nodes;
using Disclosure.Ledger;
using Disclosure.Tests;
using DisclosureApi.Access;
using DisclosureApi.Access.Recording;

namespace DisclosureApi.Tests.Audit;

/// <summary>The feed of all events, and the record of who read it.</summary>
public sealed class EventFeedTests(Api api) : IClassFixture<Api>
{
    private Client Auditor => api.As(Role.Auditor, [], "张审计");

    [Fact]
    public async Task Pages_lines_and_any_filter_find_the_same_events_in_their_order()
    {
        await PublishAsync();
        var all = await LinesAsync("");
        Assert.Equal(Enumerable.Range(1, all.Count), all.Select(happened => happened["position"]!.GetValue<int>()));
        var paged = new List<JsonNode>();
        for (var next = "/v1/audit/events?limit=2"; next is not null;)
        {
            var page = (await Auditor.GetAsync(next)).Expect(200);
            paged.AddRange(page.Json["items"]!.AsArray().Select(item => item!));
            next = page.Json["next"]?.ToString();
            Assert.Equal(next is not null, page.Header("Link")!.Contains("rel=\"next\"", StringComparison.Ordinal));
        }
        Assert.Equal(all.Select(happened => happened.ToJsonString()), paged.Select(happened => happened.ToJsonString()));

        var third = all[2];
        foreach (var (query, isMeant) in new (string, Func<JsonObject, bool>)[]
            {
                ("after=3", happened => happened["position"]!.GetValue<int>() > 3),
                ($"actor={third["actor"]}", happened => happened["actor"]!.ToString() == third["actor"]!.ToString()),
                ("actor=reviewer", happened => happened["headers"]!["role"]!.ToString() == "reviewer"),
                ($"request={third["correlation"]}", happened => happened["correlation"]!.ToString() == third["correlation"]!.ToString()),
                ("type=report_published", happened => happened["type"]!.ToString() == "report_published"),
                ($"agency={Samples.Agency}", happened => happened["stream"]!.ToString().Contains(Samples.Agency, StringComparison.Ordinal)),
                ($"agency={Samples.Office}", happened => happened["headers"]!["agency"]?.ToString() == Samples.Office),
                ($"from={third["time"]}", happened => string.CompareOrdinal(happened["time"]!.ToString(), third["time"]!.ToString()) >= 0),
                ($"to={third["time"]}", happened => string.CompareOrdinal(happened["time"]!.ToString(), third["time"]!.ToString()) <= 0),
                ($"type=report_published&actor=submitter&from={third["time"]}", _ => false),
            })
        {
            var expected = all.Where(isMeant).Select(happened => happened["position"]!.GetValue<int>());
            Assert.Equal(expected, (await LinesAsync(query)).Select(happened => happened["position"]!.GetValue<int>()));
            Assert.Equal(expected, (await Auditor.GetAsync($"/v1/audit/events?{query}")).Expect(200).Json["items"]!.AsArray().Select(happened => happened!["position"]!.GetValue<int>()));
        }
    }

    [Theory]
    [InlineData("after=-1")]
    [InlineData("after=x")]
    [InlineData("limit=0")]
    [InlineData("limit=201")]
    [InlineData("type=nothing")]
    [InlineData("agency=1")]
    [InlineData("from=2024-01-01")]
    [InlineData("to=2024-13-01T00:00:00Z")]
    [InlineData("actor=")]
    [InlineData("request=a&request=b")]
    public async Task A_question_that_cannot_be_read_is_refused(string query) =>
        (await Auditor.GetAsync($"/v1/audit/events?{query}")).ExpectProblem(400, "invalid-request");

    [Fact]
    public async Task Every_use_is_recorded_with_who_what_and_how_much_and_auditors_can_read_it()
    {
        await PublishAsync();
        var lines = await LinesAsync("type=report_published");
        (await Auditor.GetAsync("/v1/audit/events?after=x")).Expect(400);
        (await Auditor.GetAsync($"/v1/audit/reports/{Samples.Agency}/2023/state?version=2")).Expect(200);
        (await Auditor.GetAsync($"/v1/audit/reports/{Samples.OtherAgency}/2023/events")).Expect(404);
        (await api.Submitter.GetAsync("/v1/audit/events")).Expect(403);

        var uses = new List<JsonNode>();
        for (var next = "/v1/audit/accesses?limit=3"; next is not null;)
        {
            var page = (await Auditor.GetAsync(next)).Expect(200).Json;
            uses.AddRange(page["items"]!.AsArray().Select(use => use!));
            next = page["next"]?.ToString();
        }
        Assert.Equal(Enumerable.Range(1, uses.Count), uses.Select(use => use["number"]!.GetValue<int>()));
        Assert.All(uses, use => Assert.Equal("张审计", use["name"]!.ToString()));
        Assert.Equal("list_accesses", uses[^1]["operation"]!.ToString());
        Assert.Null(uses[^1]["status"]);
        var told = uses.Where(use => use["operation"]!.ToString() != "list_accesses").Select(use => (use["asked"]!.ToString(), use["status"]!.GetValue<int>(), use["events"]!.GetValue<int>())).ToList();
        Assert.Contains(("GET /v1/audit/events?type=report_published", 200, lines.Count), told);
        Assert.Contains(("GET /v1/audit/events?after=x", 400, 0), told);
        Assert.Contains(($"GET /v1/audit/reports/{Samples.Agency}/2023/state?version=2", 200, 2), told);
        Assert.Contains(($"GET /v1/audit/reports/{Samples.OtherAgency}/2023/events", 404, 0), told);
    }

    [Fact]
    public void No_door_of_the_audit_trail_goes_unrecorded() => Assert.All(
        api.Endpoints.Where(endpoint => endpoint.RoutePattern.RawText!.Contains("/audit/", StringComparison.Ordinal)),
        endpoint => Assert.NotNull(endpoint.Metadata.GetMetadata<RecordedUse>()));

    [Fact]
    public async Task Each_event_of_the_export_is_what_the_ledger_commits_to()
    {
        await PublishAsync();
        var export = (await Auditor.GetAsync("/v1/audit/events", ("Accept", "application/x-ndjson"))).Expect(200).Text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var expected = string.Concat(export.Select(line => Convert.ToHexStringLower(Envelope.CommitmentOf(Encoding.UTF8.GetBytes(line)))));
        var told = "";
        while (told.Length < expected.Length)
        {
            told = await api.Database.ScalarAsync<string>("select coalesce(string_agg(encode(commitments, 'hex'), '' order by first), '') from ledger_entries");
        }
        Assert.StartsWith(expected, told);
    }

    [Theory]
    [InlineData("update audit_accesses set actor = 'p'")]
    [InlineData("delete from audit_accesses")]
    [InlineData("truncate audit_accesses cascade")]
    [InlineData("update audit_readings set events = 0")]
    [InlineData("delete from audit_readings")]
    [InlineData("truncate audit_readings")]
    [InlineData("update mt_events set user_name = 'p'")]
    [InlineData("delete from mt_events")]
    [InlineData("truncate mt_events cascade")]
    [InlineData("delete from mt_streams")]
    public async Task The_serving_role_cannot_rewrite_what_was_recorded(string sql)
    {
        await using var serving = Npgsql.NpgsqlDataSource.Create(api.Database.Serving);
        await using var command = serving.CreateCommand(sql);
        var refused = await Assert.ThrowsAsync<Npgsql.PostgresException>(() => command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken));
        Assert.Equal("42501", refused.SqlState);
    }

    private async Task<List<JsonObject>> LinesAsync(string query)
    {
        var answer = (await Auditor.GetAsync($"/v1/audit/events?{query}", ("Accept", "application/x-ndjson"))).Expect(200);
        return [.. answer.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!.AsObject())];
    }

    private Task PublishAsync() => api.OnceAsync(async () =>
    {
        var life = await api.ReportAsync(2023);
        await life.PublishAsync((await life.FileAsync()).Expect(201));
    });
}
