using DisclosureApi.Store.Replicas;
using System.Diagnostics;
using DisclosureApi.Store.Schema;
using Npgsql;

namespace DisclosureApi.Store;

/// <summary>The schema and its versions. Only the owner role changes them; the serving role can append and read, and can rewrite nothing.</summary>
public static class Database
{
    /// <summary>The version this program was written for.</summary>
    public static int Newest => SchemaVersion.All[^1].Number;

    /// <summary>One host at a time brings the schema up to date; the others wait for it.</summary>
    internal const long UpgradeLock = 0x4453_434c_5550;

    /// <summary>For each of the two ways in.</summary>
    private const int Connections = 40;

    private static readonly string[] _appendOnly = ["mt_events", "actors", "originals", "ledger_epochs", "ledger_entries", "ledger_roots", "ledger_checkpoints", "ledger_keys", "ledger_verifications", "ledger_verification_results", "audit_accesses", "audit_readings", "audit_groups", "figure_sums", "figure_marks"];
    private static readonly string[] _readModels = ["mt_streams", "mt_event_progression", "agencies", "successions", "duties", "reports", "work", "publications", "compilations", "likenesses", "words", "figures", "finding_codes", "deliveries", "bodies", "duty_rulings", "error_reports", "error_report_texts", "renamings"];
    private static readonly string[] _passing = ["idempotency", "hosts", "webhooks", "webhook_deliveries"];

    /// <summary>Tables whose rows the serving role adds and reads.</summary>
    internal static string[] AppendOnly => [.. _appendOnly];

    /// <summary>Tables whose rows it changes as well.</summary>
    internal static string[] ReadModels => [.. _readModels];

    /// <summary>
    /// The host's own connections of the serving role, which see everything. A transaction that waits or idles for long ends itself, so that a frozen host
    /// cannot keep the lock that all appends pass under.
    /// </summary>
    public static NpgsqlDataSource Open(string servingConnection, Fence? fence = null, Hangup? hangup = null) =>
        Open(servingConnection, "-c disclosure.oversight=on -c statement_timeout=30s", fence, hangup ?? fence?.Hangup);

    /// <summary>Connections for requests, which see of drafts only those of the bodies that a statement's <see cref="Sight"/> names, and write no events.</summary>
    public static NpgsqlDataSource OpenForRequests(string servingConnection, Fence? fence = null, Hangup? hangup = null) =>
        Open(servingConnection, "-c disclosure.oversight=off -c statement_timeout=4s", fence, hangup ?? fence?.Hangup, seconds: 4);

    private static NpgsqlDataSource Open(string servingConnection, string sight, Fence? fence, Hangup? hangup, int? seconds = null)
    {
        var settings = ServerAddresses.ForPrimary(servingConnection);
        settings.ApplicationName = "disclosure-api";
        settings.MaxAutoPrepare = 50;
        // A batch of appends, or a report with all that is read from it, leaves in one piece.
        settings.WriteBufferSize = 32 * 1024;
        // More would not be served sooner, and a server has 200 for all its hosts; who comes when all are taken waits for one.
        settings.MaxPoolSize = Connections;
        // Beside the server's own limit, for a server that does not answer at all. It is told that a question was taken back, and not waited for.
        settings.CommandTimeout = seconds ?? settings.CommandTimeout;
        settings.CancellationTimeout = 300;
        // No statement of a request leaves anything behind on its connection: what is set is set for its transaction.
        settings.NoResetOnClose = seconds is not null;
        settings.Options = $"-c lock_timeout=4s -c idle_in_transaction_session_timeout=3s {sight}";
        // What a host asks by itself, several times a second, would bury the traces of requests.
        var builder = new NpgsqlDataSourceBuilder(settings.ConnectionString)
            .ConfigureTracing(traced => traced.ConfigureCommandFilter(_ => Activity.Current is not null).ConfigureBatchFilter(_ => Activity.Current is not null));
        if (hangup is not null)
        {
            builder.UsePhysicalConnectionInitializer(_ => throw new NotSupportedException("Connections are opened asynchronously here."), connection =>
            {
                hangup.Note(connection);
                return fence?.AdmitAsync(connection) ?? Task.CompletedTask;
            });
        }
        return ServerAddresses.Primary(builder);
    }

    /// <summary>Creates or upgrades the schema as the owner, and grants the serving role what it needs and no more.</summary>
    public static async Task PrepareAsync(string ownerConnection, string servingRole, CancellationToken cancellation)
    {
        await using var owner = ServerAddresses.Primary(ownerConnection);
        await using var connection = await owner.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await ExecuteAsync(connection, $"select pg_advisory_xact_lock({UpgradeLock})", cancellation);
        var version = await VersionAsync(connection, cancellation);
        if (version > Newest)
        {
            throw Newer(version);
        }
        // A statement that waits for a table makes all others wait behind it, so an upgrade gives up sooner than a host that serves.
        await ExecuteAsync(connection, "set local lock_timeout = '5s'", cancellation);
        foreach (var step in SchemaVersion.All.Where(step => step.Number > version))
        {
            await ExecuteAsync(connection, step.Sql, cancellation);
            await ExecuteAsync(connection, $"insert into schema_version (version) values ({step.Number})", cancellation);
        }
        await ExecuteAsync(connection, Grants(servingRole), cancellation);
        await transaction.CommitAsync(cancellation);
    }

    /// <summary>Makes sure that a database prepared by someone else is of the version this program knows.</summary>
    public static async Task CheckAsync(NpgsqlDataSource serving, CancellationToken cancellation)
    {
        await using var connection = await serving.OpenConnectionAsync(cancellation);
        await CheckAsync(connection, cancellation);
    }

    internal static async Task CheckAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        var version = await VersionAsync(connection, cancellation);
        if (version > Newest)
        {
            throw Newer(version);
        }
        if (version < Newest)
        {
            throw new InvalidOperationException(
                $"The database has schema version {version}, this program needs {Newest}. Give ConnectionStrings:DisclosureOwner once, so that the owner role can upgrade it.");
        }
    }

    private static async Task<int> VersionAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(
            "select case when to_regclass('schema_version') is null then 0 else 1 end", connection);
        if (await command.ExecuteScalarAsync(cancellation) is 0)
        {
            return 0;
        }
        command.CommandText = "select coalesce(max(version), 0) from schema_version";
        return (int)(await command.ExecuteScalarAsync(cancellation))!;
    }

    private static InvalidOperationException Newer(int version) =>
        new($"The database has schema version {version}; this program knows versions up to {Newest}. Start the newer program that upgraded it.");

    private static string Grants(string servingRole)
    {
        var role = new NpgsqlCommandBuilder().QuoteIdentifier(servingRole);
        return string.Join('\n',
            [
                .. _appendOnly.Select(table => $"grant select, insert on {table} to {role};"),
                .. _readModels.Select(table => $"grant select, insert, update on {table} to {role};"),
                .. _passing.Select(table => $"grant select, insert, update, delete on {table} to {role};"),
                $"grant execute on function disclosure_store to {role};",
                $"grant execute on function disclosure_redact(varchar, bigint, bigint[], varchar[], varchar[]) to {role};",
                $"grant execute on function disclosure_forget(bigint, bigint[]) to {role};",
                $"grant select on schema_version, rebuilds, revocations to {role};",
                $"grant select, update on sequence mt_events_sequence to {role};",
            ]);
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellation)
    {
        // A step that fills columns or indexes of millions of rows takes its time; it is one transaction, and is not begun twice.
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
