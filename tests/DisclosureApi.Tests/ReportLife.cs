using System.Text.Json.Nodes;
using Disclosure.Contents;
using Disclosure.Tests;
using DisclosureApi.Access;

namespace DisclosureApi.Tests;

/// <summary>The steps of one report's life, each taken by whoever takes it.</summary>
public sealed class ReportLife(Api api, string agency, int year)
{
    public string Agency => agency;

    public string Address => $"/v1/agencies/{agency}/reports/{year}";

    public Client Submitter => api.As(Role.Submitter, [agency]);

    public Client SecrecyReviewer => api.As(Role.SecrecyReviewer, [agency]);

    public Task<Reply> FileAsync(ReportContent? content = null) => FileAsync(Filing(content ?? Samples.Whole()));

    /// <summary>The report as this body would write it.</summary>
    public HttpContent Filing(ReportContent content) =>
        Bodies.Filing(Samples.Filing(year) with { Content = Samples.InItsWords(Samples.InYear(content, year), agency) });

    public Task<Reply> FileAsync(HttpContent filing) => Submitter.PutAsync($"{Address}/draft", filing, Headers.Create);

    public Task<Reply> ReviewSecrecyAsync(string hash) =>
        SecrecyReviewer.PostAsync($"{Address}/secrecy-review", Bodies.Json(new { contentHash = hash, passed = true }));

    public Task<Reply> SubmitAsync() => Submitter.PostAsync($"{Address}/submission", Bodies.Empty);

    public Task<Reply> ApproveAsync(string hash) => api.Reviewer.PostAsync($"{Address}/review", Bodies.Json(new { decision = "approve", contentHash = hash }));

    public Task<Reply> WithdrawAsync() => api.Reviewer.PostAsync($"{Address}/withdrawal", Bodies.Json(new { reason = "数据来源有误" }));

    /// <summary>Says of everything that asks for a word that it was seen and why it stands; answers the codes that need a waiver.</summary>
    public async Task<IReadOnlyList<string>> AcknowledgeAsync(Reply draft)
    {
        var findings = draft.Json["findings"]!.AsArray().Select(finding => (Code: Member(finding, "code"), Severity: Member(finding, "severity"))).Distinct().ToList();
        var open = findings.Where(finding => finding.Severity is "warning" or "waivableError").Select(finding => finding.Code).Distinct().ToList();
        if (open.Count > 0)
        {
            var body = new { acknowledgements = open.Select(code => new { code, reason = "已核对，情况属实" }) };
            (await Submitter.PostAsync($"{Address}/acknowledgements", Bodies.Json(body))).Expect(201);
        }
        return [.. findings.Where(finding => finding.Severity == "waivableError").Select(finding => finding.Code)];
    }

    private static string Member(JsonNode? finding, string name) => finding![name]!.GetValue<string>();

    /// <summary>From a draft that is there to the published report.</summary>
    public async Task<Reply> PublishAsync(Reply draft)
    {
        var hash = draft.Json["contentHash"]!.GetValue<string>();
        var waivable = await AcknowledgeAsync(draft);
        (await ReviewSecrecyAsync(hash)).Expect(201);
        (await SubmitAsync()).Expect(201);
        foreach (var code in waivable)
        {
            (await api.Reviewer.PostAsync($"{Address}/waivers", Bodies.Json(new { code, decision = "grant", reason = "理由成立" }))).Expect(201);
        }
        (await ApproveAsync(hash)).Expect(201);
        return (await api.Reviewer.PostAsync($"{Address}/publication", Bodies.Empty)).Expect(201);
    }
}
