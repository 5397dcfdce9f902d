using Disclosure.Tests;
using DisclosureApi.Access;
using DisclosureApi.Store;
using DisclosureApi.Tests.Reports.ErrorReports;
using Npgsql;

namespace DisclosureApi.Tests.Reports;

/// <summary>A client that does not know whether its step was taken asks again under the same key.</summary>
public sealed class RetryTests(Api api) : IClassFixture<Api>
{
    private static (string Name, string Value) Key(int year) => ("Idempotency-Key", $"\"step {year}\"");

    [Fact]
    public async Task A_step_asked_again_under_its_key_is_answered_alike_and_happens_once()
    {
        var (report, review) = await DraftAsync(2021);

        var first = (await api.SecrecyReviewer.PostAsync(report, Bodies.Json(review), Key(2021))).Expect(201);
        var second = (await api.SecrecyReviewer.PostAsync(report, Bodies.Json(review), Key(2021))).Expect(201);

        Assert.Equal((first.Text, first.ETag), (second.Text, second.ETag));
        Assert.Equal(1, await ReviewsAsync(2021));
    }

    [Fact]
    public async Task A_key_that_was_used_for_another_request_is_refused()
    {
        var (report, review) = await DraftAsync(2022);
        (await api.SecrecyReviewer.PostAsync(report, Bodies.Json(review), Key(2022))).Expect(201);

        (await api.SecrecyReviewer.PostAsync(report, Bodies.Json(review.Replace("true", "false", StringComparison.Ordinal)), Key(2022))).ExpectProblem(422, "key-reused");
        Assert.Equal(1, await ReviewsAsync(2022));
    }

