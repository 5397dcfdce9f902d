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

    [Fact]
    public async Task A_year_is_judged_and_told_by_what_the_body_was_when_it_ended_whenever_that_was_recorded()
    {
        var (address, code) = (await RegisteredAsync(20), Samples.CodeOf(20));
        (await api.Registrar.PostAsync($"{address}/renaming", Bodies.Json(new { name = "云州市桂山市人民政府", on = "2022-07-01", reason = "撤区设市" }))).Expect(201);
        var entry = (await api.Anon.GetAsync(address)).Expect(200).Json;
        (entry["kind"], entry["region"]) = ("government", "990103");
        (await api.Registrar.PutAsync(address, Bodies.Json(entry.ToJsonString()), Headers.Match("\"2\""))).Expect(200);
        var archive = new { filing = Bodies.Written(Samples.Filing(2021)), publishedOn = "2022-02-10", sourceUrl = "https://www.example.gov.cn/nb.html" };

        (await api.Archivist.PostAsync($"{address}/reports/2021/archive", Bodies.Json(archive))).Expect(201);

        var (then, now) = ((await RosterAsync(2021))[code], (await RosterAsync(2022))[code]);
        Assert.Equal((Samples.AgencyName, "2022-01-31"), (then["agency"]!["name"]!.GetValue<string>(), then["deadline"]!.GetValue<string>()));
        Assert.Equal(("云州市桂山市人民政府", "2023-02-20"), (now["agency"]!["name"]!.GetValue<string>(), now["deadline"]!.GetValue<string>()));
        Assert.True((await api.Anon.GetAsync($"/v1/reports?agency={code}")).Expect(200).Json["items"]![0]!["late"]!.GetValue<bool>());
        Assert.True((await api.Anon.GetAsync($"{address}/reports")).Expect(200).Json["items"]![0]!["late"]!.GetValue<bool>());
        var findings = (await api.Anon.GetAsync($"{address}/reports/2021/findings")).Expect(200).Json["findings"]!.AsArray();
        Assert.DoesNotContain("ID-003", findings.Select(finding => finding!["code"]!.GetValue<string>()));
        var draft = (await new ReportLife(api, code, 2022).FileAsync()).Expect(201).Json["findings"]!.AsArray();
        Assert.Contains("ID-003", draft.Select(finding => finding!["code"]!.GetValue<string>()));
        var work = (await api.As(Role.Submitter, [code]).GetAsync("/v1/work")).Expect(200).Json["items"]!.AsArray();
        Assert.Equal("2023-02-20", work.Single(item => item!["year"]!.GetValue<int>() == 2022)!["deadline"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_first_day_that_was_corrected_is_the_first_day_under_every_name()
    {
        var address = await RegisteredAsync(21);
        (await api.Registrar.PostAsync($"{address}/renaming", Bodies.Json(new { name = "云州市桂山区农业农村局", on = "2023-07-01" }))).Expect(201);
        var entry = (await api.Anon.GetAsync(address)).Expect(200).Json;
        entry["validFrom"] = "2022-03-01";
        (await api.Registrar.PutAsync(address, Bodies.Json(entry.ToJsonString()), Headers.Match("\"2\""))).Expect(200);

        Assert.False((await RosterAsync(2021)).ContainsKey(Samples.CodeOf(21)));
        Assert.True((await RosterAsync(2022)).ContainsKey(Samples.CodeOf(21)));
        var (before, since) = (await DueAsync(2021), await DueAsync(2022));
        Assert.Equal((0, 1), (before, since));
        Assert.Equal("2022-03-01", (await api.Anon.GetAsync($"{address}?at=2022-05-05")).Expect(200).Json["validFrom"]!.GetValue<string>());

        async Task<int> DueAsync(int year) => await api.Database.ScalarAsync<int>(
            $"select count(*)::integer from bodies where agency = '{Samples.CodeOf(21)}' and to_position is null and since <= '{year}-12-31' and coalesce(until, '{year}-12-31') >= '{year}-12-31' and valid_from <= '{year}-12-31'");
    }

    [Fact]
    public async Task Each_name_keeps_a_day_of_its_own()
    {
        var address = await RegisteredAsync(22);
        (await api.Registrar.PostAsync($"{address}/renaming", Bodies.Json(new { name = "云州市桂山区水利局", on = "2023-07-01" }))).Expect(201);
        var entry = (await api.Anon.GetAsync(address)).Expect(200).Json;

        entry["validFrom"] = "2023-07-01";
        var begun = (await api.Registrar.PutAsync(address, Bodies.Json(entry.ToJsonString()), Headers.Match("\"2\""))).ExpectProblem(422, "invalid-body");
        (entry["validFrom"], entry["validTo"]) = ("2019-01-01", "2023-06-30");
        var ended = (await api.Registrar.PutAsync(address, Bodies.Json(entry.ToJsonString()), Headers.Match("\"2\""))).ExpectProblem(422, "invalid-body");
        var dissolved = (await api.Registrar.PostAsync($"{address}/dissolution", Bodies.Json(new { validTo = "2023-06-30", reason = "撤销" }))).ExpectProblem(422, "invalid-body");

        Assert.Equal(["/validFrom", "/validTo", "/validTo"], new[] { begun, ended, dissolved }.Select(refused => refused.Json["errors"]![0]!["pointer"]!.GetValue<string>()));
        (await api.Registrar.PostAsync($"{address}/dissolution", Bodies.Json(new { validTo = "2023-07-01", reason = "撤销" }))).Expect(201);
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
