using Disclosure.Tests;
using DisclosureApi.Access;
using DisclosureApi.Tests.Ledger;
using Npgsql;

namespace DisclosureApi.Tests.Reports;

/// <summary>Whom an id in events stands for can be removed by law: the name goes from everywhere, the id and every proof stay.</summary>
public sealed class PersonRedactionTests(Api api) : IClassFixture<Api>
{
    private const string Name = "欧阳慕云";

    private Client Redactor => api.As(Role.Redactor, [Samples.Office]);

    private Client Auditor => api.As(Role.Auditor, []);

    [Fact]
    public async Task A_persons_name_leaves_every_place_it_was_kept_in_and_every_host_and_every_proof_still_holds()
    {
        var other = await api.AnotherHostAsync();
        var (life, published, id) = await PublishedAsync(2023, Samples.Agency);
        await Eventually.AnsweredAsync(() => api.Anon.GetAsync(Proof(published)));
        (await Auditor.GetAsync($"/v1/audit/events?limit=5&actor={Uri.EscapeDataString(Name)}")).Expect(200);
        // A question that is refused is recorded like any other.
        await Auditor.GetAsync($"/v1/audit/events?limit=6&%61ctor={Uri.EscapeDataString(Name)}");
        await Auditor.GetAsync($"/v1/audit/events?limit=7&Actor=p_0&actor={Uri.EscapeDataString(Name)}");
        // The other host knows the person by heart.
        (await There(other, life).GetAsync("/v1/work")).Expect(200);
        Assert.Contains(await EverythingAsync(), Names);

        var answer = (await Redactor.PostAsync($"{life.Address}/redaction", Order(id))).Expect(201);

        Assert.DoesNotContain(await EverythingAsync(), Names);
        var trail = (await Auditor.GetAsync($"{Bundles.AuditAddress(life.Agency, 2023)}/events")).Expect(200).Json["items"]!.AsArray();
        Assert.Equal((id, null), (trail[0]!["actor"]!.ToString(), trail[0]!["name"]));
        var told = trail[^1]!;
        Assert.Equal(("texts_redacted", id, "本人要求", "redactor"), (told["type"]!.ToString(), told["data"]!["person"]!.ToString(), told["data"]!["reason"]!["text"]!.ToString(), told["name"]!.ToString()));
        var asked = (await Auditor.GetAsync("/v1/audit/accesses?limit=200")).Expect(200).Json["items"]!.AsArray().Select(use => use!["asked"]!.ToString());
        Assert.Subset(asked.ToHashSet(), new HashSet<string> { $"GET /v1/audit/events?limit=5&actor={id}", $"GET /v1/audit/events?limit=6&actor={id}", $"GET /v1/audit/events?limit=7&actor={id}&actor={id}" });

        // Everything that was proved still is, and who comes back is somebody new at every host.
        await Eventually.AnsweredAsync(() => api.Anon.GetAsync(Proof(answer)));
        Assert.Empty(Bundles.Faults(await Bundles.GetAsync(Auditor, Bundles.AuditAddress(life.Agency, 2023))));
        Assert.Empty(Bundles.Faults(await Bundles.GetAsync(api.Anon, life.Address)));
        var again = (await There(other, life).PutAsync($"/v1/agencies/{life.Agency}/reports/2022/draft", Bodies.Filing(Samples.Whole(), 2022), Headers.Create)).Expect(201);
        Assert.NotEqual(id, await api.Database.ScalarAsync<string>($"select user_name from mt_events where stream_id = 'report/{life.Agency}/2022' order by version limit 1"));
        (await Redactor.PostAsync($"{life.Address}/redaction", Order(id))).ExpectProblem(422, "nothing-to-redact");
        (await There(other, life).DeleteAsync($"/v1/agencies/{life.Agency}/reports/2022/draft", Headers.Match(again.ETag))).Expect(204);
    }

