namespace DisclosureApi.Tests.Agencies;

/// <summary>The administrative divisions as anyone reads them.</summary>
public sealed class RegionTests(Api api) : IClassFixture<Api>
{
    [Fact]
    public async Task Divisions_are_listed_below_their_parent_and_read_by_code()
    {
        var huaian = (await api.Anon.GetAsync("/v1/regions/320800")).Expect(200);
        Assert.Equal(("淮安市", "320000", "prefecture"), (huaian.Json["name"]!.GetValue<string>(), huaian.Json["parent"]!.GetValue<string>(), huaian.Json["level"]!.GetValue<string>()));

        var districts = (await api.Anon.GetAsync("/v1/regions?parent=320800&limit=200")).Expect(200);
        Assert.All(districts.Json["items"]!.AsArray(), region => Assert.Equal("320800", region!["parent"]!.GetValue<string>()));
        Assert.Contains("320803", districts.Json["items"]!.AsArray().Select(region => region!["code"]!.GetValue<string>()));
        (await api.Anon.GetAsync("/v1/regions/990102")).ExpectProblem(404, "not-found");
        (await api.Anon.GetAsync("/v1/regions?parent=x")).ExpectProblem(400, "invalid-request");
    }

    [Fact]
    public async Task All_divisions_are_seen_once_page_by_page()
    {
        var seen = new List<string>();
        for (var page = "/v1/regions?limit=200"; page is not null;)
        {
            var reply = (await api.Anon.GetAsync(page)).Expect(200);
            seen.AddRange(reply.Json["items"]!.AsArray().Select(region => region!["code"]!.GetValue<string>()));
            page = reply.Json["next"]?.GetValue<string>();
        }

        Assert.True(seen.Count > 3_000);
        Assert.Equal(seen.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal), seen);
    }
}
