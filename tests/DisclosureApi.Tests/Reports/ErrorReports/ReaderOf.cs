using Disclosure.Formats;
using Disclosure.Tests;
using DisclosureApi.Access;

namespace DisclosureApi.Tests.Reports.ErrorReports;

/// <summary>A published report, those who read it and those who answer for it.</summary>
internal sealed class ReaderOf(Api api, ReportLife life, int year)
{
    public const string Message = "与第一部分所述件数不一致，请核对。";
    public const string Pointer = "/tables/proactive/normativeDocuments/inForce";

    private static readonly CellAddress _cell = CellAddress.Parse(Pointer)!.Value;

    public ReportLife Life => life;

    public string Address => $"{life.Address}/error-reports";

    public Client Redactor => api.As(Role.Redactor, [Samples.Office]);

    /// <summary>A made-up body's report, published.</summary>
    public static async Task<ReaderOf> PublishedAsync(Api api, int number, int year = 2023)
    {
        var life = await api.ReportAsync(year, Samples.CodeOf(number));
        await life.PublishAsync((await life.FileAsync()).Expect(201));
        return new ReaderOf(api, life, year);
    }

    /// <summary>What anyone may send.</summary>
    public static object Body(string message = Message, int revision = 1, string pointer = Pointer, decimal? expected = 987_654) =>
        new { revision, pointer, read = 41, expected, message };

    public Task<Reply> TellAsync(object? body = null, Client? reader = null, params (string Name, string Value)[] headers) =>
        (reader ?? api.Anon).PostAsync(Address, Bodies.Json(body ?? Body()), headers);

    public Task<Reply> AnswerAsync(int number, Client by, int? revision = null, params (string Name, string Value)[] headers) =>
        by.PostAsync($"{Address}/{number}/answer", Bodies.Json(new { reason = "经核实，漏计5件，已更正。", revision }), headers);

    public Task<Reply> DismissAsync(int number, Client by, params (string Name, string Value)[] headers) =>
        by.PostAsync($"{Address}/{number}/dismissal", Bodies.Json(new { reason = "与本年报无关。" }), headers);

    public Task<Reply> RedactAsync(int number, string words, Client? by = null) => (by ?? Redactor).PostAsync(
        $"{Address}/{number}/redaction", Bodies.Json(new { words = new[] { words }, basis = "个人信息保护法第四十七条", reason = "误载个人信息" }));

    public async Task<Reply> ReadAsync(int number, Client? by = null) => (await (by ?? api.Anon).GetAsync($"{Address}/{number}")).Expect(200);

    /// <summary>The next revision, with five more in the cell.</summary>
    public async Task CorrectAsync()
    {
        (await life.Submitter.PostAsync($"{life.Address}/correction", Bodies.Json(new { reason = "现行有效件数漏计" }))).Expect(201);
        var draft = (await life.Submitter.GetAsync($"{life.Address}/draft")).Expect(200);
        var content = Samples.InItsWords(Samples.InYear(Samples.Whole(), year), life.Agency);
        var corrected = Bodies.Filing(Samples.Filing(year) with { Content = content.With(_cell, content.Cell(_cell)!.Value + 5) });
        await life.PublishAsync((await life.Submitter.PutAsync($"{life.Address}/draft", corrected, Headers.Match(draft.ETag))).Expect(200));
    }

    public decimal Published => Samples.InYear(Samples.Whole(), year).Cell(_cell)!.Value;
}
