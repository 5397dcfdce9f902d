using System.Globalization;
using Disclosure.Tests;

namespace DisclosureApi.Tests.Reports.AsOf;

/// <summary>Reports, lists and findings as they stood at any time, and the TimeGate that leads to them.</summary>
public sealed class AsOfTests(Api api) : IClassFixture<Api>
{
    private const int Year = 2023;
    private const string Report = $"/v1/agencies/{Samples.Agency}/reports/2023";
    private const string NewName = "云州市桂山区科技和工业局";
    private static readonly DateTimeOffset _start = new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static Dictionary<string, int> _days = [];

    [Fact]
    public async Task AsOf_answers_what_stood_there_then()
    {
        await LiveAsync();
        var (one, two) = ((await api.Anon.GetAsync($"{Report}/revisions/1")).Expect(200), (await api.Anon.GetAsync($"{Report}/revisions/2")).Expect(200));
        foreach (var (address, first, second) in new[] { (Report, one.Text, two.Text), ($"{Report}/findings", await FindingsAsync("published1"), await FindingsAsync("published2")) })
        {
            var early = (await api.Anon.GetAsync($"{address}?asOf={Before("published1")}")).ExpectProblem(404, "not-yet-published");
            Assert.Equal(_start.AddDays(_days["published1"]), early.Json["firstPublishedAt"]!.GetValue<DateTimeOffset>());
            Assert.Equal(first, (await api.Anon.GetAsync($"{address}?asOf={At("published1")}")).Expect(200).Text);
            Assert.Equal(first, (await api.Anon.GetAsync($"{address}?asOf={At("correction")}")).Expect(200).Text);
            Assert.Equal(first, (await api.Anon.GetAsync($"{address}?asOf={Before("published2")}")).Expect(200).Text);
            Assert.Equal(second, (await api.Anon.GetAsync($"{address}?asOf={At("published2")}")).Expect(200).Text);
            Assert.Equal("数据来源有误", (await api.Anon.GetAsync($"{address}?asOf={At("withdrawn")}")).ExpectProblem(410, "withdrawn").Json["reason"]!.ToString());
            Assert.Equal(second, (await api.Anon.GetAsync($"{address}?asOf={At("reinstated")}")).Expect(200).Text);
            (await api.Anon.GetAsync($"{address}?asOf=2999-01-01T00:00:00Z")).ExpectProblem(422, "impossible-query");
            (await api.Anon.GetAsync($"{address}?asOf=999999")).ExpectProblem(422, "impossible-query");
            Assert.Equal(first, (await api.Anon.GetAsync($"{address}?asOf={_days["correction"]}")).Expect(200).Text);
            (await api.Anon.GetAsync($"{address}?asOf=2024-01-01")).ExpectProblem(400, "invalid-request");
        }
        Assert.Equal((one.ETag, one.Header("Repr-Digest")), await TagsAsync($"{Report}?asOf={At("published1")}"));
    }

    [Fact]
    public async Task The_list_of_then_has_the_reports_and_the_names_of_then()
    {
        await LiveAsync();
        foreach (var (when, items) in new (string, (string Name, int Revision, string Status)[])[]
            {
                (Before("published1"), []),
                (At("published1"), [(Samples.AgencyName, 1, "published")]),
                (At("published2"), [(Samples.AgencyName, 2, "published")]),
                (At("withdrawn"), [(Samples.AgencyName, 2, "withdrawn")]),
                (At("reinstated"), [(Samples.AgencyName, 2, "published")]),
                (At("renamed"), [(NewName, 2, "published")]),
            })
        {
            var list = (await api.Anon.GetAsync($"/v1/reports?asOf={when}&limit=1")).Expect(200).Json;
            Assert.Equal(items, list["items"]!.AsArray().Select(item => (item!["agency"]!["name"]!.ToString(), item["revision"]!.GetValue<int>(), item["status"]!.ToString())));
            Assert.Equal(items.Count(item => item.Status == "withdrawn"), (await api.Anon.GetAsync($"/v1/reports?asOf={when}&status=withdrawn")).Expect(200).Json["items"]!.AsArray().Count);
        }
        Assert.Contains("asOf=", (await api.Anon.GetAsync($"/v1/reports?asOf={At("renamed")}")).Expect(200).Header("Link"));
    }