    [Fact]
    public async Task Nobody_is_removed_whose_work_is_not_finished_who_did_nothing_there_or_by_himself()
    {
        var (life, _, id) = await PublishedAsync(2024, Samples.CodeOf(8_001));
        var next = new ReportLife(api, life.Agency, 2025);
        var draft = (await Person(life).PutAsync($"{next.Address}/draft", next.Filing(Samples.Whole()), Headers.Create)).Expect(201);
        var registrar = await api.Database.ScalarAsync<string>("select id from actors where subject = 'registrar'");
        // Whoever asks gets an id by asking; nothing else may come of what is refused.
        await Redactor.PostAsync($"{life.Address}/redaction", Order("p_ffffffffffffffffffffffff"));
        var end = await api.Database.ScalarAsync<long>("select max(seq_id) from mt_events");

        (await Redactor.PostAsync($"{life.Address}/redaction", Order(id))).ExpectProblem(409, "person-at-work");
        (await Redactor.PostAsync($"{life.Address}/redaction", Order("p_ffffffffffffffffffffffff"))).ExpectProblem(422, "nothing-to-redact");
        (await Redactor.PostAsync($"{life.Address}/redaction", Order(registrar))).ExpectProblem(422, "nothing-to-redact");
        (await Redactor.PostAsync($"{life.Address}/redaction", Bodies.Json(new { basis = "条例第十五条", reason = "本人要求" }))).ExpectProblem(422, "invalid-body");
        (await api.As(Role.Redactor, [Samples.OtherAgency]).PostAsync($"{life.Address}/redaction", Order(id))).ExpectProblem(404, "not-found");
        (await api.As(Role.Redactor, [Samples.Office], Name).PostAsync($"{life.Address}/redaction", Order(id))).ExpectProblem(403, "same-person");

        Assert.Equal(end, await api.Database.ScalarAsync<long>("select max(seq_id) from mt_events"));
        (await Person(life).DeleteAsync($"{next.Address}/draft", Headers.Match(draft.ETag))).Expect(204);
        (await Redactor.PostAsync($"{life.Address}/redaction", Order(id))).Expect(201);
    }

    [Theory]
    [InlineData("select disclosure_forget(1, array[]::bigint[])")]
    [InlineData("delete from actors")]
    [InlineData("update actors set subject = 'x'")]
    [InlineData("truncate actors")]
    public async Task The_serving_role_can_forget_nobody_without_telling(string sql)
    {
        await using var serving = NpgsqlDataSource.Create(api.Database.Serving);
        await using var command = serving.CreateCommand(sql);
        Assert.Equal("42501", (await Assert.ThrowsAsync<PostgresException>(() => command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken))).SqlState);
    }

    private static HttpContent Order(string person) => Bodies.Json(new { person, basis = "个人信息保护法第四十七条", reason = "本人要求" });

    private static bool Names(string text) => text.Contains(Name, StringComparison.Ordinal) || text.Contains(Uri.EscapeDataString(Name), StringComparison.Ordinal);

    private Client Person(ReportLife life) => api.As(Role.Submitter, [life.Agency], Name);

    private Client There(Uri host, ReportLife life) => api.Of(Person(life).Token, host);

    /// <summary>A report that this person wrote, and the id the person has in events.</summary>
    private async Task<(ReportLife Life, Reply Published, string Id)> PublishedAsync(int year, string code)
    {
        var life = await api.ReportAsync(year, code);
        var draft = (await Person(life).PutAsync($"{life.Address}/draft", life.Filing(Samples.Whole()), Headers.Create)).Expect(201);
        var published = await life.PublishAsync(draft);
        // A step under the person's name, so that the name stands beside a stored answer.
        (await Person(life).PostAsync($"{life.Address}/correction", Bodies.Json(new { reason = "补充一句" }))).Expect(201);
        (await Person(life).DeleteAsync($"{life.Address}/draft", Headers.Match("*"))).Expect(204);
        return (life, published, await api.Database.ScalarAsync<string>($"select id from actors where subject = '{Name}'"));
    }

    /// <summary>Every value of every table, as text.</summary>
    private async Task<List<string>> EverythingAsync()
    {
        var texts = new List<string>();
        foreach (var table in await api.Database.TextsAsync("select table_name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'"))
        {
            texts.AddRange(await api.Database.TextsAsync($"select t::text from {table} t"));
        }
        foreach (var (table, column) in new[] { ("publications", "body"), ("publications", "findings"), ("idempotency", "body"), ("agencies", "body") })
        {
            texts.AddRange(await api.Database.TextsAsync($"select convert_from({column}, 'UTF8') from {table}"));
        }
        return texts;
    }

    private static string Proof(Reply step) => step.Header("Link")!.Split(['<', '>'])[1];
}
