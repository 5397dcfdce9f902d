using Disclosure.Tests;
using DisclosureApi.Access;

namespace DisclosureApi.Tests.Http.Guarding;

/// <summary>What one reader sends cannot change what a cache gives to the next, nor lead anyone to where nobody should be.</summary>
public sealed class PoisonTests(Api api) : IClassFixture<Api>
{
    private const string Report = $"/v1/agencies/{Samples.Agency}/reports/2023";

    private static readonly (string Name, string Value)[] _poison =
    [
        ("X-Forwarded-Host", "evil.example"), ("X-Forwarded-For", "203.0.113.7"), ("X-Forwarded-Proto", "gopher"), ("X-Forwarded-Prefix", "/evil"), ("Forwarded", "host=evil.example;proto=gopher"),
        ("X-Original-URL", "/v1/audit/events"), ("X-Rewrite-URL", "/v1/audit/events"), ("X-HTTP-Method-Override", "DELETE"), ("X-Host", "evil.example"), ("Origin", "https://evil.example"),
        ("Accept-Language", "en"), ("Cookie", "a=b"), ("Referer", "https://evil.example/"), ("User-Agent", "<script>"), ("Range", "bytes=0-3"),
    ];

    public static TheoryData<string> Open =>
        [Report, $"{Report}/findings", $"{Report}/revisions", $"{Report}/document", $"{Report}/original", "/v1/reports", "/v1/agencies", "/v1/rules", "/v1/formats", "/v1/statistics?year=2023", "/v1/ledger/keys", "/openapi/v1.json", "/problems/not-found"];

    [Theory]
    [MemberData(nameof(Open))]
    public async Task No_header_that_Vary_does_not_name_changes_what_anyone_may_read(string address)
    {
        await PublishAsync();
        var plain = await api.Anon.GetAsync(address);

        var poisoned = await api.Anon.GetAsync(address, _poison);

        Assert.Equal(plain.Status, poisoned.Status);
        if (plain.Status == 200)
        {
            Assert.Equal((plain.Text, plain.ETag, plain.Header("Link")), (poisoned.Text, poisoned.ETag, poisoned.Header("Link")));
        }
        Assert.DoesNotContain("evil", poisoned.Everything, StringComparison.Ordinal);
        Assert.Contains(plain.Status == 200 ? "Accept-Encoding" : "Accept-Language", plain.Header("Vary"));
    }

    [Theory]
    [MemberData(nameof(Open))]
    public async Task What_is_kept_by_caches_is_the_same_for_who_shows_a_token(string address)
    {
        await PublishAsync();

        var (anyone, auditor) = (await api.Anon.GetAsync(address), await api.As(Role.Auditor, []).GetAsync(address));

        Assert.Equal((anyone.Status, anyone.Text), (auditor.Status, auditor.Text));
    }

    [Theory]
    [InlineData("' or 1=1 --")]
    [InlineData("9999999999999999999")]
    [InlineData("-1")]
    [InlineData("11990102000001038J/2023")]
    [InlineData("../../etc/passwd")]
    public async Task A_forged_cursor_is_refused_or_leads_to_no_more_than_the_list_holds(string forged)
    {
        await PublishAsync();
        var cursor = System.Buffers.Text.Base64Url.EncodeToString(System.Text.Encoding.UTF8.GetBytes(forged));
        foreach (var list in (string[])["/v1/reports", "/v1/agencies", "/v1/work"])
        {
            // A submitter of another body, whose own list is empty of this one's work.
            var answer = await api.As(Role.Submitter, [Samples.OtherAgency]).GetAsync($"{list}?after={cursor}");

            Assert.True(answer.Status is 200 or 400, $"{list}: {answer.Status} {answer.Text}");
            Assert.DoesNotContain("contentHash\":\"", answer.Text, StringComparison.Ordinal);
        }
    }

    private Task PublishAsync() => api.OnceAsync(async () =>
    {
        var life = await api.ReportAsync(2023);
        await life.PublishAsync((await life.FileAsync()).Expect(201));
    });
}
