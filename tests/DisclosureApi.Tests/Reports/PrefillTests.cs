using System.Text.Json.Nodes;
using Disclosure.Tests;

namespace DisclosureApi.Tests.Reports;

/// <summary>A new draft that begins with what last year's report already tells.</summary>
public sealed class PrefillTests(Api api) : IClassFixture<Api>
{
    [Fact]
    public async Task Last_years_report_begins_this_years_draft_and_can_be_filed_as_it_comes()
    {
        var last = await api.ReportAsync(2022);
        await last.PublishAsync((await last.FileAsync()).Expect(201));
        var life = await api.ReportAsync(2023);

        var prefill = (await life.Submitter.GetAsync($"{life.Address}/draft/prefill")).Expect(200);

        var published = (await api.Anon.GetAsync(last.Address)).Expect(200).Json["content"]!["tables"]!["applications"]!["carriedOver"];
        Assert.True(JsonNode.DeepEquals(published, prefill.Json["content"]!["tables"]!["applications"]!["carriedIn"]), prefill.Text);
        Assert.Null(prefill.Json["content"]!["tables"]!["applications"]!["received"]!["total"]);
        (await life.Submitter.GetAsync($"{life.Address}/draft")).ExpectProblem(404, "not-found");
        var draft = (await life.FileAsync(Bodies.Json(prefill.Text))).Expect(201);
        Assert.True(JsonNode.DeepEquals(prefill.Json["content"], draft.Json["content"]), draft.Text);
    }

    [Fact]
    public async Task What_is_only_drafted_for_last_year_is_not_carried()
    {
        var last = await api.ReportAsync(2023, Samples.CodeOf(7));
        (await last.FileAsync()).Expect(201);
        var life = await api.ReportAsync(2024, Samples.CodeOf(7));

        var prefill = (await life.Submitter.GetAsync($"{life.Address}/draft/prefill")).Expect(200);

        Assert.Empty(prefill.Json["notes"]!.AsArray());
        Assert.Null(prefill.Json["content"]!["tables"]!["applications"]!["carriedIn"]!["total"]);
    }
}
