using System.Net.Http.Headers;
using System.Text;
using Disclosure.Tests;

namespace DisclosureApi.Tests.Reports;

/// <summary>The official document over HTTP: the kind that is asked for, under its own name, cached by its bytes, and read back as it was.</summary>
public sealed class DocumentTests(Api api) : IClassFixture<Api>
{
    private const string Word = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

    [Theory]
    [InlineData(null, "text/html")]
    [InlineData("*/*", "text/html")]
    [InlineData(Word, Word)]
    [InlineData("text/*;q=0.5, text/csv;q=0.9", "text/csv")]
    [InlineData("text/html;q=0, */*;q=0.1", Word)]
    [InlineData("application/pdf, text/plain;q=0.2", "text/plain")]
    public async Task The_kind_that_the_reader_prefers_is_given(string? accept, string expected)
    {
        var address = await PublishedAsync();
        var answer = (await api.Anon.GetAsync($"{address}/document", accept is null ? [] : [("Accept", accept)])).Expect(200);
        Assert.Equal(expected, answer.MediaType);
        Assert.StartsWith("Accept", answer.Header("Vary"), StringComparison.Ordinal);
        Assert.Contains("filename*=UTF-8''", answer.Header("Content-Disposition"), StringComparison.Ordinal);
        (await api.Anon.GetAsync($"{address}/document", ("Accept", expected), ("If-None-Match", answer.ETag))).Expect(304);
    }

    [Fact]
    public async Task Each_kind_has_an_etag_of_its_own_and_what_cannot_be_given_is_told_with_what_can()
    {
        var address = await PublishedAsync();
        var page = await api.Anon.GetAsync($"{address}/document", ("Accept", "text/html"));
        (await api.Anon.GetAsync($"{address}/document", ("Accept", "text/plain"), ("If-None-Match", page.ETag))).Expect(200);
        var refused = (await api.Anon.GetAsync($"{address}/document", ("Accept", "application/pdf"))).ExpectProblem(406, "not-acceptable");
        Assert.Contains(Word, refused.Json["supported"]!.AsArray().Select(type => type!.ToString()));
        (await api.Anon.GetAsync($"{address}/document?bom=please", ("Accept", "text/csv"))).ExpectProblem(400, "invalid-request");
        var led = await api.Anon.GetAsync($"{address}/document?bom=true", ("Accept", "text/csv"));
        Assert.NotEqual(led.ETag, (await api.Anon.GetAsync($"{address}/document", ("Accept", "text/csv"))).ETag);
    }

    [Theory]
    [InlineData("text/html")]
    [InlineData("text/plain")]
    [InlineData("text/csv")]
    [InlineData(Word)]
    public async Task A_document_given_out_is_the_same_content_when_it_is_filed(string mediaType)
    {
        var address = await PublishedAsync();
        using var http = new HttpClient { BaseAddress = api.Url };
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri($"{address}/document", UriKind.Relative)) { Headers = { Accept = { new MediaTypeWithQualityHeaderValue(mediaType) } } };
        using var given = await http.SendAsync(request, TestContext.Current.CancellationToken);
        var bytes = await given.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        using var document = new ByteArrayContent(bytes) { Headers = { ContentType = given.Content.Headers.ContentType } };
        var read = (await api.Anon.PostAsync("/v1/conversions", document)).Expect(200);
        var report = (await api.Anon.GetAsync(address)).Expect(200);
        Assert.Equal(report.Json["content"]!["tables"]!.ToJsonString(), read.Json["content"]!["tables"]!.ToJsonString());
        Assert.Equal(report.Json["content"]!["sections"]!.ToJsonString(), read.Json["content"]!["sections"]!.ToJsonString());
    }

    [Fact]
    public async Task A_draft_is_a_document_for_its_agency_alone()
    {
        var life = await api.ReportAsync(2022);
        (await life.FileAsync(Encoded(Text(2022)))).Expect(201);
        var answer = (await life.Submitter.GetAsync($"{life.Address}/draft/document", ("Accept", "text/plain"))).Expect(200);
        Assert.Contains("2022年政府信息公开工作年度报告", answer.Text, StringComparison.Ordinal);
        Assert.Equal("no-store", answer.Header("Cache-Control"));
        (await api.As(DisclosureApi.Access.Role.Submitter, [Samples.OtherAgency]).GetAsync($"{life.Address}/draft/document")).ExpectProblem(404, "not-found");
    }

    [Theory]
    [InlineData(2020, "采购总金额")]
    [InlineData(2023, "现行有效件数")]
    public async Task Blank_forms_are_given_in_every_kind(int year, string label)
    {
        Assert.Contains(label, (await api.Anon.GetAsync($"/v1/formats/{year}/blank", ("Accept", "text/html"))).Expect(200).Text, StringComparison.Ordinal);
        Assert.Equal(Word, (await api.Anon.GetAsync($"/v1/formats/{year}/blank", ("Accept", Word))).Expect(200).MediaType);
        (await api.Anon.GetAsync("/v1/formats/1999/blank")).ExpectProblem(404, "not-found");
    }

    private async Task<string> PublishedAsync()
    {
        var life = await api.ReportAsync(2023);
        await api.OnceAsync(async () => await life.PublishAsync((await life.FileAsync(Encoded(Text(2023)))).Expect(201)));
        return life.Address;
    }

    private static StringContent Encoded(string text) => new(text, Encoding.UTF8, "text/plain");

    private static string Text(int year) => File.ReadAllText(Path.Combine(Repository.Root, "openapi", "examples", "report-2023.txt"))
        .Replace("2024", $"{year + 1}", StringComparison.Ordinal).Replace("2023", $"{year}", StringComparison.Ordinal);
}
