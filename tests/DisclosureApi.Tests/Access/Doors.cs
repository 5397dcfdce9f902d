using Disclosure.Tests;
using DisclosureApi.Access;

namespace DisclosureApi.Tests.Access;

/// <summary>The table of who may ask for what: one row for each method and route that the host serves.</summary>
internal static class Doors
{
    private const string Report = "/v1/agencies/{code}/reports/{year:int}";

    public static readonly IReadOnlyDictionary<string, Door> All = new Dictionary<string, Door>(StringComparer.Ordinal)
    {
        ["GET /health/live"] = Door.Public,
        ["HEAD /health/live"] = Door.Public,
        ["GET /health/ready"] = Door.Public,
        ["HEAD /health/ready"] = Door.Public,
        ["GET /"] = Door.Public,
        ["HEAD /"] = Door.Public,
        ["GET /docs/{**path}"] = Door.Public,
        ["HEAD /docs/{**path}"] = Door.Public,
        ["GET /openapi/v1.json"] = Door.Public,
        ["HEAD /openapi/v1.json"] = Door.Public,
        ["GET /problems"] = Door.Public,
        ["HEAD /problems"] = Door.Public,
        ["GET /problems/{code}"] = Door.Public,
        ["HEAD /problems/{code}"] = Door.Public,
        ["GET /v1/formats"] = Door.Public,
        ["HEAD /v1/formats"] = Door.Public,
        ["GET /v1/formats/{year:int}/blank"] = Door.Public,
        ["HEAD /v1/formats/{year:int}/blank"] = Door.Public,
        ["GET /v1/schemas/{schema}"] = Door.Public,
        ["HEAD /v1/schemas/{schema}"] = Door.Public,
        ["GET /v1/rules"] = Door.Public,
        ["HEAD /v1/rules"] = Door.Public,
        ["GET /v1/rules/{rule}"] = Door.Public,
        ["HEAD /v1/rules/{rule}"] = Door.Public,
        ["GET /v1/rulesets/{version}"] = Door.Public,
        ["HEAD /v1/rulesets/{version}"] = Door.Public,
        ["POST /v1/conversions"] = Door.Public,
        ["POST /v1/conversions/batch"] = Door.Public,
        ["POST /v1/validations"] = Door.Public,
        ["GET /v1/agencies"] = Door.Public,
        ["HEAD /v1/agencies"] = Door.Public,
        ["GET /v1/agencies/{code}"] = Door.Public,
        ["HEAD /v1/agencies/{code}"] = Door.Public,
        // The register is public, so a registrar of another office hears why; one without an office is national.
        ["PUT /v1/agencies/{code}"] = new([Role.Registrar], 412, 403, 412),
        // Each row hears for itself whether the office supervises it.
        ["POST /v1/agencies"] = new([Role.Registrar], 200, 200, 200),
        ["GET /v1/agencies/{code}/history"] = Door.Public,
        ["HEAD /v1/agencies/{code}/history"] = Door.Public,
        ["GET /v1/agencies/{code}/tree"] = Door.Public,
        ["HEAD /v1/agencies/{code}/tree"] = Door.Public,
        ["GET /v1/agencies/{code}/reports"] = Door.Public,
        ["HEAD /v1/agencies/{code}/reports"] = Door.Public,
        ["POST /v1/agencies/{code}/renaming"] = new([Role.Registrar], 412, 403, 412),
        ["POST /v1/agencies/{code}/merger"] = new([Role.Registrar], 412, 403, 412),
        ["POST /v1/agencies/{code}/dissolution"] = new([Role.Registrar], 412, 403, 412),
        ["POST /v1/agencies/{code}/restoration"] = new([Role.Registrar], 412, 403, 412),
        ["POST /v1/agencies/{code}/duty"] = new([Role.Registrar], 412, 403, 412),
        ["GET /v1/roster/{year:int}"] = Door.Public,
        ["HEAD /v1/roster/{year:int}"] = Door.Public,
        ["GET /v1/regions"] = Door.Public,
        ["HEAD /v1/regions"] = Door.Public,
        ["GET /v1/regions/{region}"] = Door.Public,
        ["HEAD /v1/regions/{region}"] = Door.Public,
        // Whatever body an auditor's token names: audit is of all bodies.
        ["GET /v1/audit/events"] = Door.Audit,
        ["HEAD /v1/audit/events"] = Door.Audit,
        ["GET /v1/audit/reports/{code}/{year:int}/events"] = Door.Audit,
        ["HEAD /v1/audit/reports/{code}/{year:int}/events"] = Door.Audit,
        ["GET /v1/audit/reports/{code}/{year:int}/state"] = Door.Audit,
        ["HEAD /v1/audit/reports/{code}/{year:int}/state"] = Door.Audit,
        ["GET /v1/audit/accesses"] = Door.Audit,
        ["HEAD /v1/audit/accesses"] = Door.Audit,
        ["GET /v1/ledger/checkpoint"] = Door.Public,
        ["HEAD /v1/ledger/checkpoint"] = Door.Public,
        ["GET /v1/ledger/checkpoints"] = Door.Public,
        ["HEAD /v1/ledger/checkpoints"] = Door.Public,
        ["GET /v1/ledger/keys"] = Door.Public,
        ["HEAD /v1/ledger/keys"] = Door.Public,
        ["GET /v1/ledger/tile/{level}/{**tile}"] = Door.Public,
        ["HEAD /v1/ledger/tile/{level}/{**tile}"] = Door.Public,
        ["GET /v1/ledger/inclusion/{position:long}"] = Door.Public,
        ["HEAD /v1/ledger/inclusion/{position:long}"] = Door.Public,
        ["GET /v1/ledger/consistency/{older:long}"] = Door.Public,
        ["HEAD /v1/ledger/consistency/{older:long}"] = Door.Public,
        [$"GET {Report}/assessments"] = Door.Public,
        [$"HEAD {Report}/assessments"] = Door.Public,
        [$"POST {Report}/assessments"] = new([Role.Submitter, Role.Reviewer], 404, 404, 404),
        [$"GET {Report}/proof"] = Door.Public,
        [$"HEAD {Report}/proof"] = Door.Public,
        [$"GET {Report}/evidence"] = Door.Public,
        [$"HEAD {Report}/evidence"] = Door.Public,
        ["GET /v1/audit/verification"] = new([Role.Auditor], 200, 200, 200),
        ["HEAD /v1/audit/verification"] = new([Role.Auditor], 200, 200, 200),
        ["POST /v1/audit/verification"] = new([Role.Auditor], 202, 202, 202),
        ["GET /v1/audit/reports/{code}/{year:int}/evidence"] = new([Role.Auditor], 200, 200, 200),
        ["HEAD /v1/audit/reports/{code}/{year:int}/evidence"] = new([Role.Auditor], 200, 200, 200),
        ["GET /v1/search"] = Door.Public,
        ["HEAD /v1/search"] = Door.Public,
        ["GET /v1/statistics"] = Door.Public,
        ["HEAD /v1/statistics"] = Door.Public,
        ["GET /v1/statistics/indicators"] = Door.Public,
        ["HEAD /v1/statistics/indicators"] = Door.Public,
        ["GET /v1/statistics/distribution"] = Door.Public,
        ["HEAD /v1/statistics/distribution"] = Door.Public,
        ["GET /v1/statistics/ranking"] = Door.Public,
        ["HEAD /v1/statistics/ranking"] = Door.Public,
        ["GET /v1/statistics/comparison"] = Door.Public,
        ["HEAD /v1/statistics/comparison"] = Door.Public,
        ["GET /v1/timeliness/{year:int}"] = Door.Public,
        ["HEAD /v1/timeliness/{year:int}"] = Door.Public,
        ["GET /v1/exports"] = Door.Public,
        ["HEAD /v1/exports"] = Door.Public,
        ["GET /v1/exports/{year:int}"] = Door.Public,
        ["HEAD /v1/exports/{year:int}"] = Door.Public,
        ["GET /v1/exports/{year:int}/manifest"] = Door.Public,
        ["HEAD /v1/exports/{year:int}/manifest"] = Door.Public,
        ["GET /v1/changes"] = Door.Public,
        ["HEAD /v1/changes"] = Door.Public,
        ["GET /v1/changes.atom"] = Door.Public,
        ["HEAD /v1/changes.atom"] = Door.Public,
        ["GET /v1/webhooks"] = new([.. Role.All], 200, 200, 200),
        ["HEAD /v1/webhooks"] = new([.. Role.All], 200, 200, 200),
        ["POST /v1/webhooks"] = new([.. Role.All], 201, 201, 201),
        ["GET /v1/webhooks/{webhook:guid}"] = Door.Webhook,
        ["HEAD /v1/webhooks/{webhook:guid}"] = Door.Webhook,
        ["PATCH /v1/webhooks/{webhook:guid}"] = Door.Webhook,
        ["DELETE /v1/webhooks/{webhook:guid}"] = Door.Webhook,
        ["POST /v1/webhooks/{webhook:guid}/rotation"] = Door.Webhook,
        ["POST /v1/webhooks/{webhook:guid}/test"] = Door.Webhook,
        ["POST /v1/webhooks/{webhook:guid}/replay"] = Door.Webhook,
        ["GET /v1/webhooks/{webhook:guid}/deliveries"] = Door.Webhook,
        ["HEAD /v1/webhooks/{webhook:guid}/deliveries"] = Door.Webhook,
        ["GET /v1/webhooks/{webhook:guid}/deliveries/{delivery:guid}"] = Door.Webhook,
        ["HEAD /v1/webhooks/{webhook:guid}/deliveries/{delivery:guid}"] = Door.Webhook,
        ["POST /v1/webhooks/{webhook:guid}/deliveries/{delivery:guid}/replay"] = Door.Webhook,
        ["GET /v1/work"] = new([Role.Submitter, Role.SecrecyReviewer, Role.Reviewer, Role.Archivist], 200, 200, 200),
        ["HEAD /v1/work"] = new([Role.Submitter, Role.SecrecyReviewer, Role.Reviewer, Role.Archivist], 200, 200, 200),
        [$"GET {Report}"] = Door.Public,
        [$"HEAD {Report}"] = Door.Public,
        ["GET /v1/reports"] = Door.Public,
        ["HEAD /v1/reports"] = Door.Public,
        [$"GET {Report}/revisions"] = Door.Public,
        [$"HEAD {Report}/revisions"] = Door.Public,
        [$"GET {Report}/revisions/{{revision:int}}"] = Door.Public,
        [$"HEAD {Report}/revisions/{{revision:int}}"] = Door.Public,
        [$"GET {Report}/revisions/{{revision:int}}/changes"] = Door.Public,
        [$"HEAD {Report}/revisions/{{revision:int}}/changes"] = Door.Public,
        [$"GET {Report}/timemap"] = Door.Public,
        [$"HEAD {Report}/timemap"] = Door.Public,
        ["GET /v1/agencies/{code}/cells"] = Door.Public,
        ["HEAD /v1/agencies/{code}/cells"] = Door.Public,
        [$"GET {Report}/findings"] = Door.Public,
        [$"HEAD {Report}/findings"] = Door.Public,
        [$"GET {Report}/document"] = Door.Public,
        [$"HEAD {Report}/document"] = Door.Public,
        [$"GET {Report}/revisions/{{revision:int}}/document"] = Door.Public,
        [$"HEAD {Report}/revisions/{{revision:int}}/document"] = Door.Public,
        [$"GET {Report}/draft/document"] = new([Role.Submitter, Role.SecrecyReviewer, Role.Reviewer], 200, 404, 404),
        [$"HEAD {Report}/draft/document"] = new([Role.Submitter, Role.SecrecyReviewer, Role.Reviewer], 200, 404, 404),
        [$"GET {Report}/original"] = Door.Public,
        [$"HEAD {Report}/original"] = Door.Public,
        // The draft of these tests came as JSON: there is no original, whoever asks.
        [$"GET {Report}/draft/original"] = new([Role.Submitter, Role.SecrecyReviewer, Role.Reviewer, Role.Auditor], 404, 404, 404),
        [$"HEAD {Report}/draft/original"] = new([Role.Submitter, Role.SecrecyReviewer, Role.Reviewer, Role.Auditor], 404, 404, 404),
        [$"POST {Report}/draft/rereading"] = new([Role.Submitter], 404, 404, 404),
        [$"GET {Report}/draft"] = new([Role.Submitter, Role.SecrecyReviewer, Role.Reviewer], 200, 404, 404),
        [$"HEAD {Report}/draft"] = new([Role.Submitter, Role.SecrecyReviewer, Role.Reviewer], 200, 404, 404),
        [$"PUT {Report}/draft"] = Door.Write(Role.Submitter),
        [$"PATCH {Report}/draft"] = Door.Write(Role.Submitter),
        [$"GET {Report}/draft/prefill"] = new([Role.Submitter], 200, 404, 404),
        [$"HEAD {Report}/draft/prefill"] = new([Role.Submitter], 200, 404, 404),
        [$"DELETE {Report}/draft"] = Door.Write(Role.Submitter),
        [$"POST {Report}/acknowledgements"] = Door.Write(Role.Submitter),
        // What was compiled is told to colleagues before it is public; for everyone else there is nothing.
        [$"GET {Report}/compilation"] = Door.Public,
        [$"HEAD {Report}/compilation"] = Door.Public,
        [$"GET {Report}/compilation/cells/{{**cell}}"] = Door.Public,
        [$"HEAD {Report}/compilation/cells/{{**cell}}"] = Door.Public,
        [$"POST {Report}/compilation"] = Door.Write(Role.Submitter),
        [$"POST {Report}/compilation/adjustments"] = Door.Write(Role.Submitter),
        [$"POST {Report}/secrecy-review"] = Door.Write(Role.SecrecyReviewer),
        [$"POST {Report}/submission"] = Door.Write(Role.Submitter),
        [$"POST {Report}/review"] = Door.Write(Role.Reviewer),
        [$"POST {Report}/publication"] = Door.Write(Role.Submitter, Role.Reviewer),
        [$"DELETE {Report}/submission"] = Door.Write(Role.Submitter),
        [$"POST {Report}/waivers"] = Door.Write(Role.Reviewer),
        [$"POST {Report}/correction"] = Door.Write(Role.Submitter),
        [$"POST {Report}/withdrawal"] = Door.Write(Role.Reviewer),
        [$"POST {Report}/reinstatement"] = Door.Write(Role.Reviewer),
        [$"POST {Report}/redaction"] = new([Role.Redactor], 422, 404, 404),
        [$"POST {Report}/archive"] = Door.Write(Role.Archivist),
        [$"GET {Report}/error-reports"] = Door.Public,
        [$"HEAD {Report}/error-reports"] = Door.Public,
        [$"POST {Report}/error-reports"] = Door.Public,
        [$"GET {Report}/error-reports/{{number:int}}"] = Door.Public,
        [$"HEAD {Report}/error-reports/{{number:int}}"] = Door.Public,
        // What these tests ask about is no published report, and nobody has found anything wrong in it.
        [$"POST {Report}/error-reports/{{number:int}}/answer"] = new([Role.Submitter, Role.Reviewer], 404, 404, 404),
        [$"POST {Report}/error-reports/{{number:int}}/dismissal"] = new([Role.Submitter, Role.Reviewer], 404, 404, 404),
        [$"POST {Report}/error-reports/{{number:int}}/redaction"] = new([Role.Redactor], 404, 404, 404),
    };

