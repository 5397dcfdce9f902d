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
