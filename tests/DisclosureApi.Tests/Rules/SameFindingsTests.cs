using System.Globalization;
using System.Text.Json.Nodes;
using Disclosure.Contents;
using Disclosure.Tests;
using DisclosureApi.Access;

namespace DisclosureApi.Tests.Rules;

/// <summary>What a validation says, the draft and its submission say too: nobody is told one thing and refused for another.</summary>
public sealed class SameFindingsTests(Api api) : IClassFixture<Api>
{
    private const string Name = "云州市东岭区水务局";

    /// <summary>A handful each time; DISCLOSURE_MANY_REPORTS sets how many when it is to be sure.</summary>
    private static readonly int _reports = int.TryParse(Environment.GetEnvironmentVariable("DISCLOSURE_MANY_REPORTS"), NumberStyles.None, CultureInfo.InvariantCulture, out var many) ? many : 12;

    [Fact]
    public async Task A_validation_a_draft_and_a_refused_submission_have_the_same_findings()
    {
        var code = Samples.CodeOf(777);
        (await api.Registrar.PutAsync($"/v1/agencies/{code}", Bodies.Agency(code, name: Name), Headers.Create)).Expect(201);
        await PublishLastYearAsync(code);
        var submitter = api.As(Role.Submitter, [code]);
        var random = new Random(20260101);
        var etag = Headers.Create;
        for (var i = 0; i < _reports; i++)
        {
            var filing = Bodies.Written(new Filing(Name, 2023, Generated(random), Filing.NoReadings, [])).ToJsonString();

            var validated = (await api.Anon.PostAsync("/v1/validations", Bodies.Json(filing))).Expect(200).Json;
            var draft = await submitter.PutAsync($"/v1/agencies/{code}/reports/2023/draft", Bodies.Json(filing), etag);
            etag = Headers.Match(draft.ETag);

            AssertSame(validated, draft.Json, "findings");
            AssertSame(validated, draft.Json, "notAssessed");
            Assert.Equal(validated["ruleSet"]!.GetValue<string>(), draft.Json["ruleSet"]!.GetValue<string>());
            var standing = validated["findings"]!.AsArray().Where(finding => finding!["severity"]!.GetValue<string>() != "info").Select(finding => finding!.ToJsonString()).ToList();
            var refused = await submitter.PostAsync($"/v1/agencies/{code}/reports/2023/submission", Bodies.Empty);
            if (standing.Count > 0)
            {
                Assert.Equal(standing, refused.ExpectProblem(422, "findings-stand").Json["findings"]!.AsArray().Select(finding => finding!.ToJsonString()));
            }
        }
    }

    private async Task PublishLastYearAsync(string code)
    {
        var life = new ReportLife(api, code, 2022);
        await life.PublishAsync((await life.FileAsync()).Expect(201));
    }

    /// <summary>The clean report with some figures and words changed, taken away or put in.</summary>
    private static ReportContent Generated(Random random)
    {
        var content = Samples.Whole();
        var cells = content.Cells.Keys.OrderBy(address => address.Pointer, StringComparer.Ordinal).ToArray();
        var words = content.Words.Keys.Where(path => path.StartsWith("/sections/", StringComparison.Ordinal) || path is "/title" or "/period/to").ToArray();
        for (var i = random.Next(6); i > 0; i--)
        {
            var cell = cells[random.Next(cells.Length)];
            content = random.Next(4) == 0 ? content.Without(cell) : content.With(cell, random.Next(500));
        }
        for (var i = random.Next(3); i > 0; i--)
        {
            var path = words[random.Next(words.Length)];
            content = path == "/period/to" ? content.With(path, "2023-12-07") : content.With(path, random.Next(3) == 0 ? null : content.Word(path) + "此处填写××。");
        }
        return content;
    }

    private static void AssertSame(JsonNode one, JsonNode other, string member) =>
        Assert.Equal(one[member]!.AsArray().Select(item => item!.ToJsonString()), other[member]!.AsArray().Select(item => item!.ToJsonString()));
}
