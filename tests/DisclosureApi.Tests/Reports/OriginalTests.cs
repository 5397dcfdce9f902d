using System.Security.Cryptography;
using System.Text;
using Disclosure.Tests;
using DisclosureApi.Access;
using DisclosureApi.Ledger.Verifying;

namespace DisclosureApi.Tests.Reports;

/// <summary>The document that a draft was filed as: kept as it came, for those who may read the draft, and public where the agency says so.</summary>
public sealed class OriginalTests(Api api) : IClassFixture<Api>
{
    [Fact]
    public async Task A_filed_document_is_given_back_byte_for_byte_to_its_agency_and_to_nobody_else()
    {
        var life = await api.ReportAsync(2021);
        var text = Text(2021);
        var draft = (await life.FileAsync(Bodies.Text(text))).Expect(201);
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
        Assert.Equal(hash, draft.Json["original"]!["sha256"]!.GetValue<string>());

        var original = (await life.Submitter.GetAsync($"{life.Address}/draft/original")).Expect(200);
        Assert.Equal(text, original.Text);
        Assert.Equal("text/plain", original.MediaType);
        Assert.Equal($"\"{hash}\"", original.ETag);
        Assert.StartsWith("attachment", original.Header("Content-Disposition"), StringComparison.Ordinal);

        var auditor = api.As(Role.Auditor, [Samples.Office]);
        Assert.Equal(text, (await auditor.GetAsync($"{life.Address}/draft/original")).Expect(200).Text);
        foreach (var stranger in new[] { api.As(Role.Submitter, [Samples.OtherAgency]), api.As(Role.Auditor, [Samples.OtherAgency]), api.Reviewer })
        {
            var none = await stranger.GetAsync($"{life.Address.Replace("2021", "2030", StringComparison.Ordinal)}/draft/original");
            Assert.Equal(none.Everything, (await stranger.GetAsync($"{life.Address}/draft/original")).Everything);
        }
    }

    [Fact]
    public async Task An_original_becomes_public_with_the_report_where_the_submission_says_so_and_not_otherwise()
    {
        var open = await api.ReportAsync(2022);
        await PublishAsync(open, 2022, """{"publishOriginal":true}""");
        Assert.Equal(Text(2022), (await api.Anon.GetAsync($"{open.Address}/original")).Expect(200).Text);

        var closed = await api.ReportAsync(2025);
        await PublishAsync(closed, 2025, "{}");
        (await api.Anon.GetAsync($"{closed.Address}/original")).ExpectProblem(404, "not-found");

        (await open.WithdrawAsync()).Expect(201);
        (await api.Anon.GetAsync($"{open.Address}/original")).ExpectProblem(410, "withdrawn");
    }

    [Fact]
    public async Task A_document_that_words_were_removed_from_by_law_stays_away_although_another_report_came_as_the_same_bytes()
    {
        var life = await api.ReportAsync(2023);
        await PublishAsync(life, 2023, """{"publishOriginal":true}""");
        var other = await api.ReportAsync(2023, Samples.CodeOf(888_001));
        (await other.FileAsync(Bodies.Text(Text(2023)))).Expect(201);
        async Task RedactAsync(ReportLife from) => (await api.As(Role.Redactor, [Samples.Office]).PostAsync(
            $"{from.Address}/redaction", Bodies.Json(new { words = new[] { "0990-5550118" }, basis = "个人信息保护法第四十七条", reason = "误载个人电话" }))).Expect(201);

        await RedactAsync(life);

        (await api.Anon.GetAsync($"{life.Address}/original")).ExpectProblem(404, "not-found");
        var auditor = api.As(Role.Auditor, []);
        await Eventually.AnsweredAsync(() => auditor.GetAsync($"/v1/audit/reports/{life.Agency}/2023/evidence"));
        var evidence = EvidenceFile.Open(new MemoryStream((await auditor.BytesAsync($"/v1/audit/reports/{life.Agency}/2023/evidence")).Bytes));
        Assert.DoesNotContain(evidence.Names, name => name.StartsWith("originals/", StringComparison.Ordinal));
        Assert.Empty(new EvidenceCheck(evidence).Faults());
        Assert.Equal(Text(2023), (await other.Submitter.GetAsync($"{other.Address}/draft/original")).Expect(200).Text);

        // The other report is the last that came as these bytes; with the removal from it they go for good.
        await RedactAsync(other);

        Assert.Equal(0, await api.Database.ScalarAsync<long>($"select count(*) from originals where convert_from(bytes, 'UTF8') = '{Text(2023)}'"));
    }

    [Fact]
    public async Task A_draft_that_was_corrected_by_hand_is_read_again_from_its_original_and_the_event_tells_the_reader()
    {
        var life = await api.ReportAsync(2024);
        var filed = (await life.FileAsync(Bodies.Text(Text(2024)))).Expect(201);
        (await life.Submitter.PutAsync($"{life.Address}/draft", Bodies.Filing(Samples.Whole(), 2024), Headers.Match(filed.ETag))).Expect(200);
        (await life.Submitter.PostAsync($"{life.Address}/draft/rereading", Bodies.Empty)).Expect(201);
        var again = (await life.Submitter.GetAsync($"{life.Address}/draft")).Expect(200);
        Assert.Equal(filed.Json["content"]!.ToJsonString(), again.Json["content"]!.ToJsonString());
        Assert.Equal(Disclosure.Documents.ReportReader.Version, await api.Database.ScalarAsync<string>(
            "select data->'document'->>'reader' from mt_events where type = 'document_imported' and stream_id like '%2024' order by seq_id desc limit 1"));
    }

    [Fact]
    public async Task A_draft_from_json_has_no_original_to_publish_or_to_read_again()
    {
        var life = await api.ReportAsync(2020);
        (await life.FileAsync(Bodies.Filing(Samples.Whole(), 2020))).Expect(201);
        (await life.Submitter.GetAsync($"{life.Address}/draft/original")).ExpectProblem(404, "not-found");
        (await life.Submitter.PostAsync($"{life.Address}/draft/rereading", Bodies.Empty)).ExpectProblem(404, "not-found");
        (await life.Submitter.PostAsync($"{life.Address}/submission", Bodies.Json("""{"publishOriginal":true}"""))).ExpectProblem(422, "invalid-body");
    }

    private async Task PublishAsync(ReportLife life, int year, string submission)
    {
        var draft = (await life.FileAsync(Bodies.Text(Text(year)))).Expect(201);
        var hash = draft.Json["contentHash"]!.GetValue<string>();
        (await life.ReviewSecrecyAsync(hash)).Expect(201);
        (await life.Submitter.PostAsync($"{life.Address}/submission", Bodies.Json(submission))).Expect(201);
        (await life.ApproveAsync(hash)).Expect(201);
        (await api.Reviewer.PostAsync($"{life.Address}/publication", Bodies.Empty)).Expect(201);
    }

    private static string Text(int year) => File.ReadAllText(Path.Combine(Repository.Root, "openapi", "examples", "report-2023.txt"))
        .Replace("2024", $"{year + 1}", StringComparison.Ordinal).Replace("2023", $"{year}", StringComparison.Ordinal);
}
