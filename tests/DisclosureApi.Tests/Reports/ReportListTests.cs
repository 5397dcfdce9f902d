using System.Text.Json.Nodes;
using Disclosure.Tests;
using DisclosureApi.Tests.Access;

namespace DisclosureApi.Tests.Reports;

/// <summary>Anyone finds what was published, and a program that goes through all of it misses nothing.</summary>
public sealed class ReportListTests(Api api) : IClassFixture<Api>
{
    private static readonly string _timely = Samples.CodeOf(11);
    private static readonly string _late = Samples.CodeOf(12);

    [Fact]
    public async Task A_crawl_meets_every_report_that_was_there_at_its_start_exactly_once_whatever_is_written_meanwhile()
    {
        var before = await Task.WhenAll(Enumerable.Range(100, 40).Select(ArchiveAsync));
        var writes = Task.WhenAll(Enumerable.Range(1_000, Scale.Writes / 2).Select(ArchiveAsync));

        var met = new List<string>();
        for (string? next = "/v1/reports?limit=3"; next is not null;)
        {
            var page = (await api.Anon.GetAsync(next)).Expect(200).Json;
            met.AddRange(page["items"]!.AsArray().Select(item => item!["agency"]!["code"]!.GetValue<string>()));
            next = page["next"]?.GetValue<string>();
        }
        var written = await writes;

        Assert.Distinct(met, StringComparer.Ordinal);
        Assert.Empty(before.Except(met, StringComparer.Ordinal));
        Assert.Equal(40 + Scale.Writes / 2, before.Union(written, StringComparer.Ordinal).Count());
    }

    [Fact]
    public async Task Pages_lead_forth_and_back_to_the_same_items()
    {
        await Task.WhenAll(Enumerable.Range(200, 7).Select(ArchiveAsync));
        var first = (await api.Anon.GetAsync("/v1/reports?limit=2&year=2023")).Expect(200);
        var second = (await api.Anon.GetAsync(Link(first, "next"))).Expect(200);
        var third = (await api.Anon.GetAsync(Link(second, "next"))).Expect(200);

        Assert.Equal(second.Text, (await api.Anon.GetAsync(Link(third, "prev"))).Expect(200).Text);
        Assert.Equal(first.Text, (await api.Anon.GetAsync(Link(second, "prev"))).Expect(200).Text);
        Assert.Equal(first.Text, (await api.Anon.GetAsync(Link(third, "first"))).Expect(200).Text);
        Assert.DoesNotContain("prev", first.Header("Link"));
        Assert.Contains("year=2023", Link(third, "prev"));
    }

    [Theory]
    [InlineData("", true, true)]
    [InlineData("year=2023&region=990000&level=county&kind=department&status=published", true, true)]
    [InlineData("region=990100", true, true)]
    [InlineData("region=990102", true, true)]
    [InlineData("region=990103", false, false)]
    [InlineData("region=980000", false, false)]
    [InlineData("year=2022", false, false)]
    [InlineData("level=province", false, false)]
    [InlineData("kind=government", false, false)]
    [InlineData("status=withdrawn", false, false)]
    [InlineData("late=true", false, true)]
    [InlineData("late=false", true, false)]
    [InlineData("finding=T3-001", false, false)]
    public async Task Filters_choose(string query, bool findsTimely, bool findsLate)
    {
        await PrepareAsync();
        foreach (var (code, isFound) in (ReadOnlySpan<(string, bool)>)[(_timely, findsTimely), (_late, findsLate)])
        {
            Assert.Equal(isFound ? 1 : 0, Find($"/v1/reports?agency={code}&{query}").Count);
        }

        JsonArray Find(string address) => api.Anon.GetAsync(address).GetAwaiter().GetResult().Expect(200).Json["items"]!.AsArray();
    }

    [Fact]
    public async Task A_withdrawn_report_stays_in_the_list_as_what_it_is()
    {
        var life = await api.ReportAsync(2023, Samples.CodeOf(13));
        await life.PublishAsync((await life.FileAsync()).Expect(201));
        (await life.WithdrawAsync()).Expect(201);

        var item = (await api.Anon.GetAsync($"/v1/reports?agency={Samples.CodeOf(13)}&status=withdrawn")).Expect(200).Json["items"]!.AsArray().Single()!;

        Assert.Equal("withdrawn", item["status"]!.GetValue<string>());
        (await api.Anon.GetAsync(item["links"]!["report"]!.GetValue<string>())).Expect(410);
        (await api.Anon.GetAsync(item["links"]!["revisions"]!.GetValue<string>())).Expect(200);
    }

