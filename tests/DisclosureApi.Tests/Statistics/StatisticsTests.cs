using System.Text.Json.Nodes;
using Disclosure.Contents;
using Disclosure.Formats;
using Disclosure.Tests;

namespace DisclosureApi.Tests.Statistics;

/// <summary>What readers of figures rely on.</summary>
public sealed class StatisticsTests(Api api) : IClassFixture<Api>
{
    private const string Place = "region=990102&indicator=disclosureRate&measure=applications.received";

    [Fact]
    public async Task A_correction_is_counted_in_place_of_what_it_corrects_and_a_withdrawn_report_not_at_all()
    {
        var life = await api.ReportAsync(2023, Samples.CodeOf(701));
        await life.PublishAsync(await life.FileAsync());
        var first = await FiguresAsync(2023);
        Assert.Equal(Samples.Whole().Cell(new("applications", "received", "total")), Value(first, "applications.received"));

        (await life.Submitter.PostAsync($"{life.Address}/correction", Bodies.Json(new { reason = "漏计一件申请" }))).Expect(201);
        var draft = await life.Submitter.GetAsync($"{life.Address}/draft");
        var more = Changed(Samples.Whole());
        await life.PublishAsync((await life.Submitter.PutAsync($"{life.Address}/draft", Bodies.Filing(more), Headers.Match(draft.ETag))).Expect(200));
        var corrected = await FiguresAsync(2023);
        Assert.Equal((1, more.Cell(new("applications", "received", "total"))), (Group(corrected)["reports"]!.GetValue<int>(), Value(corrected, "applications.received")));

        (await life.WithdrawAsync()).Expect(201);
        var withdrawn = await FiguresAsync(2023);
        Assert.Equal((0, Group(withdrawn)["due"]!.GetValue<int>()), (Group(withdrawn)["reports"]!.GetValue<int>(), Group(withdrawn)["missing"]!.GetValue<int>()));
        Assert.Null(Figure(withdrawn, "applications.received")["value"]);

        // Each answer can be read again under its permalink, byte for byte.
        foreach (var then in new[] { first, corrected, withdrawn })
        {
            var again = (await api.Anon.GetAsync(then.Json["permalink"]!.ToString())).Expect(200);
            Assert.Equal((then.Text, then.ETag), (again.Text, again.ETag));
            Assert.Contains("max-age", again.Header("Cache-Control"));
            Assert.Contains(then.Json["permalink"]!.ToString(), then.Json["citation"]!["zh"]!.ToString());
        }
        // And by the time of the event.
        var at = corrected.Json["asOf"]!["at"]!.ToString();
        Assert.Equal(corrected.Text, (await api.Anon.GetAsync($"/v1/statistics?year=2023&{Place}&asOf={Uri.EscapeDataString(at)}")).Text);
    }

    /// <summary>Who keeps a register may write the last day that there is for a body that has no end.</summary>
    [Theory]
    [InlineData("0001-01-01", "9999-12-31", 1)]
    [InlineData("0001-01-01", "0001-01-01", 0)]
    [InlineData("9999-12-31", "9999-12-31", 0)]
    public async Task The_first_and_the_last_day_of_all_are_days_like_others(string from, string to, int due)
    {
        var code = Samples.CodeOf(720 + due + from[0]);
        var region = $"99{720 + due + from[0]:0000}";
        (await api.Registrar.PutAsync($"/v1/agencies/{code}", Bodies.Json(new
        {
            code, name = Samples.AgencyName, region, level = "county", kind = "department", supervisor = Samples.Office, validFrom = from, validTo = to,
        }), Headers.Create)).Expect(201);

        foreach (var year in (int[])[2019, 2023, 2100])
        {
            var told = (await api.Anon.GetAsync($"/v1/statistics?year={year}&region={region}")).Expect(200).Json["groups"]!.AsArray().Sum(group => group!["due"]!.GetValue<int>());
            var owed = (await api.Anon.GetAsync($"/v1/timeliness/{year}?region={region}")).Expect(200).Json["groups"]!.AsArray().Sum(group => group!["due"]!.GetValue<int>());
            Assert.Equal((due, due), (told, owed));
        }
    }

