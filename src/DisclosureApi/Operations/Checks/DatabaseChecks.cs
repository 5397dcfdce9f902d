using System.Globalization;
using DisclosureApi.Store;
using Npgsql;

namespace DisclosureApi.Operations.Checks;

/// <summary>The database as the serving role finds it.</summary>
/// <param name="isUpgraded">Whether a start would bring an older schema up to date.</param>
internal sealed class DatabaseChecks(NpgsqlDataSource serving, bool isUpgraded, TimeProvider clock)
{
    private const int OldestServer = 150_000;

    /// <summary>So far the clocks of hosts and database may be apart before times in answers mislead.</summary>
    private static readonly TimeSpan Apart = TimeSpan.FromSeconds(5);

    public async Task<Checked> ServerAsync(CancellationToken cancellation)
    {
        var (version, number, fsync, pages, commit) = await RowAsync(
            "select current_setting('server_version'), current_setting('server_version_num')::int, current_setting('fsync'), current_setting('full_page_writes'), current_setting('synchronous_commit')",
            row => (row.GetString(0), row.GetInt32(1), row.GetString(2), row.GetString(3), row.GetString(4)), cancellation);
        return (number, fsync, pages, commit) switch
        {
            ( < OldestServer, _, _, _) => Checked.Fault("database", $"PostgreSQL {version} is too old; 15 or newer is needed."),
            (_, "on", "on", not "off") => Checked.Ok("database", $"PostgreSQL {version} answers; what is acknowledged is on its disk."),
            _ => Checked.Fault("database", $"PostgreSQL {version} may lose what was acknowledged: fsync is {fsync}, full_page_writes {pages}, synchronous_commit {commit}. Set them on."),
        };
    }

    public async Task<Checked> SchemaAsync(CancellationToken cancellation)
    {
        try
        {
            await Database.CheckAsync(serving, cancellation);
            return Checked.Ok("schema", $"version {Database.Newest}, that of this program.");
        }
        catch (InvalidOperationException wrong)
        {
            var isOlder = !wrong.Message.Contains("knows versions up to", StringComparison.Ordinal);
            return isUpgraded && isOlder ? Checked.Warn("schema", $"older than version {Database.Newest}, that of this program; the next start upgrades it.") : Checked.Fault("schema", wrong.Message);
        }
    }

    /// <summary>The serving role may do what it must, and cannot rewrite what must stay.</summary>
    public async Task<Checked> RightsAsync(CancellationToken cancellation)
    {
        var (role, isMighty) = await RowAsync(
            """
            select current_user::text, rolsuper or rolbypassrls or exists (select from pg_tables t where t.tablename = 'mt_events' and t.schemaname = current_schema() and pg_has_role(current_user, t.tableowner, 'member'))
            from pg_roles where rolname = current_user
            """, row => (row.GetString(0), row.GetBoolean(1)), cancellation);
        if (isMighty)
        {
            return Checked.Fault("rights", $"{role} is a superuser, passes by row security or owns the events, so it could rewrite them. Serve as another role (ConnectionStrings:Disclosure), and give the owner's as ConnectionStrings:DisclosureOwner.");
        }
        var (missing, beyond) = await RowAsync(
            """
            with needed as (select t, p from unnest($1::text[]) t, unnest(array['select', 'insert']) p union all select t, p from unnest($2::text[]) t, unnest(array['select', 'insert', 'update']) p),
                forbidden as (select t, p from unnest($1::text[]) t, unnest(array['update', 'delete', 'truncate']) p union all select t, p from unnest($2::text[]) t, unnest(array['delete', 'truncate']) p)
            select (select string_agg(p || ' on ' || t, ', ' order by t, p) from needed where not has_table_privilege(t, p)),
                (select string_agg(p || ' on ' || t, ', ' order by t, p) from forbidden where has_table_privilege(t, p))
            """, row => (Text(row, 0), Text(row, 1)), cancellation, Database.AppendOnly, Database.ReadModels);
        return (missing, beyond) switch
        {
            (null, null) => Checked.Ok("rights", $"{role} can append and read, and rewrite nothing."),
            ({ } lacking, _) => Checked.Fault("rights", $"{role} lacks {lacking}. A start with ConnectionStrings:DisclosureOwner grants what is needed."),
            (_, { } more) => Checked.Fault("rights", $"{role} has {more}, with which it could rewrite the record. Revoke that as the owner."),
        };
    }

    public async Task<Checked> ClockAsync(CancellationToken cancellation)
    {
        // The first question may wait for a connection; only the second is timed.
        await RowAsync("select 1", row => row.GetInt32(0), cancellation);
        var before = clock.GetUtcNow();
        var (at, ahead) = await RowAsync(
            "select clock_timestamp(), coalesce((select timestamp from mt_events order by seq_id desc limit 1) - clock_timestamp(), interval '-1 second')",
            row => (row.GetFieldValue<DateTimeOffset>(0), row.GetFieldValue<TimeSpan>(1)), cancellation);
        var off = at - (before + (clock.GetUtcNow() - before) / 2);
        return off.Duration() > Apart ? Checked.Fault("clock", Seconds($"this host's clock is {off.TotalSeconds:0.0} s apart from the database's. Set both by NTP."))
            : ahead > Apart ? Checked.Fault("clock", Seconds($"the newest event is {ahead.TotalSeconds:0} s in the future, and times never go back: everything until then will bear its time. A clock was wrong; set all by NTP."))
            : Checked.Ok("clock", Seconds($"{off.TotalSeconds:0.000} s apart from the database's."));
    }

    public async Task<Checked> ArchiveAsync(CancellationToken cancellation)
    {
        var (mode, failing) = await RowAsync(
            "select current_setting('archive_mode'), coalesce(last_failed_time > coalesce(last_archived_time, '-infinity'), false) from pg_stat_archiver",
            row => (row.GetString(0), row.GetBoolean(1)), cancellation);
        return (mode, failing) switch
        {
            ("off", _) => Checked.Warn("archive", "the server archives no WAL, so a backup brings back the moment it was made and nothing after. openapi/OPERATIONS.md tells how to set it up."),
            (_, true) => Checked.Fault("archive", "the last try to archive WAL failed. Mend archive_command: until then WAL gathers on the disk, and what is in it is in no backup."),
            _ => Checked.Ok("archive", "WAL is archived."),
        };
    }

    public async Task<Checked> SizeAsync(CancellationToken cancellation)
    {
        var sizes = await Sizes.ReadAsync(serving, cancellation);
        return Checked.Ok("size", string.Create(CultureInfo.InvariantCulture, $"the database takes {sizes.Total / 1048576.0:N0} MB and grows by about {sizes.DailyGrowth / 1048576:N1} MB a day."));
    }

    private static string Seconds(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static string? Text(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private async Task<T> RowAsync<T>(string sql, Func<NpgsqlDataReader, T> read, CancellationToken cancellation, params object[] values)
    {
        await using var command = serving.CreateCommand(sql);
        foreach (var value in values)
        {
            command.Parameters.Add(new() { Value = value });
        }
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        await reader.ReadAsync(cancellation);
        return read(reader);
    }
}
