using Disclosure.Tests;
using DisclosureApi.Access;

namespace DisclosureApi.Tests.Chaos;

/// <summary>Answers that are lost on the way, after what they tell of has happened: between PostgreSQL and the host, and between the host and its client.</summary>
public sealed class LostAnswerTests(TestServer server)
{
    private const int Reviews = 40;

    [Fact]
    public async Task What_is_asked_again_under_its_key_happens_once_whichever_answer_was_lost()
    {
        var database = await server.CreateDatabaseAsync($"lost_{Guid.NewGuid():N}");
        var (commits, answers) = (0, 0);
        await using var behind = Cutter.Before(SocketOf(database.Serving), bytes => Cutter.IsCommit(bytes.Span) && Interlocked.Increment(ref commits) % 3 == 0);
        var api = await Api.OnAsync(database with { Serving = database.Serving.Replace(SocketOf(database.Serving), behind.Folder, StringComparison.Ordinal) });
        try
        {
            await using var before = Cutter.Before(api.Url, bytes => bytes.Span.StartsWith("HTTP/1.1 201"u8) && Interlocked.Increment(ref answers) % 3 == 0);
            var life = await api.ReportAsync(2021);
            var filed = await AgainAsync(() => life.FileAsync(), 201, 412);
            var hash = filed.Status == 201 ? filed.Json["contentHash"]!.GetValue<string>() : (await life.Submitter.GetAsync($"{life.Address}/draft")).Json["contentHash"]!.GetValue<string>();
            var reviewer = api.Of(api.As(Role.SecrecyReviewer, [Samples.Agency]).Token, before.Url);
            await Task.WhenAll(Enumerable.Range(0, 4).Select(client => Task.Run(async () =>
            {
                for (var i = client; i < Reviews; i += 4)
                {
                    var (key, body) = ($"\"review {i}\"", new { contentHash = hash, passed = true, note = $"note {i}" });
                    await AgainAsync(() => reviewer.PostAsync($"{life.Address}/secrecy-review", Bodies.Json(body), ("Idempotency-Key", key)), 201);
                }
            })));

            var notes = await database.TextsAsync("select data -> 'note' ->> 'text' from mt_events where type = 'secrecy_reviewed'");
            Assert.Equal(Enumerable.Range(0, Reviews).Select(i => $"note {i}").Order(StringComparer.Ordinal), notes.Order(StringComparer.Ordinal));
            Assert.True(behind.Cuts > 3 && before.Cuts > 3, $"{behind.Cuts} and {before.Cuts} answers were lost.");
        }
        finally
        {
            await api.DisposeAsync();
        }
    }

    private static string SocketOf(string connection) => new Npgsql.NpgsqlConnectionStringBuilder(connection).Host!;

    private static async Task<Reply> AgainAsync(Func<Task<Reply>> ask, params int[] statuses)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                var reply = await ask();
                if (statuses.Contains(reply.Status))
                {
                    return reply;
                }
                Assert.True(reply.Status is 503 or 409 && attempt < 50, $"{reply.Status} {reply.Text}");
            }
            catch (HttpRequestException)
            {
                // The answer was lost; it is asked for again under its key.
                Assert.InRange(attempt, 0, 50);
            }
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }
}
