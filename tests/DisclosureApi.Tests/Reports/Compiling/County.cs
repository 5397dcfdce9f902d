using System.Text.Json.Nodes;
using Disclosure.Contents;
using Disclosure.Formats;
using Disclosure.Tests;
using DisclosureApi.Access;

namespace DisclosureApi.Tests.Reports.Compiling;

/// <summary>A made-up county with its government and the bodies below it; each test has one of its own.</summary>
internal sealed class County(Api api, int number)
{
    public const int Year = 2023;
    public const string Cell = "/tables/applications/received/total";

    private static readonly CellAddress Received = new("applications", "received", "total");

    public string Region { get; } = $"99{number:D4}";

    public string Code { get; } = Samples.CodeOf(10_000 + number * 100);

    public string Name => $"云州市第{number}区人民政府";

    public string Address => $"/v1/agencies/{Code}/reports/{Year}";

    public Client Submitter => api.As(Role.Submitter, [Code]);

    public ReportLife Life => new(api, Code, Year);

    public string CodeOf(int member) => Samples.CodeOf(10_000 + number * 100 + member);

    public Task RegisterAsync() => RegisterAsync(Code, Name, "county", "government");

    public async Task RegisterAsync(string code, string name, string level, string kind, string? line = null, string? region = null, string? validTo = null, params string[] successors) =>
        (await api.Registrar.PutAsync($"/v1/agencies/{code}", Bodies.Json(new
        {
            code, name, region = region ?? Region, level, kind, supervisor = Samples.Office, line, validFrom = "2019-01-01", validTo, successors,
        }), Headers.Create)).Expect(201);

    /// <summary>A department that received so many requests; null leaves it without a report.</summary>
    public async Task DepartmentAsync(int member, int? received, string? line = null)
    {
        await RegisterAsync(CodeOf(member), $"第{number}区第{member}局", "county", "department", line);
        if (received is { } count)
        {
            await ArchiveAsync(CodeOf(member), Content(count));
        }
    }

    /// <summary>Makes a report public as one that was published elsewhere before.</summary>
    public async Task ArchiveAsync(string code, ReportContent content, int year = Year)
    {
        var filing = Bodies.Written(Samples.Filing(year) with { Content = content });
        filing.Remove("year");
        var body = new JsonObject { ["filing"] = filing, ["publishedOn"] = $"{year + 1}-01-20", ["sourceUrl"] = "https://www.example.gov.cn/nb.html" };
        (await api.Archivist.PostAsync($"/v1/agencies/{code}/reports/{year}/archive", Bodies.Json(body.ToJsonString()))).Expect(201);
    }

    /// <summary>A member's correction, from its opening to its publication.</summary>
    public async Task CorrectAsync(string code, int received)
    {
        var life = new ReportLife(api, code, Year);
        (await life.Submitter.PostAsync($"{life.Address}/correction", Bodies.Json(new { reason = "漏计" }))).Expect(201);
        var draft = (await life.Submitter.GetAsync($"{life.Address}/draft")).Expect(200);
        draft = (await life.Submitter.PutAsync($"{life.Address}/draft", Bodies.Filing(Samples.Filing(Year) with { Content = Content(received) }), Headers.Match(draft.ETag))).Expect(200);
        await life.PublishAsync(draft);
    }

    public Task<Reply> CompileAsync(object? body = null) => Submitter.PostAsync($"{Address}/compilation", Bodies.Json(body ?? new { }));

    public async Task<JsonNode> CompilationAsync(Client? reader = null) => (await (reader ?? Submitter).GetAsync($"{Address}/compilation")).Expect(200).Json;

    public async Task<JsonNode> DraftAsync() => (await Submitter.GetAsync($"{Address}/draft")).Expect(200).Json;

    /// <summary>Gives the compiled draft the words that a report needs.</summary>
    public async Task<Reply> WriteAsync()
    {
        var words = Bodies.Written(Samples.Filing(Year) with { Content = Content(1) })["content"]!.AsObject();
        var patch = new JsonObject
        {
            ["content"] = new JsonObject
            {
                ["title"] = $"{Name}{Year}年政府信息公开工作年度报告", ["printedDate"] = words["printedDate"]?.DeepClone(), ["contact"] = words["contact"]?.DeepClone(),
                ["sections"] = words["sections"]!.DeepClone(), ["source"] = words["source"]?.DeepClone(),
            },
        };
        var draft = (await Submitter.GetAsync($"{Address}/draft")).Expect(200);
        return (await Submitter.SendAsync(
            HttpMethod.Patch, $"{Address}/draft", new StringContent(patch.ToJsonString(), System.Text.Encoding.UTF8, "application/merge-patch+json"), Headers.Match(draft.ETag))).Expect(200);
    }

    /// <summary>A report on so many requests, whose sums hold.</summary>
    public static ReportContent Content(int received) => Samples.InYear(Samples.Whole().With(Received, received + 0.5m), Year) with { Cells = CellValues.Of(Sound(received)) };

    /// <summary>Requests that were all received from natural persons and all granted.</summary>
    private static IEnumerable<KeyValuePair<CellAddress, decimal>> Sound(int received) =>
        from cell in Samples.Whole().Cells.Keys
        let isRequest = (cell.Row is "received" or "granted" or "totalHandled") && (cell.Column is "naturalPerson" or "total")
        select KeyValuePair.Create(cell, cell.Table != "applications" ? Samples.Whole().Cells[cell] : isRequest ? received : 0m);
}
