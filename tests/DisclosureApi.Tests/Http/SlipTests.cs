namespace DisclosureApi.Tests.Http;

/// <summary>A question that is asked wrong is told so, and never answered as if another had been asked.</summary>
public sealed class SlipTests(Api api) : IClassFixture<Api>
{
    [Theory]
    [InlineData("/v1/statistics?year=2023&levle=county", "levle")]
    [InlineData("/v1/reports?limit=1&text=%E5%85%AC%E5%BC%80", "text")]
    [InlineData("/v1/timeliness/2023?line=11000000000000019Q", "line")]
    [InlineData("/v1/search?q=%E5%85%AC%E5%BC%80&year%20=2023", "year ")]
    [InlineData("/v1/changes?from=7", "from")]
    [InlineData("/v1/exports/2023?fromat=csv", "fromat")]
    public async Task A_parameter_that_there_is_not_is_refused_by_its_name(string address, string name)
    {
        var refused = (await api.Anon.GetAsync(address)).ExpectProblem(400, "invalid-request");

        Assert.Contains($"“{name}”", refused.Json["detail"]!.ToString());
    }

    /// <summary>Addresses that are passed on from hand to hand have things hung on to them.</summary>
    [Fact]
    public async Task What_is_no_question_may_carry_anything() =>
        (await api.Anon.GetAsync("/v1/formats?from=singlemessage&isappinstalled=0")).Expect(200);

    [Fact]
    public async Task A_position_that_was_not_reached_is_of_another_history()
    {
        var end = await api.Database.ScalarAsync<long>("select disclosure_end()");

        (await api.Anon.GetAsync($"/v1/changes?after={end}")).Expect(200);
        var refused = (await api.Anon.GetAsync("/v1/changes?after=99999999")).ExpectProblem(422, "impossible-query");
        (await api.Anon.GetAsync("/v1/changes", ("Accept", "text/event-stream"), ("Last-Event-ID", "99999999"))).ExpectProblem(422, "impossible-query");

        Assert.InRange(refused.Json["end"]!.GetValue<long>(), end, 99_999_998);
    }

    [Fact]
    public async Task A_file_is_not_joined_with_parts_of_another()
    {
        var etag = (await api.Anon.GetAsync("/v1/exports/2023?format=csv")).Expect(200).ETag;

        (await api.Anon.GetAsync("/v1/exports/2023?format=csv", ("If-Match", etag), ("Range", "bytes=0-9"))).Expect(206);
        (await api.Anon.GetAsync("/v1/exports/2023?format=csv", ("If-Match", "\"another\""), ("Range", "bytes=0-9"))).ExpectProblem(412, "precondition-failed");
    }

    [Fact]
    public async Task A_few_lone_characters_may_be_searched_for()
    {
        (await api.Anon.GetAsync($"/v1/search?q={Uri.EscapeDataString("公 开 政")}")).Expect(200);
        (await api.Anon.GetAsync($"/v1/search?q={Uri.EscapeDataString("公 开 政 府")}")).ExpectProblem(400, "invalid-request");
    }

    [Fact]
    public async Task A_time_in_another_zone_is_the_same_moment()
    {
        var life = await api.ReportAsync(2023);
        await life.PublishAsync((await life.FileAsync()).Expect(201));

        (await api.Anon.GetAsync(life.Address, ("Accept-Datetime", $"{DateTime.UtcNow.AddHours(8):ddd, dd MMM yyyy HH:mm:ss} +0800"))).Expect(200);
    }
}
