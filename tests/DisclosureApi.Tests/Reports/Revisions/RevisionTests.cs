using Disclosure.Tests;

namespace DisclosureApi.Tests.Reports.Revisions;

/// <summary>What was public once can be read again, and each version leads to the others.</summary>
public sealed class RevisionTests(Api api) : IClassFixture<Api>
{
    [Fact]
    public async Task Each_revision_keeps_its_bytes_and_leads_to_its_likes()
    {
        var life = await api.ReportAsync(2023);
        await life.PublishAsync((await life.FileAsync()).Expect(201));
        var first = (await api.Anon.GetAsync(life.Address)).Expect(200);
        (await life.Submitter.PostAsync($"{life.Address}/correction", Bodies.Json(new { reason = "概述有误" }))).Expect(201);
        var draft = (await life.Submitter.GetAsync($"{life.Address}/draft")).Expect(200);
        var corrected = Samples.Whole().With("/sections/otherMatters", "更正说明：概述一处文字已更正。");
        await life.PublishAsync((await life.Submitter.PutAsync($"{life.Address}/draft", Bodies.Filing(corrected), Headers.Match(draft.ETag))).Expect(200));
        var second = (await api.Anon.GetAsync(life.Address)).Expect(200);

        var (one, two) = ((await api.Anon.GetAsync($"{life.Address}/revisions/1")).Expect(200), (await api.Anon.GetAsync($"{life.Address}/revisions/2")).Expect(200));

        Assert.Equal((first.Text, first.ETag, second.Text, second.ETag), (one.Text, one.ETag, two.Text, two.ETag));
        Assert.StartsWith(
            $"<{life.Address}>; rel=\"latest-version\", <{life.Address}/revisions>; rel=\"version-history\", <{life.Address}/revisions/2>; rel=\"successor-version\"", one.Header("Link"));
        Assert.StartsWith(
            $"<{life.Address}>; rel=\"latest-version\", <{life.Address}/revisions>; rel=\"version-history\", <{life.Address}/revisions/1>; rel=\"predecessor-version\"", two.Header("Link"));
        Assert.StartsWith(second.Header("Link")!.Replace($", <{life.Address}/error-reports>; rel=\"related\"; title=\"error-reports\"", "", StringComparison.Ordinal), two.Header("Link"));
        (await api.Anon.GetAsync($"{life.Address}/revisions/3")).ExpectProblem(404, "not-found");

        (await life.WithdrawAsync()).Expect(201);
        Assert.Equal(one.Text, (await api.Anon.GetAsync($"{life.Address}/revisions/1")).Expect(200).Text);
        var list = (await api.Anon.GetAsync($"{life.Address}/revisions")).Expect(200).Json["items"]!.AsArray();
        Assert.Equal([1, 2], list.Select(item => item!["revision"]!.GetValue<int>()));
        Assert.Equal(second.Json["contentHash"]!.GetValue<string>(), list[1]!["contentHash"]!.GetValue<string>());
        Assert.Equal(second.Json["publishedAt"]!.GetValue<string>(), list[1]!["publishedAt"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_report_that_was_never_public_has_no_revisions()
    {
        var life = await api.ReportAsync(2022);
        (await life.FileAsync()).Expect(201);

        (await life.Submitter.GetAsync($"{life.Address}/revisions")).ExpectProblem(404, "not-found");
        (await life.Submitter.GetAsync($"{life.Address}/revisions/1")).ExpectProblem(404, "not-found");
    }
}
