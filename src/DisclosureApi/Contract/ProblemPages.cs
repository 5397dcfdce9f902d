using System.Net;
using System.Text;
using DisclosureApi.Http;

namespace DisclosureApi.Contract;

/// <summary>The pages behind the addresses in problems' type: what the kind means and what to do about it, in both languages.</summary>
internal static class ProblemPages
{
    private static readonly string[] _methods = ["GET", "HEAD"];

    private static readonly Dictionary<string, Answer> _pages = ProblemTypes.All.ToDictionary(type => type.Code, Page, StringComparer.Ordinal);

    private static readonly Answer _list = Html("问题类型 Kinds of problems", List());

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapMethods("/problems", _methods, () => (IResult)_list).ExcludeFromDescription().AllowAnonymous();
        app.MapMethods("/problems/{code}", _methods, (string code) => _pages.TryGetValue(code, out var page) ? (IResult)page : new Problem(ProblemTypes.NotFound))
            .ExcludeFromDescription().AllowAnonymous();
    }

    private static Answer Page(ProblemType type) => Html(
        $"{type.Title.Zh} {type.Title.En}",
        $"""
        <p><code>/problems/{Encoded(type.Code)}</code> · HTTP {type.Status}</p>
        <section lang="zh-CN"><h1>{Encoded(type.Title.Zh)}</h1><p>{Encoded(type.Help.Zh)}</p></section>
        <hr>
        <section lang="en"><h1>{Encoded(type.Title.En)}</h1><p>{Encoded(type.Help.En)}</p></section>
        <nav><a href="/problems">全部问题类型 <span lang="en">All kinds of problems</span></a></nav>
        """);

    private static string List()
    {
        var rows = new StringBuilder();
        foreach (var type in ProblemTypes.All.OrderBy(type => type.Status))
        {
            rows.Append("<tr><td>").Append(type.Status).Append("</td><td><a href=\"/problems/").Append(Encoded(type.Code)).Append("\"><code>")
                .Append(Encoded(type.Code)).Append("</code></a></td><td>").Append(Encoded(type.Title.Zh)).Append("</td><td lang=\"en\">")
                .Append(Encoded(type.Title.En)).Append("</td></tr>\n");
        }
        return
            $"""
            <h1>问题类型 <span lang="en">Kinds of problems</span></h1>
            <p>出错时，本接口以application/problem+json（RFC 9457）作答，type即下列地址。</p>
            <p lang="en">Refusals are told as application/problem+json (RFC 9457), with one of these addresses in type.</p>
            <table><thead><tr><th scope="col">HTTP</th><th scope="col">type</th><th scope="col">含义</th><th scope="col" lang="en">Meaning</th></tr></thead>
            <tbody>
            {rows}</tbody></table>
            """;
    }

    /// <summary>No scripts, no styles, nothing from elsewhere: the browser's own look is readable and prints well.</summary>
    private static Answer Html(string title, string main)
    {
        var page = Encoding.UTF8.GetBytes(
            $"""
            <!DOCTYPE html>
            <html lang="zh-CN">
            <head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>{Encoded(title)} – DisclosureApi</title></head>
            <body><main>
            {main}
            </main></body>
            </html>

            """.ReplaceLineEndings("\n"));
        return Answer.Public(new PublicBody(page), "text/html; charset=utf-8", PageHeaders.Static);
    }

    private static string Encoded(string text) => WebUtility.HtmlEncode(text);
}
