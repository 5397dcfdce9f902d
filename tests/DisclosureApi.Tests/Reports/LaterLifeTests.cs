using Disclosure.Formats;
using Disclosure.Tests;

namespace DisclosureApi.Tests.Reports;

/// <summary>What can happen to a report after it was handed in or published.</summary>
public sealed class LaterLifeTests(Api api) : IClassFixture<Api>
{
    private static readonly CellAddress Blank = new("applications", "granted", "enterprise");

    [Fact]
    public async Task A_submission_is_recalled_until_the_review_has_begun()
    {
        var life = await SubmittedWithABlankAsync(2021);
        var draft = (await life.Submitter.GetAsync($"{life.Address}/draft")).Expect(200);

        (await life.Submitter.DeleteAsync($"{life.Address}/submission", Headers.Match(draft.ETag))).Expect(204);
        Assert.Equal("draft", (await life.Submitter.GetAsync($"{life.Address}/draft")).Expect(200).Json["state"]!.GetValue<string>());

        (await life.SubmitAsync()).Expect(201);
        (await WaiveAsync(life, "refuse")).Expect(201);
        var begun = await life.Submitter.DeleteAsync($"{life.Address}/submission", Headers.Match("*"));
        Assert.DoesNotContain("recall", begun.ExpectProblem(409, "review-begun").Json["allowed"]!.AsArray().Select(name => name!.GetValue<string>()));
    }

    [Fact]
    public async Task A_waivable_error_is_approved_only_with_a_granted_waiver()
    {
        var life = await SubmittedWithABlankAsync(2022);
        var hash = (await api.Reviewer.GetAsync($"{life.Address}/draft")).Expect(200).Json["contentHash"]!.GetValue<string>();

        var open = (await life.ApproveAsync(hash)).ExpectProblem(409, "waivers-open");
        Assert.Equal("T3-005", open.Json["findings"]![0]!["code"]!.GetValue<string>());
        (await WaiveAsync(life, "refuse")).Expect(201);
        (await life.ApproveAsync(hash)).ExpectProblem(409, "waivers-open");
        (await api.Reviewer.PostAsync($"{life.Address}/waivers", Bodies.Json(new { code = "T3-001", decision = "grant", reason = "同意" }))).ExpectProblem(422, "no-such-finding");
        (await api.Reviewer.PostAsync($"{life.Address}/waivers", Bodies.Json(new { code = "T3-005", decision = "perhaps", reason = "同意" }))).ExpectProblem(422, "invalid-body");
        (await WaiveAsync(life, "grant")).Expect(201);
        (await life.ApproveAsync(hash)).Expect(201);
    }

    [Fact]
    public async Task A_correction_can_be_abandoned_and_what_is_public_stays()
    {
        var life = await PublishedAsync(2023);
        var before = (await api.Anon.GetAsync(life.Address)).Expect(200);

        (await life.Submitter.PostAsync($"{life.Address}/correction", Bodies.Empty)).ExpectProblem(422, "invalid-body");
        var opened = (await life.Submitter.PostAsync($"{life.Address}/correction", Bodies.Json(new { reason = "新收件数漏计" }))).Expect(201);
        Assert.Equal(("correcting", 1), (opened.Json["state"]!.GetValue<string>(), opened.Json["revision"]!.GetValue<int>()));
        (await life.Submitter.DeleteAsync($"{life.Address}/draft", Headers.Match(opened.ETag))).Expect(204);

        Assert.Equal(before.Text, (await api.Anon.GetAsync(life.Address)).Expect(200).Text);
    }

    [Fact]
    public async Task A_withdrawn_report_says_why_until_it_is_reinstated()
    {
        var life = await PublishedAsync(2024);

        (await life.WithdrawAsync()).Expect(201);
        var gone = (await api.Anon.GetAsync(life.Address)).ExpectProblem(410, "withdrawn");
        Assert.Equal("数据来源有误", gone.Json["reason"]!.GetValue<string>());
        (await life.WithdrawAsync()).ExpectProblem(409, "wrong-state");
        (await api.Reviewer.PostAsync($"{life.Address}/reinstatement", Bodies.Json(new { reason = "经核实无误" }))).Expect(201);
        (await api.Anon.GetAsync(life.Address)).Expect(200);
    }

    private async Task<ReportLife> PublishedAsync(int year)
    {
        var life = await api.ReportAsync(year);
        await life.PublishAsync((await life.FileAsync()).Expect(201));
        return life;
    }

    /// <summary>A report with one cell left blank, and the agency's reason for it.</summary>
    private async Task<ReportLife> SubmittedWithABlankAsync(int year)
    {
        var life = await api.ReportAsync(year);
        var draft = (await life.FileAsync(Samples.Whole().Without(Blank))).Expect(201);
        (await life.ReviewSecrecyAsync(draft.Json["contentHash"]!.GetValue<string>())).Expect(201);
        (await life.SubmitAsync()).ExpectProblem(422, "findings-stand");
        (await life.Submitter.PostAsync($"{life.Address}/acknowledgements", Bodies.Json(new { acknowledgements = new[] { new { code = "T3-005", reason = "当年未统计该项" } } }))).Expect(201);
        (await life.SubmitAsync()).Expect(201);
        return life;
    }

    private Task<Reply> WaiveAsync(ReportLife life, string decision) =>
        api.Reviewer.PostAsync($"{life.Address}/waivers", Bodies.Json(new { code = "T3-005", decision, reason = "已核实" }));
}