    [Fact]
    public async Task A_table_opens_in_a_spreadsheet()
    {
        var life = await api.ReportAsync(2022, Samples.CodeOf(702));
        await life.PublishAsync(await life.FileAsync());

        var asked = await api.Anon.GetAsync($"/v1/statistics?year=2022&region=990102&measure=applications.received&format=csv");
        var accepted = await api.Anon.GetAsync($"/v1/statistics?year=2022&region=990102&measure=applications.received", ("Accept", "text/csv"));

        Assert.Equal("text/csv", asked.MediaType);
        Assert.StartsWith("\"year\",\"region\"", asked.Text);
        Assert.Contains("\"applications.received\",\"一、本年新收政府信息公开申请数量\"", asked.Text);
        Assert.Equal(asked.Text, accepted.Text);
        Assert.Contains("Accept", accepted.Header("Vary"));
    }

    [Theory]
    [InlineData("year=2023&from=2022", "impossible-query", 422)]
    [InlineData("from=2023&to=2021", "impossible-query", 422)]
    [InlineData("kind=government", "impossible-query", 422)]
    [InlineData("asOf=999999999", "impossible-query", 422)]
    [InlineData("asOf=2099-01-01T00:00:00Z", "impossible-query", 422)]
    [InlineData("asOf=yesterday", "invalid-request", 400)]
    [InlineData("indicator=happiness", "invalid-request", 400)]
    [InlineData("groupBy=colour", "invalid-request", 400)]
    [InlineData("year=2018", "invalid-request", 400)]
    public async Task What_cannot_be_told_is_refused_with_the_reason(string query, string problem, int status) =>
        (await api.Anon.GetAsync($"/v1/statistics?{query}")).ExpectProblem(status, problem);

    [Fact]
    public async Task Compiled_reports_of_governments_are_told_by_themselves()
    {
        await api.RegisterAsync(Samples.CodeOf(703));
        var entry = JsonNode.Parse(Bodies.AgencyJson(Samples.CodeOf(704)))!;
        entry["kind"] = "government";
        (await api.Registrar.PutAsync($"/v1/agencies/{Samples.CodeOf(704)}", Bodies.Json(entry.ToJsonString()), Headers.Create)).Expect(201);
        var before = Group(await FiguresAsync(2021))["due"]!.GetValue<int>();
        Assert.InRange(before, 1, int.MaxValue);

        var compiled = (await api.Anon.GetAsync($"/v1/statistics?year=2021&region=990102&kind=government&groupBy=level")).Expect(200);

        Assert.Equal(("county", 1), (Group(compiled)["level"]!.ToString(), Group(compiled)["due"]!.GetValue<int>()));
        var all = (await api.Anon.GetAsync("/v1/statistics?year=2021&region=990102&groupBy=kind")).Expect(200).Json["groups"]!.AsArray();
        Assert.DoesNotContain(all, group => group!["kind"]!.ToString() == "government");
    }

    [Fact]
    public async Task The_table_of_indicators_says_how_each_is_made()
    {
        var table = (await api.Anon.GetAsync("/v1/statistics/indicators")).Expect(200).Json;

        var share = table["indicators"]!.AsArray().Single(indicator => indicator!["code"]!.ToString() == "disclosureRate")!;
        Assert.Equal("(applications.granted.c + applications.partiallyGranted.c) / (applications.totalHandled.c)", share["formula"]!.ToString());
        Assert.Equal("公开率", share["name"]!["zh"]!.ToString());
        Assert.All(table["measures"]!.AsArray(), measure => Assert.DoesNotContain("proactive.", measure!["code"]!.ToString()));
    }

    /// <summary>One more request, granted to a natural person.</summary>
    private static ReportContent Changed(ReportContent content) => new[] { "received", "granted", "totalHandled" }
        .SelectMany(row => new[] { "naturalPerson", "total" }.Select(column => new CellAddress("applications", row, column)))
        .Aggregate(content, (changed, address) => changed.With(address, changed.Cell(address)!.Value + 1));

    private async Task<Reply> FiguresAsync(int year) => (await api.Anon.GetAsync($"/v1/statistics?year={year}&{Place}")).Expect(200);

    private static JsonNode Group(Reply reply) => reply.Json["groups"] is System.Text.Json.Nodes.JsonArray { Count: > 0 } all ? all[0]! : throw new InvalidOperationException(reply.Text);

    private static JsonNode Figure(Reply reply, string code) => Group(reply)["figures"]!.AsArray().Single(figure => figure!["code"]!.ToString() == code)!;

    private static decimal? Value(Reply reply, string code) => Figure(reply, code)["value"]?.GetValue<decimal>();
}
