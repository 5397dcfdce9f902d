using Disclosure.Tests;
using DisclosureApi.Access;
using DisclosureApi.Store;
using DisclosureApi.Store.Rebuilding;
using Npgsql;

namespace DisclosureApi.Tests.Access;

/// <summary>
/// What PostgreSQL itself shows of drafts to the role that requests are served with, whatever the program asks for: here by
/// statements that forget to ask whose draft they read.
/// </summary>
public sealed class DraftLockTests(Api api) : IClassFixture<Api>, IAsyncLifetime
{
    private const int Published = 2022;
    private const int Drafted = 2023;

    private static readonly Dictionary<string, string> Unfiltered = new()
    {
        ["events of a draft"] = $"select data from mt_events where stream_id like '%/{Drafted}'",
        ["drafts of a published report"] = $"select data from mt_events where stream_id like '%/{Published}' and type in ('draft_changed', 'document_imported', 'secrecy_reviewed', 'report_submitted', 'report_approved')",
        ["a correction under way"] = "select data from mt_events where type = 'correction_opened'",
        ["streams"] = "select version from mt_streams where id like 'report/%'",
        ["states"] = $"select state from reports where year = {Drafted}",
        ["work in hand"] = "select state from work",
        ["documents"] = "select bytes from originals",
    };

    public static TheoryData<string> Statements => [.. Unfiltered.Keys];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await api.OnceAsync(async () =>
    {
        var published = await api.ReportAsync(Published);
        await published.PublishAsync((await published.FileAsync()).Expect(201));
        (await published.Submitter.PostAsync($"{published.Address}/correction", Bodies.Json(new { reason = "数字有误" }))).Expect(201);
        var drafted = await api.ReportAsync(Drafted);
        var document = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "openapi", "examples", "report-2023.txt"), Cancellation);
        (await drafted.FileAsync(Bodies.Text(document))).Expect(201);
    });

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [MemberData(nameof(Statements))]
    public async Task A_statement_that_asks_for_no_agency_finds_no_draft(string statement)
    {
        Assert.InRange(await CountAsync(api.Database.Owner, Unfiltered[statement]), 1, 1_000);

        Assert.Equal(0, await CountAsync(api.Database.Serving, Unfiltered[statement]));
        Assert.Equal(0, await CountAsync(api.Database.Serving, Unfiltered[statement], new Sight([Samples.OtherAgency])));
        Assert.Equal(0, await CountAsync(api.Database.Serving, Unfiltered[statement], new Sight(["*", "%", "on", ""])));
    }

    [Theory]
    [MemberData(nameof(Statements))]
    public async Task The_body_itself_and_the_office_that_supervises_it_find_theirs(string statement)
    {
        // Documents are shown by their hash alone, which stands in events that only these see.
        var wanted = statement == "documents" ? "select data #>> '{document,sha256}' from mt_events where type = 'document_imported'" : Unfiltered[statement];

        foreach (var body in (string[])[Samples.Agency, Samples.Office])
        {
            Assert.Equal(await CountAsync(api.Database.Owner, wanted), await CountAsync(api.Database.Serving, wanted, new Sight([body])));
        }
    }

    [Fact]
    public async Task A_sight_ends_with_what_was_sent_together_with_it()
    {
        await using var database = Database.OpenForRequests(api.Database.Serving);
        await using var connection = await database.OpenConnectionAsync(Cancellation);
        Assert.InRange(await CountAsync(connection, Unfiltered["work in hand"], new Sight([Samples.Agency])), 1, 10);

        Assert.Equal(0, await CountAsync(connection, Unfiltered["work in hand"], null));
    }

    [Theory]
    [InlineData("insert into mt_events (seq_id, id, stream_id, version, data, type, timestamp) select 1000000, gen_random_uuid(), id, 1000, '{}', 'report_published', now() from mt_streams limit 1")]
    [InlineData(
        "select disclosure_store((select max(seq_id) from mt_events), '{report/a/2023}', '{report}', '{0}', '{1}', '{}', '{}', now(), array[gen_random_uuid()], '{report/a/2023}', '{1}', "
        + "'{report_published}', '{x}', '{r}', '{p}', array['{}'::jsonb], array['{}'::jsonb])")]
    [InlineData("insert into reports (agency, year, version, position, state, revision) values ('11990102000001038J', 1999, 1, 1, 'published', 1)")]
    [InlineData("insert into originals (sha256, bytes) values (repeat('a', 64), '')")]
    public async Task Connections_that_serve_requests_write_no_event_and_no_row_made_of_events(string statement)
    {
        var refused = await Assert.ThrowsAsync<PostgresException>(() => CountAsync(api.Database.Serving, statement, new Sight([Samples.Agency])));

        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refused.SqlState);
    }

    [Fact]
    public async Task What_is_rebuilt_is_locked_as_what_it_replaces_was()
    {
        await new Rebuild(api.Database.Owner, RebuildCommand.Models, TimeProvider.System, _ => { }).RunAsync(Cancellation);

        foreach (var statement in (string[])["states", "work in hand", "a correction under way"])
        {
            Assert.Equal(0, await CountAsync(api.Database.Serving, Unfiltered[statement]));
            Assert.InRange(await CountAsync(api.Database.Serving, Unfiltered[statement], new Sight([Samples.Office])), 1, 1_000);
        }
    }

    [Fact]
    public async Task Reading_what_is_public_needs_no_sight()
    {
        (await api.Anon.GetAsync($"/v1/agencies/{Samples.Agency}/reports/{Published}/revisions")).Expect(200);
        (await api.As(Role.Auditor, []).GetAsync($"/v1/audit/reports/{Samples.Agency}/{Drafted}/events")).Expect(200);
        Assert.InRange(await CountAsync(api.Database.Serving, "select data from mt_events"), 2, 1_000);
    }

    private static async Task<int> CountAsync(string connectionString, string statement, Sight? sight = null)
    {
        await using var database = NpgsqlDataSource.Create(connectionString);
        await using var connection = await database.OpenConnectionAsync(Cancellation);
        return await CountAsync(connection, statement, sight);
    }

    private static async Task<int> CountAsync(NpgsqlConnection connection, string statement, Sight? sight)
    {
        await using var batch = new NpgsqlBatch(connection);
        if (sight is not null)
        {
            batch.BatchCommands.Add(sight.Open());
        }
        batch.BatchCommands.Add(new(statement));
        await using var reader = await batch.ExecuteReaderAsync(Cancellation);
        if (sight is not null)
        {
            await reader.NextResultAsync(Cancellation);
        }
        var rows = 0;
        while (await reader.ReadAsync(Cancellation))
        {
            rows++;
        }
        return rows;
    }
}
