using System.Text.Json.Nodes;

namespace DisclosureApi.Tests.Reports.Compiling;

/// <summary>A government's report, added up from those of its members.</summary>
public sealed class CompilationTests(Api api) : IClassFixture<Api>
{
    private const string Received = "applications/received/total";

    [Fact]
    public async Task A_county_adds_up_its_departments_and_townships_and_says_of_everyone_else_why_not()
    {
        var county = new County(api, 1);
        await county.RegisterAsync();
        await county.DepartmentAsync(1, 10);
        await county.DepartmentAsync(2, 32);
        await county.DepartmentAsync(3, null);
        await county.DepartmentAsync(4, 5, line: county.CodeOf(50));
        await county.DepartmentAsync(5, 7);
        (await api.Reviewer.PostAsync($"/v1/agencies/{county.CodeOf(5)}/reports/2023/withdrawal", Bodies.Json(new { reason = "有误" }))).Expect(201);
        await county.RegisterAsync(county.CodeOf(6), "第六局", "county", "department", null, null, "2023-06-30", county.CodeOf(1));
        await county.RegisterAsync(county.CodeOf(7), "桂花镇人民政府", "township", "township", region: county.Region + "001");

        var compiled = (await county.CompileAsync()).Expect(201);
        Assert.Equal("draft", compiled.Json["state"]!.GetValue<string>());
        var told = await county.CompilationAsync();

        Assert.Equal(
            new Dictionary<string, string?>
            {
                [county.CodeOf(1)] = null, [county.CodeOf(2)] = null, [county.CodeOf(3)] = "notPublished", [county.CodeOf(4)] = "verticalLine",
                [county.CodeOf(5)] = "withdrawn", [county.CodeOf(6)] = "succeeded", [county.CodeOf(7)] = "notPublished",
            },
            told["members"]!.AsArray().ToDictionary(member => Text(member, "agency", "code"), member => member!["reason"]?.GetValue<string>()));
        Assert.Equal((5, 2, 3), (Number(told, "counts", "members"), Number(told, "counts", "counted"), Number(told, "counts", "missing")));
        Assert.Equal([county.CodeOf(1)], told["members"]!.AsArray().Single(member => Text(member, "agency", "code") == county.CodeOf(6))!["successors"]!.AsArray().Select(code => code!.GetValue<string>()));
        Assert.Equal(42, Number(Sum(told), "figure"));
        var draft = await county.DraftAsync();
        Assert.Equal(42, Number(draft, "content", "tables", "applications", "received", "total"));
        Assert.Equal($"{county.Name}2023年政府信息公开工作年度报告", Text(draft, "content", "title"));
        Assert.Contains("AGG-002", Codes(draft));
        Assert.DoesNotContain("AGG-001", Codes(draft));
        Assert.DoesNotContain(draft["notAssessed"]!.AsArray(), rule => rule!["code"]!.GetValue<string>() == "AGG-001");
    }

    [Fact]
    public async Task A_figure_tells_which_member_gives_which_share_and_who_gives_none()
    {
        var county = new County(api, 2);
        await county.RegisterAsync();
        await county.DepartmentAsync(1, 10);
        await county.DepartmentAsync(2, 30);
        await county.DepartmentAsync(3, null);
        await county.ArchiveAsync(county.CodeOf(3), County.Content(4).Without(new("applications", "received", "total")));
        (await county.CompileAsync()).Expect(201);

        var pointer = (await county.Submitter.GetAsync($"{county.Address}/compilation/cells{County.Cell["/tables".Length..]}")).Expect(200).Json;
        Assert.Equal(
            [(county.CodeOf(2), 30m, 75m), (county.CodeOf(1), 10m, 25m), (county.CodeOf(3), null, 0m)],
            pointer["shares"]!.AsArray().Select(share => (Text(share, "agency", "code"), share!["value"]?.GetValue<decimal>(), share["percent"]?.GetValue<decimal>())));
        Assert.Equal((40, 2, 1), (Number(pointer, "compiled"), Number(pointer, "given"), Number(pointer, "notGiven")));
        Assert.Equal(pointer.ToJsonString(), (await county.Submitter.GetAsync($"{county.Address}/compilation/cells/applications.received.total")).Expect(200).Json.ToJsonString());
        (await county.Submitter.GetAsync($"{county.Address}/compilation/cells/applications/nothing/total")).ExpectProblem(404, "not-found");
        Assert.All((await county.CompilationAsync())["sums"]!.AsArray().Where(sum => sum!["given"]!.GetValue<int>() == 0), sum => Assert.Null(sum!["figure"]));
    }

