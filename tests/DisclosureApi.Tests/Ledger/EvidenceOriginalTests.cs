using System.Security.Cryptography;
using System.Text;
using Disclosure.Tests;
using DisclosureApi.Access;

namespace DisclosureApi.Tests.Ledger;

/// <summary>The documents that were filed go with the evidence: all of them to auditors, to the public the one that is public.</summary>
public sealed class EvidenceOriginalTests(Api api) : IClassFixture<Api>
{
    private Client Auditor => api.As(Role.Auditor, []);

    [Fact]
    public async Task Auditors_get_every_document_that_was_filed_and_a_changed_missing_or_foreign_one_is_found()
    {
        var (life, filed) = await PublishedAsync(2022, "{}");
        var bundle = await Bundles.GetAsync(Auditor, Bundles.AuditAddress(life.Agency, 2022));
        var original = $"originals/{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(filed)))}";

        Assert.Empty(Bundles.Faults(bundle));
        Assert.Equal(filed, Bundles.Text(bundle, original));
        Assert.Contains(Bundles.Faults(Bundles.Rewritten(bundle, files => files[original][7] ^= 1)), fault => fault.StartsWith(original, StringComparison.Ordinal));
        Assert.Contains(Bundles.Faults(Bundles.Rewritten(bundle, files => files.Remove(original))), fault => fault.StartsWith(original, StringComparison.Ordinal));
        Assert.Contains(
            Bundles.Faults(Bundles.Rewritten(bundle, files => files[$"originals/{Convert.ToHexStringLower(SHA256.HashData([1]))}"] = [1])),
            fault => fault.Contains("no event tells", StringComparison.Ordinal));
        Assert.DoesNotContain(Bundles.Names(await Bundles.GetAsync(api.Anon, life.Address)), name => name.StartsWith("originals/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_public_gets_the_document_that_was_made_public_until_the_report_is_withdrawn()
    {
        var (life, filed) = await PublishedAsync(2021, """{"publishOriginal":true}""");
        var bundle = await Bundles.GetAsync(api.Anon, life.Address);
        var original = Assert.Single(Bundles.Names(bundle), name => name.StartsWith("originals/", StringComparison.Ordinal));

        Assert.Empty(Bundles.Faults(bundle));
        Assert.Equal(filed, Bundles.Text(bundle, original));
        (await life.WithdrawAsync()).Expect(201);
        Assert.DoesNotContain(original, Bundles.Names(await Bundles.GetAsync(api.Anon, life.Address)));
    }

    [Fact]
    public async Task The_record_of_uses_tells_how_many_events_a_bundle_opened()
    {
        var (life, _) = await PublishedAsync(2024, "{}");
        await Bundles.GetAsync(Auditor, Bundles.AuditAddress(life.Agency, 2024));

        Assert.Equal(5, await api.Database.ScalarAsync<long>(
            $"select events from audit_readings r join audit_accesses a on a.number = r.access where a.operation = 'get_audit_evidence' and a.asked like '%/2024/evidence' and r.status = 200"));
    }

    private async Task<(ReportLife Life, string Filed)> PublishedAsync(int year, string submission)
    {
        var life = await api.ReportAsync(year);
        var text = File.ReadAllText(Path.Combine(Repository.Root, "openapi", "examples", "report-2023.txt"))
            .Replace("2024", $"{year + 1}", StringComparison.Ordinal).Replace("2023", $"{year}", StringComparison.Ordinal);
        var hash = (await life.FileAsync(Bodies.Text(text))).Expect(201).Json["contentHash"]!.GetValue<string>();
        (await life.ReviewSecrecyAsync(hash)).Expect(201);
        (await life.Submitter.PostAsync($"{life.Address}/submission", Bodies.Json(submission))).Expect(201);
        (await life.ApproveAsync(hash)).Expect(201);
        (await api.Reviewer.PostAsync($"{life.Address}/publication", Bodies.Empty)).Expect(201);
        return (life, text);
    }
}