    [Fact]
    public async Task Many_at_once_under_one_key_have_one_effect_and_one_answer()
    {
        var (report, review) = await DraftAsync(2023);

        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => api.SecrecyReviewer.PostAsync(report, Bodies.Json(review), Key(2023))));

        Assert.All(answers, answer => Assert.Equal((201, answers[0].Text), (answer.Status, answer.Text)));
        Assert.Equal(1, await ReviewsAsync(2023));
    }

    /// <summary>Each of these is carried out by another part of the program.</summary>
    [Fact]
    public async Task Whatever_is_asked_for_it_happens_once_and_is_answered_alike_to_all_who_ask_at_once()
    {
        var of = await ReaderOf.PublishedAsync(api, 61_001);
        (await of.TellAsync(ReaderOf.Body("联系人王小明"))).Expect(201);
        var registered = (await api.Anon.GetAsync($"/v1/agencies/{of.Life.Agency}")).Expect(200);
        var removal = new { words = new[] { "王小明" }, basis = "个人信息保护法第四十七条", reason = "误载个人信息" };

        await AskAsync(of.Life.Submitter, $"{of.Life.Address}/assessments", new { });
        await AskAsync(of.Redactor, $"{of.Address}/1/redaction", removal);
        await AskAsync(of.Life.Submitter, $"{of.Address}/1/dismissal", new { reason = "与本年报无关。" });
        await AskAsync(of.Redactor, $"{of.Life.Address}/redaction", new { words = new[] { "政府" }, basis = "条例第十五条", reason = "误载" });
        await AskAsync(api.Registrar, $"/v1/agencies/{of.Life.Agency}/renaming", new { name = "示例县新局", on = "2024-05-01", reason = "机构改革" }, Headers.Match(registered.ETag));
        await AskAsync(api.As(Role.Subscriber, []), "/v1/webhooks", new { url = "https://receiver.example.org/hook" });

        Assert.Equal(
            ["agency_renamed 1", "error_report_dismissed 1", "error_report_redacted 1", "report_rechecked 1", "texts_redacted 1"],
            await api.Database.TextsAsync($"select type || ' ' || count(*) from mt_events where stream_id like '%{of.Life.Agency}%' and type in ('agency_renamed', 'error_report_dismissed', 'error_report_redacted', 'report_rechecked', 'texts_redacted') group by type order by 1"));
        Assert.Equal(1, await api.Database.ScalarAsync<long>("select count(*) from webhooks"));
    }

    private static async Task AskAsync(Client client, string address, object body, params (string Name, string Value)[] headers)
    {
        (string, string)[] keyed = [.. headers, (Headers.Key, $"\"at once {address}\"")];
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => client.PostAsync(address, Bodies.Json(body), keyed)));
        Assert.All(answers, answer => Assert.Equal((201, answers[0].Text, answers[0].ETag), (answer.Status, answer.Text, answer.ETag)));
    }

    [Fact]
    public async Task A_step_without_a_key_is_refused_and_told_what_to_send()
    {
        var (report, review) = await DraftAsync(2019);

        var answer = (await api.SecrecyReviewer.SendAsItIsAsync(HttpMethod.Post, report, Bodies.Json(review), ("Accept-Language", "en"))).ExpectProblem(400, "key-missing");

        Assert.Contains("Idempotency-Key", answer.Json["detail"]!.GetValue<string>());
        Assert.Equal(0, await ReviewsAsync(2019));
    }

    [Fact]
    public async Task A_key_belongs_to_the_client_that_made_it()
    {
        var (report, review) = await DraftAsync(2020);
        var another = api.As(Role.SecrecyReviewer, [Samples.Agency], "someone else");

        (await api.SecrecyReviewer.PostAsync(report, Bodies.Json(review), Key(2020))).Expect(201);
        (await another.PostAsync(report, Bodies.Json(review.Replace("true", "false", StringComparison.Ordinal)), Key(2020))).Expect(201);

        Assert.Equal(2, await ReviewsAsync(2020));
    }

    [Theory]
    [InlineData("step-1")]
    [InlineData("\"\"")]
    [InlineData("\"a\"b\"")]
    [InlineData("\"a\", \"b\"")]
    public async Task A_key_that_is_no_quoted_string_is_refused(string key)
    {
        var (report, review) = await DraftAsync(2024);

        (await api.SecrecyReviewer.PostAsync(report, Bodies.Json(review), ("Idempotency-Key", key))).ExpectProblem(400, "invalid-request");
    }

    [Fact]
    public async Task A_key_is_forgotten_after_a_day_and_not_before()
    {
        var (report, review) = await DraftAsync(2025);
        (await api.SecrecyReviewer.PostAsync(report, Bodies.Json(review), Key(2025))).Expect(201);
        await using var owner = NpgsqlDataSource.Create(api.Database.Owner);

        await IdempotencyCleaning.CleanAsync(owner, TestContext.Current.CancellationToken);
        (await api.SecrecyReviewer.PostAsync(report, Bodies.Json(review), Key(2025))).Expect(201);
        Assert.Equal(1, await ReviewsAsync(2025));

        await api.Database.ScalarAsync<string>("update idempotency set stored_at = stored_at - interval '24 h' returning key");
        await IdempotencyCleaning.CleanAsync(owner, TestContext.Current.CancellationToken);
        Assert.Equal(0, await api.Database.ScalarAsync<long>("select count(*) from idempotency"));
        (await api.SecrecyReviewer.PostAsync(report, Bodies.Json(review), Key(2025))).Expect(201);
        Assert.Equal(2, await ReviewsAsync(2025));
    }

    private async Task<(string Address, string Review)> DraftAsync(int year)
    {
        await api.RegisterAsync();
        var report = $"/v1/agencies/{Samples.Agency}/reports/{year}";
        var draft = await api.Submitter.PutAsync($"{report}/draft", Bodies.Filing(Samples.Whole(), year), Headers.Create);
        draft = draft.Status == 412 ? await api.Submitter.GetAsync($"{report}/draft") : draft.Expect(201);
        return ($"{report}/secrecy-review", $$"""{"contentHash":"{{draft.Json["contentHash"]}}","passed":true}""");
    }

    private Task<long> ReviewsAsync(int year) =>
        api.Database.ScalarAsync<long>($"select count(*) from mt_events where type = 'secrecy_reviewed' and stream_id = 'report/{Samples.Agency}/{year}'");
}
