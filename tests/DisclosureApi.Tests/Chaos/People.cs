using System.Diagnostics;
using Disclosure.Formats;
using Disclosure.Tests;
using DisclosureApi.Access;
using DisclosureApi.Tests.Access;

namespace DisclosureApi.Tests.Chaos;

/// <summary>Those who carry one report from revision to revision, and ask again, under the same key, for what was not answered.</summary>
internal sealed class People(string code, Traffic traffic, Authority authority, Random random)
{
    private static readonly CellAddress Told = new("proactive", "licensing", "decisions");

    private readonly Dictionary<Role, string> _tokens = [];
    private readonly string _report = Address(code);
    private long _underWay;

    public string Code => code;

    /// <summary>The newest revision that may be public by now.</summary>
    public long UnderWay => Volatile.Read(ref _underWay);

    public static string Address(string code) => $"/v1/agencies/{code}/reports/2023";

    /// <summary>The figure that tells a revision from all others.</summary>
    public static long FigureOf(long revision) => 1_000 + revision;

    public async Task RegisterAsync()
    {
        var reply = await AskAsync(Role.Registrar, HttpMethod.Put, $"/v1/agencies/{code}", () => Bodies.Agency(code), Headers.Create);
        Assert.True(reply.Status is 200 or 201 or 412, reply.Text);
    }

    /// <summary>Revision after revision, each to its end.</summary>
    public async Task PublishOnAsync(CancellationToken stopping)
    {
        for (var revision = 1L; !stopping.IsCancellationRequested; revision++)
        {
            var hash = await FileAsync(revision);
            await AcknowledgeAsync();
            await StepAsync("secrecy-review", "secrecy_reviewed", Role.SecrecyReviewer, new { contentHash = hash, passed = true, note = $"{revision}" });
            await StepAsync("submission", "report_submitted", Role.Submitter, new { });
            await StepAsync("review", "report_approved", Role.Reviewer, new { decision = "approve", contentHash = hash });
            Volatile.Write(ref _underWay, revision);
            await StepAsync("publication", "report_published", Role.Reviewer, new { });
            if (revision % 3 == 0)
            {
                await TakeBackAsync();
            }
            await StepAsync("correction", "correction_opened", Role.Submitter, new { reason = "新收件数漏计" });
        }
    }

    /// <summary>The draft with this revision's figure; its hash.</summary>
    private async Task<string> FileAsync(long revision)
    {
        var content = Samples.Whole().With(Told, FigureOf(revision));
        while (true)
        {
            var draft = await AskAsync(Role.Submitter, HttpMethod.Get, $"{_report}/draft", () => null);
            var condition = draft.Status == 404 ? Headers.Create : Headers.Match(draft.ETag);
            var filed = await AskAsync(Role.Submitter, HttpMethod.Put, $"{_report}/draft",
                () => Bodies.Filing(Samples.Filing(2023) with { Content = Samples.InItsWords(Samples.InYear(content, 2023), code) }), condition);
            if (filed.Status is 200 or 201)
            {
                Interlocked.Increment(ref traffic.Filed);
                return filed.Json["contentHash"]!.GetValue<string>();
            }
            // An answer that was lost: what was filed is there, and is filed once more as it is.
            Assert.True(filed.Status == 412, $"{filed.Request}: {filed.Status} {filed.Text}");
        }
    }

    /// <summary>A word on each warning; what needs none is left.</summary>
    private async Task AcknowledgeAsync()
    {
        var draft = (await AskAsync(Role.Submitter, HttpMethod.Get, $"{_report}/draft", () => null)).Expect(200);
        var open = draft.Json["findings"]!.AsArray().Where(finding => finding!["severity"]!.GetValue<string>() == "warning")
            .Select(finding => finding!["code"]!.GetValue<string>()).Distinct().ToList();
        if (open.Count > 0)
        {
            await StepAsync("acknowledgements", "findings_acknowledged", Role.Submitter, new { acknowledgements = open.Select(code => new { code, reason = "已核对，情况属实" }) });
        }
    }

    /// <summary>From the moment that a withdrawal is acknowledged no host shows the report, until it is put back.</summary>
    private async Task TakeBackAsync()
    {
        await StepAsync("withdrawal", "report_withdrawn", Role.Reviewer, new { reason = "数据来源有误" });
        for (var i = 0; i < 6; i++)
        {
            if (await traffic.AskAsync(HttpMethod.Get, _report, null, null, CancellationToken.None) is { Status: not (410 or 503) } shown)
            {
                traffic.Wrong.Enqueue($"{shown.Request}: {shown.Status} after its withdrawal was acknowledged");
            }
        }
        await StepAsync("reinstatement", "report_reinstated", Role.Reviewer, new { reason = "数据来源已核实" });
    }

    private async Task StepAsync(string step, string type, Role role, object body)
    {
        var reply = await AskAsync(role, HttpMethod.Post, $"{_report}/{step}", () => Bodies.Json(body), ("Idempotency-Key", $"\"{Guid.NewGuid()}\""));
        Assert.True(reply.Status == 201, $"{reply.Request}: {reply.Status} {reply.Text}");
        traffic.Acknowledged.Enqueue($"report/{code}/2023 {type} {reply.Json["position"]}");
    }

    /// <summary>Asks until somebody answers; now and then without waiting for the answer first.</summary>
    private async Task<Reply> AskAsync(Role role, HttpMethod method, string path, Func<HttpContent?> body, params (string Name, string Value)[] headers)
    {
        var asked = Stopwatch.StartNew();
        for (var attempt = 0; ; attempt++)
        {
            using var patience = new CancellationTokenSource();
            if (attempt == 0 && random.Next(30) == 0)
            {
                patience.CancelAfter(random.Next(20));
            }
            switch (await traffic.AskAsync(method, path, TokenOf(role), body(), patience.Token, headers))
            {
                case { Status: 401 }:
                    // The key was taken back, or the token is too old: the authority gives another.
                    _tokens.Remove(role);
                    break;
                case { Status: not 503 } reply when reply.Problem != "contended":
                    return reply;
                default:
                    break;
            }
            Assert.True(asked.Elapsed < Scale.Patience, $"Nobody answers {method} {path} any more.");
            Interlocked.Increment(ref traffic.Retries);
            await Task.Delay(50, CancellationToken.None);
        }
    }

    private string TokenOf(Role role)
    {
        if (!_tokens.TryGetValue(role, out var token))
        {
            var agency = role.ActsWithinAgency ? code : role == Role.Reviewer ? Samples.Office : null;
            _tokens[role] = token = authority.Token(role, role.Name, agency);
        }
        return token;
    }
}
