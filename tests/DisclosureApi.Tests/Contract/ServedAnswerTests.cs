using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using DisclosureApi.Tests.Contract.Walk;

namespace DisclosureApi.Tests.Contract;

/// <summary>Real answers, held against what the contract says of their operation. The database of this host never answers.</summary>
public sealed class ServedAnswerTests(ContractHost host)
{
    private const string Draft = "/v1/agencies/11320800001234511H/reports/2023/draft";

    [Theory]
    [InlineData("GET", "/health/live", "/health/live", 200)]
    [InlineData("GET", "/health/ready", "/health/ready", 503)]
    [InlineData("GET", "/v1/formats", "/v1/formats", 200)]
    [InlineData("GET", "/v1/rules", "/v1/rules", 200)]
    [InlineData("GET", "/v1/agencies/11320800001234511H", "/v1/agencies/{code}", 503)]
    [InlineData("GET", Draft, "/v1/agencies/{code}/reports/{year}/draft", 401)]
    [InlineData("DELETE", Draft, "/v1/agencies/{code}/reports/{year}/draft", 401)]
    [InlineData("POST", "/v1/validations", "/v1/validations", 200,
        """{ "year": 2023, "content": { "forms": { "disputes": "2021" }, "tables": { "disputes": { "litigation": { "upheld": 1, "corrected": 0, "otherResult": 0, "pending": 0, "total": 2 } } } } }""")]
    [InlineData("POST", "/v1/validations", "/v1/validations", 400, "{")]
    [InlineData("POST", "/v1/validations", "/v1/validations", 422, "[]")]
    [InlineData("POST", "/v1/validations", "/v1/validations", 415, "{}", "text/csv")]
    [InlineData("POST", "/v1/conversions", "/v1/conversions", 415, "{}")]
    [InlineData("POST", "/v1/conversions", "/v1/conversions", 422, "no report", "text/plain")]
    public async Task Answers_are_those_of_the_contract(
        string method, string address, string path, int status, string? body = null, string mediaType = "application/json")
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(address, UriKind.Relative));
        if (body is not null)
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) { Headers = { ContentType = new MediaTypeHeaderValue(mediaType) } };
        }
        using var response = await host.Client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(status, (int)response.StatusCode);
        await AssertToldAsync(response, path, method);
    }

    [Fact]
    public async Task A_body_that_is_too_large_is_told_as_such()
    {
        using var content = new ByteArrayContent(new byte[DisclosureApi.Http.Body.MaxBytes + 1]) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        using var response = await host.Client.PostAsync(new Uri("/v1/validations", UriKind.Relative), content, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        await AssertToldAsync(response, "/v1/validations", "POST");
    }

    [Theory]
    [InlineData("/v1/formats")]
    [InlineData("/v1/rules")]
    [InlineData("/openapi/v1.json")]
    [InlineData("/problems")]
    public async Task Public_answers_can_be_asked_for_again_and_by_head(string address)
    {
        using var first = await host.Client.GetAsync(new Uri(address, UriKind.Relative), TestContext.Current.CancellationToken);
        using var again = new HttpRequestMessage(HttpMethod.Get, address) { Headers = { IfNoneMatch = { first.Headers.ETag! } } };
        using var unchanged = await host.Client.SendAsync(again, TestContext.Current.CancellationToken);
        using var head = await host.Client.SendAsync(new HttpRequestMessage(HttpMethod.Head, address), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotModified, unchanged.StatusCode);
        Assert.Equal(first.Headers.ETag, head.Headers.ETag);
        Assert.Equal(first.Content.Headers.ContentLength, head.Content.Headers.ContentLength);
    }

    /// <summary>Status, media type, body, headers and kind of problem are told for this operation.</summary>
    private async Task AssertToldAsync(HttpResponseMessage response, string path, string method)
    {
        var told = host.Document["paths"]![path]![method.ToLowerInvariant()]!["responses"]![$"{(int)response.StatusCode}"]!;
        told = told["$ref"] is { } reference ? SchemaCheck.Resolve(host.Document, reference.ToString()) : told;
        var schema = told["content"]![response.Content.Headers.ContentType!.MediaType!]!["schema"]!["$ref"]!.ToString().Split('/')[^1];
        var body = JsonNode.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Empty(SchemaCheck.Faults(host.Document, schema, body));
        var sent = response.Headers.Concat(response.Content.Headers).Select(header => header.Key).ToHashSet(StringComparer.OrdinalIgnoreCase);
        Assert.All(((JsonObject)told["headers"]!).Where(header => !AnswerCheck.Sometimes.Contains(header.Key)), header => Assert.Contains(header.Key, sent));
        if (told["x-problem-types"] is JsonArray types)
        {
            Assert.Contains(body!["type"]!.ToString(), types.Select(type => type!.ToString()));
        }
    }
}
