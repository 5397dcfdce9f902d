using System.Text.Json.Nodes;
using Disclosure.Tests;
using DisclosureApi.Access;

namespace DisclosureApi.Tests.Reports;

/// <summary>What waits for whom.</summary>
public sealed class WorkTests(Api api) : IClassFixture<Api>
{
    /// <summary>The report that is due now is the one on the year before, by the calendar of Shanghai.</summary>
    private static int Due => TimeProvider.System.GetUtcNow().ToOffset(TimeSpan.FromHours(8)).Year - 1;

    [Fact]
    public async Task A_report_waits_for_one_after_the_other_until_it_is_public()
    {
        var life = await api.ReportAsync(2021, Samples.CodeOf(1));
        Assert.Equal([("none", "editDraft")], await OfAsync(life.Submitter, Due, 1));

        var draft = (await life.FileAsync()).Expect(201);
        Assert.Equal([("draft", "reviewSecrecy")], await OfAsync(life.Submitter, 2021, 1));
        Assert.Equal([("draft", "reviewSecrecy")], await OfAsync(life.SecrecyReviewer, 2021, 1));
        Assert.Empty(await OfAsync(api.Reviewer, 2021, 1));

        (await life.ReviewSecrecyAsync(draft.Json["contentHash"]!.GetValue<string>())).Expect(201);
        Assert.Equal([("draft", "submit")], await OfAsync(life.Submitter, 2021, 1));
        Assert.Empty(await OfAsync(life.SecrecyReviewer, 2021, 1));

        (await life.SubmitAsync()).Expect(201);
        Assert.Equal([("submitted", "approve")], await OfAsync(api.Reviewer, 2021, 1));
        (await life.ApproveAsync(draft.Json["contentHash"]!.GetValue<string>())).Expect(201);
        Assert.Equal([("approved", "publish")], await OfAsync(api.Reviewer, 2021, 1));
        (await api.Reviewer.PostAsync($"{life.Address}/publication", Bodies.Empty)).Expect(201);
        Assert.Empty(await OfAsync(life.Submitter, 2021, 1));
        Assert.Empty(await OfAsync(api.Reviewer, 2021, 1));
    }

    [Fact]
    public async Task The_reviewer_sees_what_changed_since_the_report_was_returned()
    {
        var life = await api.ReportAsync(2022, Samples.CodeOf(2));
        await SubmitAsync(life, (await life.FileAsync()).Expect(201));
        Assert.Null((await ItemAsync(api.Reviewer, 2022, 2))!["changedSinceReturn"]);
        (await api.Reviewer.PostAsync($"{life.Address}/review", Bodies.Json(new { decision = "return", comments = new[] { new { text = "请用全称" } } }))).Expect(201);
        var returned = (await ItemAsync(life.Submitter, 2022, 2))!;
        Assert.Equal(("editDraft", 1, 0), (returned["nextStep"]!.GetValue<string>(), returned["comments"]!.GetValue<int>(), returned["changedSinceReturn"]!["count"]!.GetValue<int>()));

        var before = (await life.Submitter.GetAsync($"{life.Address}/draft")).Expect(200);
        var patch = new StringContent("""{"content":{"contact":{"office":"综合科（政务公开科）"}}}""", System.Text.Encoding.UTF8, "application/merge-patch+json");
        await SubmitAsync(life, (await life.Submitter.SendAsync(HttpMethod.Patch, $"{life.Address}/draft", patch, Headers.Match(before.ETag))).Expect(200));

        var again = (await ItemAsync(api.Reviewer, 2022, 2))!["changedSinceReturn"]!;
        Assert.Equal((1, "/contact/office"), (again["count"]!.GetValue<int>(), again["pointers"]![0]!.GetValue<string>()));
    }