    [Fact]
    public async Task A_members_later_correction_is_told_as_differences_and_gone_when_compiled_again()
    {
        var county = new County(api, 3);
        await county.RegisterAsync();
        await county.DepartmentAsync(1, 10);
        await county.DepartmentAsync(2, 30);
        await county.DepartmentAsync(3, null);
        (await county.CompileAsync()).Expect(201);
        Assert.False((await county.CompilationAsync())["stale"]!.GetValue<bool>());
        (await county.CompileAsync()).Expect(200);

        await county.CorrectAsync(county.CodeOf(1), 12);
        await county.ArchiveAsync(county.CodeOf(3), County.Content(5));

        var told = await county.CompilationAsync();
        Assert.True(told["stale"]!.GetValue<bool>());
        Assert.Equal(
            [(county.CodeOf(1), "corrected"), (county.CodeOf(3), "nowCounted")],
            told["differences"]!["members"]!.AsArray().Select(member => (Text(member, "agency", "code"), Text(member, "change"))));
        var cell = told["differences"]!["cells"]!.AsArray().Single(cell => Text(cell, "cell") == County.Cell);
        Assert.Equal((40, 47, 7), (Number(cell, "compiled"), Number(cell, "now"), Number(cell, "difference")));
        Assert.Equal(40, Number(await county.DraftAsync(), "content", "tables", "applications", "received", "total"));
        Assert.Superset(new HashSet<string> { "AGG-001", "AGG-007" }, Codes(await county.DraftAsync()));

        (await county.CompileAsync()).Expect(201);
        Assert.Equal(47, Number(await county.DraftAsync(), "content", "tables", "applications", "received", "total"));
        Assert.DoesNotContain(Codes(await county.DraftAsync()), code => code.StartsWith("AGG-", StringComparison.Ordinal));
        Assert.False((await county.CompilationAsync())["stale"]!.GetValue<bool>());
    }

    [Fact]
    public async Task Adjustments_stand_on_top_of_the_sums_with_who_recorded_them_and_why()
    {
        var county = new County(api, 4);
        await county.RegisterAsync();
        await county.DepartmentAsync(1, 10);
        (await AdjustAsync(county, -2)).ExpectProblem(409, "wrong-state");
        (await county.CompileAsync()).Expect(201);
        (await AdjustAsync(county, -2)).Expect(201);
        (await AdjustAsync(county, 1)).Expect(201);
        (await AdjustAsync(county, -10)).ExpectProblem(422, "impossible-figures");

        var told = await county.CompilationAsync();
        var sum = Sum(told);
        Assert.Equal((10, -1, 9, 9), (Number(sum, "compiled"), Number(sum, "adjustment"), Number(sum, "figure"), Number(sum, "stated")));
        Assert.Equal([(-2m, "移送件重复登记", "submitter"), (1m, "移送件重复登记", "submitter")],
            told["adjustments"]!.AsArray().Select(adjustment => (adjustment!["amount"]!.GetValue<decimal>(), Text(adjustment, "reason"), Text(adjustment, "actor"))));
        Assert.DoesNotContain("AGG-001", Codes(await county.DraftAsync()));

        var draft = (await county.Submitter.GetAsync($"{county.Address}/draft")).Expect(200);
        var patch = new StringContent("""{"content":{"tables":{"applications":{"received":{"total":8}}}}}""", System.Text.Encoding.UTF8, "application/merge-patch+json");
        Assert.Contains("AGG-001", Codes((await county.Submitter.SendAsync(HttpMethod.Patch, $"{county.Address}/draft", patch, Headers.Match(draft.ETag))).Expect(200).Json));
        (await county.CompileAsync()).Expect(201);
        Assert.Equal(9, Number(Sum(await county.CompilationAsync()), "stated"));
    }

    private static Task<Reply> AdjustAsync(County county, int amount) => county.Submitter.PostAsync(
        $"{county.Address}/compilation/adjustments", Bodies.Json(new { adjustments = new[] { new { cell = County.Cell, amount, reason = "移送件重复登记" } } }));

    private static JsonNode Sum(JsonNode compilation) => compilation["sums"]!.AsArray().Single(sum => sum!["cell"]!.GetValue<string>() == $"/tables/{Received}")!;

    private static HashSet<string> Codes(JsonNode draft) => draft["findings"]!.AsArray().Select(finding => finding!["code"]!.GetValue<string>()).ToHashSet(StringComparer.Ordinal);

    private static string Text(JsonNode? node, params string[] path) => path.Aggregate(node, (at, name) => at![name])!.GetValue<string>();

    private static int Number(JsonNode? node, params string[] path) => (int)path.Aggregate(node, (at, name) => at![name])!.GetValue<decimal>();
}