    [Theory]
    [InlineData("published1", -3, 1)]
    [InlineData("published1", 0, 1)]
    [InlineData("correction", 0, 1)]
    [InlineData("published2", 0, 2)]
    [InlineData("reinstated", 0, 2)]
    [InlineData("renamed", 10_000, 2)]
    public async Task The_TimeGate_gives_the_memento_of_a_time(string moment, int days, int revision)
    {
        await LiveAsync();
        var wanted = HttpDate(_start.AddDays(_days[moment] + days));
        var memento = (await api.Anon.GetAsync(Report, ("Accept-Datetime", wanted))).Expect(200);
        var itself = (await api.Anon.GetAsync($"{Report}/revisions/{revision}")).Expect(200);

        Assert.Equal((itself.Text, itself.ETag), (memento.Text, memento.ETag));
        Assert.Equal($"{Report}/revisions/{revision}", memento.Header("Content-Location"));
        var published = HttpDate(_start.AddDays(_days[$"published{revision}"]));
        Assert.Equal((published, published), (memento.Header("Memento-Datetime"), itself.Header("Memento-Datetime")));
        Assert.Contains("accept-datetime", memento.Header("Vary")!.Split(", "));
        foreach (var link in (string[])
            [
                $"<{Report}>; rel=\"original\"", $"<{Report}>; rel=\"timegate\"", $"<{Report}/timemap>; rel=\"timemap\"; type=\"application/link-format\"",
                $"<{Report}/revisions/{revision}>; rel=\"memento\"; datetime=\"{published}\"",
            ])
        {
            Assert.Contains(link, memento.Header("Link"));
            Assert.Contains(link, itself.Header("Link"));
        }
        // The memento's own time leads to it again.
        Assert.Equal(itself.Text, (await api.Anon.GetAsync(Report, ("Accept-Datetime", published))).Expect(200).Text);
    }

    [Fact]
    public async Task The_present_says_that_there_is_a_past_and_what_cannot_be_shown_says_why()
    {
        await LiveAsync();
        for (var i = 0; i < 2; i++)
        {
            // The second answer comes from memory.
            var now = (await api.Anon.GetAsync(Report)).Expect(200);
            Assert.Null(now.Header("Memento-Datetime"));
            Assert.Contains("accept-datetime", now.Header("Vary")!.Split(", "));
            Assert.Contains("rel=\"timegate\"", now.Header("Link"));
            Assert.Contains("accept-datetime", (await api.Anon.GetAsync(Report, ("If-None-Match", now.ETag))).Expect(304).Header("Vary")!.Split(", "));
        }
        var gone = (await api.Anon.GetAsync(Report, ("Accept-Datetime", HttpDate(_start.AddDays(_days["withdrawn"]))))).ExpectProblem(410, "withdrawn");
        Assert.Contains("accept-datetime", gone.Header("Vary"));
        (await api.Anon.GetAsync(Report, ("Accept-Datetime", "yesterday"))).ExpectProblem(400, "invalid-request");

        var map = (await api.Anon.GetAsync($"{Report}/timemap")).Expect(200);
        Assert.Equal("application/link-format", map.MediaType);
        Assert.Equal(
            [
                $"<{Report}>; rel=\"original timegate\"",
                $"<{Report}/timemap>; rel=\"self\"; type=\"application/link-format\"; from=\"{Published(1)}\"; until=\"{Published(2)}\"",
                $"<{Report}/revisions/1>; rel=\"first memento\"; datetime=\"{Published(1)}\"",
                $"<{Report}/revisions/2>; rel=\"last memento\"; datetime=\"{Published(2)}\"",
            ],
            map.Text.Trim().Split(",\n"));

        static string Published(int revision) => HttpDate(_start.AddDays(_days[$"published{revision}"]));
    }

