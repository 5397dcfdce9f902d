using System.Net;
using DisclosureApi.Http;

namespace DisclosureApi.Tests.Contract;

/// <summary>What people see in a browser.</summary>
public sealed class PageTests(ContractHost host)
{
    public static TheoryData<string> Codes => [.. ProblemTypes.All.Select(type => type.Code)];

    [Theory]
    [MemberData(nameof(Codes))]
    public async Task Every_kind_of_problem_has_a_page_in_both_languages(string code)
    {
        var type = ProblemTypes.All.Single(known => known.Code == code);
        using var response = await GetAsync($"/problems/{code}");
        var page = await TextAsync(response);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("text/html", response.Content.Headers.ContentType!.MediaType);
        Assert.StartsWith("default-src 'none'", response.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.All([type.Title.Zh, type.Title.En, type.Help.Zh, type.Help.En], words => Assert.Contains(WebUtility.HtmlEncode(words), page, StringComparison.Ordinal));
        Assert.Contains($"HTTP {type.Status}", page, StringComparison.Ordinal);
        Assert.Contains("lang=\"zh-CN\"", page, StringComparison.Ordinal);
        Assert.Contains("lang=\"en\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_list_leads_to_every_page()
    {
        using var response = await GetAsync("/problems");
        var page = await TextAsync(response);
        Assert.All(ProblemTypes.All, type => Assert.Contains($"href=\"/problems/{type.Code}\"", page, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_kind_that_there_is_not_is_a_problem()
    {
        using var response = await GetAsync("/problems/%3Cscript%3E");
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
        Assert.DoesNotContain("script", await TextAsync(response), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_root_leads_to_the_documentation()
    {
        using var response = await GetAsync("/");
        Assert.Equal(HttpStatusCode.Found, response.StatusCode);
        using var page = await GetAsync(response.Headers.Location!.OriginalString);
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
    }

    [Theory]
    [InlineData("index.html", "DisclosureApi")]
    [InlineData("index.js", "openapi/v1.json")]
    [InlineData("swagger-ui.css", "swagger-ui")]
    [InlineData("swagger-ui-bundle.js", "SwaggerUIBundle")]
    public async Task The_documentation_is_whole_and_asks_no_one_else(string file, string holds)
    {
        using var response = await GetAsync($"/docs/{file}");
        var text = await TextAsync(response);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Contains(holds, text, StringComparison.Ordinal);
        Assert.DoesNotContain("https:", response.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        if (file == "index.html")
        {
            Assert.DoesNotContain("//", text.Replace("</", "", StringComparison.Ordinal), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_documentation_is_found_without_its_file_name()
    {
        using var response = await GetAsync("/docs");
        Assert.Contains("docs/index.html", response.Headers.Location?.OriginalString ?? "", StringComparison.Ordinal);
    }

    private Task<HttpResponseMessage> GetAsync(string address) => host.Client.GetAsync(new Uri(address, UriKind.Relative), TestContext.Current.CancellationToken);

    private static Task<string> TextAsync(HttpResponseMessage response) => response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
}
