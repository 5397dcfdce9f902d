using System.Net;
using System.Xml.Linq;
using Disclosure.Tests;
using DisclosureApi.Access;
using DisclosureApi.Store.Following;
using Npgsql;

namespace DisclosureApi.Tests.Bulk;

/// <summary>What anyone hears of, and what nobody does.</summary>
public sealed class ChangesTests(Api api) : IClassFixture<Api>
{
    private static readonly XNamespace _atom = "http://www.w3.org/2005/Atom";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_report_is_heard_of_from_its_publication_on_and_a_draft_never()
    {
        var life = await api.ReportAsync(2023, Samples.CodeOf(91_001));
        var start = (await api.Anon.GetAsync("/v1/changes?limit=200")).Expect(200);
        var last = start.Json["last"]!.GetValue<long>();
        var draft = (await life.FileAsync()).Expect(201);
        Assert.Equal(start.Everything, (await api.Anon.GetAsync("/v1/changes?limit=200")).Everything);
        (await api.Anon.GetAsync("/v1/changes?limit=200", ("If-None-Match", start.ETag))).Expect(304);

        await life.PublishAsync(draft);
        (await life.WithdrawAsync()).Expect(201);
        (await api.Reviewer.PostAsync($"{life.Address}/reinstatement", Bodies.Json(new { reason = "经核实无误" }))).Expect(201);
        (await life.Submitter.PostAsync($"{life.Address}/correction", Bodies.Json(new { reason = "漏计" }))).Expect(201);
        (await RedactAsync(life, "数据来源有误")).Expect(201);

        var changes = (await api.Anon.GetAsync($"/v1/changes?after={last}")).Expect(200).Json["items"]!.AsArray();
        Assert.Equal(["published", "withdrawn", "reinstated", "redacted"], changes.Select(change => change!["type"]!.ToString()));
        Assert.All(changes, change => Assert.Equal((life.Address, 1), (change!["address"]!.ToString(), change["revision"]!.GetValue<int>())));
        var first = (await api.Anon.GetAsync($"/v1/changes?after={last}&limit=1")).Json;
        Assert.Equal(changes[1]!["position"]!.GetValue<long>(), (await api.Anon.GetAsync(first["next"]!.ToString())).Json["items"]![0]!["position"]!.GetValue<long>());
    }

    [Fact]
    public async Task Words_removed_from_a_draft_are_nobodys_business()
    {
        var life = await api.ReportAsync(2023, Samples.CodeOf(91_002));
        (await life.FileAsync(Samples.Whole().With("/sections/otherMatters", "联系人王小明。"))).Expect(201);
        var before = (await api.Anon.GetAsync("/v1/changes?limit=200")).Expect(200);
        (await RedactAsync(life, "王小明")).Expect(201);
        Assert.Equal(before.Text, (await api.Anon.GetAsync("/v1/changes?limit=200")).Text);
    }

    [Fact]
    public async Task The_feed_for_readers_is_valid_atom_and_names_each_publication_once()
    {
        var life = await api.ReportAsync(2023, Samples.CodeOf(91_003));
        await life.PublishAsync((await life.FileAsync()).Expect(201));
        var answer = (await api.Anon.GetAsync("/v1/changes.atom")).Expect(200);
        Assert.Equal("application/atom+xml", answer.MediaType);
        var feed = XDocument.Parse(answer.Text).Root!;
        foreach (var part in feed.Elements(_atom + "entry").Prepend(feed))
        {
            Assert.True(Uri.IsWellFormedUriString(part.Elements(_atom + "id").Single().Value, UriKind.Absolute));
            Assert.NotEmpty(part.Elements(_atom + "title").Single().Value);
            Assert.Matches("^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+Z$", part.Elements(_atom + "updated").Single().Value);
        }
        Assert.Single(feed.Elements(_atom + "link"), link => (string?)link.Attribute("rel") == "self");
        Assert.All(feed.Elements(_atom + "entry"), entry => Assert.Single(entry.Elements(_atom + "author")));
        var entry = Assert.Single(feed.Elements(_atom + "entry"), entry => ((string)entry.Element(_atom + "link")!.Attribute("href")!).EndsWith($"{life.Address}/revisions/1", StringComparison.Ordinal));
        (await api.Anon.GetAsync(new Uri((string)entry.Element(_atom + "link")!.Attribute("href")!).AbsolutePath)).Expect(200);
        Assert.Equal(answer.Text, (await api.Anon.GetAsync("/v1/changes", ("Accept", "application/atom+xml"))).Text);
    }

