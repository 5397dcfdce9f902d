using System.Text.Json.Nodes;
using Disclosure.Tests;
using DisclosureApi.Access;

namespace DisclosureApi.Tests.Contract.Walk;

/// <summary>What a request is about: a body of the register and its report, in a state that is known.</summary>
internal sealed record Subject(string State, string Code, int Year)
{
    /// <summary>Version that a write would name; null where there is nothing to change.</summary>
    public string? ETag { get; init; }

    public string? Hash { get; init; }

    /// <summary>A subscription, a delivery of it, and whose it is; null where the request is about none.</summary>
    public (string Webhook, string Delivery, string Owner)? Subscription { get; init; }
}

/// <summary>Agencies and reports of their own in every state, made when they are asked for and kept until a request has changed them.</summary>
internal sealed class Stage(Api api)
{
    private const int Year = 2023;
    private const int MostTries = 3;
    private static readonly string _document = File.ReadAllText(Path.Combine(Repository.Root, "openapi", "examples", "report-2023.txt"));
    private static int _agencies = 50_000;
    private readonly Dictionary<string, Subject> _subjects = new(StringComparer.Ordinal);

    /// <summary>States of a report, each with the one before it and the step between.</summary>
    private static readonly Dictionary<string, (string? Before, Func<ReportLife, Api, string, Task<Reply>>? Step)> _reports = new(StringComparer.Ordinal)
    {
        ["none"] = (null, null),
        ["draft"] = ("none", (life, _, _) => life.FileAsync()),
        ["doubtful"] = ("none", (life, _, _) => life.FileAsync(Samples.Whole().Without(new("proactive", "governmentRules", "made")))),
        ["reviewed"] = ("draft", (life, _, hash) => life.ReviewSecrecyAsync(hash)),
        ["submitted"] = ("reviewed", (life, _, _) => life.SubmitAsync()),
        ["approved"] = ("submitted", (life, _, hash) => life.ApproveAsync(hash)),
        ["blank"] = ("none", (life, _, _) => life.FileAsync(Samples.Whole().Without(new("applications", "granted", "enterprise")))),
        ["explained"] = ("blank", (life, _, _) => life.Submitter.PostAsync(
            $"{life.Address}/acknowledgements", Bodies.Json("""{"acknowledgements":[{"code":"T3-005","reason":"当年未统计该项"}]}"""))),
        ["explainedAndReviewed"] = ("explained", (life, _, hash) => life.ReviewSecrecyAsync(hash)),
        ["waiting"] = ("explainedAndReviewed", (life, _, _) => life.SubmitAsync()),
        ["published"] = ("approved", (life, api, _) => api.Reviewer.PostAsync($"{life.Address}/publication", Bodies.Empty)),
        ["questioned"] = ("published", (life, api, _) => api.Anon.PostAsync($"{life.Address}/error-reports", Bodies.Json(Access.Doors.Json("error-reports")))),
        ["correcting"] = ("published", (life, _, _) => life.Submitter.PostAsync($"{life.Address}/correction", Bodies.Json("""{"reason":"漏计两件"}"""))),
        ["filed"] = ("none", (life, _, _) => life.FileAsync(Bodies.Text(Samples.InItsWords(_document, life.Agency)))),
        ["filedAndReviewed"] = ("filed", (life, _, hash) => life.ReviewSecrecyAsync(hash)),
        ["filedAndSubmitted"] = ("filedAndReviewed", (life, _, _) => life.Submitter.PostAsync($"{life.Address}/submission", Bodies.Json("""{"publishOriginal":true}"""))),
        ["filedAndApproved"] = ("filedAndSubmitted", (life, _, hash) => life.ApproveAsync(hash)),
        ["publishedWithOriginal"] = ("filedAndApproved", (life, api, _) => api.Reviewer.PostAsync($"{life.Address}/publication", Bodies.Empty)),
        ["compiled"] = ("none", async (life, api, _) => await Seat.CompileAsync(life, api)),
        ["compiledAndPublished"] = ("compiled", async (life, _, _) => await life.PublishAsync(await life.Submitter.GetAsync($"{life.Address}/draft"))),
        ["withdrawn"] = ("published", (life, _, _) => life.WithdrawAsync()),
    };

