using Npgsql;

namespace DisclosureApi.Tests.Ledger;

/// <summary>What was recorded is out of the reach of the role that the API serves with, whatever a program with that role tries.</summary>
public sealed class AppendOnlyTests(Api api) : IClassFixture<Api>
{
    [Fact]
    public async Task No_table_of_events_ledger_or_access_log_can_be_changed_emptied_or_shortened()
    {
        var columns = await api.Database.TextsAsync(
            """
            select table_name || ' ' || min(column_name) from information_schema.columns where table_schema = 'public'
            and (table_name in ('mt_events', 'originals', 'revocations') or table_name like 'ledger\_%' or table_name like 'audit\_%') group by table_name order by 1
            """);
        Assert.Superset(
            new HashSet<string>(["audit_accesses", "audit_readings", "ledger_checkpoints", "ledger_entries", "ledger_epochs", "ledger_keys", "ledger_roots", "mt_events", "originals"]),
            columns.Select(column => column.Split(' ')[0]).ToHashSet());

        foreach (var (table, column) in columns.Select(column => (column.Split(' ')[0], column.Split(' ')[1])))
        {
            await AssertRefusedAsync($"update {table} set {column} = {column}");
            await AssertRefusedAsync($"delete from {table}");
            await AssertRefusedAsync($"truncate {table} cascade");
        }
        await AssertRefusedAsync("delete from mt_streams");
        await AssertRefusedAsync("truncate mt_streams cascade");
    }

    [Fact]
    public async Task What_works_with_the_owners_rights_looks_at_nothing_that_its_caller_put_in_a_tables_place()
    {
        var unguarded = await api.Database.TextsAsync(
            "select proname from pg_proc where prosecdef and pronamespace = 'public'::regnamespace and 'search_path=public, pg_temp' <> all (coalesce(proconfig, '{}'))");
        Assert.Empty(unguarded);

        await using var serving = NpgsqlDataSource.Create(api.Database.Serving);
        await using var connection = await serving.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using var trap = new NpgsqlCommand("create temp view mt_events as select 1000000::bigint as seq_id; select disclosure_end()", connection);
        Assert.NotEqual(1_000_000L, await trap.ExecuteScalarAsync(TestContext.Current.CancellationToken));
    }

    /// <summary>On the host's own kind of connection as well as on that of a request.</summary>
    private async Task AssertRefusedAsync(string sql)
    {
        foreach (var connection in new[] { api.Database.Serving, $"{api.Database.Serving};Options=-c disclosure.oversight=on" })
        {
            await using var serving = NpgsqlDataSource.Create(connection);
            await using var command = serving.CreateCommand(sql);
            var refused = await Assert.ThrowsAsync<PostgresException>(() => command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken));
            Assert.True(refused.SqlState == "42501", $"{sql}: {refused.SqlState} {refused.MessageText}");
        }
    }
}
