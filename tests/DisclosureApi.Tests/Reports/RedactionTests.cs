using Disclosure.Tests;
using DisclosureApi.Access;
using DisclosureApi.Ledger.Verifying;
using DisclosureApi.Reports.Redaction;
using DisclosureApi.Tests.Ledger;
using Npgsql;

namespace DisclosureApi.Tests.Reports;

/// <summary>A person's data goes from everywhere, and not one proof that was given out before breaks.</summary>
public sealed class RedactionTests(Api api) : IClassFixture<Api>
{
    private const string Words = "王小明13900001234";

    private static readonly string[] _whereTextsLie =
        ["select data::text from mt_events", "select convert_from(body, 'UTF8') from publications", "select convert_from(findings, 'UTF8') from publications",
            "select convert_from(body, 'UTF8') from idempotency", "select convert_from(bytes, 'UTF8') from originals"];

    [Fact]
    public async Task Words_leave_events_revisions_findings_originals_and_memory_and_every_old_proof_still_holds()
    {
        var (life, published) = await PublishedAsync(2023);
        var receipt = (await Eventually.AnsweredAsync(() => api.Anon.GetAsync(Proof(published)))).Text;
        var hash = (await api.Anon.GetAsync(life.Address)).Expect(200).Json["contentHash"]!.ToString();
        var commitment = (await api.As(Role.Auditor, []).GetAsync(Proof(published), ("Accept", "application/json"))).Expect(200).Json["commitment"]!.ToString();

        var answer = (await RedactAsync(life)).Expect(201);

        var report = (await api.Anon.GetAsync(life.Address)).Expect(200);
        Assert.Equal(hash, report.Json["contentHash"]!.ToString());
        Assert.Contains(new string('□', Words.Length), report.Json["content"]!["sections"]!["otherMatters"]!.ToString(), StringComparison.Ordinal);
        Assert.All(await EverythingAsync(), text => Assert.DoesNotContain(Words, text, StringComparison.Ordinal));
        var (index, path, note) = LedgerReading.Receipt(receipt);
        var checkpoint = LedgerReading.Checkpoint(note, (await api.Anon.GetAsync("/v1/ledger/keys")).Expect(200).Json);
        Assert.Equal(checkpoint.Root, LedgerReading.Root(LedgerReading.Leaf(Convert.FromHexString(commitment)), index, checkpoint.Size, path));

        await Eventually.AnsweredAsync(() => api.Anon.GetAsync(Proof(answer)));
        var bundle = new EvidenceCheck(EvidenceFile.Open(new MemoryStream((await api.Anon.BytesAsync($"{life.Address}/evidence")).Bytes)));
        Assert.Empty(bundle.Faults());
        var whole = new EvidenceCheck(EvidenceFile.Open(new MemoryStream((await api.As(Role.Auditor, []).BytesAsync($"/v1/audit/reports/{Samples.Agency}/2023/evidence")).Bytes)));
        Assert.Empty(whole.Faults());
        var told = (await api.As(Role.Auditor, []).GetAsync($"{life.Address}/proof?position={answer.Json["position"]}", ("Accept", "application/json"))).Expect(200).Json["envelope"]!;
        Assert.Equal(("texts_redacted", "个人信息保护法第四十七条", "误载个人电话"), (told["type"]!.ToString(), told["data"]!["basis"]!.ToString(), told["data"]!["reason"]!["text"]!.ToString()));
    }

    [Theory]
    [InlineData("null")]
    [InlineData("error")]
    [InlineData("\"")]
    [InlineData("e")]
    [InlineData(",")]
    public async Task Words_that_programs_read_as_well_break_nothing(string word)
    {
        var life = await api.ReportAsync(2023, Samples.CodeOf(777_000 + word[0] + word.Length));
        await life.PublishAsync((await life.FileAsync()).Expect(201));

        var answer = await api.As(Role.Redactor, [Samples.Office]).PostAsync($"{life.Address}/redaction", Bodies.Json(new { words = new[] { word }, basis = "条例第十五条", reason = "个人隐私" }));

        Assert.True(answer.Status is 201 or 422, answer.Text);
        (await api.Anon.GetAsync(life.Address)).Expect(200);
        (await api.Anon.GetAsync($"{life.Address}/findings")).Expect(200);
        (await api.As(Role.Auditor, []).GetAsync(life.Address.Replace("/v1/", "/v1/audit/", StringComparison.Ordinal).Replace("/agencies/", "/reports/", StringComparison.Ordinal).Replace("/reports/2023", "/2023/events", StringComparison.Ordinal))).Expect(200);
    }

    [Fact]
    public async Task What_was_overlooked_the_first_time_can_still_go_and_every_proof_holds()
    {
        var (life, _) = await PublishedAsync(2021);
        var hash = (await api.Anon.GetAsync(life.Address)).Expect(200).Json["contentHash"]!.ToString();
        var redactor = api.As(Role.Redactor, [Samples.Office]);
        (await redactor.PostAsync($"{life.Address}/redaction", Order("王小明"))).Expect(201);
        Assert.Contains("13900001234", (await api.Anon.GetAsync(life.Address)).Text, StringComparison.Ordinal);

        var answer = (await redactor.PostAsync($"{life.Address}/redaction", Order("13900001234"))).Expect(201);

        var report = (await api.Anon.GetAsync(life.Address)).Expect(200);
        Assert.Equal(hash, report.Json["contentHash"]!.ToString());
        Assert.Contains(new string('□', Words.Length), report.Json["content"]!["sections"]!["otherMatters"]!.ToString(), StringComparison.Ordinal);
        Assert.All(await api.Database.TextsAsync("select data::text from mt_events where stream_id like 'report/%/2021'"), text => Assert.DoesNotContain("13900001234", text, StringComparison.Ordinal));
        await Eventually.AnsweredAsync(() => api.Anon.GetAsync(Proof(answer)));
        Assert.Empty(new EvidenceCheck(EvidenceFile.Open(new MemoryStream((await api.Anon.BytesAsync($"{life.Address}/evidence")).Bytes))).Faults());
    }

