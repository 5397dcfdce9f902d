using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Disclosure.Tests;

namespace DisclosureApi.Tests.Documents;

/// <summary>Many documents in one request: a line for each, under the client's own keys, and no document spoils another.</summary>
public sealed class BatchTests(Api api) : IClassFixture<Api>
{
    private static readonly string _report = File.ReadAllText(Path.Combine(Repository.Root, "openapi", "examples", "report-2023.txt"));

    [Fact]
    public async Task Each_line_is_answered_under_its_key_whatever_becomes_of_the_others()
    {
        var lines = string.Join('\n',
            Line("甲", "text/plain", "text", _report),
            Line("乙", "text/plain", "base64", Convert.ToBase64String(Encoding.UTF8.GetBytes(_report))),
            Line("丙", "text/plain", "text", "2023年工作计划"),
            "{ broken", "", Line("丁", "image/png", "base64", "AAAA"), """{"key":"戊"}""", Line("己", "text/plain", "text", _report));
        var answers = await AskAsync(new StringContent(lines, Encoding.UTF8, new MediaTypeHeaderValue("application/x-ndjson")));
        Assert.Equal(["甲 200", "乙 200", "丙 422", " 400", "丁 415", "戊 422", "己 200"], answers.Select(Told));
        var alone = (await api.Anon.PostAsync("/v1/conversions", Bodies.Text(_report))).Expect(200);
        Assert.All(answers.Where(answer => answer["status"]!.GetValue<int>() == 200), answer => Assert.Equal(alone.Json.ToJsonString(), answer["filing"]!.ToJsonString()));
    }

    [Fact]
    public async Task Parts_of_a_multipart_body_are_answered_under_their_names()
    {
        using var parts = new MultipartFormDataContent { { Bodies.Text(_report), "one", "one.txt" }, { Bodies.Text("不是年报"), "two" } };
        Assert.Equal(["one 200", "two 422"], (await AskAsync(parts)).Select(Told));
    }

    [Fact]
    public async Task A_batch_that_is_too_long_ends_with_a_line_that_says_so()
    {
        var lines = string.Join('\n', Enumerable.Range(0, 202).Select(i => Line($"{i}", "text/plain", "text", "无")));
        var answers = await AskAsync(new StringContent(lines, Encoding.UTF8, new MediaTypeHeaderValue("application/x-ndjson")));
        Assert.Equal(201, answers.Count);
        Assert.Equal(" 413", Told(answers[^1]));
    }

    private async Task<IReadOnlyList<JsonNode>> AskAsync(HttpContent batch)
    {
        var answer = (await api.Anon.PostAsync("/v1/conversions/batch", batch)).Expect(200);
        return [.. answer.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!)];
    }

    private static string Told(JsonNode answer) => $"{answer["key"]} {answer["status"]}";

    private static string Line(string key, string mediaType, string member, string value) =>
        JsonSerializer.Serialize(new Dictionary<string, string> { ["key"] = key, ["mediaType"] = mediaType, [member] = value });
}
