using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using CsvHelper;
using Disclosure.Formats;
using Disclosure.Tests;
using DisclosureApi.Bulk;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

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
    public async Task Each_number_stands_in_the_column_of_its_cell_and_the_columns_in_the_order_of_the_forms()
    {
        await PublishAsync(8);
        var file = (await api.Anon.GetAsync(Export)).Text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!["content"]!).ToList();
        using var table = CsvReader.FromText((await api.Anon.GetAsync($"{Export}?format=csv")).Text);
        table.ReadHeader();
        var cells = KnownFormats.All.SelectMany(form => form.Tables).SelectMany(form => form.Cells).Select(cell => cell.Address).Distinct().ToList();
        var forms = cells.Select(cell => cell.Table).Distinct().ToList();
        var first = table.Headers.Count - cells.Count - forms.Count;
        Assert.Equal(cells.Select(cell => $"{cell.Table}.{cell.Row}.{cell.Column}").Concat(forms.Select(form => $"forms.{form}")), table.Headers.Skip(first));
        foreach (var report in file)
        {
            Assert.True(table.Read());
            Assert.All(cells, (cell, at) => Assert.Equal($"{report["tables"]![cell.Table]?[cell.Row]?[cell.Column]}", table.GetString(first + at)));
            Assert.All(forms, (form, at) => Assert.Equal($"{report["forms"]?[form]}", table.GetString(first + cells.Count + at)));
        }
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

    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("+86 10 1234", "'+86 10 1234")]
    [InlineData("-x", "'-x")]
    [InlineData("-12.5", "-12.5")]
    [InlineData("\t=1", "'\t=1")]
    [InlineData("\r=1", "\"'\r=1\"")]
    [InlineData("云州市,\"甲\"", "\"云州市,\"\"甲\"\"\"")]
    public void No_text_becomes_a_formula_and_numbers_stay_numbers(string text, string cell) => Assert.Equal(cell, ExportTable.Text(text));

    [Fact]
    public async Task The_catalogue_lists_each_year_and_says_what_the_operator_says_of_a_licence()
    {
        await PublishAsync(6);
        var dataset = (await api.Anon.GetAsync("/v1/exports")).Expect(200).Json["dcat:dataset"]!.AsArray().Single(year => year!["dct:identifier"]!.ToString() == "2023")!;
        Assert.Contains("no licence", dataset["dct:rights"]!.ToString(), StringComparison.Ordinal);
        foreach (var distribution in dataset["dcat:distribution"]!.AsArray())
        {
            (await api.Anon.GetAsync(new Uri(distribution!["dcat:downloadURL"]!["@id"]!.ToString()).PathAndQuery)).Expect(200);
        }
        var licensed = api.Of(null, await api.AnotherHostAsync("--Exports:Licence=https://www.example.gov.cn/licence"));
        Assert.Equal("https://www.example.gov.cn/licence", (await licensed.GetAsync("/v1/exports")).Json["dct:license"]!["@id"]!.ToString());
        Assert.Equal("https://www.example.gov.cn/licence", (await licensed.GetAsync($"{Export}/manifest")).Json["licence"]!.ToString());
    }

    [Fact]
    public async Task Each_file_is_what_the_manifest_says()
    {
        await PublishAsync(7);
        foreach (var file in (await api.Anon.GetAsync(Export, ("Accept", "application/json"))).Expect(200).Json["files"]!.AsArray())
        {
            var (_, bytes) = await api.Anon.BytesAsync(file!["address"]!.ToString());
            Assert.Equal((file["sha256"]!.ToString(), file["bytes"]!.GetValue<long>()), (Convert.ToHexStringLower(SHA256.HashData(bytes)), bytes.LongLength));
        }
        var marked = (await api.Anon.BytesAsync($"{Export}?format=csv&bom=true")).Bytes;
        Assert.Equal([0xEF, 0xBB, 0xBF, .. (await api.Anon.BytesAsync($"{Export}?format=csv")).Bytes], marked);
    }

    [Fact]
    public async Task A_file_is_measured_again_only_when_its_own_reports_have_changed()
    {
        await PublishAsync(9);
        var before = await MeasuredAsync();
        await PublishAsync(9, year: 2022);
        Assert.Same(before, await MeasuredAsync());
        await PublishAsync(10);
        Assert.NotEqual(before.ETag, (await MeasuredAsync()).ETag);

        async Task<Measured> MeasuredAsync()
        {
            var position = await api.Database.ScalarAsync<long>("select max(from_position) from figures");
            return (await api.Services.GetRequiredService<Measures>().OfAsync([ExportFile.Of(2023, position)[0]], new DefaultHttpContext()))[0];
        }
    }

    [Fact]
    public async Task Whoever_leaves_ends_what_the_database_does_for_him()
    {
        await PublishAsync(8);
        await using var owner = NpgsqlDataSource.Create(api.Database.Owner);
        await using var holding = await owner.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using var transaction = await holding.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await using (var hold = new NpgsqlCommand("lock table figures in access exclusive mode", holding))
        {
            await hold.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }
        using var leaving = new CancellationTokenSource();
        await using var reports = api.Services.GetRequiredService<ExportRows>().ReadAsync(2023, long.MaxValue, leaving.Token).GetAsyncEnumerator(TestContext.Current.CancellationToken);
        var reading = reports.MoveNextAsync().AsTask();
        while (await api.Database.ScalarAsync<long>("select count(*) from pg_locks where not granted and relation = 'figures'::regclass") == 0)
        {
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
    }

    private static async Task<(byte[] Bytes, EntityTagHeaderValue ETag)> TakeAsync(HttpClient http, string coding, RangeHeaderValue? range, EntityTagHeaderValue? known)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Export) { Headers = { { "Accept-Encoding", coding } } };
        (request.Headers.Range, request.Headers.IfRange) = (range, known is null ? null : new RangeConditionHeaderValue(known));
        using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);
        return (await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken), answer.Headers.ETag!);
    }

    private async Task<ReportLife> PublishAsync(int number, int year = 2023)
    {
        var life = await api.ReportAsync(year, Samples.CodeOf(90_000 + number));
        var draft = await life.FileAsync();
        if (draft.Status == 201)
        {
            await life.PublishAsync(draft);
        }
        return life;
    }
}
