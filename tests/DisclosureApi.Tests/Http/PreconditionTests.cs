using Disclosure.Tests;

namespace DisclosureApi.Tests.Http;

/// <summary>The version that a write is based on: missing, stale, or no version at all.</summary>
public sealed class PreconditionTests(Api api) : IClassFixture<Api>
{
    private const string Draft = $"/v1/agencies/{Samples.Agency}/reports/2023/draft";
    private const string NoDraft = $"/v1/agencies/{Samples.Agency}/reports/2024/draft";
    private const string Agency = $"/v1/agencies/{Samples.Agency}";

    private static readonly string[] _malformed = ["1", "\"1", "1\"", "'1'", "\"1\" \"2\"", "\"1\", *", "*, \"1\"", ",", "", "\"a b\"c"];

    public static MatrixTheoryData<string, string, string> Malformed => new(["a draft", "a first draft", "an agency", "a submission"], ["If-Match", "If-None-Match"], _malformed);

    public static TheoryData<string> Steps => [.. Write.Json.Where(write => write.Value is { Role: not null, Headers.Length: 0 }).Select(write => write.Key)];

    [Theory]
    [InlineData(null, null)]
    [InlineData("If-None-Match", "\"1\"")]
    [InlineData("If-None-Match", "\"7\"")]
    [InlineData("If-Unmodified-Since", "Sat, 01 Jan 2000 00:00:00 GMT")]
    public async Task A_write_that_replaces_must_name_the_version(string? name, string? value)
    {
        await api.PrepareAsync();
        (string, string)[] headers = name is null ? [] : [(name, value!)];
        await api.RefusedAsync(428, "precondition-required", () => api.Submitter.PutAsync(Draft, Bodies.Filing(Samples.Whole()), headers));
        await api.RefusedAsync(428, "precondition-required", () => api.Submitter.PutAsync(NoDraft, Bodies.Filing(Samples.Whole(), 2024), headers));
        await api.RefusedAsync(428, "precondition-required", () => api.Submitter.DeleteAsync(Draft, headers));
        await api.RefusedAsync(428, "precondition-required", () => api.Registrar.PutAsync(Agency, Bodies.Agency(Samples.Agency), headers));
    }

    [Theory]
    [InlineData("If-Match", "\"999\"")]
    [InlineData("If-Match", "W/\"1\"")]
    [InlineData("If-Match", "\"01\"")]
    [InlineData("If-Match", "\"\"")]
    [InlineData("If-None-Match", "*")]
    public async Task A_stale_version_is_refused_with_both_versions(string name, string value)
    {
        await api.PrepareAsync();
        foreach (var answer in (Reply[])[
            await api.RefusedAsync(412, "precondition-failed", () => api.Submitter.PutAsync(Draft, Bodies.Filing(Samples.Whole()), (name, value))),
            await api.RefusedAsync(412, "precondition-failed", () => api.Submitter.DeleteAsync(Draft, (name, value))),
            await api.RefusedAsync(412, "precondition-failed", () => api.Registrar.PutAsync(Agency, Bodies.Agency(Samples.Agency, name: "新名"), (name, value)))])
        {
            Assert.Equal(("\"1\"", value), (answer.Json["current"]!.GetValue<string>(), answer.Json["given"]!.GetValue<string>()));
        }
    }

    [Fact]
    public async Task What_is_not_there_matches_no_version()
    {
        await api.PrepareAsync();
        foreach (var etag in (string[])["*", "\"0\"", "\"1\""])
        {
            await api.RefusedAsync(412, "precondition-failed", () => api.Submitter.PutAsync(NoDraft, Bodies.Filing(Samples.Whole(), 2024), Headers.Match(etag)));
            await api.RefusedAsync(404, "not-found", () => api.Submitter.DeleteAsync(NoDraft, Headers.Match(etag)));
            await api.RefusedAsync(412, "precondition-failed", () => api.Registrar.PutAsync(
                $"/v1/agencies/{Samples.OtherAgency}", Bodies.Agency(Samples.OtherAgency), Headers.Match(etag)));
        }
    }

    [Theory]
    [MemberData(nameof(Malformed))]
    public async Task A_precondition_that_cannot_be_read_is_not_passed_over(string write, string header, string value)
    {
        await api.PrepareAsync();
        var body = write == "an agency" ? Bodies.Agency(Samples.OtherAgency) : write == "a submission" ? Bodies.Empty : Bodies.Filing(Samples.Whole(), write == "a draft" ? 2023 : 2022);
        await api.RefusedAsync(400, "invalid-request", () => (Write.Json[write] with { Headers = [] }).Newcomer(api).SendAsync(
            Write.Json[write].Method, Write.Json[write].Path, body, (header, value)));
    }

    [Theory]
    [MemberData(nameof(Steps))]
    public async Task A_step_that_names_a_stale_version_is_refused(string step)
    {
        await api.PrepareAsync();
        var body = Access.Doors.Json(Write.Json[step].Path);
        await api.RefusedAsync(412, "precondition-failed", () => api.SendAsync(Write.Json[step], Bodies.Json(body), Headers.Match("\"999\"")));
    }
}
