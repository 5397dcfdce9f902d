using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Disclosure.Tests;

namespace DisclosureApi.Tests.Bulk;

/// <summary>Files of a year's reports, and the feed that keeps a copy of them right.</summary>
public sealed class ExportTests(Api api) : IClassFixture<Api>
{
    private const string Export = "/v1/exports/2023";

    [Fact]
    public async Task A_file_is_the_live_reports_and_stays_when_one_is_withdrawn_and_the_feed_tells_of_it()
    {
        var life = await PublishAsync(1);
        await PublishAsync(2);
        var live = await api.Anon.GetAsync(life.Address);
        var before = (await api.Anon.GetAsync(Export)).Expect(200);
        Assert.Contains(live.Text, before.Text.Split('\n'));
        Assert.Equal($"sha-256=:{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(before.Text)))}:", before.Header("Repr-Digest"));
        (await api.Anon.GetAsync(Export, ("If-None-Match", before.ETag))).Expect(304);
        var manifest = (await api.Anon.GetAsync($"{Export}/manifest")).Expect(200).Json;
        Assert.Equal(before.Text.Count(letter => letter == '\n'), manifest["reports"]!.GetValue<int>());

        (await life.WithdrawAsync()).Expect(201);
        Assert.DoesNotContain(live.Text, (await api.Anon.GetAsync(Export)).Text.Split('\n'));
        Assert.Equal(before.Text, (await api.Anon.GetAsync(before.Header("Content-Location")!)).Text);
        var changes = (await api.Anon.GetAsync(manifest["changes"]!.ToString())).Expect(200).Json["items"]!.AsArray();
        Assert.Contains(changes, change => change!["type"]!.ToString() == "withdrawn" && change["address"]!.ToString() == life.Address);
        Assert.All(changes, change => Assert.True(change!["position"]!.GetValue<long>() > manifest["position"]!.GetValue<long>()));
    }

    [Theory]
    [InlineData("identity")]
    [InlineData("gzip")]
    [InlineData("br")]
    public async Task A_transfer_that_broke_off_is_taken_up_where_it_was(string coding)
    {
        await PublishAsync(3);
        using var http = new HttpClient { BaseAddress = api.Url };
        var (whole, etag) = await TakeAsync(http, coding, null, null);
        var (rest, _) = await TakeAsync(http, coding, new RangeHeaderValue(100, null), etag);
        Assert.Equal(whole[100..], rest);
        var (other, _) = await TakeAsync(http, coding, new RangeHeaderValue(100, null), new EntityTagHeaderValue("\"another\""));
        Assert.Equal(whole, other);
        (await api.Anon.GetAsync(Export, ("Range", "bytes=999999999-"))).ExpectProblem(416, "range-not-satisfiable");
    }

    [Fact]
    public async Task A_table_has_a_row_for_each_report_or_cell()
    {
        await PublishAsync(4);
        var file = (await api.Anon.GetAsync(Export)).Text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!).ToList();
        Assert.Equal(file.Count + 1, (await api.Anon.GetAsync($"{Export}?format=csv")).Text.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length);
        var given = file.Sum(report => report["content"]!["tables"]!.AsObject().SelectMany(table => table.Value!.AsObject()).SelectMany(row => row.Value!.AsObject()).Count(cell => cell.Value is not null));
        Assert.Equal(given + 1, (await api.Anon.GetAsync($"{Export}?format=csv&rows=cells")).Text.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [Fact]
    public async Task Whoever_listens_hears_of_a_publication_and_goes_on_from_the_last_he_heard()
    {
        var start = (await api.Anon.GetAsync("/v1/changes?limit=200")).Json["last"]!.GetValue<long>();
        using var http = new HttpClient { BaseAddress = api.Url };
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/changes") { Headers = { { "Accept", "text/event-stream" }, { "Last-Event-ID", $"{start}" } } };
        using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        using var lines = new StreamReader(await answer.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));
        var life = await PublishAsync(5);
        for (var line = ""; !(line.StartsWith("data:", StringComparison.Ordinal) && line.Contains($"\"{life.Address}\"", StringComparison.Ordinal));)
        {
            line = (await lines.ReadLineAsync(TestContext.Current.CancellationToken))!;
        }
        Assert.Contains(life.Address, (await api.Anon.GetAsync("/v1/changes.atom")).Expect(200).Text, StringComparison.Ordinal);
    }

    private static async Task<(byte[] Bytes, EntityTagHeaderValue ETag)> TakeAsync(HttpClient http, string coding, RangeHeaderValue? range, EntityTagHeaderValue? known)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Export) { Headers = { { "Accept-Encoding", coding } } };
        (request.Headers.Range, request.Headers.IfRange) = (range, known is null ? null : new RangeConditionHeaderValue(known));
        using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);
        return (await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken), answer.Headers.ETag!);
    }

    private async Task<ReportLife> PublishAsync(int number)
    {
        var life = await api.ReportAsync(2023, Samples.CodeOf(90_000 + number));
        var draft = await life.FileAsync();
        if (draft.Status == 201)
        {
            await life.PublishAsync(draft);
        }
        return life;
    }
}
