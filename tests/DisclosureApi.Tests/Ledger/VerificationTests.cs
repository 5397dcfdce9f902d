using Disclosure.Tests;
using DisclosureApi.Access;
using Npgsql;

namespace DisclosureApi.Tests.Ledger;

/// <summary>Whoever owns the database can change anything in it, and cannot hide that he did.</summary>
public sealed class VerificationTests(Api api) : IClassFixture<Api>
{
    private Client Auditor => api.As(Role.Auditor, []);

    [Theory]
    [InlineData("edited", "update mt_events set data = jsonb_set(data, '{name}', '\"云州市\"') where seq_id = 3", 3)]
    [InlineData("signed by another", "update mt_events set user_name = 'p_0123456789abcdef01234567' where seq_id = 4", 4)]
    [InlineData("moved in time", "update mt_events set timestamp = timestamp + interval '1 microsecond' where seq_id = 2", 2)]
    [InlineData("swapped", "update mt_events set seq_id = -seq_id where seq_id in (2, 5); update mt_events set seq_id = 7 + seq_id where seq_id < 0", 2)]
    [InlineData("deleted", "delete from mt_events where seq_id = 5", 5)]
    [InlineData("another entry", "update ledger_entries set commitments = decode(repeat('ab', octet_length(commitments)), 'hex') where first = 0", 1)]
    public async Task What_was_done_to_an_event_is_found_at_its_position(string what, string sql, long position)
    {
        await PrepareAsync();
        var found = await AfterAsync(sql);

        Assert.Equal((what, "broken", position), (what, found["outcome"]!.ToString(), found["firstDifference"]?.GetValue<long>() ?? 0));
        Assert.Equal("whole", (await VerifiedAsync())["outcome"]!.ToString());
    }

    [Theory]
    [InlineData("update ledger_checkpoints set root = decode(repeat('ab', 32), 'hex') where size = (select max(size) from ledger_checkpoints)")]
    [InlineData("update ledger_checkpoints set note = replace(note, ' ', '  ') where size = (select max(size) from ledger_checkpoints)")]
    [InlineData("update ledger_keys set public_key = decode('3059301306072a8648ce3d020106082a8648ce3d030107034200046b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c2964fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5', 'hex')")]
    public async Task What_was_done_to_the_ledger_is_found(string sql)
    {
        await PrepareAsync();

        Assert.Equal("broken", (await AfterAsync(sql))["outcome"]!.ToString());
    }

    /// <summary>Seven events that are in the ledger, of a host that has stopped integrating more by the time it is asked.</summary>
    private Task PrepareAsync() => api.OnceAsync(async () =>
    {
        for (var i = 0; i < 7; i++)
        {
            await api.RegisterAsync(Samples.CodeOf(40_000 + i));
        }
        await Eventually.AnsweredAsync(() => Auditor.GetAsync("/v1/ledger/inclusion/7"));
    });

    /// <summary>What a verification finds of the database after somebody was at it; everything is put back then.</summary>
    private async Task<System.Text.Json.Nodes.JsonNode> AfterAsync(string sql)
    {
        await using var superuser = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(api.Database.Superuser) { Pooling = false });
        var tables = new[] { "mt_events", "ledger_entries", "ledger_checkpoints", "ledger_keys" };
        await RunAsync(superuser, string.Concat(tables.Select(table => $"create table kept_{table} as table {table};")) + sql);
        try
        {
            return await VerifiedAsync();
        }
        finally
        {
            await RunAsync(superuser, "set session_replication_role = replica;" + string.Concat(tables.Select(table =>
                $"delete from {table}; insert into {table} select * from kept_{table}; drop table kept_{table};")));
        }
    }

    private async Task<System.Text.Json.Nodes.JsonNode> VerifiedAsync()
    {
        (await Auditor.PostAsync("/v1/audit/verification", Bodies.Empty)).Expect(202);
        while (true)
        {
            var last = (await Auditor.GetAsync("/v1/audit/verification")).Expect(200).Json;
            if (last["outcome"]!.ToString() != "running")
            {
                return last;
            }
            await Task.Delay(TimeSpan.FromMilliseconds(20), TestContext.Current.CancellationToken);
        }
    }

    private static async Task RunAsync(NpgsqlDataSource database, string sql)
    {
        await using var command = database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }
}
