using DisclosureApi.Access;
using DisclosureApi.Http;
using DisclosureApi.Store;
using Npgsql;

namespace DisclosureApi.Tests.Access;

/// <summary>The moments in which the same request is under way twice, each made to happen.</summary>
public sealed class AttemptsTests(TestServer server) : IAsyncLifetime
{
    private static readonly StepKey Key = new("issuer client subject", "step-1", [1, 2, 3]);
    private NpgsqlDataSource _serving = null!;
    private Attempts<string> _attempts = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _serving = Database.Open((await server.CreateDatabaseAsync($"attempts_{Guid.NewGuid():N}")).Serving);
        _attempts = new(new Idempotency(_serving), answer => Task.FromResult($"again {answer.Status}"), problem => problem.Type.Code, result => result is "refused");
    }

    public ValueTask DisposeAsync() => _serving.DisposeAsync();

    [Fact]
    public async Task What_refuses_a_request_may_be_the_same_one_stored_after_its_key_was_looked_up()
    {
        Assert.Equal("again 201", await _attempts.OnceAsync(Key, Refuse, Cancellation));

        async Task<string?> Refuse()
        {
            await StoreAsync();
            return "refused";
        }
    }

    [Fact]
    public async Task What_is_stored_between_the_reading_and_the_writing_is_answered_for_both()
    {
        var tried = 0;

        Assert.Equal("again 201", await _attempts.OnceAsync(Key, StoreAfterAnother, Cancellation));
        Assert.Equal(1, tried);

        async Task<string?> StoreAfterAnother()
        {
            tried++;
            await StoreAsync();
            await StoreAsync();
            return "done";
        }
    }

    [Fact]
    public async Task A_refusal_stands_where_nothing_was_stored_and_leaves_the_key_free()
    {
        Assert.Equal("refused", await _attempts.OnceAsync(Key, () => Task.FromResult<string?>("refused"), Cancellation));
        Assert.Equal("done", await _attempts.OnceAsync(Key, () => Task.FromResult<string?>("done"), Cancellation));
    }

    [Fact]
    public async Task Whoever_is_slower_each_time_is_told_to_come_again()
    {
        var tried = 0;

        var result = await _attempts.OnceAsync(Key, () =>
        {
            tried++;
            return Task.FromResult<string?>(null);
        }, Cancellation);

        Assert.Equal(ProblemTypes.Contended.Code, result);
        Assert.Equal(_attempts.Most, tried);
    }

    [Fact]
    public async Task Only_the_key_of_an_answer_is_taken_for_the_same_request()
    {
        await Assert.ThrowsAsync<PostgresException>(() => _attempts.OnceAsync(Key, async () =>
        {
            await using var command = _serving.CreateCommand("insert into idempotency (client) values (null)");
            await command.ExecuteNonQueryAsync(Cancellation);
            return null;
        }, Cancellation));
    }

    private async Task StoreAsync()
    {
        await using var batch = _serving.CreateBatch();
        foreach (var row in Idempotency.Rows(Key.Client, Key.Key, new StoredAnswer(Key.Fingerprint, 201, "{}"u8.ToArray(), "", null)))
        {
            batch.BatchCommands.Add(row);
        }
        await batch.ExecuteNonQueryAsync(Cancellation);
    }
}