    [Fact]
    public async Task A_draft_that_nobody_touched_for_long_is_told_as_forgotten_until_somebody_does_and_stays_where_it_is()
    {
        var life = await api.ReportAsync(2020, Samples.CodeOf(5));
        (await life.FileAsync()).Expect(201);
        Assert.False((await ItemAsync(life.Submitter, 2020, 5))!["isForgotten"]!.GetValue<bool>());

        await api.Database.RunAsync($"update work set since = since - interval '181 days' where agency = '{Samples.CodeOf(5)}'");

        Assert.True((await ItemAsync(life.Submitter, 2020, 5))!["isForgotten"]!.GetValue<bool>());
        var draft = (await life.Submitter.GetAsync($"{life.Address}/draft")).Expect(200);
        var patch = new StringContent("""{"content":{"contact":{"office":"综合科"}}}""", System.Text.Encoding.UTF8, "application/merge-patch+json");
        (await life.Submitter.SendAsync(HttpMethod.Patch, $"{life.Address}/draft", patch, Headers.Match(draft.ETag))).Expect(200);
        Assert.False((await ItemAsync(life.Submitter, 2020, 5))!["isForgotten"]!.GetValue<bool>());
    }

    [Fact]
    public async Task Everyone_sees_the_work_of_their_own_bodies_alone_page_by_page()
    {
        foreach (var number in (int[])[11, 12, 13])
        {
            (await (await api.ReportAsync(2023, Samples.CodeOf(number))).FileAsync()).Expect(201);
        }
        var both = api.As(Role.Submitter, [Samples.CodeOf(11), Samples.CodeOf(13)]);
        var seen = new List<string>();
        for (var page = "/v1/work?limit=1"; page is not null;)
        {
            var reply = (await both.GetAsync(page)).Expect(200);
            seen.AddRange(reply.Json["items"]!.AsArray().Select(item => $"{item!["agency"]!["code"]} {item["year"]}"));
            page = reply.Json["next"]?.GetValue<string>();
        }

        int[] years = [.. new[] { 2023, Due }.Order()];
        Assert.Equal(new[] { 11, 13 }.SelectMany(number => years.Select(year => $"{Samples.CodeOf(number)} {year}")), seen);
        Assert.Empty((await api.As(Role.Submitter, [Samples.CodeOf(99)]).GetAsync("/v1/work")).Expect(200).Json["items"]!.AsArray());
        Assert.Empty((await api.As(Role.Reviewer, [Samples.OtherAgency]).GetAsync("/v1/work")).Expect(200).Json["items"]!.AsArray());
    }

    [Fact]
    public async Task Nobody_is_asked_to_review_the_secrecy_of_what_they_wrote()
    {
        var life = await api.ReportAsync(2020, Samples.CodeOf(20));
        (await life.FileAsync()).Expect(201);

        Assert.Empty(await OfAsync(api.As(Role.SecrecyReviewer, [Samples.CodeOf(20)], Role.Submitter.Name), 2020, 20));
        Assert.Single(await OfAsync(life.SecrecyReviewer, 2020, 20));
    }

    [Fact]
    public async Task Who_is_exempted_owes_nothing_and_the_archivist_looks_for_the_rest()
    {
        await api.RegisterAsync(Samples.CodeOf(30));
        await api.RegisterAsync(Samples.CodeOf(31));
        (await api.Registrar.PostAsync($"/v1/agencies/{Samples.CodeOf(30)}/duty", Bodies.Json(new { year = Due, decision = "exempt", reason = "未对外行使职权" }))).Expect(201);

        Assert.Empty(await OfAsync(api.As(Role.Submitter, [Samples.CodeOf(30)]), Due, 30));
        Assert.Single(await OfAsync(api.As(Role.Submitter, [Samples.CodeOf(31)]), Due, 31));
        Assert.Empty(await OfAsync(api.Archivist, Due, 30));
    }

    private static async Task SubmitAsync(ReportLife life, Reply draft)
    {
        (await life.ReviewSecrecyAsync(draft.Json["contentHash"]!.GetValue<string>())).Expect(201);
        (await life.SubmitAsync()).Expect(201);
    }

    private static async Task<IEnumerable<(string State, string NextStep)>> OfAsync(Client client, int year, int number) =>
        await ItemAsync(client, year, number) is { } item ? [(item["state"]!.GetValue<string>(), item["nextStep"]!.GetValue<string>())] : [];

    private static async Task<JsonNode?> ItemAsync(Client client, int year, int number) =>
        (await client.GetAsync("/v1/work?limit=200")).Expect(200).Json["items"]!.AsArray()
            .SingleOrDefault(item => item!["agency"]!["code"]!.GetValue<string>() == Samples.CodeOf(number) && item["year"]!.GetValue<int>() == year);
}