    [Fact]
    public async Task Words_of_a_draft_that_was_discarded_go_too_and_the_report_can_be_begun_again()
    {
        var life = await api.ReportAsync(2022);
        var content = Samples.InYear(Samples.Whole().With("/sections/otherMatters", $"联系人{Words}，没有收取信息处理费。"), 2022);
        var filed = (await life.FileAsync(Bodies.Filing(Samples.Filing(2022) with { Content = content }))).Expect(201);
        (await life.Submitter.DeleteAsync($"{life.Address}/draft", Headers.Match(filed.ETag))).Expect(204);

        (await RedactAsync(life)).Expect(201);

        Assert.All(await api.Database.TextsAsync("select data::text from mt_events where stream_id like 'report/%/2022'"), text => Assert.DoesNotContain(Words, text, StringComparison.Ordinal));
        (await life.FileAsync(Bodies.Filing(Samples.Filing(2022)))).Expect(201);
    }

    [Theory]
    [InlineData("""[{"zh":"他说\"王小明\"在"}]""", "说\"王小明\"", """[{"zh":"他□□□□□□在"}]""")]
    [InlineData("""{"note":"王小\n明"}""", "王小\n明", """{"note":"□□□□"}""")]
    [InlineData("[王小明]", "王小明", "[□□□]")]
    public void Words_go_from_what_is_JSON_however_they_are_written_there(string text, string word, string shown) =>
        Assert.Equal(shown, BlottedText.Of(text, [word]));

    [Fact]
    public async Task Words_that_nobody_wrote_are_told_and_nothing_happens()
    {
        var (life, _) = await PublishedAsync(2024);
        var before = await api.Database.ScalarAsync<long>("select max(seq_id) from mt_events");

        (await api.As(Role.Redactor, [Samples.Office]).PostAsync($"{life.Address}/redaction", Order("查无此人"))).ExpectProblem(422, "nothing-to-redact");
        (await api.As(Role.Redactor, [Samples.Office]).PostAsync($"{life.Address}/redaction", Bodies.Json("""{"words":["x"],"basis":"","reason":null}"""))).ExpectProblem(422, "invalid-body");
        // What says why they go stays for ever, and must not hold them.
        var repeated = (await api.As(Role.Redactor, [Samples.Office]).PostAsync(
            $"{life.Address}/redaction", Bodies.Json("""{"words":["13812345678"],"basis":"个人信息保护法第四十七条","reason":"误载13812345678"}"""))).ExpectProblem(422, "invalid-body");
        Assert.Equal("/reason", repeated.Json["errors"]![0]!["pointer"]!.ToString());
        (await api.As(Role.Redactor, [Samples.OtherAgency]).PostAsync($"{life.Address}/redaction", Order(Words))).ExpectProblem(404, "not-found");

        Assert.Equal(before, await api.Database.ScalarAsync<long>("select max(seq_id) from mt_events"));
    }

    [Fact]
    public async Task The_serving_role_can_remove_nothing_without_telling()
    {
        await PublishedAsync(2025);
        await using var serving = NpgsqlDataSource.Create(api.Database.Serving);
        await using var command = serving.CreateCommand("select disclosure_redact('report/x/2023', 1, array[1]::bigint[], array['{reason}']::varchar[], array['']::varchar[])");
        var refused = await Assert.ThrowsAsync<PostgresException>(() => command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken));
        Assert.Equal("42501", refused.SqlState);
    }

    private async Task<(ReportLife Life, Reply Published)> PublishedAsync(int year)
    {
        var life = await api.ReportAsync(year);
        var content = Samples.InYear(Samples.Whole().With("/sections/otherMatters", $"联系人{Words}，没有收取信息处理费。"), year);
        return (life, await life.PublishAsync((await life.FileAsync(Bodies.Filing(Samples.Filing(year) with { Content = content }))).Expect(201)));
    }

    private Task<Reply> RedactAsync(ReportLife life) => api.As(Role.Redactor, [Samples.Office]).PostAsync($"{life.Address}/redaction", Order(Words));

    private static HttpContent Order(string words) => Bodies.Json(new { words = new[] { words }, basis = "个人信息保护法第四十七条", reason = "误载个人电话" });

    private async Task<List<string>> EverythingAsync()
    {
        var texts = new List<string>();
        foreach (var sql in _whereTextsLie)
        {
            texts.AddRange(await api.Database.TextsAsync($"{sql}{(sql.Contains("publications", StringComparison.Ordinal) ? " where year = 2023" : sql.Contains("mt_events", StringComparison.Ordinal) ? " where stream_id like '%/2023'" : "")}"));
        }
        Assert.NotEmpty(texts);
        return texts;
    }

    private static string Proof(Reply step) => step.Header("Link")!.Split(['<', '>'])[1];
}
