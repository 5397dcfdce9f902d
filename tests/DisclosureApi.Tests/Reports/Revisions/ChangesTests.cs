using System.Text.Json.Nodes;
using Disclosure.Formats;
using Disclosure.Tests;

namespace DisclosureApi.Tests.Reports.Revisions;

/// <summary>What changed between revisions, for programs and for people.</summary>
public sealed class ChangesTests(Api api) : IClassFixture<Api>
{
    private const int Year = 2023;
    private const int Revisions = 4;

    [Fact]
    public async Task A_patch_turns_any_revision_into_any_other_member_for_member()
    {
        var life = await CorrectedAsync();
        for (var from = 0; from <= Revisions; from++)
        {
            for (var to = 1; to <= Revisions; to++)
            {
                var (before, after) = (from == 0 ? null : await RevisionAsync(life, from), await RevisionAsync(life, to));
                var address = $"{life.Address}/revisions/{to}/changes?since={from}";
                var alone = (await api.Anon.GetAsync(address, ("Accept", "application/json-patch+json"))).Expect(200);
                Assert.Equal("application/json-patch+json", alone.MediaType);
                Assert.True(JsonNode.DeepEquals(after, PatchedDocument.Apply(before, alone.Json.AsArray())), $"{from} to {to}");
                Assert.True(JsonNode.DeepEquals(alone.Json, (await api.Anon.GetAsync(address)).Expect(200).Json["patch"]));
                Assert.Equal(from == to, alone.Json.AsArray().Count == 0);
            }
        }
    }

    [Fact]
    public async Task Changed_cells_and_texts_are_told_under_the_labels_of_the_form()
    {
        var life = await CorrectedAsync();
        var told = (await api.Anon.GetAsync($"{life.Address}/revisions/2/changes")).Expect(200);
        Assert.Contains("Accept", told.Header("Vary"));
        Assert.Equal((1, 2), (told.Json["from"]!["revision"]!.GetValue<int>(), told.Json["to"]!["revision"]!.GetValue<int>()));

        var text = Assert.Single(told.Json["changes"]!.AsArray())!;
        Assert.Equal(
            ("text", "/sections/otherMatters", "六、其他需要报告的事项", "更正说明：第2版。"),
            (text["kind"]!.ToString(), text["pointer"]!.ToString(), text["label"]!.ToString(), text["to"]!.ToString()));

        var all = (await api.Anon.GetAsync($"{life.Address}/revisions/4/changes?since=0")).Expect(200);
        Assert.Null(all.Json["from"]);
        Assert.Equal(Samples.Whole().Cells.Count, all.Json["changes"]!.AsArray().Count(change => change!["kind"]!.ToString() == "cell" && change["from"] is null));
        (await api.Anon.GetAsync($"{life.Address}/revisions/2/changes", ("Accept", "text/html"))).ExpectProblem(406, "not-acceptable");
        (await api.Anon.GetAsync($"{life.Address}/revisions/2/changes?since=x")).ExpectProblem(400, "invalid-request");
        (await api.Anon.GetAsync($"{life.Address}/revisions/2/changes?since=9")).ExpectProblem(404, "not-found");
        (await api.Anon.GetAsync($"{life.Address}/revisions/9/changes?since=1")).ExpectProblem(404, "not-found");
    }

    [Fact]
    public async Task Revisions_tell_why_they_were_made_and_a_correction_under_way_tells_nothing()
    {
        var life = await CorrectedAsync();
        (await life.Submitter.PostAsync($"{life.Address}/correction", Bodies.Json(new { reason = "尚未公布的理由" }))).Expect(201);
        var list = (await api.Anon.GetAsync($"{life.Address}/revisions")).Expect(200);
        Assert.Equal([null, "更正2", "更正3", "更正4"], list.Json["items"]!.AsArray().Select(item => (string?)item!["reason"]));
        Assert.DoesNotContain("尚未公布的理由", list.Text);
        Assert.Empty(list.Json["withdrawals"]!.AsArray());

        (await life.WithdrawAsync()).Expect(201);
        (await api.Reviewer.PostAsync($"{life.Address}/reinstatement", Bodies.Json(new { reason = "核实无误" }))).Expect(201);
        var withdrawal = (await api.Anon.GetAsync($"{life.Address}/revisions")).Expect(200).Json["withdrawals"]!.AsArray().Single()!;
        Assert.Equal(("数据来源有误", "核实无误", 4), (withdrawal["reason"]!.ToString(), withdrawal["reinstatementReason"]!.ToString(), withdrawal["revision"]!.GetValue<int>()));
    }

    [Fact]
    public async Task A_cell_is_followed_through_years_and_revisions()
    {
        var life = await CorrectedAsync();
        var earlier = await api.ReportAsync(Year - 1);
        await earlier.PublishAsync((await earlier.FileAsync()).Expect(201));
        var pointer = new CellAddress("applications", "received", "total").Pointer;
        var cells = $"/v1/agencies/{Samples.Agency}/cells?pointer={pointer}";

        var first = (await api.Anon.GetAsync($"{cells}&limit=3")).Expect(200).Json;
        var second = (await api.Anon.GetAsync(first["next"]!.ToString())).Expect(200).Json;
        var items = first["items"]!.AsArray().Concat(second["items"]!.AsArray()).Select(item => item!).ToList();

        Assert.Equal([(Year - 1, 1), (Year, 1), (Year, 2), (Year, 3), (Year, 4)], items.Select(item => (item["year"]!.GetValue<int>(), item["revision"]!.GetValue<int>())));
        Assert.Equal("superseded", items[1]["standing"]!.ToString());
        Assert.All(items, item => Assert.Equal("一、本年新收政府信息公开申请数量 / 总计", item["label"]!.ToString()));
        var revision = await RevisionAsync(life, 4);
        Assert.Equal(revision["content"]!["tables"]!["applications"]!["received"]!["total"]!.GetValue<int>(), items[4]["value"]!.GetValue<int>());
        Assert.Null(second["next"]);

        (await api.Anon.GetAsync($"/v1/agencies/{Samples.Agency}/cells?pointer=/tables/applications/received/nobody")).ExpectProblem(400, "invalid-request");
        (await api.Anon.GetAsync($"/v1/agencies/{Samples.Agency}/cells")).ExpectProblem(400, "invalid-request");
        (await api.Anon.GetAsync($"/v1/agencies/{Samples.OtherAgency}/cells?pointer={pointer}")).ExpectProblem(404, "not-found");
    }

    private async Task<JsonNode> RevisionAsync(ReportLife life, int number) => (await api.Anon.GetAsync($"{life.Address}/revisions/{number}")).Expect(200).Json;

    /// <summary>A report of four revisions, each with a text of its own.</summary>
    private async Task<ReportLife> CorrectedAsync()
    {
        var life = await api.ReportAsync(Year);
        await api.OnceAsync(async () =>
        {
            await life.PublishAsync((await life.FileAsync()).Expect(201));
            for (var revision = 2; revision <= Revisions; revision++)
            {
                (await life.Submitter.PostAsync($"{life.Address}/correction", Bodies.Json(new { reason = $"更正{revision}" }))).Expect(201);
                var draft = (await life.Submitter.GetAsync($"{life.Address}/draft")).Expect(200);
                var content = Samples.Whole().With("/sections/otherMatters", $"更正说明：第{revision}版。");
                await life.PublishAsync((await life.Submitter.PutAsync($"{life.Address}/draft", Bodies.Filing(content), Headers.Match(draft.ETag))).Expect(200));
            }
        });
        return life;
    }
}