    [Fact]
    public async Task A_report_is_found_by_what_the_rules_say_of_its_public_revision()
    {
        var (clean, flawed) = (Samples.CodeOf(16), Samples.CodeOf(17));
        var whole = Samples.Whole();
        foreach (var (code, content) in new[] { (clean, whole), (flawed, whole.With("/sections/overview", whole.Section("overview") + "此处另附××说明。")) })
        {
            var life = await api.ReportAsync(2023, code);
            await life.PublishAsync((await life.FileAsync(content)).Expect(201));
        }
        var finding = (await api.Anon.GetAsync($"/v1/agencies/{flawed}/reports/2023/findings")).Expect(200).Json["findings"]!.AsArray()
            .Select(found => found!["code"]!.GetValue<string>()).First(code => code == "STR-019");

        Assert.Equal([flawed], await FoundAsync($"finding={finding}"));
        var position = (await api.Anon.GetAsync($"/v1/agencies/{flawed}/reports/2023")).Expect(200).Json["lastEvent"]!.GetValue<long>();
        Assert.Equal([flawed], await FoundAsync($"finding={finding}&year=2023&asOf={position}"));

        (await new ReportLife(api, flawed, 2023).WithdrawAsync()).Expect(201);

        Assert.Empty(await FoundAsync($"finding={finding}"));

        async Task<List<string>> FoundAsync(string query)
        {
            var page = (await api.Anon.GetAsync($"/v1/reports?{query}")).Expect(200).Json;
            return [.. page["items"]!.AsArray().Select(item => item!["agency"]!["code"]!.GetValue<string>()).Where(code => code == clean || code == flawed)];
        }
    }

    [Theory]
    [InlineData("/v1/reports", "year=23")]
    [InlineData("/v1/reports", "year=2023&year=2022")]
    [InlineData("/v1/reports", "region=99")]
    [InlineData("/v1/reports", "level=Province")]
    [InlineData("/v1/reports", "agency=1")]
    [InlineData("/v1/reports", "status=")]
    [InlineData("/v1/reports", "late=yes")]
    [InlineData("/v1/reports", "finding=T3-999")]
    [InlineData("/v1/reports", "after=YQ")]
    [InlineData("/v1/reports", "after=MQ&before=MQ")]
    [InlineData("/v1/agencies", "kind=bureau")]
    [InlineData("/v1/agencies", "supervisor=x")]
    public async Task A_filter_that_cannot_be_read_is_refused_and_not_passed_over(string list, string query) =>
        (await api.Anon.GetAsync($"{list}?{query}")).ExpectProblem(400, "invalid-request");

    [Fact]
    public async Task The_register_is_filtered_and_paged_both_ways_too()
    {
        await api.RegisterAsync(Samples.CodeOf(14));
        await api.RegisterAsync(Samples.CodeOf(15));
        var first = (await api.Anon.GetAsync($"/v1/agencies?limit=1&region=990102&kind=department&supervisor={Samples.Office}")).Expect(200);
        var second = (await api.Anon.GetAsync(Link(first, "next"))).Expect(200);

        Assert.NotEqual(first.Text, second.Text);
        Assert.Equal(first.Json["items"]!.ToJsonString(), (await api.Anon.GetAsync(Link(second, "prev"))).Expect(200).Json["items"]!.ToJsonString());
        Assert.Empty((await api.Anon.GetAsync($"/v1/agencies?level=national")).Expect(200).Json["items"]!.AsArray());
    }

    private static string Link(Reply reply, string relation)
    {
        var link = reply.Header("Link")!.Split(", ").Single(link => link.EndsWith($"rel=\"{relation}\"", StringComparison.Ordinal));
        return link[1..link.IndexOf('>', StringComparison.Ordinal)];
    }

    private Task PrepareAsync() => api.OnceAsync(async () =>
    {
        await ArchiveAsync(11);
        await ArchiveAsync(12, "2024-02-01");
    });

    private Task<string> ArchiveAsync(int number) => ArchiveAsync(number, "2024-01-31");

    private async Task<string> ArchiveAsync(int number, string publishedOn)
    {
        var code = Samples.CodeOf(number);
        await api.RegisterAsync(code);
        var archive = Doors.Json("/archive").Replace("2022-01-28", publishedOn, StringComparison.Ordinal);
        (await api.Archivist.PostAsync($"/v1/agencies/{code}/reports/2023/archive", Bodies.Json(archive))).Expect(201);
        return code;
    }
}
