using System.Globalization;
using System.Text.Json.Nodes;
using Disclosure.Tests;
using DisclosureApi.Access;
using DisclosureApi.Store;
using DisclosureApi.Store.Rebuilding;
using DisclosureApi.Tests.Store.Rebuilding;
using Npgsql;

namespace DisclosureApi.Tests.Reports.ErrorReports;

/// <summary>Strangers may write to agencies: what keeps them from flooding queues, and their words and persons' data from where they should not be.</summary>
public sealed class ErrorReportGuardTests(Api api) : IClassFixture<Api>
{
    private const string Words = "王小明住桂山路18号";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Few_may_come_from_one_address_and_nobody_else_has_to_wait_for_that()
    {
        var of = await ReaderOf.PublishedAsync(api, 32_001);
        // One comes back every half hour.
        var host = await api.AnotherHostAsync("--RateLimits:ErrorReports=2", "--Proxies:0=127.0.0.0/8");
        var (reader, other) = (("X-Forwarded-For", "203.0.113.7"), ("X-Forwarded-For", "198.51.100.9"));

        // What is refused for itself costs nothing.
        (await of.TellAsync(ReaderOf.Body("<b>"), api.Of(null, host), reader)).ExpectProblem(422, "invalid-body");
        var first = (await of.TellAsync(null, api.Of(null, host), reader)).Expect(201);
        Assert.Contains("\"errorReports\";q=2;w=3600", first.Header("RateLimit-Policy"), StringComparison.Ordinal);
        Assert.Contains("\"errorReports\";r=1", first.Header("RateLimit"), StringComparison.Ordinal);
        (await of.TellAsync(null, api.Of(null, host), reader)).Expect(201);
        var refused = (await of.TellAsync(null, api.Of(null, host), reader)).ExpectProblem(429, "too-many-requests");

        Assert.Equal("errorReports", refused.Json["policy"]!.ToString());
        Assert.InRange(int.Parse(refused.Header("Retry-After")!, CultureInfo.InvariantCulture), 1, 1_800);
        // A token is no way around it, and reading goes on.
        (await of.TellAsync(null, api.Of(of.Life.Submitter.Token, host), reader)).ExpectProblem(429, "too-many-requests");
        (await api.Of(null, host).GetAsync(of.Address, reader)).Expect(200);
        (await of.TellAsync(null, api.Of(null, host), other)).Expect(201);
    }

    [Fact]
    public async Task No_more_wait_on_one_report_than_may_however_many_come_at_once()
    {
        var of = await ReaderOf.PublishedAsync(api, 32_002);

        var replies = await Task.WhenAll(Enumerable.Range(0, 80).Select(i => of.TellAsync(ReaderOf.Body($"第{i}次"))));

        Assert.Equal(50, replies.Count(reply => reply.Status == 201));
        Assert.All(replies.Where(reply => reply.Status != 201), reply => reply.ExpectProblem(409, "queue-full"));
        Assert.Equal(Enumerable.Range(1, 50), replies.Where(reply => reply.Status == 201).Select(reply => reply.Json["number"]!.GetValue<int>()).Order());
        (await of.DismissAsync(7, of.Life.Submitter)).Expect(201);
        Assert.Equal(51, (await of.TellAsync()).Expect(201).Json["number"]!.GetValue<int>());
        (await of.TellAsync()).ExpectProblem(409, "queue-full");
    }

    [Fact]
    public async Task Nothing_of_who_reports_is_kept_not_even_from_who_shows_a_token()
    {
        var of = await ReaderOf.PublishedAsync(api, 32_003);
        (await of.TellAsync(null, api.As(Role.Submitter, [Samples.OtherAgency], "a curious person"), (Headers.Key, "\"curious-key\""))).Expect(201);

        var kept = await api.Database.TextsAsync(
            $"select user_name || ' ' || headers::text || ' ' || data::text from mt_events where stream_id like 'error_report/{of.Life.Agency}/%' union all select client || ' ' || key from idempotency where client = 'stranger'");

        Assert.All(kept, row => Assert.False(row.Contains("curious", StringComparison.Ordinal) || row.Contains("127.0.0.1", StringComparison.Ordinal) || row.Contains(Samples.OtherAgency, StringComparison.Ordinal), row));
        var told = (await api.As(Role.Auditor, []).GetAsync($"/v1/audit/events?agency={of.Life.Agency}&type=error_reported")).Expect(200).Json["items"]!.AsArray().Single()!;
        Assert.Equal(("p_reader", "reader", null), (told["actor"]!.ToString(), told["headers"]!["role"]!.ToString(), told["headers"]!["client"]));
        Assert.Equal(ReaderOf.Message, told["data"]!["message"]!["text"]!.ToString());
    }

