using System.Text.Json.Nodes;
using Disclosure.Tests;
using DisclosureApi.Access;

namespace DisclosureApi.Tests.Reports.ErrorReports;

/// <summary>A reader reports an error; the agency answers or dismisses it, and says why in public.</summary>
public sealed class ErrorReportLifeTests(Api api) : IClassFixture<Api>
{
    [Fact]
    public async Task What_a_reader_reports_waits_for_the_agency_and_is_answered_in_public_with_the_correction_that_mended_it()
    {
        var of = await ReaderOf.PublishedAsync(api, 31_001);
        Assert.Contains($"<{of.Address}>; rel=\"related\"", (await api.Anon.GetAsync(of.Life.Address)).Expect(200).Header("Link"), StringComparison.Ordinal);
        Assert.Contains($"<{of.Address}>; rel=\"related\"", (await api.Anon.GetAsync($"{of.Life.Address}/revisions/1")).Expect(200).Header("Link"), StringComparison.Ordinal);
        Assert.Equal("""{"items":[],"counts":{"open":0,"answered":0,"dismissed":0},"next":null}""", (await api.Anon.GetAsync(of.Address)).Expect(200).Text);
        var report = (await api.Anon.GetAsync(of.Life.Address)).Text;

        var told = (await of.TellAsync()).Expect(201);

        Assert.Equal(($"{of.Address}/1", $"{of.Address}/1", "open"), (told.Header("Location"), told.Json["links"]!["self"]!.ToString(), told.Json["state"]!.ToString()));
        var open = (await of.ReadAsync(1)).Json;
        Assert.Equal(("open", ReaderOf.Pointer, 1), (open["state"]!.ToString(), open["pointer"]!.ToString(), open["revision"]!.GetValue<int>()));
        Assert.Equal(of.Published, open["published"]!.GetValue<decimal>());
        Assert.All((string[])["message", "read", "expected", "reason", "settledAt"], member => Assert.Null(open[member]));
        Assert.Equal(ReaderOf.Message, (await of.ReadAsync(1, of.Life.Submitter)).Json["message"]!.ToString());
        Assert.Equal(1, (await WaitingAsync(of, of.Life.Submitter))!["errorReports"]!.GetValue<int>());

        await of.CorrectAsync();
        var version = (await of.ReadAsync(1, of.Life.Submitter)).ETag;
        var answered = (await of.AnswerAsync(1, of.Life.Submitter, 2, Headers.Match(version))).Expect(201);

        Assert.Equal(("answered", "\"2\""), (answered.Json["state"]!.ToString(), answered.ETag));
        var known = (await of.ReadAsync(1)).Json;
        Assert.Equal(("answered", ReaderOf.Message, "经核实，漏计5件，已更正。", 2), (known["state"]!.ToString(), known["message"]!.ToString(), known["reason"]!.ToString(), known["correction"]!.GetValue<int>()));
        Assert.Equal((41, 987_654), (known["read"]!.GetValue<int>(), known["expected"]!.GetValue<int>()));
        Assert.Equal($"{of.Life.Address}/revisions/2", known["links"]!["correction"]!.ToString());
        var list = (await api.Anon.GetAsync(of.Address)).Expect(200).Json;
        Assert.Equal("""{"open":0,"answered":1,"dismissed":0}""", list["counts"]!.ToJsonString());
        Assert.True(JsonNode.DeepEquals(known, Assert.Single(list["items"]!.AsArray())));
        Assert.Null(await WaitingAsync(of, of.Life.Submitter));
        Assert.Equal(report, (await api.Anon.GetAsync($"{of.Life.Address}/revisions/1")).Text);
    }

