using Disclosure.Tests;

namespace DisclosureApi.Tests.Access;

/// <summary>A well-formed request for each row of the table.</summary>
internal static partial class Doors
{
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