    [Fact]
    public async Task A_persons_data_goes_from_events_and_answers_and_the_ledger_still_verifies()
    {
        var of = await ReaderOf.PublishedAsync(api, 32_004);
        (await of.TellAsync(ReaderOf.Body($"件数有误，联系人{Words}。"))).Expect(201);
        (await of.AnswerAsync(1, of.Life.Submitter)).Expect(201);
        Assert.Contains(Words, (await of.ReadAsync(1)).Text, StringComparison.Ordinal);

        (await of.RedactAsync(1, Words, api.As(Role.Redactor, [Samples.OtherAgency]))).ExpectProblem(404, "not-found");
        (await of.RedactAsync(1, "查无此人")).ExpectProblem(422, "nothing-to-redact");
        (await of.RedactAsync(1, Words)).Expect(201);

        Assert.Contains($"联系人{new string('□', Words.Length)}。", (await of.ReadAsync(1)).Json["message"]!.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(Words, (await api.Anon.GetAsync(of.Address)).Text, StringComparison.Ordinal);
        var agency = of.Life.Agency;
        foreach (var where in (string[])[
            $"select data::text from mt_events where stream_id like 'error_report/{agency}/%'", $"select e::text from error_reports e where agency = '{agency}'",
            $"select t::text from error_report_texts t where agency = '{agency}'", "select convert_from(body, 'UTF8') from idempotency"])
        {
            Assert.All(await api.Database.TextsAsync(where), text => Assert.DoesNotContain(Words, text, StringComparison.Ordinal));
        }
        var verification = await VerifiedAsync();
        Assert.Equal(("whole", null), (verification["outcome"]!.ToString(), verification["fault"]));
    }

    [Fact]
    public async Task What_a_reader_says_is_locked_below_the_program_until_it_is_answered_also_after_a_rebuild()
    {
        var of = await ReaderOf.PublishedAsync(api, 32_005);
        (await of.TellAsync()).Expect(201);
        (await of.TellAsync()).Expect(201);
        (await of.DismissAsync(2, of.Life.Submitter)).Expect(201);
        string[] hidden =
        [
            $"select data::text from mt_events where stream_id like 'error_report/{of.Life.Agency}/%' and type = 'error_reported'",
            $"select id from mt_streams where id like 'error_report/{of.Life.Agency}/%'", $"select message from error_report_texts where agency = '{of.Life.Agency}'",
        ];
        foreach (var isRebuilt in (bool[])[false, true])
        {
            if (isRebuilt)
            {
                await new Rebuild(api.Database.Owner, RebuildCommand.Models, TimeProvider.System, _ => { }).RunAsync(Cancellation);
            }
            foreach (var statement in hidden)
            {
                Assert.Equal(0, await SeenAsync(statement, Sight.None));
                Assert.Equal(0, await SeenAsync(statement, new Sight([Samples.OtherAgency])));
                Assert.Equal(2, await SeenAsync(statement, new Sight([of.Life.Agency])));
                Assert.Equal(2, await SeenAsync(statement, new Sight([Samples.Office])));
            }
            Assert.Equal(1, await SeenAsync($"select data from mt_events where stream_id like 'error_report/{of.Life.Agency}/%'", Sight.None));
            Assert.DoesNotContain(await api.Database.TextsAsync($"select e::text from error_reports e where agency = '{of.Life.Agency}'"), row => row.Contains(ReaderOf.Message, StringComparison.Ordinal));
        }
        var refused = await Assert.ThrowsAsync<PostgresException>(() => SeenAsync("insert into error_report_texts (agency, year, number, message) values ('x', 2023, 1, 'y')", new Sight([of.Life.Agency])));
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refused.SqlState);
    }

