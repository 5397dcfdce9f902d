using System.Text.Json.Nodes;
using Disclosure.Tests;

namespace DisclosureApi.Tests.Reports;

/// <summary>Public reports by words: names first, passages told, nothing of what is not public.</summary>
public sealed class SearchTests(Api api) : IClassFixture<Api>
{
    private static readonly string _museum = Samples.CodeOf(931);
    private static readonly string _office = Samples.CodeOf(932);

    [Fact]
    public async Task What_is_found_by_name_comes_first_and_passages_tell_where_the_words_stand()
    {
        await PublishAsync(_museum, "云州市桂山区博物馆", 2022, "（六）其他。与档案部门合办展览。");
        await PublishAsync(_office, "云州市桂山区民政局", 2022, "（六）其他。会同博物馆设立公开查阅点，博物馆每周开放。");

        var both = await FoundAsync("q=博物馆&year=2022");
        Assert.Equal([_museum, _office], both.Select(Code));
        var passage = Assert.Single(both[1]["passages"]!.AsArray())!;
        Assert.Equal("博物馆", Prose(await api.Anon.GetAsync($"/v1/agencies/{_office}/reports/2022"), passage));
        Assert.Contains("会同博物馆设立", passage["text"]!.ToString());

        Assert.Equal([_office], (await FoundAsync("q=博物馆+查阅点&year=2022")).Select(Code));
        Assert.Equal([_office], (await FoundAsync("q=民政局+查阅点&year=2022")).Select(Code));
        Assert.Equal([_office], (await FoundAsync("q=查阅点+桂山区+民政局&year=2022")).Select(Code));
        Assert.Equal([_office], (await FoundAsync("q=桂山区+民政局&year=2022")).Select(Code));
        Assert.Empty(await FoundAsync("q=民政局+合办展览&year=2022"));
        Assert.Equal([_museum], (await FoundAsync($"q=桂&agency={_museum}")).Select(Code));
        Assert.Equal([_office], (await FoundAsync($"q=桂+查阅点&agency={_office}")).Select(Code));
        Assert.Equal([_museum], (await FoundAsync($"q=博物馆&year=2022&agency={_museum}")).Select(Code));
        Assert.Empty(await FoundAsync("q=博馆物&year=2022"));
        Assert.Empty(await FoundAsync("q=博物馆&year=2021"));
    }

