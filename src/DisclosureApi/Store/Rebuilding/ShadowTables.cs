using DisclosureApi.Store.Searching;
using Npgsql;

namespace DisclosureApi.Store.Rebuilding;

/// <summary>
/// The tables that grow beside those in use and take their place when they are whole. They are made in the transaction
/// that fills them, so that nobody sees them before and nothing is left of them when it fails.
/// </summary>
internal sealed class ShadowTables(NpgsqlConnection connection, IReadOnlyList<ModelTable> tables)
{
    private const string Suffix = "_rebuilt";

    public static string NameOf(ModelTable table) => table.Name + Suffix;

    /// <summary>Empty tables of the same columns, defaults, constraints and indexes, locked where the tables they stand in for are.</summary>
    public async Task CreateAsync(CancellationToken cancellation)
    {
        foreach (var table in tables)
        {
            await ExecuteAsync($"create table {NameOf(table)} (like {table.Name} including all)", cancellation);
            await ExecuteAsync($"select disclosure_lock(relname::varchar, '{NameOf(table)}'::regclass) from pg_class where oid = '{table.Name}'::regclass and relrowsecurity", cancellation);
        }
    }

    public async Task CopyAsync(ModelTable table, IReadOnlyList<ModelRow> rows, CancellationToken cancellation)
    {
        await using var copy = await connection.BeginBinaryImportAsync($"copy {NameOf(table)} ({table.ColumnNames}) from stdin (format binary)", cancellation);
        foreach (var row in rows)
        {
            await copy.StartRowAsync(cancellation);
            for (var i = 0; i < row.Values.Count; i++)
            {
                if (row.Values[i] is { } value)
                {
                    await copy.WriteAsync(value, table.Columns[i].Type, cancellation);
                }
                else
                {
                    await copy.WriteNullAsync(cancellation);
                }
            }
        }
        await copy.CompleteAsync(cancellation);
    }

    /// <summary>Replaces rows that are there already, and adds those that are not.</summary>
    public async Task UpsertAsync(IReadOnlyList<ModelRow> rows, CancellationToken cancellation)
    {
        await using var batch = new NpgsqlBatch(connection);
        foreach (var row in rows)
        {
            batch.BatchCommands.Add(row.Upsert(row.Table.UpsertInto(NameOf(row.Table))));
        }
        await batch.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>By which other names reports are found is said by other streams than their own.</summary>
    public async Task NameAllAsync(long after, CancellationToken cancellation)
    {
        await using var batch = new NpgsqlBatch(connection) { BatchCommands = { WordIndex.NameAll(after, NameOf) } };
        await batch.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>What the planner should know of the new tables from their first reader on.</summary>
    public Task AnalyzeAsync(CancellationToken cancellation) => ExecuteAsync($"analyze {Names(NameOf)}", cancellation);

    /// <summary>
    /// Puts the new tables in the place of the old, with the rights and the names of indexes that those had. Statements that hosts prepared on
    /// the old tables are planned anew by the server, because names, columns and types are the same.
    /// </summary>
    public async Task SwapAsync(CancellationToken cancellation)
    {
        await ExecuteAsync($"lock table {Names(table => table.Name)} in access exclusive mode", cancellation);
        var renamings = new List<string>();
        foreach (var table in tables)
        {
            await ExecuteEachAsync(await ReadAsync(GrantsOf(table), cancellation), cancellation);
            renamings.AddRange(await ReadAsync(IndexNamesOf(table), cancellation));
        }
        await ExecuteAsync($"drop table {Names(table => table.Name)}", cancellation);
        foreach (var table in tables)
        {
            await ExecuteAsync($"alter table {NameOf(table)} rename to {table.Name}", cancellation);
        }
        await ExecuteEachAsync(renamings, cancellation);
    }

    private string Names(Func<ModelTable, string> name) => string.Join(", ", tables.Select(name));

    private static string GrantsOf(ModelTable table) =>
        $"""
        select format('grant %s on {NameOf(table)} to %s', acl.privilege_type, case acl.grantee when 0 then 'public' else quote_ident(pg_get_userbyid(acl.grantee)) end)
        from pg_class c, aclexplode(c.relacl) acl where c.oid = '{table.Name}'::regclass and acl.grantee <> c.relowner
        """;

    /// <summary>Pairs the indexes by what they say after USING, and each kind by age, so that two of the same make two pairs.</summary>
    private static string IndexNamesOf(ModelTable table) =>
        $"""
        with said as (
            select indrelid, c.relname, regexp_replace(pg_get_indexdef(indexrelid), '^CREATE (UNIQUE )?INDEX .*? USING ', '\1') || indisprimary says, indexrelid
            from pg_index join pg_class c on c.oid = indexrelid where indrelid in ('{table.Name}'::regclass, '{NameOf(table)}'::regclass)),
        counted as (select *, row_number() over (partition by indrelid, says order by indexrelid) nth from said)
        select format('alter index %I rename to %I', made.relname, old.relname)
        from counted old join counted made using (says, nth)
        where old.indrelid = '{table.Name}'::regclass and made.indrelid = '{NameOf(table)}'::regclass
        """;

    private async Task ExecuteEachAsync(List<string> statements, CancellationToken cancellation)
    {
        foreach (var sql in statements)
        {
            await ExecuteAsync(sql, cancellation);
        }
    }

    private async Task<List<string>> ReadAsync(string question, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(question, connection);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var answers = new List<string>();
        while (await reader.ReadAsync(cancellation))
        {
            answers.Add(reader.GetString(0));
        }
        return answers;
    }

    private async Task ExecuteAsync(string sql, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