    [Fact]
    public async Task Everything_is_made_again_from_the_events_byte_by_byte()
    {
        var of = await ReaderOf.PublishedAsync(api, 32_006);
        for (var i = 0; i < 4; i++)
        {
            (await of.TellAsync(ReaderOf.Body($"第{i}处，{Words}", expected: 1_234 + i))).Expect(201);
        }
        (await of.AnswerAsync(1, of.Life.Submitter)).Expect(201);
        (await of.DismissAsync(2, of.Life.Submitter)).Expect(201);
        (await of.RedactAsync(1, Words)).Expect(201);
        (await of.RedactAsync(3, Words)).Expect(201);
        var (rows, one) = (await ModelRows.OfAsync(api.Database), (await of.ReadAsync(1)).Everything);

        await new Rebuild(api.Database.Owner, RebuildCommand.Models, TimeProvider.System, _ => { }).RunAsync(Cancellation);

        Assert.Equal(rows, await ModelRows.OfAsync(api.Database));
        Assert.Equal(one, (await of.ReadAsync(1)).Everything);
    }

    [Fact]
    public async Task The_feed_tells_what_an_agency_said_and_nothing_before()
    {
        var of = await ReaderOf.PublishedAsync(api, 32_007);
        var last = (await api.Anon.GetAsync("/v1/changes?limit=200")).Expect(200).Json["last"]!.GetValue<long>();
        for (var i = 0; i < 2; i++)
        {
            (await of.TellAsync(ReaderOf.Body($"联系人{Words}"))).Expect(201);
        }
        (await of.RedactAsync(1, "联系人")).Expect(201);
        Assert.Empty((await api.Anon.GetAsync($"/v1/changes?after={last}")).Expect(200).Json["items"]!.AsArray());

        (await of.AnswerAsync(1, of.Life.Submitter)).Expect(201);
        (await of.DismissAsync(2, of.Life.Submitter)).Expect(201);
        (await of.RedactAsync(1, Words)).Expect(201);
        (await of.RedactAsync(2, Words)).Expect(201);

        var changes = (await api.Anon.GetAsync($"/v1/changes?after={last}")).Expect(200).Json["items"]!.AsArray();
        Assert.Equal(
            [("errorReportAnswered", $"{of.Address}/1"), ("errorReportDismissed", $"{of.Address}/2"), ("errorReportRedacted", $"{of.Address}/1")],
            changes.Select(change => (change!["type"]!.ToString(), change["address"]!.ToString())));
        Assert.All(changes, change => Assert.Equal((of.Life.Agency, 2023, 1), (change!["agency"]!.ToString(), change["year"]!.GetValue<int>(), change["revision"]!.GetValue<int>())));
    }

    private async Task<JsonNode> VerifiedAsync()
    {
        (await api.As(Role.Auditor, []).PostAsync("/v1/audit/verification", Bodies.Empty)).Expect(202);
        while (true)
        {
            var verification = (await api.As(Role.Auditor, []).GetAsync("/v1/audit/verification")).Expect(200).Json;
            if (verification["outcome"]!.ToString() is not ("running" or "none"))
            {
                return verification;
            }
            await Task.Delay(20, Cancellation);
        }
    }

    private async Task<int> SeenAsync(string statement, Sight sight)
    {
        await using var database = NpgsqlDataSource.Create(api.Database.Serving);
        await using var batch = database.CreateBatch();
        batch.BatchCommands.Add(sight.Open());
        batch.BatchCommands.Add(new(statement));
        await using var reader = await batch.ExecuteReaderAsync(Cancellation);
        await reader.NextResultAsync(Cancellation);
        var rows = 0;
        while (await reader.ReadAsync(Cancellation))
        {
            rows++;
        }
        return rows;
    }
}