    public static TheoryData<string> Names => [.. All.Keys];

    public static string Path(string route, string code, int year) => route
        .Replace("{code}", code, StringComparison.Ordinal)
        .Replace("{year:int}", $"{year}", StringComparison.Ordinal)
        .Replace("{rule}", "T3-001", StringComparison.Ordinal)
        .Replace("{version}", "2026.1", StringComparison.Ordinal)
        .Replace("{schema}", "content", StringComparison.Ordinal)
        .Replace("{revision:int}", "1", StringComparison.Ordinal)
        .Replace("{number:int}", "1", StringComparison.Ordinal)
        .Replace("{**cell}", "applications/received/total", StringComparison.Ordinal)
        .Replace("{level}", "0", StringComparison.Ordinal)
        .Replace("{**tile}", "000.p/1", StringComparison.Ordinal)
        .Replace("{position:long}", "1", StringComparison.Ordinal)
        .Replace("{older:long}", "1", StringComparison.Ordinal)
        .Replace("{webhook:guid}", "3f0c9c5e-6f1e-4a53-9d0b-2f6f3c1d7a10", StringComparison.Ordinal)
        .Replace("{delivery:guid}", "8b8a1f0e-93a9-4f0b-8a35-0a5a55d1c0de", StringComparison.Ordinal)
        .Replace("{**path}", "index.html", StringComparison.Ordinal);

