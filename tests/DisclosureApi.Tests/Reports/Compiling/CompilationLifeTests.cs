using System.Text.Json.Nodes;
using Disclosure.Tests;
using DisclosureApi.Access;

namespace DisclosureApi.Tests.Reports.Compiling;

/// <summary>A compiled draft lives as any other: who may see it, what stops it, and what becomes public with it.</summary>
public sealed class CompilationLifeTests(Api api) : IClassFixture<Api>
{
    [Fact]
    public async Task Nobody_else_learns_of_a_compilation_before_it_is_published_and_everyone_reads_it_after()
    {
        var (county, other) = (new County(api, 11), new County(api, 12));
        await county.RegisterAsync();
        await other.RegisterAsync();
        await county.DepartmentAsync(1, 10);
        await county.DepartmentAsync(2, null);
        (await county.CompileAsync()).Expect(201);
        (await county.Submitter.PostAsync($"{county.Address}/compilation/adjustments", Bodies.Json(
            new { adjustments = new[] { new { cell = "/tables/proactive/fees/amount", amount = 0.5m, reason = "尾差" } } }))).Expect(201);
        foreach (var reader in (Client[])[api.Anon, other.Submitter, api.Reviewer, api.As(Role.Auditor, [])])
        {
            foreach (var address in (string[])["/compilation", "/compilation/cells/applications/received/total", "/compilation?revision=1"])
            {
                var (there, nothing) = (await reader.GetAsync(county.Address + address), await reader.GetAsync(other.Address + address));
                Assert.Equal(nothing.Expect(404).Everything, there.Everything);
            }
        }

        await county.Life.PublishAsync(await county.WriteAsync());

        var open = (await api.Anon.GetAsync($"{county.Address}/compilation")).Expect(200);
        Assert.Equal("published", open.Json["state"]!.GetValue<string>());
        Assert.Equal(1, open.Json["revision"]!.GetValue<int>());
        Assert.Equal(["notPublished"], open.Json["members"]!.AsArray().Select(member => member!["reason"]?.GetValue<string>()).OfType<string>());
        var adjustment = open.Json["adjustments"]!.AsArray().Single()!;
        Assert.Equal(("尾差", null), (adjustment["reason"]!.GetValue<string>(), adjustment["actor"]));
        Assert.Equal(304, (await api.Anon.GetAsync($"{county.Address}/compilation", ("If-None-Match", open.ETag))).Status);
        Assert.Equal(open.Text, (await api.Anon.GetAsync($"{county.Address}/compilation?revision=1")).Expect(200).Text);
        (await api.Anon.GetAsync($"{county.Address}/compilation?revision=2")).Expect(404);
        (await api.Anon.GetAsync($"{county.Address}/compilation/cells/applications/received/total")).Expect(200);
        (await county.CompileAsync()).ExpectProblem(409, "wrong-state");

        (await county.Submitter.PostAsync($"{county.Address}/correction", Bodies.Json(new { reason = "成员单位补报" }))).Expect(201);
        await county.ArchiveAsync(county.CodeOf(2), County.Content(5));
        (await county.CompileAsync()).Expect(201);
        Assert.Equal(15, Received(await county.CompilationAsync()));
        Assert.Equal(10, Received(await county.CompilationAsync(api.Anon)));
        await county.Life.PublishAsync((await county.Submitter.GetAsync($"{county.Address}/draft")).Expect(200));
        Assert.Equal(15, Received(await county.CompilationAsync(api.Anon)));
        Assert.Equal(10, Received((await api.Anon.GetAsync($"{county.Address}/compilation?revision=1")).Expect(200).Json));
    }

    [Fact]
    public async Task A_body_that_another_published_compilation_counts_is_left_out_and_whoever_counts_it_anyway_is_stopped()
    {
        var (before, after) = (new County(api, 13), new County(api, 14));
        await before.RegisterAsync();
        await after.RegisterAsync();
        await before.DepartmentAsync(1, 10);
        (await before.CompileAsync()).Expect(201);
        await before.Life.PublishAsync(await before.WriteAsync());
        var entry = (await api.Anon.GetAsync($"/v1/agencies/{before.CodeOf(1)}")).Expect(200);
        var moved = entry.Json.AsObject();
        moved["region"] = after.Region;
        (await api.Registrar.PutAsync($"/v1/agencies/{before.CodeOf(1)}", Bodies.Json(moved.ToJsonString()), Headers.Match(entry.ETag))).Expect(200);

        (await after.CompileAsync()).Expect(201);
        var member = (await after.CompilationAsync())["members"]!.AsArray().Single()!;
        Assert.Equal(("countedElsewhere", before.Name), (member["reason"]!.GetValue<string>(), member["countedBy"]!.AsArray().Single()!.GetValue<string>()));

        (await after.CompileAsync(new { members = new[] { new { agency = before.CodeOf(1), counted = true, reason = "年内划入" } } })).Expect(201);
        member = (await after.CompilationAsync())["members"]!.AsArray().Single()!;
        Assert.Equal((true, "年内划入"), (member["counted"]!.GetValue<bool>(), member["decision"]!.GetValue<string>()));
        var draft = await after.WriteAsync();
        Assert.Contains("AGG-003", Codes(draft.Json));
        (await after.Life.ReviewSecrecyAsync(draft.Json["contentHash"]!.GetValue<string>())).Expect(201);
        var refused = (await after.Life.SubmitAsync()).ExpectProblem(422, "findings-stand");
        Assert.Contains("AGG-003", Codes(refused.Json));

        (await api.Reviewer.PostAsync($"{before.Address}/withdrawal", Bodies.Json(new { reason = "重复汇总" }))).Expect(201);
        Assert.DoesNotContain("AGG-003", Codes(await after.DraftAsync()));
    }