    [Fact]
    public async Task A_draft_has_no_past_that_others_could_see()
    {
        await LiveAsync();
        foreach (var ask in new Func<int, Task<Reply>>[]
            {
                year => api.Anon.GetAsync($"/v1/agencies/{Samples.Agency}/reports/{year}?asOf={At("renamed")}"),
                year => api.Anon.GetAsync($"/v1/agencies/{Samples.Agency}/reports/{year}/findings?asOf={At("renamed")}"),
                year => api.Anon.GetAsync($"/v1/agencies/{Samples.Agency}/reports/{year}", ("Accept-Datetime", HttpDate(_start))),
                year => api.Anon.GetAsync($"/v1/agencies/{Samples.Agency}/reports/{year}"),
                year => api.Anon.GetAsync($"/v1/agencies/{Samples.Agency}/reports/{year}/timemap"),
                year => api.Anon.GetAsync($"/v1/agencies/{Samples.Agency}/reports/{year}/revisions/1/changes"),
            })
        {
            Assert.Equal((await ask(Year - 2)).ExpectProblem(404, "not-found").Everything, (await ask(Year - 1)).Everything);
        }
    }

    private static string At(string moment) => Text(_start.AddDays(_days[moment]));

    private static string Before(string moment) => Text(_start.AddDays(_days[moment]).AddMicroseconds(-1));

    private static string Text(DateTimeOffset at) => at.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);

    private static string HttpDate(DateTimeOffset at) => at.ToString("R", CultureInfo.InvariantCulture);

    private async Task<(string, string?)> TagsAsync(string address) => (await api.Anon.GetAsync(address)).Expect(200) is var reply ? (reply.ETag, reply.Header("Repr-Digest")) : default;

    /// <summary>What the assessment said in the event of the submission before this publication.</summary>
    private Task<string> FindingsAsync(string moment) => api.Database.ScalarAsync<string>(
        $"select convert_from(findings, 'UTF8') from publications where agency = '{Samples.Agency}' and year = {Year} and position = {_days[moment]}");

    /// <summary>A report with a correction, a withdrawal and a reinstatement, each event on a day of its own: position n on day n.</summary>
    private Task LiveAsync() => api.OnceAsync(async () =>
    {
        var days = new Dictionary<string, int>();
        var life = await api.ReportAsync(Year);
        (await new ReportLife(api, Samples.Agency, Year - 1).FileAsync()).Expect(201);
        await life.PublishAsync((await life.FileAsync()).Expect(201));
        await NoteAsync("published1");
        (await life.Submitter.PostAsync($"{Report}/correction", Bodies.Json(new { reason = "概述有误" }))).Expect(201);
        await NoteAsync("correction");
        var draft = (await life.Submitter.GetAsync($"{Report}/draft")).Expect(200);
        var corrected = Samples.Whole().With("/sections/otherMatters", "更正说明：概述一处文字已更正。").With("/printedDate", "2023-01-05");
        await life.PublishAsync((await life.Submitter.PutAsync($"{Report}/draft", Bodies.Filing(corrected), Headers.Match(draft.ETag))).Expect(200));
        await NoteAsync("published2");
        (await life.WithdrawAsync()).Expect(201);
        await NoteAsync("withdrawn");
        (await api.Reviewer.PostAsync($"{Report}/reinstatement", Bodies.Json(new { reason = "核实无误" }))).Expect(201);
        await NoteAsync("reinstated");
        var entry = await api.Anon.GetAsync($"/v1/agencies/{Samples.Agency}");
        (await api.Registrar.PutAsync($"/v1/agencies/{Samples.Agency}", Bodies.Agency(Samples.Agency, name: NewName), Headers.Match(entry.ETag))).Expect(200);
        await NoteAsync("renamed");
        await api.Database.RunAsync($"update mt_events set timestamp = '{Text(_start)}'::timestamptz + seq_id * interval '1 day'");
        _days = days;

        async Task NoteAsync(string moment) => days[moment] = (int)await api.Database.ScalarAsync<long>("select max(seq_id) from mt_events");
    });
}
