namespace DisclosureApi.Tests.Http;

/// <summary>What is no number that a cell can hold is never kept, and never turned into another.</summary>
public sealed class BadNumberTests(Api api) : IClassFixture<Api>
{
    private const string Count = """{"content":{"tables":{"applications":{"received":{"total":#}}}}}""";
    private const string Amount = """{"content":{"tables":{"proactive":{"fees":{"amount":#}}}}}""";

    private static readonly string[] _noNumbers =
    [
        "\"7\"", "\"\"", "true", "[7]", "{}", "9007199254740992", "-9007199254740992", "1e16", "1e400", "-1e400", "1.00000000000000000001", "1e-400",
        "0.00000000000000000000000000000001", "123456789012345678901234567890",
    ];

    private static readonly string[] _impossibleCounts = ["-1", "1.5", "0.000001", "-0.5", "1e-3"];

    public static MatrixTheoryData<string, string> NoNumbers => new(["a draft", "a validation", "an archived report"], _noNumbers);

    public static MatrixTheoryData<string, string> ImpossibleCounts => new(["a draft", "an archived report"], _impossibleCounts);

    [Theory]
    [MemberData(nameof(NoNumbers))]
    public async Task A_cell_that_holds_no_number_is_refused(string write, string value)
    {
        await api.PrepareAsync();
        foreach (var shape in (string[])[Count, Amount])
        {
            await RefusedAsync(write, shape.Replace("#", value, StringComparison.Ordinal));
        }
    }

    [Theory]
    [MemberData(nameof(ImpossibleCounts))]
    public async Task A_count_that_can_stand_in_no_report_is_refused(string write, string value)
    {
        await api.PrepareAsync();
        await RefusedAsync(write, Count.Replace("#", value, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("1.5")]
    public async Task A_validation_tells_an_impossible_count_as_a_finding(string value)
    {
        var body = Count.Replace("#", value, StringComparison.Ordinal).Replace("{\"content\"", "{\"year\":2023,\"content\"", StringComparison.Ordinal);
        var findings = (await api.Anon.PostAsync("/v1/validations", Bodies.Json(body))).Expect(200).Json["findings"]!.AsArray();
        Assert.Contains(findings, finding => finding!["pointers"]!.AsArray().Any(at => at!.GetValue<string>() == "/tables/applications/received/total"));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-0")]
    [InlineData("0e-400")]
    [InlineData("1e2")]
    [InlineData("100.000")]
    [InlineData("9007199254740991")]
    public async Task A_whole_number_in_any_spelling_of_JSON_is_a_count(string value) => (await api.Anon.PostAsync(
        "/v1/validations", Bodies.Json(Count.Replace("#", value, StringComparison.Ordinal).Replace("{\"content\"", "{\"year\":2023,\"content\"", StringComparison.Ordinal)))).Expect(200);

    [Theory]
    [InlineData("\"2023\"")]
    [InlineData("2023.5")]
    [InlineData("1e400")]
    [InlineData("99999999999")]
    [InlineData("-2023")]
    [InlineData("2018")]
    [InlineData("2022")]
    public async Task A_year_that_is_not_the_reports_own_is_refused(string year)
    {
        await api.PrepareAsync();
        await RefusedAsync("a draft", $$"""{"year":{{year}}}""");
        if (year != "2022")
        {
            await RefusedAsync("a validation", $$"""{"year":{{year}}}""");
        }
    }

    private Task<Reply> RefusedAsync(string write, string filing)
    {
        var body = write == "an archived report" ? $$"""{"filing":{{filing}},"publishedOn":"2022-01-28","sourceUrl":"https://www.example.gov.cn/"}""" : filing;
        return api.RefusedAsync(422, "invalid-body", () => api.SendAsync(Write.Json[write], Bodies.Json(body)));
    }
}
