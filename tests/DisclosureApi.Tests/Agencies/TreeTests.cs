using System.Text.Json.Nodes;
using Disclosure.Tests;

namespace DisclosureApi.Tests.Agencies;

/// <summary>Bodies among others: those before them, those above and below them, and as what they stood in the register on a day.</summary>
public sealed class TreeTests(Api api) : IClassFixture<Api>
{
    [Fact]
    public async Task An_entry_is_read_as_it_held_on_a_day()
    {
        var code = await RegisterAsync(701, "桂山区工信局", "county", "department");
        (await api.Registrar.PostAsync($"/v1/agencies/{code}/renaming", Bodies.Json(new { name = "桂山区科工局", on = "2022-07-01" }))).Expect(201);

        Assert.Equal("桂山区工信局", (await api.Anon.GetAsync($"/v1/agencies/{code}?at=2022-06-30")).Expect(200).Json["name"]!.GetValue<string>());
        var later = (await api.Anon.GetAsync($"/v1/agencies/{code}?at=2022-07-01")).Expect(200);
        Assert.Equal("桂山区科工局", later.Json["name"]!.GetValue<string>());
        Assert.Equal(304, (await api.Anon.GetAsync($"/v1/agencies/{code}?at=2022-07-01", ("If-None-Match", later.ETag))).Status);
        (await api.Anon.GetAsync($"/v1/agencies/{code}?at=2018-12-31")).ExpectProblem(404, "not-found");
        (await api.Anon.GetAsync($"/v1/agencies/{code}?at=yesterday")).ExpectProblem(400, "invalid-request");
        Assert.Contains($"</v1/agencies/{code}/reports>", (await api.Anon.GetAsync($"/v1/agencies/{code}")).Header("Link"));
    }

    [Fact]
    public async Task Reports_of_the_bodies_before_it_stand_under_their_successor()
    {
        var (first, second, third) = (await RegisterAsync(711, "甲局", "county", "department"), await RegisterAsync(712, "乙局", "county", "department"), await RegisterAsync(713, "丙局", "county", "department"));
        await MergeAsync(first, second, "2021-06-30");
        await MergeAsync(second, third, "2022-06-30");
        foreach (var (code, year) in ((string, int)[])[(first, 2020), (second, 2021), (third, 2021)])
        {
            var life = new ReportLife(api, code, year);
            await life.PublishAsync((await life.FileAsync()).Expect(201));
        }

        var listed = (await api.Anon.GetAsync($"/v1/agencies/{third}/reports")).Expect(200).Json["items"]!.AsArray();
        Assert.Equal(
            [(first, 2020, "predecessor", second), (second, 2021, "predecessor", third), (third, 2021, "own", null)],
            listed.Select(item => (Text(item, "agency", "code"), item!["year"]!.GetValue<int>(), Text(item, "relation"), item["successor"]?.GetValue<string>())));
        var page = (await api.Anon.GetAsync($"/v1/agencies/{third}/reports?limit=2")).Expect(200).Json;
        Assert.Equal([third], (await api.Anon.GetAsync(page["next"]!.GetValue<string>())).Expect(200).Json["items"]!.AsArray().Select(item => Text(item, "agency", "code")));
        Assert.Equal([first], (await api.Anon.GetAsync($"/v1/agencies/{first}/reports")).Expect(200).Json["items"]!.AsArray().Select(item => Text(item, "agency", "code")));
        (await api.Anon.GetAsync($"/v1/agencies/{Samples.CodeOf(799)}/reports")).ExpectProblem(404, "not-found");
    }

    [Fact]
    public async Task Each_body_has_its_place_in_the_regions_or_in_its_line()
    {
        var province = await RegisterAsync(721, "云省人民政府", "province", "government", "970000");
        var city = await RegisterAsync(722, "云省河州市人民政府", "prefecture", "government", "970100");
        var county = await RegisterAsync(723, "河州市东区人民政府", "county", "government", "970101");
        var bureau = await RegisterAsync(724, "东区财政局", "county", "department", "970101");
        var town = await RegisterAsync(725, "东区桂花镇人民政府", "township", "township", "970101001");
        var tax = await RegisterAsync(726, "云省税务局", "province", "department", "970000");
        var branch = await RegisterAsync(727, "东区税务局", "county", "department", "970101", tax);

        Assert.Equal(Place([province], [county], [], []), await PlaceAsync(city));
        Assert.Equal(Place([city], [bureau, town], [], []), await PlaceAsync(county));
        Assert.Equal(Place([county], [], [], []), await PlaceAsync(town));
        Assert.Equal(Place([], [], [tax], []), await PlaceAsync(branch));
        Assert.Equal(Place([province], [], [], [branch]), await PlaceAsync(tax));
        (await api.Anon.GetAsync($"/v1/agencies/{branch}/tree?year=2018")).Expect(400);
        Assert.Equal([branch], (await api.Anon.GetAsync($"/v1/agencies?line={tax}")).Expect(200).Json["items"]!.AsArray().Select(item => Text(item, "code")));
    }

    /// <summary>Who is above and below it in the regions, and above and below it in lines.</summary>
    private async Task<string> PlaceAsync(string code)
    {
        var tree = (await api.Anon.GetAsync($"/v1/agencies/{code}/tree?year=2023")).Expect(200).Json;
        string[] Codes(string kind, string side) => [.. tree[kind]![side]!.AsArray().Select(item => Text(item, "code")).Order(StringComparer.Ordinal)];
        return Place(Codes("regional", "above"), Codes("regional", "below"), Codes("vertical", "above"), Codes("vertical", "below"));
    }

    private static string Place(string[] above, string[] below, string[] head, string[] led) =>
        string.Join(" | ", ((string[][])[above, below, head, led]).Select(codes => string.Join(' ', codes.Order(StringComparer.Ordinal))));

    private async Task<string> RegisterAsync(int number, string name, string level, string kind, string region = "990102", string? line = null)
    {
        var code = Samples.CodeOf(number);
        var entry = new { code, name, region, level, kind, supervisor = Samples.Office, line, validFrom = "2019-01-01", validTo = (string?)null, successors = Array.Empty<string>() };
        (await api.Registrar.PutAsync($"/v1/agencies/{code}", Bodies.Json(entry), Headers.Create)).Expect(201);
        return code;
    }

    private async Task MergeAsync(string code, string into, string validTo) =>
        (await api.Registrar.PostAsync($"/v1/agencies/{code}/merger", Bodies.Json(new { successors = new[] { into }, validTo, reason = "机构改革" }))).Expect(201);

    private static string Text(JsonNode? node, params string[] path) => path.Aggregate(node, (at, name) => at![name])!.GetValue<string>();
}
