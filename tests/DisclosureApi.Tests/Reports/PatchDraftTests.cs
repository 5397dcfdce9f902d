using System.Text;
using System.Text.Json.Nodes;
using Disclosure.Contents;
using Disclosure.Formats;
using Disclosure.Tests;

namespace DisclosureApi.Tests.Reports;

/// <summary>Parts of a draft changed by JSON Merge Patch.</summary>
public sealed class PatchDraftTests(Api api) : IClassFixture<Api>
{
    private const string Cell = "/tables/applications/received/enterprise";

    [Fact]
    public async Task A_patch_replaces_what_it_names_takes_away_what_is_null_and_leaves_the_rest()
    {
        var life = await api.ReportAsync(2023);
        var before = (await life.FileAsync()).Expect(201);

        var after = (await PatchAsync(life, """{"agencyName":null,"content":{"title":"新标题","tables":{"applications":{"received":{"enterprise":null}}}}}""", before.ETag)).Expect(200);

        var expected = before.Json["content"]!;
        expected["title"] = "新标题";
        expected["tables"]!["applications"]!["received"]!["enterprise"] = null;
        Assert.True(JsonNode.DeepEquals(expected, after.Json["content"]), after.Text);
        Assert.Null(after.Json["agencyName"]);
        Assert.NotEqual(before.ETag, after.ETag);
        Assert.Equal(after.Text, (await life.Submitter.GetAsync($"{life.Address}/draft")).Expect(200).Text);
        (await PatchAsync(life, """{"content":{"title":"再改"}}""", before.ETag)).ExpectProblem(412, "precondition-failed");
        Assert.Equal(after.ETag, (await PatchAsync(life, "{}", after.ETag)).Expect(200).ETag);
    }

    [Fact]
    public async Task A_cell_given_by_hand_loses_the_reading_of_the_document()
    {
        var life = await api.ReportAsync(2022);
        var readings = new Dictionary<string, Reading>(StringComparer.Ordinal)
        {
            [Cell] = new(ReadingState.Uncertain, "1O", 84, 8, [10], null),
            ["/tables/applications/received/total"] = new(ReadingState.Sure, "11", 84, 20, [], null),
        };
        var content = Samples.Whole(year: 2022).Without(CellAddress.Parse(Cell)!.Value);
        var draft = (await life.FileAsync(Bodies.Filing(Samples.Filing(2022) with { Content = content, Readings = readings }))).Expect(201);

        var after = (await PatchAsync(life, """{"content":{"tables":{"applications":{"received":{"enterprise":10}}}}}""", draft.ETag)).Expect(200);

        Assert.Equal(["/tables/applications/received/total"], after.Json["readings"]!.AsObject().Select(reading => reading.Key));
    }

    [Fact]
    public async Task What_the_outcome_cannot_be_is_told_by_pointer_and_nothing_changes()
    {
        var life = await api.ReportAsync(2021);
        var draft = (await life.FileAsync()).Expect(201);
        string[] wrong =
        [
            """{"content":{"tables":{"applications":{"received":{"enterprise":"7"}}}}}""", """{"content":{"tables":{"applications":{"receivd":{"enterprise":7}}}}}""",
            """{"content":{"tables":{"applications":{"received":{"enterprise":-7}}}}}""", """{"year":2020}""", """{"state":"published"}""", """{"state":null}""", "[]", "null",
        ];

        foreach (var patch in wrong)
        {
            Assert.NotEmpty((await PatchAsync(life, patch, draft.ETag)).ExpectProblem(422, "invalid-body").Json["errors"]!.AsArray());
        }

        Assert.Equal(draft.Text, (await life.Submitter.GetAsync($"{life.Address}/draft")).Expect(200).Text);
    }

    [Fact]
    public async Task Another_media_type_hears_what_a_patch_is_sent_under_and_a_version_must_be_named()
    {
        var life = await api.ReportAsync(2020);
        (await PatchAsync(life, "{}", "*")).ExpectProblem(404, "not-found");
        var draft = (await life.FileAsync()).Expect(201);

        var refused = (await life.Submitter.SendAsync(HttpMethod.Patch, $"{life.Address}/draft", Bodies.Empty, Headers.Match(draft.ETag))).ExpectProblem(415, "unsupported-media-type");
        Assert.Equal("application/merge-patch+json", refused.Header("Accept-Patch"));
        (await life.Submitter.SendAsync(HttpMethod.Patch, $"{life.Address}/draft", Patch("{}"))).ExpectProblem(428, "precondition-required");
    }

    [Fact]
    public async Task What_was_handed_in_is_not_patched()
    {
        var life = await api.ReportAsync(2024);
        var draft = (await life.FileAsync()).Expect(201);
        (await life.ReviewSecrecyAsync(draft.Json["contentHash"]!.GetValue<string>())).Expect(201);
        var submitted = (await life.SubmitAsync()).Expect(201);

        (await PatchAsync(life, """{"content":{"title":"改"}}""", submitted.ETag)).ExpectProblem(409, "wrong-state");
    }

    private static Task<Reply> PatchAsync(ReportLife life, string patch, string etag) =>
        life.Submitter.SendAsync(HttpMethod.Patch, $"{life.Address}/draft", Patch(patch), Headers.Match(etag));

    private static StringContent Patch(string json) => new(json, Encoding.UTF8, "application/merge-patch+json");
}
