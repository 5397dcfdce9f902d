using System.Text.Json.Nodes;
using Disclosure.Formats;
using Disclosure.Tests;
using DisclosureApi.Access;

namespace DisclosureApi.Tests.Reports;

/// <summary>One report's life over HTTP, as its people live it.</summary>
public sealed class ReportLifeTests(Api api) : IClassFixture<Api>
{
    private static readonly CellAddress Received = new("applications", "received", "total");

    [Fact]
    public async Task A_report_goes_from_a_first_draft_to_what_everyone_reads()
    {
        var report = await NewReportAsync(2023);

        var draft = (await api.Submitter.PutAsync($"{report}/draft", Bodies.Filing(Samples.Whole()), Headers.Create)).Expect(201);
        Assert.Equal("\"1\"", draft.ETag);
        Assert.Equal("draft", draft.Json["state"]!.GetValue<string>());
        Assert.Equal(["submitter"], draft.Json["authors"]!.AsArray().Select(author => author!.GetValue<string>()));
        Assert.DoesNotContain(draft.Json["findings"]!.AsArray(), finding => finding!["severity"]!.GetValue<string>() == "error");
        (await api.Anon.GetAsync(report)).ExpectProblem(404, "not-found");

        var published = await PublishAsync(report, draft.Json["contentHash"]!.GetValue<string>());
        Assert.Equal(("published", 1), (published.Json["state"]!.GetValue<string>(), published.Json["revision"]!.GetValue<int>()));
        Assert.Contains("rel=\"proof\"", published.Header("Link"));

        var read = (await api.Anon.GetAsync(report)).Expect(200);
        Assert.Equal(draft.Json["contentHash"]!.GetValue<string>(), read.Json["contentHash"]!.GetValue<string>());
        Assert.True(JsonNode.DeepEquals(draft.Json["content"], read.Json["content"]));
        Assert.Equal(published.Json["position"]!.GetValue<long>(), read.Json["lastEvent"]!.GetValue<long>());
        Assert.Equal(Samples.AgencyName, read.Json["agency"]!["name"]!.GetValue<string>());
        Assert.Equal(Codes(draft), Codes((await api.Anon.GetAsync($"{report}/findings")).Expect(200)));
        (await api.Submitter.GetAsync($"{report}/draft")).ExpectProblem(404, "not-found");
    }

    [Fact]
    public async Task A_reader_who_has_the_bytes_gets_none()
    {
        var report = await PublishedAsync(2022);
        var read = (await api.Anon.GetAsync(report)).Expect(200);

        var again = (await api.Anon.GetAsync(report, ("If-None-Match", read.ETag))).Expect(304);
        Assert.Equal((read.ETag, "", "public, no-cache"), (again.ETag, again.Text, again.Header("Cache-Control")));
        var head = (await api.Anon.SendAsync(HttpMethod.Head, report, null)).Expect(200);
        Assert.Equal((read.ETag, ""), (head.ETag, head.Text));
    }

    [Fact]
    public async Task An_all_zero_report_is_the_common_case_and_passes()
    {
        var life = await api.ReportAsync(2023, Samples.CodeOf(4_202));
        var zeros = Samples.Whole().Cells.Keys.Aggregate(Samples.Whole(), (content, address) => content.With(address, 0));

        var draft = (await life.FileAsync(zeros)).Expect(201);
        Assert.All(draft.Json["findings"]!.AsArray(), finding => Assert.Equal("info", finding!["severity"]!.GetValue<string>()));
        await life.PublishAsync(draft);

        Assert.Equal(0, (await api.Anon.GetAsync(life.Address)).Expect(200).Json["content"]!["tables"]!["applications"]!["received"]!["total"]!.GetValue<int>());
    }