    [Fact]
    public async Task No_more_listen_than_may_and_who_leaves_makes_room()
    {
        var host = await api.AnotherHostAsync("--Changes:MostStreamsOfAddress=1");
        using var http = new HttpClient { BaseAddress = host };
        using (var first = await ListenAsync(http))
        {
            Assert.Equal(HttpStatusCode.OK, first.StatusCode);
            using var second = await ListenAsync(http);
            Assert.Equal(HttpStatusCode.TooManyRequests, second.StatusCode);
            Assert.True(second.Headers.RetryAfter is not null);
        }
        while (true)
        {
            using var again = await ListenAsync(http);
            if (again.StatusCode == HttpStatusCode.OK)
            {
                return;
            }
            await Task.Delay(20, Cancellation);
        }
    }

    [Fact]
    public async Task However_many_have_fallen_behind_they_leave_the_database_to_others()
    {
        var life = await api.ReportAsync(2023, Samples.CodeOf(91_004));
        await life.PublishAsync((await life.FileAsync()).Expect(201));
        // What happened before a host started lies behind what it remembers.
        using var http = new HttpClient { BaseAddress = await api.AnotherHostAsync() };
        await using var superuser = NpgsqlDataSource.Create(api.Database.Superuser);
        var listening = new List<HttpResponseMessage>();
        await using (var connection = await superuser.OpenConnectionAsync(Cancellation))
        {
            await using var hold = await connection.BeginTransactionAsync(Cancellation);
            await using var command = new NpgsqlCommand("lock table agencies in access exclusive mode", connection);
            await command.ExecuteNonQueryAsync(Cancellation);
            for (var i = 0; i < 30; i++)
            {
                listening.Add((await ListenAsync(http, "/v1/changes?after=0")).EnsureSuccessStatusCode());
            }
            for (var looks = 0; looks < 20;)
            {
                // Hosts ask for bodies for reasons of their own as well; who reads changes begins with the position.
                await using var look = superuser.CreateCommand(
                    "select count(*) from pg_locks l join pg_stat_activity a using (pid) where not l.granted and l.relation = 'agencies'::regclass and a.query like 'select e.seq_id%'");
                var reading = (long)(await look.ExecuteScalarAsync(Cancellation))!;
                Assert.InRange(reading, 0, ChangeReader.MostBehind);
                looks += reading == ChangeReader.MostBehind ? 1 : 0;
            }
        }
        foreach (var listener in listening)
        {
            using var stream = new StreamReader(await listener.Content.ReadAsStreamAsync(Cancellation));
            string? line;
            do
            {
                line = await stream.ReadLineAsync(Cancellation);
                Assert.NotNull(line);
            }
            while (line != "event: published");
            listener.Dispose();
        }
    }

    private static Task<HttpResponseMessage> ListenAsync(HttpClient http, string address = "/v1/changes") => http.SendAsync(
        new HttpRequestMessage(HttpMethod.Get, address) { Headers = { { "Accept", "text/event-stream" } } }, HttpCompletionOption.ResponseHeadersRead, Cancellation);

    private Task<Reply> RedactAsync(ReportLife life, string words) => api.As(Role.Redactor, [Samples.Office])
        .PostAsync($"{life.Address}/redaction", Bodies.Json(new { words = new[] { words }, basis = "个人信息保护法第四十七条", reason = "误载" }));
}