    [Fact]
    public async Task The_supervising_office_may_settle_it_too_and_a_dismissal_publishes_its_reason_and_not_the_readers_words()
    {
        var of = await ReaderOf.PublishedAsync(api, 31_002);
        (await of.TellAsync(ReaderOf.Body("某某办事大厅态度不好"))).Expect(201);
        Assert.Equal("answerErrorReports", (await WaitingAsync(of, api.Reviewer))!["nextStep"]!.ToString());

        (await of.DismissAsync(1, api.Reviewer)).Expect(201);

        var known = (await of.ReadAsync(1)).Json;
        Assert.Equal(("dismissed", "与本年报无关。", 987_654), (known["state"]!.ToString(), known["reason"]!.ToString(), known["expected"]!.GetValue<int>()));
        Assert.Null(known["message"]);
        Assert.Equal("某某办事大厅态度不好", (await of.ReadAsync(1, of.Life.SecrecyReviewer)).Json["message"]!.ToString());
        Assert.DoesNotContain("办事大厅", (await api.Anon.GetAsync(of.Address)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Everyone_else_sees_what_the_public_sees_and_may_settle_nothing()
    {
        var of = await ReaderOf.PublishedAsync(api, 31_003);
        (await of.TellAsync()).Expect(201);
        var (one, all) = (await of.ReadAsync(1), await api.Anon.GetAsync(of.Address));
        Client[] others =
        [
            api.As(Role.Submitter, [Samples.OtherAgency]), api.As(Role.Reviewer, [Samples.OtherAgency]), api.As(Role.Auditor, []), api.As(Role.Registrar, []),
            // Their sight reaches the agency; their role does not.
            api.Archivist, api.As(Role.Registrar, [Samples.Office]), api.As(Role.Archivist, [of.Life.Agency]), api.As(Role.Submitter, [Samples.Office]),
        ];

        foreach (var other in others)
        {
            Assert.Equal((one.Text, one.ETag), ((await of.ReadAsync(1, other)).Text, (await of.ReadAsync(1, other)).ETag));
            Assert.Equal(all.Text, (await other.GetAsync(of.Address)).Text);
        }
        Assert.DoesNotContain(ReaderOf.Message, one.Text + all.Text, StringComparison.Ordinal);
        foreach (var other in others[..2])
        {
            (await of.AnswerAsync(1, other)).ExpectProblem(404, "not-found");
            (await of.DismissAsync(1, other)).ExpectProblem(404, "not-found");
        }
        (await of.AnswerAsync(1, api.Anon)).ExpectProblem(401, "unauthenticated");
        (await of.AnswerAsync(1, of.Life.SecrecyReviewer)).ExpectProblem(403, "forbidden");
        (await of.AnswerAsync(7, of.Life.Submitter)).ExpectProblem(404, "not-found");
        Assert.Null(await WaitingAsync(of, api.As(Role.Submitter, [Samples.OtherAgency])));
        Assert.Contains("Authorization", one.Header("Vary"), StringComparison.Ordinal);
        Assert.Equal("no-store", (await of.ReadAsync(1, of.Life.Submitter)).Header("Cache-Control"));
    }

    [Fact]
    public async Task What_is_not_public_or_not_there_takes_no_error_report()
    {
        var of = await ReaderOf.PublishedAsync(api, 31_004);
        var drafted = await api.ReportAsync(2022, of.Life.Agency);
        (await drafted.FileAsync()).Expect(201);
        var before = await api.Database.ScalarAsync<long>("select count(*) from mt_events");

        (await api.Anon.PostAsync($"{drafted.Address}/error-reports", Bodies.Json(ReaderOf.Body()))).ExpectProblem(404, "not-found");
        (await api.Anon.GetAsync($"{drafted.Address}/error-reports")).ExpectProblem(404, "not-found");
        (await api.Anon.PostAsync($"/v1/agencies/{Samples.CodeOf(31_999)}/reports/2023/error-reports", Bodies.Json(ReaderOf.Body()))).ExpectProblem(404, "not-found");
        var faults = (await of.TellAsync(ReaderOf.Body("<img src=x onerror=alert(1)>", 7, "/tables/applications/received/nobody"))).ExpectProblem(422, "invalid-body").Json["errors"]!;
        Assert.Equal(["/revision", "/pointer", "/message"], faults.AsArray().Select(fault => fault!["pointer"]!.ToString()));
        (await of.TellAsync(new { revision = 1, pointer = ReaderOf.Pointer, message = "有误", name = "王小明" })).ExpectProblem(422, "invalid-body");
        (await of.TellAsync(ReaderOf.Body(new string('长', 2_001)))).ExpectProblem(422, "invalid-body");
        (await of.TellAsync(ReaderOf.Body(expected: of.Published))).ExpectProblem(422, "invalid-body");
        (await api.Anon.SendAsItIsAsync(HttpMethod.Post, of.Address, Bodies.Json(ReaderOf.Body()))).ExpectProblem(400, "key-missing");
        Assert.Equal(before, await api.Database.ScalarAsync<long>("select count(*) from mt_events"));

        await of.CorrectAsync();
        Assert.Equal(2, (await of.TellAsync()).ExpectProblem(409, "stale-revision").Json["revision"]!.GetValue<int>());
        (await of.TellAsync(ReaderOf.Body(revision: 2))).Expect(201);
        (await of.Life.WithdrawAsync()).Expect(201);
        Assert.Equal("数据来源有误", (await of.TellAsync(ReaderOf.Body(revision: 2))).ExpectProblem(410, "withdrawn").Json["reason"]!.ToString());
        // What was reported before is history, and may still be answered.
        Assert.Single((await api.Anon.GetAsync(of.Address)).Expect(200).Json["items"]!.AsArray());
        Assert.Equal("withdrawn", (await WaitingAsync(of, of.Life.Submitter))!["state"]!.ToString());
        (await of.AnswerAsync(1, of.Life.Submitter)).Expect(201);
    }

    [Fact]
    public async Task Of_two_who_settle_one_error_report_one_does_and_the_other_is_told()
    {
        for (var race = 0; race < 4; race++)
        {
            var of = await ReaderOf.PublishedAsync(api, 31_100 + race);
            (await of.TellAsync()).Expect(201);
            (string, string)[] named = race % 2 == 0 ? [Headers.Match("\"1\"")] : [];

            var replies = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => i % 2 == 0 ? of.AnswerAsync(1, of.Life.Submitter, null, named) : of.DismissAsync(1, api.Reviewer, named)));

            Assert.Single(replies, reply => reply.Status == 201);
            Assert.All(replies.Where(reply => reply.Status != 201), reply => reply.ExpectProblem(named.Length > 0 ? 412 : 409, named.Length > 0 ? "precondition-failed" : "wrong-state"));
            Assert.Equal(2, await api.Database.ScalarAsync<long>($"select count(*) from mt_events where stream_id like 'error_report/{of.Life.Agency}/%'"));
            var late = await of.DismissAsync(1, of.Life.Submitter);
            Assert.Equal((await of.ReadAsync(1)).Json["state"]!.ToString(), late.ExpectProblem(409, "wrong-state").Json["state"]!.ToString());
        }
    }

    [Fact]
    public async Task A_step_sent_again_under_its_key_is_answered_as_it_was_and_does_nothing_twice()
    {
        var of = await ReaderOf.PublishedAsync(api, 31_005);
        var key = (Headers.Key, "\"reader-31005\"");

        var first = (await of.TellAsync(headers: key)).Expect(201);
        var again = (await of.TellAsync(headers: key)).Expect(201);
        Assert.Equal((first.Text, first.Header("Location")), (again.Text, again.Header("Location")));
        (await of.TellAsync(ReaderOf.Body("另一处有误"), headers: key)).ExpectProblem(422, "key-reused");
        var answer = (await of.AnswerAsync(1, of.Life.Submitter, null, key)).Expect(201);
        Assert.Equal(answer.Text, (await of.AnswerAsync(1, of.Life.Submitter, null, key)).Expect(201).Text);
        Assert.Equal(2, await api.Database.ScalarAsync<long>($"select count(*) from mt_events where stream_id like 'error_report/{of.Life.Agency}/%'"));
        (await of.AnswerAsync(1, of.Life.Submitter, 1)).ExpectProblem(409, "wrong-state");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task An_answer_names_a_correction_that_there_is(int revision)
    {
        var of = await ReaderOf.PublishedAsync(api, 31_010 + revision);
        (await of.TellAsync()).Expect(201);

        Assert.Equal("/revision", (await of.AnswerAsync(1, of.Life.Submitter, revision)).ExpectProblem(422, "invalid-body").Json["errors"]![0]!["pointer"]!.ToString());
        Assert.Equal("open", (await of.ReadAsync(1)).Json["state"]!.ToString());
    }

    [Fact]
    public async Task A_list_goes_page_by_page_and_is_chosen_by_state()
    {
        var of = await ReaderOf.PublishedAsync(api, 31_006);
        for (var i = 1; i <= 5; i++)
        {
            (await of.TellAsync(ReaderOf.Body($"第{i}处"))).Expect(201);
        }
        (await of.AnswerAsync(2, of.Life.Submitter)).Expect(201);
        (await of.DismissAsync(4, of.Life.Submitter)).Expect(201);
        var seen = new List<int>();
        for (var page = $"{of.Address}?limit=2"; page is not null;)
        {
            var reply = (await api.Anon.GetAsync(page)).Expect(200);
            seen.AddRange(reply.Json["items"]!.AsArray().Select(item => item!["number"]!.GetValue<int>()));
            page = reply.Json["next"]?.ToString();
        }

        Assert.Equal([1, 2, 3, 4, 5], seen);
        foreach (var (state, numbers) in new Dictionary<string, int[]> { ["open"] = [1, 3, 5], ["answered"] = [2], ["dismissed"] = [4] })
        {
            Assert.Equal(numbers, (await of.Life.Submitter.GetAsync($"{of.Address}?state={state}")).Expect(200).Json["items"]!.AsArray().Select(item => item!["number"]!.GetValue<int>()));
        }
        (await api.Anon.GetAsync($"{of.Address}?state=secret")).ExpectProblem(400, "invalid-request");
        (await api.Anon.GetAsync($"{of.Address}?after=eA")).ExpectProblem(400, "invalid-request");
    }

    private static async Task<JsonNode?> WaitingAsync(ReaderOf of, Client client)
    {
        for (var page = "/v1/work?limit=3"; page is not null;)
        {
            var reply = (await client.GetAsync(page)).Expect(200).Json;
            if (reply["items"]!.AsArray().SingleOrDefault(item => item!["kind"]!.ToString() == "errorReports" && item["agency"]!["code"]!.ToString() == of.Life.Agency) is { } found)
            {
                return found;
            }
            page = reply["next"]?.ToString();
        }
        return null;
    }
}