    [Fact]
    public async Task Errors_stop_a_submission_and_are_all_told_at_once()
    {
        var life = await api.ReportAsync(2023, Samples.CodeOf(4_203));
        var wrong = Samples.Whole().With(Received, 9_999).With(new CellAddress("disputes", "litigation", "total"), 999);
        var draft = (await life.FileAsync(wrong)).Expect(201);
        (await life.ReviewSecrecyAsync(draft.Json["contentHash"]!.GetValue<string>())).Expect(201);

        var refused = (await life.SubmitAsync()).ExpectProblem(422, "findings-stand");

        var findings = refused.Json["findings"]!.AsArray();
        Assert.Equal(["T3-001", "T3-003", "T4-001"], findings.Where(finding => finding!["severity"]!.GetValue<string>() == "error").Select(finding => finding!["code"]!.GetValue<string>()));
        Assert.Equal(findings.Count, refused.Json["errors"]!.AsArray().Count);

        var mended = (await life.Submitter.PutAsync($"{life.Address}/draft", life.Filing(Samples.Whole()), Headers.Match("\"2\""))).Expect(200);
        (await life.SubmitAsync()).ExpectProblem(409, "secrecy-review-missing");
        await life.PublishAsync(mended);
    }

    [Fact]
    public async Task A_warning_is_acknowledged_and_then_no_longer_in_the_way()
    {
        var report = await NewReportAsync(2030);
        var blank = Samples.Whole().Without(new("proactive", "governmentRules", "made"));
        var draft = (await api.Submitter.PutAsync($"{report}/draft", Bodies.Filing(blank, 2030), Headers.Create)).Expect(201);
        await ReviewSecrecyAsync(report, draft.Json["contentHash"]!.GetValue<string>());
        (await api.Submitter.PostAsync($"{report}/submission", Bodies.Empty)).ExpectProblem(422, "findings-stand");

        var acknowledge = """{"acknowledgements":[{"code":"T2-002","pointers":["/tables/proactive/governmentRules/made"],"reason":"本机关无规章制定权"}]}""";
        (await api.Submitter.PostAsync($"{report}/acknowledgements", Bodies.Json(acknowledge))).Expect(201);
        (await api.Submitter.PostAsync($"{report}/acknowledgements", Bodies.Json(acknowledge))).Expect(200);
        (await api.Submitter.PostAsync($"{report}/submission", Bodies.Empty)).Expect(201);
    }

