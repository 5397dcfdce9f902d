using System.Globalization;
using System.Text.Json.Nodes;
using Disclosure.Tests;
using DisclosureApi.Access;

namespace DisclosureApi.Tests.Agencies;

/// <summary>Bodies that are renamed, merged and dissolved, and who owes reports when.</summary>
public sealed class AgencyThroughTimeTests(Api api) : IClassFixture<Api>
{
    [Fact]
    public async Task A_renamed_agency_keeps_the_name_of_each_time_in_its_history()
    {
        var address = await RegisteredAsync(1);

        var renamed = (await api.Registrar.PostAsync($"{address}/renaming", Bodies.Json(new { name = "云州市桂山区科技局", on = "2022-07-01", reason = "机构改革" }))).Expect(201);
        Assert.Equal(("\"2\"", "云州市桂山区科技局"), (renamed.ETag, renamed.Json["name"]!.GetValue<string>()));
        Assert.Equal(renamed.Text, (await api.Anon.GetAsync(address)).Expect(200).Text);

        var history = (await api.Anon.GetAsync($"{address}/history")).Expect(200);
        Assert.Equal(
            [(Samples.AgencyName, "2019-01-01", "2022-06-30"), ("云州市桂山区科技局", "2022-07-01", null)],
            history.Json["periods"]!.AsArray().Select(period => (period!["agency"]!["name"]!.GetValue<string>(), period["from"]!.GetValue<string>(), period["to"]?.GetValue<string>())));
        Assert.Equal([("registered", null), ("renamed", "机构改革")], Events(history));
        (await api.Registrar.PostAsync($"{address}/renaming", Bodies.Json(new { name = "旧名", on = "2021-01-01" }))).ExpectProblem(422, "invalid-body");
        Assert.Equal("\"2\"", (await api.Registrar.PostAsync($"{address}/renaming", Bodies.Json(new { name = "云州市桂山区科技局", on = "2023-01-01" }))).Expect(200).ETag);
    }

    [Fact]
    public async Task A_merged_agency_reports_no_more_and_its_successor_names_it()
    {
        var (merged, successor) = (await RegisteredAsync(2), await RegisteredAsync(3));
        var body = Bodies.Json(new { successors = new[] { Samples.CodeOf(3) }, validTo = "2022-06-30", reason = "并入" });

        var entry = (await api.Registrar.PostAsync($"{merged}/merger", body)).Expect(201);
        Assert.Equal("2022-06-30", entry.Json["validTo"]!.GetValue<string>());
        Assert.Equal([Samples.CodeOf(2)], (await api.Anon.GetAsync($"{successor}/history")).Expect(200).Json["predecessors"]!.AsArray().Select(code => code!.GetValue<string>()));

        (await new ReportLife(api, Samples.CodeOf(2), 2023).FileAsync()).ExpectProblem(409, "agency-ended");
        (await new ReportLife(api, Samples.CodeOf(2), 2022).FileAsync()).Expect(201);
        Assert.True((await RosterAsync(2022)).ContainsKey(Samples.CodeOf(2)));
        Assert.False((await RosterAsync(2023)).ContainsKey(Samples.CodeOf(2)));
        Assert.True((await RosterAsync(2023)).ContainsKey(Samples.CodeOf(3)));
        (await api.Registrar.PostAsync($"{merged}/dissolution", Bodies.Json(new { validTo = "2023-06-30", reason = "撤销" }))).ExpectProblem(409, "agency-ended");
    }

    [Fact]
    public async Task A_merger_recorded_wrongly_is_undone_by_a_new_event()
    {
        var (merged, successor) = (await RegisteredAsync(4), await RegisteredAsync(5));
        var before = (await api.Anon.GetAsync(merged)).Expect(200);
        (await api.Registrar.PostAsync($"{merged}/merger", Bodies.Json(new { successors = new[] { Samples.CodeOf(5) }, validTo = "2022-06-30", reason = "并入" }))).Expect(201);

        var restored = (await api.Registrar.PostAsync($"{merged}/restoration", Bodies.Json(new { reason = "登记有误" }))).Expect(201);

        Assert.Equal((before.Text, "\"3\""), (restored.Text, restored.ETag));
        Assert.Equal([("registered", null), ("merged", "并入"), ("restored", "登记有误")], Events((await api.Anon.GetAsync($"{merged}/history")).Expect(200)));
        Assert.Empty((await api.Anon.GetAsync($"{successor}/history")).Expect(200).Json["predecessors"]!.AsArray());
        (await new ReportLife(api, Samples.CodeOf(4), 2023).FileAsync()).Expect(201);
        (await api.Registrar.PostAsync($"{merged}/restoration", Bodies.Json(new { reason = "再次" }))).Expect(200);
    }

