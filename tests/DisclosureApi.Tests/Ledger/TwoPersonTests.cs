using Disclosure.Contents;
using Disclosure.Formats;
using Disclosure.Tests;
using DisclosureApi.Access;
using Npgsql;

namespace DisclosureApi.Tests.Ledger;

/// <summary>The query of openapi/LEDGER.md, over a real export, shows that no publication is the work of one hand, and shows the one that somebody made look so.</summary>
public sealed class TwoPersonTests(Api api) : IClassFixture<Api>
{
    private static readonly CellAddress _blank = new("applications", "granted", "enterprise");

    private sealed record Publication(long Position, string Report, int Revision, string[] Authors, string? SecrecyReviewer, string[] WaivedBy, string? Approver, bool Holds);

    [Fact]
    public async Task Of_every_publication_author_secrecy_reviewer_and_approver_are_told_and_differ_and_a_planted_violation_shows()
    {
        for (var number = 1; number <= 3; number++)
        {
            await PublishedTwiceAsync(Samples.CodeOf(3_000 + number));
        }
        var told = await AskAsync();

        Assert.Equal([1, 2, 1, 2, 1, 2], told.ConvertAll(publication => publication.Revision));
        Assert.All(told, publication => Assert.True(publication.Holds, $"{publication}"));
        // Who opened the correction is an author of it, beside the two who wrote.
        Assert.Equal([1, 3, 1, 3, 1, 3], told.ConvertAll(publication => publication.Authors.Length));
        Assert.All(told.Where(publication => publication.Revision == 1), publication => Assert.Equal(publication.Approver, Assert.Single(publication.WaivedBy)));

        // Whoever owns the database lets the author have approved the second revision of the second body.
        var planted = told[3];
        await SuperuserAsync(
            $"update mt_events set user_name = '{planted.Authors[1]}' where seq_id = (select max(seq_id) from mt_events where stream_id = '{planted.Report}' and type = 'report_approved')");

        Assert.Equal(told.ConvertAll(publication => publication.Position != planted.Position), (await AskAsync()).ConvertAll(publication => publication.Holds));
    }

    /// <summary>A report with a waiver, and a correction by two other authors of which one was sent back.</summary>
    private async Task PublishedTwiceAsync(string code)
    {
        var life = await api.ReportAsync(2023, code);
        await life.PublishAsync((await life.FileAsync(Samples.Whole().Without(_blank))).Expect(201));
        (await life.Submitter.PostAsync($"{life.Address}/correction", Bodies.Json("""{"reason":"补报一项"}"""))).Expect(201);
        var draft = (await life.Submitter.GetAsync($"{life.Address}/draft")).Expect(200);
        draft = await EditAsync(life, "刘丽", draft, Samples.Whole());
        var hash = draft.Json["contentHash"]!.ToString();
        (await life.ReviewSecrecyAsync(hash)).Expect(201);
        await life.AcknowledgeAsync(draft);
        (await life.SubmitAsync()).Expect(201);
        (await life.ApproveAsync(hash)).Expect(201);
        (await api.Reviewer.PostAsync($"{life.Address}/review", Bodies.Json("""{"decision":"return","comments":[{"pointer":null,"text":"请补充"}]}"""))).Expect(201);
        draft = (await life.Submitter.GetAsync($"{life.Address}/draft")).Expect(200);
        await life.PublishAsync(await EditAsync(life, "高平", draft, Samples.Whole().With("/sections/problems", "公开不够及时，已经改进。")));
    }

    private async Task<Reply> EditAsync(ReportLife life, string author, Reply draft, ReportContent content) =>
        (await api.As(Role.Submitter, [life.Agency], author).PutAsync($"{life.Address}/draft", life.Filing(content), Headers.Match(draft.ETag))).Expect(200);

    /// <summary>What the documented statements say of the events as they are exported now.</summary>
    private async Task<List<Publication>> AskAsync()
    {
        var export = (await api.As(Role.Auditor, []).GetAsync("/v1/audit/events", ("Accept", "application/x-ndjson"))).Expect(200).Text;
        var page = File.ReadAllText(Path.Combine(Repository.Root, "openapi", "LEDGER.md"));
        var statements = page[page.IndexOf("## Three people", StringComparison.Ordinal)..].Split("```sql\n")[1..].Select(part => part[..part.IndexOf("```", StringComparison.Ordinal)]).ToList();
        var loading = statements[0].Split(';');
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(api.Database.Owner) { Pooling = false }.ConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using (var create = new NpgsqlCommand(loading[0], connection))
        {
            await create.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }
        await using (var copy = await connection.BeginTextImportAsync(loading[1], TestContext.Current.CancellationToken))
        {
            await copy.WriteAsync(export);
        }
        await using var query = new NpgsqlCommand(statements[1], connection);
        await using var reader = await query.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        var publications = new List<Publication>();
        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
        {
            publications.Add(new(
                reader.GetInt64(0), reader.GetString(1), reader.GetInt32(2), reader.GetFieldValue<string[]>(3), reader.IsDBNull(4) ? null : reader.GetString(4),
                reader.GetFieldValue<string[]>(5), reader.IsDBNull(6) ? null : reader.GetString(6), reader.GetBoolean(7)));
        }
        return publications;
    }

    private async Task SuperuserAsync(string sql)
    {
        await using var superuser = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(api.Database.Superuser) { Pooling = false });
        await using var command = superuser.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }
}
