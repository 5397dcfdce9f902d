using Disclosure.Tests;

namespace DisclosureApi.Tests.Http;

/// <summary>Addresses of nothing, however odd, and methods that a resource does not take.</summary>
public sealed class AddressTests(Api api) : IClassFixture<Api>
{
    private static readonly string[] _years = ["2018", "99999", "10000", "0", "-1", "abc", "2023.0", "2023x", "99999999999", "二〇二三", "%30", "%20", "2023%2Fdraft"];

    private static readonly string[] _codes =
    [
        "1", "11990102000001038j", "11990102000001038K", "%2F", "a%2Fb", "..%2F..", "%2e%2e", "%01", "%C3%28", "%ED%A0%80", "%F0%9F%98%80", "云州市", "'--", "*", "%25", "a%20b",
        "%E4%BA%91%E5%B7%9E", "%5C", "{code}", ";", "%0D%0A", "%7F", "%EF%BF%BF", "%CC%81",
    ];

    public static TheoryData<string> Years => [.. _years];

    public static TheoryData<string> Codes => [.. _codes, new string('1', 4_000), string.Concat(Enumerable.Repeat("%E4%BA%91", 600))];

    public static TheoryData<string, string> Methods => [.. Routes().SelectMany(route =>
        new[] { "GET", "HEAD", "PUT", "POST", "DELETE", "PATCH", "QUERY", "brew" }
            .Except(route.Value).Where(method => route.Key != "/openapi/{documentName}.json").Select(method => (method, route.Key)))];

    /// <summary>The bare address leads to the documentation, whose pages a library serves in its own way.</summary>
    public static TheoryData<string> Readable =>
        [.. Routes().Where(route => route.Value.Contains("HEAD") && route.Key is not ("/" or "/docs/{**path}")).Select(route => route.Key)];

    [Theory]
    [MemberData(nameof(Years))]
    public async Task A_year_without_a_form_is_nothing(string year)
    {
        await api.PrepareAsync();
        var report = $"/v1/agencies/{Samples.Agency}/reports/{year}";
        var archive = Bodies.Json(Access.Doors.Json("/archive"));
        await api.RefusedAsync(404, "not-found", () => api.Anon.GetAsync(report));
        await api.RefusedAsync(404, "not-found", () => api.Anon.GetAsync($"{report}/findings"));
        await api.RefusedAsync(404, "not-found", () => api.Submitter.GetAsync($"{report}/draft"));
        await api.RefusedAsync(404, "not-found", () => api.Submitter.PutAsync($"{report}/draft", Bodies.Json("{}"), Headers.Create));
        await api.RefusedAsync(404, "not-found", () => api.Submitter.DeleteAsync($"{report}/draft", Headers.Match("*")));
        await api.RefusedAsync(404, "not-found", () => api.Submitter.PostAsync($"{report}/submission", Bodies.Empty));
        await api.RefusedAsync(404, "not-found", () => api.Archivist.PostAsync($"{report}/archive", archive));
    }

    [Theory]
    [MemberData(nameof(Codes))]
    public async Task A_code_that_nobody_has_is_nothing(string code)
    {
        await api.PrepareAsync();
        var report = $"/v1/agencies/{code}/reports/2023";
        await api.RefusedAsync(404, "not-found", () => api.Anon.GetAsync($"/v1/agencies/{code}"));
        await api.RefusedAsync(404, "not-found", () => api.Anon.GetAsync(report));
        await api.RefusedAsync(404, "not-found", () => api.Submitter.GetAsync($"{report}/draft"));
        await api.RefusedAsync(404, "not-found", () => api.Submitter.PutAsync($"{report}/draft", Bodies.Json("{}"), Headers.Create));
        await api.RefusedAsync(404, "not-found", () => api.Submitter.PostAsync($"{report}/submission", Bodies.Empty));
        if (code != "%2e%2e")
        {
            await api.RefusedAsync(422, "invalid-body", () => api.Registrar.PutAsync($"/v1/agencies/{code}", Bodies.Agency(Samples.OtherAgency), Headers.Create));
        }
    }

    /// <summary>The server refuses it before the application sees a request, so the answer has no body.</summary>
    [Theory]
    [InlineData($"/v1/agencies/{Samples.Agency}/reports/2023%00")]
    [InlineData("/v1/agencies/%00/reports/2023")]
    [InlineData("/v1/agencies/a%00b")]
    public async Task A_NUL_in_the_address_is_a_bad_request(string path) =>
        Assert.Equal((400, ""), ((await api.Anon.GetAsync(path)).Status, (await api.Anon.GetAsync(path)).Text));

    [Theory]
    [InlineData("/v1")]
    [InlineData("/v1/")]
    [InlineData("/v2/agencies")]
    [InlineData("/v1/agencies//reports/2023")]
    [InlineData("/v1/agencies/../../etc/passwd")]
    [InlineData("/v1/nothing?q=%00")]
    [InlineData("/appsettings.json")]
    [InlineData("/health")]
    public async Task An_address_of_nothing_is_told_as_such(string path)
    {
        await api.RefusedAsync(404, "not-found", () => api.Anon.GetAsync(path));
        await api.RefusedAsync(404, "not-found", () => api.Anon.PostAsync(path, Bodies.Empty));
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public async Task Another_method_is_refused_with_those_that_are_taken(string method, string route)
    {
        await api.PrepareAsync();
        var path = Access.Doors.Path(route, Samples.Agency, 2023);
        if (method == "HEAD")
        {
            Assert.Equal(("", 405), ((await api.Anon.SendAsync(HttpMethod.Head, path, null)).Text, (await api.Anon.SendAsync(HttpMethod.Head, path, null)).Status));
            return;
        }
        var answer = await api.RefusedAsync(405, "method-not-allowed", () => api.Anon.SendAsync(new HttpMethod(method), path, null));
        Assert.Equal(Routes()[route].Append("OPTIONS").Order(StringComparer.Ordinal), answer.Header("Allow")!.Split(", ").Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Readable))]
    public async Task HEAD_tells_what_GET_would_without_the_body(string route)
    {
        await api.PrepareAsync();
        var path = Access.Doors.Path(route, Samples.Agency, 2023);
        foreach (var client in (Client[])[api.Anon, api.Submitter])
        {
            var (get, head) = (await client.GetAsync(path), await client.SendAsync(HttpMethod.Head, path, null));
            Assert.Equal(get.Everything[..^get.Text.Length], head.Everything);
        }
    }

    private static Dictionary<string, string[]> Routes() => Access.Doors.All.Keys
        .GroupBy(door => door.Split(' ')[1], door => door.Split(' ')[0], StringComparer.Ordinal)
        .ToDictionary(route => route.Key, route => route.ToArray(), StringComparer.Ordinal);
}