    [Theory]
    [InlineData("""{"successors":[],"validTo":"2022-06-30","reason":"并入"}""", "/successors")]
    [InlineData("""{"successors":["11990102000001038J"],"validTo":"2022-06-30","reason":"并入"}""", "/successors/0")]
    [InlineData("""{"successors":[7],"validTo":"2022-06-31"}""", "/reason", "/successors/0", "/validTo")]
    public async Task A_merger_that_cannot_be_is_refused_by_pointer(string body, params string[] pointers)
    {
        var address = await RegisteredAsync(6);

        var refused = (await api.Registrar.PostAsync($"{address}/merger", Bodies.Json(body))).ExpectProblem(422, "invalid-body");

        Assert.Equal(pointers, refused.Json["errors"]!.AsArray().Select(error => error!["pointer"]!.GetValue<string>()).Order(StringComparer.Ordinal));
        Assert.Equal("\"1\"", (await api.Anon.GetAsync(address)).Expect(200).ETag);
    }

    [Fact]
    public async Task An_agency_is_exempted_from_a_year_with_a_reason_and_obliged_again()
    {
        var address = await RegisteredAsync(7);
        Assert.Equal(("True", "register"), await OwesAsync(2022));

        (await api.Registrar.PostAsync($"{address}/duty", Bodies.Json(new { year = 2022, decision = "exempt", reason = "未对外行使职权" }))).Expect(201);
        Assert.Equal(("False", "decision"), await OwesAsync(2022));
        Assert.Equal("未对外行使职权", (await RosterAsync(2022))[Samples.CodeOf(7)]["reason"]!.GetValue<string>());
        Assert.Equal(("True", "register"), await OwesAsync(2023));

        (await api.Registrar.PostAsync($"{address}/duty", Bodies.Json(new { year = 2022, decision = "asRegistered", reason = "决定有误" }))).Expect(201);
        Assert.Equal(("True", "register"), await OwesAsync(2022));
        (await api.Registrar.PostAsync($"{address}/duty", Bodies.Json(new { year = 1999, decision = "perhaps" }))).ExpectProblem(422, "invalid-body");
        Assert.Equal("2023-01-31", (await RosterAsync(2022))[Samples.CodeOf(7)]["deadline"]!.GetValue<string>());

        async Task<(string, string)> OwesAsync(int year)
        {
            var entry = (await RosterAsync(year))[Samples.CodeOf(7)];
            return (entry["owes"]!.GetValue<bool>().ToString(CultureInfo.InvariantCulture), entry["basis"]!.GetValue<string>());
        }
    }

    [Fact]
    public async Task A_step_sent_again_under_its_key_is_taken_once_and_only_by_who_supervises()
    {
        var address = await RegisteredAsync(8);
        var body = """{"name":"云州市桂山区大数据局","on":"2023-07-01"}""";
        var key = ("Idempotency-Key", "\"rename-8\"");

        var first = (await api.Registrar.PostAsync($"{address}/renaming", Bodies.Json(body), key)).Expect(201);
        var again = (await api.Registrar.PostAsync($"{address}/renaming", Bodies.Json(body), key)).Expect(201);

        Assert.Equal((first.Text, first.ETag), (again.Text, again.ETag));
        (await api.Registrar.PostAsync($"{address}/renaming", Bodies.Json(body.Replace("07", "08", StringComparison.Ordinal)), key)).ExpectProblem(422, "key-reused");
        (await api.As(Role.Registrar, [Samples.OtherAgency]).PostAsync($"{address}/dissolution", Bodies.Json(new { validTo = "2023-12-31", reason = "撤销" }))).ExpectProblem(403, "forbidden");
        (await api.Registrar.PostAsync($"/v1/agencies/{Samples.CodeOf(999)}/dissolution", Bodies.Json(new { validTo = "2023-12-31", reason = "撤销" }))).ExpectProblem(404, "not-found");
        (await api.Registrar.PostAsync($"{address}/dissolution", Bodies.Json(new { validTo = "2023-12-31", reason = "撤销" }), Headers.Match("\"1\""))).ExpectProblem(412, "precondition-failed");
    }

    [Theory]
    [InlineData("320899", "department", false)]
    [InlineData("320871", "zone", true)]
    [InlineData("320802", "department", false)]
    [InlineData("320803", "department", true)]
    public async Task A_region_is_one_that_the_code_list_knows(string region, string kind, bool isTaken)
    {
        var entry = JsonNode.Parse(Bodies.AgencyJson(Samples.CodeOf(9)))!.AsObject();
        (entry["region"], entry["kind"]) = (region, kind);

        var reply = await api.Registrar.PutAsync($"/v1/agencies/{Samples.CodeOf(9)}", Bodies.Json(entry.ToJsonString()), Headers.Match("\"999\""));

        reply.ExpectProblem(isTaken ? 412 : 422, isTaken ? "precondition-failed" : "invalid-body");
    }

    private async Task<string> RegisteredAsync(int number)
    {
        await api.RegisterAsync(Samples.CodeOf(number));
        return $"/v1/agencies/{Samples.CodeOf(number)}";
    }

    private async Task<Dictionary<string, JsonNode>> RosterAsync(int year) =>
        (await api.Anon.GetAsync($"/v1/roster/{year}?limit=200")).Expect(200).Json["items"]!.AsArray()
            .ToDictionary(entry => entry!["agency"]!["code"]!.GetValue<string>(), entry => entry!, StringComparer.Ordinal);

    private static IEnumerable<(string, string?)> Events(Reply history) =>
        history.Json["events"]!.AsArray().Select(happened => (happened!["type"]!.GetValue<string>(), happened["reason"]?.GetValue<string>()));
}