    [Fact]
    public async Task Who_has_no_members_compiles_nothing_and_a_request_that_means_nothing_is_told_all_its_faults()
    {
        var county = new County(api, 15);
        await county.RegisterAsync();
        await county.DepartmentAsync(1, 10);
        var department = api.As(Role.Submitter, [county.CodeOf(1)]);
        var refused = (await department.PostAsync($"/v1/agencies/{county.CodeOf(1)}/reports/2022/compilation", Bodies.Empty)).ExpectProblem(409, "not-compiling");
        Assert.Empty(refused.Json["scopes"]!.AsArray());
        Assert.Equal(["area", "ownLevel"], (await county.CompileAsync(new { scope = "line" })).ExpectProblem(409, "not-compiling").Json["scopes"]!.AsArray().Select(scope => scope!.GetValue<string>()));
        (await department.PostAsync($"{county.Address}/compilation", Bodies.Empty)).ExpectProblem(404, "not-found");
        var faults = (await county.CompileAsync(new { scope = "all", members = new[] { new { agency = "1", counted = true, reason = "" } } })).ExpectProblem(422, "invalid-body");
        Assert.Equal(["/scope", "/members/0/agency", "/members/0/reason"], Pointers(faults));
        Assert.Equal(["/members/0/agency"], Pointers((await county.CompileAsync(new { members = new[] { new { agency = Samples.Agency, counted = true, reason = "并入" } } })).ExpectProblem(422, "invalid-body")));
        (await county.Submitter.PostAsync($"{county.Address}/compilation", Bodies.Empty, Headers.Match("\"7\""))).ExpectProblem(412, "precondition-failed");

        var first = (await county.Submitter.PostAsync($"{county.Address}/compilation", Bodies.Empty, (Headers.Key, "\"once\""))).Expect(201);
        var again = (await county.Submitter.PostAsync($"{county.Address}/compilation", Bodies.Empty, (Headers.Key, "\"once\""))).Expect(201);
        Assert.Equal(first.Text, again.Text);
        var wrong = (await county.Submitter.PostAsync($"{county.Address}/compilation/adjustments", Bodies.Json("""{"adjustments":[{"cell":"/tables/x/y/z","amount":0,"reason":""}]}"""))).ExpectProblem(422, "invalid-body");
        Assert.Equal(["/adjustments/0/cell", "/adjustments/0/reason", "/adjustments/0/amount"], Pointers(wrong));
    }

    [Fact]
    public async Task A_line_is_compiled_by_its_head_and_stays_out_of_the_regions()
    {
        var county = new County(api, 16);
        await county.RegisterAsync();
        await county.RegisterAsync(county.CodeOf(50), "云州税务局", "province", "department", region: "990000");
        await county.DepartmentAsync(1, 10, line: county.CodeOf(50));
        await county.DepartmentAsync(2, 20);
        var head = api.As(Role.Submitter, [county.CodeOf(50)]);
        (await head.PostAsync($"/v1/agencies/{county.CodeOf(50)}/reports/2023/compilation", Bodies.Empty)).Expect(201);
        (await county.CompileAsync()).Expect(201);

        var line = (await head.GetAsync($"/v1/agencies/{county.CodeOf(50)}/reports/2023/compilation")).Expect(200).Json;
        Assert.Equal(("line", 10), (line["scope"]!.GetValue<string>(), Received(line)));
        Assert.Equal(20, Received(await county.CompilationAsync()));
    }

    private static int Received(JsonNode compilation) => (int)compilation["sums"]!.AsArray().Single(sum => sum!["cell"]!.GetValue<string>() == County.Cell)!["figure"]!.GetValue<decimal>();

    private static IEnumerable<string> Codes(JsonNode draft) => draft["findings"]!.AsArray().Select(finding => finding!["code"]!.GetValue<string>());

    private static IEnumerable<string> Pointers(Reply reply) => reply.Json["errors"]!.AsArray().Select(error => error!["pointer"]!.GetValue<string>());
}