    /// <summary>A body that is right for the route, so that the door decides and not the body.</summary>
    public static HttpContent? Body(string method, string route) => method switch
    {
        "POST" when route == "/v1/agencies" => new StringContent("code,name,region,level,kind,validFrom\n", System.Text.Encoding.UTF8, "text/csv"),
        "PUT" or "POST" => Bodies.Json(Json(route)),
        "PATCH" => new StringContent("{}", System.Text.Encoding.UTF8, "application/merge-patch+json"),
        _ => null,
    };

    public static string Json(string route) => route.Split('/')[^1] switch
    {
        "conversions" or "validations" or "draft" => Filing(),
        "archive" => $$"""{"filing":{{Filing()}},"publishedOn":"2022-01-28","sourceUrl":"https://www.example.gov.cn/"}""",
        "acknowledgements" => """{"acknowledgements":[{"code":"T2-002"}]}""",
        "adjustments" => """{"adjustments":[{"cell":"/tables/applications/received/total","amount":-2,"reason":"移送件重复登记"}]}""",
        "secrecy-review" => """{"contentHash":"0","passed":true}""",
        "review" => """{"decision":"approve","contentHash":"0"}""",
        "redaction" => """{"words":["张三丰"],"basis":"个人信息保护法第四十七条","reason":"本人要求"}""",
        "waivers" => """{"code":"T3-005","decision":"grant","reason":"同意"}""",
        "renaming" => """{"name":"云州市桂山区科技局","on":"2023-07-01"}""",
        "merger" or "dissolution" => $$"""{"successors":["{{Samples.Agency}}"],"validTo":"2023-06-30","reason":"机构改革"}""",
        "duty" => """{"year":2022,"decision":"exempt","reason":"未对外行使职权"}""",
        "error-reports" => """{"revision":1,"pointer":"/tables/applications/received/total","read":3119,"expected":987654,"message":"与第一部分所述件数不一致"}""",
        "answer" or "dismissal" or "correction" or "withdrawal" or "reinstatement" or "restoration" => """{"reason":"数据有误"}""",
        "webhooks" => """{"url":"https://receiver.example.org/disclosure"}""",
        "replay" when route.EndsWith("}/replay", StringComparison.Ordinal) && !route.Contains("/deliveries/", StringComparison.Ordinal) => """{"after":0}""",
        "{code}" => Bodies.AgencyJson(Samples.Agency),
        _ => "{}",
    };

    private static string Filing()
    {
        var filing = Bodies.Written(Samples.Filing());
        filing.Remove("year");
        return filing.ToJsonString();
    }
}
