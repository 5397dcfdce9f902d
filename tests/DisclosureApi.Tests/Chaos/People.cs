using Disclosure.Contents;
using DisclosureApi.Access;

namespace DisclosureApi.Tests.Chaos;

/// <summary>Those who carry one report through its life, and ask again, under the same key, for what was not answered.</summary>
internal sealed class People(Api api, string code, Func<Uri> host)
{
    private readonly ReportLife _life = new(api, code, 2023);

    public string Code => code;

    public string Submitter { get; } = api.As(Role.Submitter, [code]).Token!;

    public string Secrecy { get; } = api.As(Role.SecrecyReviewer, [code]).Token!;

    public string Reviewer { get; } = api.Reviewer.Token!;

    /// <summary>The draft with this content, however often it takes; its hash.</summary>
    public async Task<string> FileAsync(ReportContent content)
    {
        while (true)
        {
            var draft = await AskAsync(Submitter, client => client.GetAsync($"{_life.Address}/draft"));
            if (draft.Status is 200 or 404)
            {
                var condition = draft.Status == 404 ? Headers.Create : Headers.Match(draft.ETag);
                var filed = await AskAsync(Submitter, client => client.PutAsync($"{_life.Address}/draft", _life.Filing(content), condition));
                if (filed.Status is 200 or 201)
                {
                    return filed.Json["contentHash"]!.GetValue<string>();
                }
            }
        }
    }

    /// <summary>A word on each warning; what needs none is left.</summary>
    public async Task AcknowledgeAsync()
    {
        var draft = await AskAsync(Submitter, client => client.GetAsync($"{_life.Address}/draft"));
        while (draft.Status != 200)
        {
            draft = await AskAsync(Submitter, client => client.GetAsync($"{_life.Address}/draft"));
        }
        var open = draft.Json["findings"]!.AsArray().Where(finding => finding!["severity"]!.GetValue<string>() is "warning" or "waivableError").Select(finding => finding!["code"]!.GetValue<string>()).Distinct().ToList();
        if (open.Count > 0)
        {
            await StepAsync("acknowledgements", Submitter, new { acknowledgements = open.Select(code => new { code, reason = "已核对，情况属实" }) });
        }
    }

    public async Task StepAsync(string step, string token, object body)
    {
        var key = ("Idempotency-Key", $"\"{Guid.NewGuid()}\"");
        for (var attempt = 0; ; attempt++)
        {
            var reply = await AskAsync(token, client => client.PostAsync($"{_life.Address}/{step}", Bodies.Json(body), key));
            if (reply.Status is 200 or 201)
            {
                return;
            }
            Assert.True(reply.Status == 503 || reply.Problem == "contended", $"{reply.Request}: {reply.Status} {reply.Text}");
            Assert.True(attempt < 500, "Nobody answers any more.");
            await Task.Delay(50, CancellationToken.None);
        }
    }

    private async Task<Reply> AskAsync(string token, Func<Client, Task<Reply>> ask)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                return await ask(api.Of(token, host()));
            }
            catch (HttpRequestException)
            {
                // The host is being replaced; the other is asked.
                Assert.True(attempt < 500, "Nobody is there any more.");
                await Task.Delay(50, CancellationToken.None);
            }
        }
    }
}