    [Fact]
    public async Task A_returned_report_comes_back_with_its_comments()
    {
        var report = await SubmittedAsync(2026);

        (await api.Reviewer.PostAsync($"{report}/review", Bodies.Json("""{"decision":"return","comments":[{"pointer":"/title","text":"请用全称"}]}"""))).Expect(201);

        var draft = (await api.Submitter.GetAsync($"{report}/draft")).Expect(200);
        Assert.Equal("draft", draft.Json["state"]!.GetValue<string>());
        Assert.Equal("请用全称", draft.Json["comments"]![0]!["text"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_step_that_the_state_does_not_allow_says_which_it_allows()
    {
        var report = await SubmittedAsync(2027);

        var refused = (await api.Submitter.PutAsync($"{report}/draft", Bodies.Filing(Samples.Whole(), 2027), Headers.Match("*"))).ExpectProblem(409, "wrong-state");

        Assert.Equal("submitted", refused.Json["state"]!.GetValue<string>());
        Assert.Equal(["recall", "return", "decideWaiver", "approve"], refused.Json["allowed"]!.AsArray().Select(name => name!.GetValue<string>()));
        (await api.Reviewer.PostAsync($"{report}/publication", Bodies.Empty)).ExpectProblem(409, "wrong-state");
    }

    [Fact]
    public async Task Three_people_are_needed()
    {
        var report = await NewReportAsync(2028);
        var draft = (await api.Submitter.PutAsync($"{report}/draft", Bodies.Filing(Samples.Whole(), 2028), Headers.Create)).Expect(201);
        var hash = draft.Json["contentHash"]!.GetValue<string>();

        var author = api.As(Role.SecrecyReviewer, [Samples.Agency], subject: "submitter");
        (await author.PostAsync($"{report}/secrecy-review", Review(hash))).ExpectProblem(403, "same-person");
        await ReviewSecrecyAsync(report, hash);
        (await api.Submitter.PostAsync($"{report}/submission", Bodies.Empty)).Expect(201);
        foreach (var subject in (string[])["submitter", "secrecyReviewer"])
        {
            (await api.As(Role.Reviewer, [Samples.Office], subject).PostAsync($"{report}/review", Approval(hash))).ExpectProblem(403, "same-person");
        }
        (await api.Reviewer.PostAsync($"{report}/review", Approval("0000"))).ExpectProblem(409, "stale-content");
        (await api.Reviewer.PostAsync($"{report}/review", Approval(hash))).Expect(201);
    }

    [Fact]
    public async Task A_draft_can_be_discarded_and_begun_anew()
    {
        var report = await NewReportAsync(2029);
        var draft = (await api.Submitter.PutAsync($"{report}/draft", Bodies.Filing(Samples.Whole(), 2029), Headers.Create)).Expect(201);

        (await api.Submitter.DeleteAsync($"{report}/draft", Headers.Match("\"7\""))).ExpectProblem(412, "precondition-failed");
        (await api.Submitter.DeleteAsync($"{report}/draft", Headers.Match(draft.ETag))).Expect(204);
        (await api.Submitter.GetAsync($"{report}/draft")).ExpectProblem(404, "not-found");
        (await api.Submitter.PutAsync($"{report}/draft", Bodies.Filing(Samples.Whole(), 2029), Headers.Create)).Expect(201);
    }

    [Fact]
    public async Task A_report_published_elsewhere_comes_in_with_its_faults_told()
    {
        var report = await NewReportAsync(2021);
        var filing = Bodies.Written(Samples.Filing(2021) with { Content = Samples.Whole().With(new CellAddress("disputes", "litigation", "total"), 999) });
        var body = new JsonObject { ["filing"] = filing, ["publishedOn"] = "2022-01-28", ["sourceUrl"] = "https://www.example.gov.cn/nb/2021.html" };

        (await api.Archivist.PostAsync($"{report}/archive", Bodies.Json(body.ToJsonString()))).Expect(201);

        var read = (await api.Anon.GetAsync(report)).Expect(200);
        Assert.Equal(("2022-01-28", "https://www.example.gov.cn/nb/2021.html"), (read.Json["publishedOn"]!.GetValue<string>(), read.Json["sourceUrl"]!.GetValue<string>()));
        Assert.Contains("T4-001", Codes((await api.Anon.GetAsync($"{report}/findings")).Expect(200)));
        (await api.Archivist.PostAsync($"{report}/archive", Bodies.Json(body.ToJsonString()))).ExpectProblem(409, "wrong-state");
    }

    [Fact]
    public async Task What_was_published_elsewhere_was_not_published_tomorrow()
    {
        var report = await NewReportAsync(2020);
        var body = new JsonObject { ["filing"] = Bodies.Written(Samples.Filing(2020)), ["publishedOn"] = $"{DateTime.UtcNow.AddDays(2):yyyy-MM-dd}", ["sourceUrl"] = "https://www.example.gov.cn/nb/2020.html" };

        var refused = (await api.Archivist.PostAsync($"{report}/archive", Bodies.Json(body.ToJsonString()))).ExpectProblem(422, "invalid-body");

        Assert.Equal("/publishedOn", refused.Json["errors"]![0]!["pointer"]!.ToString());
    }

    [Fact]
    public async Task Reports_of_a_year_that_is_not_over_wait_for_its_end()
    {
        var life = await api.ReportAsync(2046);
        var draft = (await life.FileAsync()).Expect(201);
        var hash = draft.Json["contentHash"]!.GetValue<string>();
        await life.AcknowledgeAsync(draft);
        await ReviewSecrecyAsync(life.Address, hash);
        (await life.SubmitAsync()).Expect(201);
        (await life.ApproveAsync(hash)).Expect(201);

        var refused = (await api.Reviewer.PostAsync($"{life.Address}/publication", Bodies.Empty)).ExpectProblem(422, "findings-stand");

        Assert.Equal(["PUB-004"], Codes(refused));
        Assert.Equal("approved", (await life.Submitter.GetAsync($"{life.Address}/draft")).Expect(200).Json["state"]!.ToString());
    }

    [Fact]
    public async Task Who_decides_reads_the_reasons_of_those_before_him()
    {
        var life = await api.ReportAsync(2023, Samples.CodeOf(4_201));
        var draft = (await life.FileAsync(Samples.Whole().Without(new CellAddress("applications", "received", "enterprise")))).Expect(201);
        var code = (await life.AcknowledgeAsync(draft))[0];
        var review = Bodies.Json(new { contentHash = draft.Json["contentHash"]!.ToString(), passed = true, note = "已逐段核对" });
        (await life.SecrecyReviewer.PostAsync($"{life.Address}/secrecy-review", review)).Expect(201);
        (await life.Submitter.PostAsync($"{life.Address}/submission", Bodies.Json(new { note = "请尽快审核" }))).Expect(201);
        (await api.Reviewer.PostAsync($"{life.Address}/waivers", Bodies.Json(new { code, decision = "refuse", reason = "请补填" }))).Expect(201);

        var told = (await api.Reviewer.GetAsync($"{life.Address}/draft")).Expect(200).Json;

        Assert.Contains(told["acknowledgements"]!.AsArray(), said => said!["code"]!.ToString() == code && said["reason"]!.ToString() == "已核对，情况属实");
        Assert.Contains(told["waivers"]!.AsArray(), decided => decided!["code"]!.ToString() == code && !decided["granted"]!.GetValue<bool>() && decided["reason"]!.ToString() == "请补填");
        Assert.Equal(("已逐段核对", "请尽快审核"), (told["secrecyReview"]!["note"]!.ToString(), told["submissionNote"]!.ToString()));
    }

    private static IEnumerable<string> Codes(Reply reply) => reply.Json["findings"]!.AsArray().Select(finding => finding!["code"]!.GetValue<string>());

    private static HttpContent Review(string hash) => Bodies.Json(new { contentHash = hash, passed = true });

    private static HttpContent Approval(string hash) => Bodies.Json(new { decision = "approve", contentHash = hash });

    private async Task<string> NewReportAsync(int year) => (await api.ReportAsync(year)).Address;

    private async Task ReviewSecrecyAsync(string report, string hash) =>
        (await api.SecrecyReviewer.PostAsync($"{report}/secrecy-review", Review(hash))).Expect(201);

    private async Task<string> SubmittedAsync(int year)
    {
        var life = await api.ReportAsync(year);
        var draft = (await life.FileAsync()).Expect(201);
        (await life.ReviewSecrecyAsync(draft.Json["contentHash"]!.GetValue<string>())).Expect(201);
        (await life.SubmitAsync()).Expect(201);
        return life.Address;
    }

    private async Task<string> PublishedAsync(int year)
    {
        var life = await api.ReportAsync(year);
        await life.PublishAsync((await life.FileAsync()).Expect(201));
        return life.Address;
    }

    private async Task<Reply> PublishAsync(string report, string hash)
    {
        await ReviewSecrecyAsync(report, hash);
        (await api.Submitter.PostAsync($"{report}/submission", Bodies.Empty)).Expect(201);
        Assert.Equal("submitted", (await api.Reviewer.GetAsync($"{report}/draft")).Expect(200).Json["state"]!.GetValue<string>());
        (await api.Reviewer.PostAsync($"{report}/review", Approval(hash))).Expect(201);
        return (await api.Reviewer.PostAsync($"{report}/publication", Bodies.Empty)).Expect(201);
    }
}
