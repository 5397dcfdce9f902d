namespace DisclosureApi.Tests.Contract.Walk;

/// <summary>Words for the patterns of schemas that show no example.</summary>
internal static class Patterns
{
    private static readonly Dictionary<string, string[]> _words = new(StringComparer.Ordinal)
    {
        ["^[Hh][Tt][Tt][Pp][Ss]?://"] = ["https://www.example.gov.cn/zwgk/nb/2023.html", "http://example.gov.cn", "HTTPS://example.gov.cn/路径?x=1#y"],
        ["^[Hh][Tt][Tt][Pp][Ss]?://[!-~]+$"] = ["https://receiver.example.org/disclosure", "https://receiver.example.org:8443/?a=b", "http://receiver.example.org", "https://127.0.0.1/"],
        ["^/tables/(proactive|applications|disputes)(/[A-Za-z.]+){0,2}$"] = ["/tables/disputes", "/tables/proactive/fees", "/tables/applications/received/total"],
    };

    public static string Word(string pattern, Random random) => _words.TryGetValue(pattern, out var words)
        ? words[random.Next(words.Length)]
        : throw new NotSupportedException($"No word is known for {pattern}: give the schema an example, or the pattern words here.");
}