    [Fact]
    public async Task Every_result_is_met_once_whatever_the_pages()
    {
        foreach (var number in Enumerable.Range(941, 7))
        {
            await PublishAsync(Samples.CodeOf(number), Samples.AgencyName, 2019 + (number % 2), "（六）其他。举办苔藓标本展。");
        }
        var (met, next) = (new List<string>(), "/v1/search?q=苔藓标本&limit=2");
        while (next is not null)
        {
            var page = (await api.Anon.GetAsync(next)).Expect(200).Json;
            met.AddRange(page["items"]!.AsArray().Select(item => Code(item!)));
            next = page["next"]?.ToString();
        }
        Assert.Equal(Enumerable.Range(941, 7).Select(Samples.CodeOf).Order(StringComparer.Ordinal), met.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task What_stands_at_the_end_of_a_long_text_is_found()
    {
        var code = Samples.CodeOf(971);
        await PublishAsync(code, Samples.AgencyName, 2023, string.Concat(Enumerable.Range(1, 2_000).Select(number => $"第{number}次接待来访群众。")) + "设立萤火信箱。");

        Assert.Equal([code], (await FoundAsync("q=萤火")).Select(Code));
        Assert.Equal([code], (await FoundAsync("q=萤火+接待来访群众")).Select(Code));
    }

    [Fact]
    public async Task Only_the_public_revision_is_found_and_nothing_that_was_withdrawn()
    {
        var life = await PublishAsync(Samples.CodeOf(951), Samples.AgencyName, 2023, "（六）其他。试行蜂鸟值班制。");
        Assert.Single(await FoundAsync("q=蜂鸟值班"));
        (await life.Submitter.PostAsync($"{life.Address}/correction", Bodies.Json(new { reason = "笔误" }))).Expect(201);
        var draft = (await life.Submitter.GetAsync($"{life.Address}/draft")).Expect(200);
        draft = (await life.Submitter.PutAsync($"{life.Address}/draft", Filing(Samples.CodeOf(951), Samples.AgencyName, 2023, "（六）其他。试行雨燕值班制。"), Headers.Match(draft.ETag))).Expect(200);
        Assert.Empty(await FoundAsync("q=雨燕值班"));
        await life.PublishAsync(draft);
        Assert.Empty(await FoundAsync("q=蜂鸟值班"));
        Assert.Single(await FoundAsync("q=雨燕值班"));
        (await life.WithdrawAsync()).Expect(201);
        Assert.Empty(await FoundAsync("q=雨燕值班"));
    }

    [Fact]
    public async Task A_report_is_found_by_every_name_that_its_body_ever_had()
    {
        var (code, other) = (Samples.CodeOf(961), Samples.CodeOf(962));
        await PublishAsync(code, "云州市桂山区粮食局", 2021, "（六）其他。开展储备粮核查。");
        await PublishAsync(other, "云州市桂山区水务局", 2021, "（六）其他。与农业农村和粮储局会商，与粮食局会商。");
        Assert.Equal([other], (await FoundAsync("q=粮储局&year=2021")).Select(Code));
        (await api.Registrar.PostAsync($"/v1/agencies/{code}/renaming", Bodies.Json(new { name = "云州市桂山区农业农村和粮储局", on = "2022-03-01" }))).Expect(201);

        Assert.Equal([code, other], (await FoundAsync("q=粮储局&year=2021")).Select(Code));
        Assert.Equal([code, other], (await FoundAsync("q=粮食局&year=2021")).Select(Code));
        Assert.Equal([code], (await FoundAsync("q=桂山区+农业农村和粮储局&year=2021&level=county")).Select(Code).Take(1));
        Assert.Empty(await FoundAsync("q=粮储局&year=2021&level=province"));
        Assert.Equal([code], (await FoundAsync("q=粮储局+储备粮核查&year=2021")).Select(Code));
        Assert.Equal([code], (await FoundAsync("q=储备粮+粮储局+粮食局&year=2021")).Select(Code));

        var life = new ReportLife(api, code, 2022);
        await life.PublishAsync((await life.FileAsync(Filing(code, "云州市桂山区农业农村和粮储局", 2022, "（六）其他。核查种子。"))).Expect(201));
        Assert.Equal([code], (await FoundAsync("q=粮食局&year=2022")).Select(Code));
        Assert.Equal([code], (await FoundAsync("q=粮储局&year=2022")).Select(Code));
        // Each is met once, page by page, by names before prose.
        var (met, next) = (new List<string>(), $"/v1/search?q=粮储局&limit=1");
        while (next is not null)
        {
            var page = (await api.Anon.GetAsync(next)).Expect(200).Json;
            met.AddRange(page["items"]!.AsArray().Select(item => $"{Code(item!)} {item!["year"]}"));
            next = page["next"]?.ToString();
        }
        Assert.Equal([$"{code} 2021", $"{code} 2022", $"{other} 2021"], [.. met[..2].Order(StringComparer.Ordinal), .. met[2..]]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("q=")]
    [InlineData("q=%20%E3%80%82")]
    [InlineData("q=a&q=b")]
    [InlineData("q=1+2+3+4+5+6+7+8+9")]
    [InlineData("q=a&after=bm8")]
    public async Task A_question_that_cannot_be_asked_is_refused(string query) =>
        Assert.Equal(400, (await api.Anon.GetAsync($"/v1/search?{query}")).Status);

    private async Task<ReportLife> PublishAsync(string code, string name, int year, string words)
    {
        (await api.Registrar.PutAsync($"/v1/agencies/{code}", Bodies.Agency(code, name: name), Headers.Create)).Expect(201);
        var life = new ReportLife(api, code, year);
        await life.PublishAsync((await life.FileAsync(Filing(code, name, year, words))).Expect(201));
        return life;
    }

    private static HttpContent Filing(string code, string name, int year, string words)
    {
        var content = Samples.InItsWords(Samples.InYear(Samples.Whole(), year), code);
        content = content.Words.Keys.Aggregate(content, (all, path) => all.With(path, all.Word(path)?.Replace(Samples.AgencyName, name, StringComparison.Ordinal)));
        return Bodies.Filing(Samples.Filing(year) with { AgencyName = name, Content = content.With("/sections/overview", $"{content.Section("overview")}\n{words}") });
    }

    private async Task<IReadOnlyList<JsonNode>> FoundAsync(string query) =>
        [.. (await api.Anon.GetAsync($"/v1/search?{query}")).Expect(200).Json["items"]!.AsArray().Select(item => item!)];

    private static string Code(JsonNode item) => item["agency"]!["code"]!.ToString();

    private static string Prose(Reply report, JsonNode passage) =>
        report.Json["content"]!["sections"]![passage["section"]!.ToString()]!.ToString()[passage["from"]!.GetValue<int>()..passage["to"]!.GetValue<int>()];
}
