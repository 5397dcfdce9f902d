namespace DisclosureApi.Tests.Http;

/// <summary>Problems speak Chinese, and English to those who prefer it.</summary>
public sealed class LanguageTests(Api api) : IClassFixture<Api>
{
    [Theory]
    [InlineData(null, "zh-CN")]
    [InlineData("", "zh-CN")]
    [InlineData("*", "zh-CN")]
    [InlineData("zh", "zh-CN")]
    [InlineData("fr", "zh-CN")]
    [InlineData("en", "en")]
    [InlineData("EN-gb", "en")]
    [InlineData("en-GB, en;q=0.9, zh;q=0.8", "en")]
    [InlineData("zh-TW, en;q=0.9", "zh-CN")]
    [InlineData("en;q=0", "zh-CN")]
    [InlineData("en;q=x", "zh-CN")]
    [InlineData("en;;;, \"", "zh-CN")]
    public async Task A_problem_is_told_in_the_language_preferred(string? accepted, string language)
    {
        (string, string)[] headers = accepted is null ? [] : [("Accept-Language", accepted)];
        foreach (var answer in (Reply[])[
            (await api.Anon.GetAsync("/v1/nothing", headers)).ExpectProblem(404, "not-found"),
            (await api.Anon.PostAsync("/v1/validations", Bodies.Json("{"), headers)).ExpectProblem(400, "invalid-json"),
            (await api.Anon.PostAsync("/v1/validations", Bodies.Json("[]"), headers)).ExpectProblem(422, "invalid-body"),
            (await api.Anon.PostAsync("/v1/agencies/1/reports/2023/submission", Bodies.Empty, headers)).ExpectProblem(401, "unauthenticated"),
            (await api.Anon.DeleteAsync("/v1/rules", headers)).ExpectProblem(405, "method-not-allowed")])
        {
            Assert.Equal(language, answer.Header("Content-Language"));
            Assert.Contains("Accept-Language", answer.Header("Vary"));
            var isEnglish = answer.Json["title"]!.GetValue<string>().All(char.IsAscii);
            Assert.Equal((language == "en", language == "en"), (isEnglish, answer.Json["detail"]!.GetValue<string>().All(char.IsAscii)));
            Assert.Equal(language == "en", answer.Json["errors"]?[0]!["detail"]!.GetValue<string>().All(char.IsAscii) ?? isEnglish);
        }
    }
}