    public static IReadOnlyList<string> StatesFor(Operation operation) => operation switch
    {
        { IsAboutWebhook: true } => ["subscribed"],
        { IsAboutReport: true } => [.. _reports.Keys],
        { IsAboutAgency: true } => ["registered", "unregistered"],
        _ => ["any"],
    };

    /// <summary>Where a busy host says that it is one, another body of the register is brought there: how far the first one came, nobody knows.</summary>
    public async Task<Subject> SubjectAsync(string state)
    {
        for (var tries = 1; !_subjects.ContainsKey(state); tries++)
        {
            try
            {
                _subjects[state] = await MakeAsync(state);
            }
            catch (UnavailableException) when (tries < MostTries)
            {
                // The next one is a body of its own.
            }
        }
        return _subjects[state];
    }

    /// <summary>A request has changed it; who needs this state next gets another.</summary>
    public void UseUp(Subject subject) => _subjects.Remove(subject.State);

    private async Task<Subject> MakeAsync(string state)
    {
        var subject = new Subject(state, state == "any" ? Samples.Agency : Samples.CodeOf(Interlocked.Increment(ref _agencies)), Year);
        if (state == "subscribed")
        {
            return await SubscribeAsync(subject);
        }
        if (state == "unregistered")
        {
            return subject;
        }
        // The made-up department is there beside every subject, because some requests name it, as the successor of a merger does.
        await api.RegisterAsync();
        await api.RegisterAsync(subject.Code);
        if (state is "any" or "registered")
        {
            return subject with { ETag = (await api.Anon.GetAsync($"/v1/agencies/{subject.Code}")).ETag };
        }
        var life = new ReportLife(api, subject.Code, Year);
        var steps = new Stack<Func<ReportLife, Api, string, Task<Reply>>>();
        for (var at = state; at is not null && _reports[at].Step is { } step; at = _reports[at].Before)
        {
            steps.Push(step);
        }
        var hash = "";
        while (steps.TryPop(out var step))
        {
            var reply = await step(life, api, hash);
            reply.Expect(reply.Status is 200 ? 200 : 201);
            hash = (reply.Json as JsonObject)?["contentHash"]?.ToString() ?? hash;
        }
        var draft = await life.Submitter.GetAsync($"{life.Address}/draft");
        return draft.Status == 200 ? subject with { ETag = draft.ETag, Hash = draft.Json["contentHash"]!.ToString() } : subject;
    }

    /// <summary>A subscription of somebody's own, with a test that is about to be sent.</summary>
    private async Task<Subject> SubscribeAsync(Subject subject)
    {
        var owner = api.As(Role.Subscriber, [], subject.Code);
        var webhook = (await owner.PostAsync("/v1/webhooks", Bodies.Json(Access.Doors.Json("/v1/webhooks")))).Expect(201);
        var test = (await owner.PostAsync($"{webhook.Json["links"]!["self"]}/test", Bodies.Empty)).Expect(201);
        return subject with { ETag = webhook.ETag, Subscription = (webhook.Json["id"]!.ToString(), test.Json["id"]!.ToString(), subject.Code) };
    }

    /// <summary>A token of the role for the body that the request is about, or for another one.</summary>
    public string Token(Role role, Subject subject, bool isForAnother = false) => api.As(role, role switch
    {
        _ when isForAnother => [Samples.OtherAgency],
        { ActsWithinAgency: true } => [subject.Code],
        _ when role == Role.Registrar => [],
        _ => [Samples.Office],
    }, subject.Subscription?.Owner).Token!;
}
