using System.Diagnostics;
using System.Globalization;
using System.Runtime.Versioning;
using DisclosureApi.Store;
using DisclosureApi.Store.Local;
using Npgsql;

namespace DisclosureApi.Tests.Store;

public sealed class LocalPostgresTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_first_start_makes_the_roles_and_the_database_and_what_is_stored_survives_stop_and_start()
    {
        using var directory = new TemporaryDataDirectory();
        await using (var first = await directory.StartAsync())
        {
            Assert.Equal("disclosure_owner", await Sql.RunAsync(first.OwnerConnectionString, "create table kept (n int); insert into kept values (7); select current_user"));
            Assert.Equal("disclosure", await Sql.RunAsync(first.ServingConnectionString, "select current_user"));
            Assert.Equal("disclosure", await Sql.RunAsync(first.ServingConnectionString, "select current_database()"));
            Assert.Equal("postgres", await Sql.RunAsync(first.SuperuserConnectionString, "select current_user"));
            Assert.Equal("disclosure_owner", await Sql.RunAsync(first.OwnerConnectionString, "select pg_get_userbyid(datdba) from pg_database where datname = current_database()"));
        }

        Assert.Null(Postmaster.Of(directory.Cluster));
        var watch = Stopwatch.StartNew();
        await using var second = await directory.StartAsync();
        TestContext.Current.TestOutputHelper?.WriteLine($"second start: {watch.ElapsedMilliseconds} ms");
        Assert.Equal(7, await Sql.RunAsync(second.OwnerConnectionString, "select n from kept"));
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task The_product_never_trades_durability_or_encoding_for_speed()
    {
        using var directory = new TemporaryDataDirectory();
        await using var server = await directory.StartAsync();
        var settings = await Sql.RunAsync(
            server.ServingConnectionString,
            """
            select concat_ws(' ', current_setting('fsync'), current_setting('synchronous_commit'), current_setting('full_page_writes'),
                current_setting('data_checksums'), current_setting('server_encoding'), current_setting('max_connections'),
                current_setting('password_encryption'), current_setting('effective_io_concurrency'), current_setting('listen_addresses'))
            """);
        Assert.Equal("on on on on UTF8 200 scram-sha-256 " + (OperatingSystem.IsLinux() ? "16 " : "0 ") + (OperatingSystem.IsWindows() ? "127.0.0.1" : ""), settings);
    }

    [Fact]
    public async Task What_is_read_often_has_an_eighth_of_the_memory_within_bounds()
    {
        using var directory = new TemporaryDataDirectory();
        await using var server = await directory.StartAsync();

        var told = (string)(await Sql.RunAsync(server.ServingConnectionString, "select pg_size_bytes(current_setting('shared_buffers')) / 1048576 || ''"))!;

        var memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 1048576;
        Assert.Equal(memory < 1024 ? 128 : memory > 8192 ? 1024 : memory / 8, long.Parse(told, CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task No_role_enters_without_its_own_password()
    {
        using var directory = new TemporaryDataDirectory();
        await using var server = await directory.StartAsync();
        foreach (var role in new[] { server.OwnerConnectionString, server.ServingConnectionString, server.SuperuserConnectionString })
        {
            var wrong = new NpgsqlConnectionStringBuilder(role) { Password = "wrong" }.ConnectionString;
            var refusal = await Assert.ThrowsAsync<PostgresException>(() => Sql.RunAsync(wrong, "select 1"));
            Assert.Equal(PostgresErrorCodes.InvalidPassword, refusal.SqlState);
        }

        Assert.Equal(
            0L,
            await Sql.RunAsync(server.SuperuserConnectionString, "select count(*) from pg_hba_file_rules where auth_method <> 'scram-sha-256'"));
    }

    [Fact]
    public async Task A_second_host_is_refused_and_the_first_keeps_its_server()
    {
        using var directory = new TemporaryDataDirectory();
        await using var first = await directory.StartAsync();
        var refusal = await Assert.ThrowsAsync<LocalPostgresException>(directory.StartAsync);
        Assert.Contains("in use by another running host", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(1, await Sql.RunAsync(first.ServingConnectionString, "select 1"));
        Assert.False(first.Exited.IsCompleted);
    }

    [Fact]
    public async Task A_cluster_of_another_major_version_is_refused_and_not_touched()
    {
        using var directory = new TemporaryDataDirectory();
        Directory.CreateDirectory(directory.Cluster);
        await File.WriteAllTextAsync(Path.Combine(directory.Cluster, "PG_VERSION"), "9\n", Cancellation);
        var refusal = await Assert.ThrowsAsync<LocalPostgresException>(directory.StartAsync);
        Assert.Contains("is of PostgreSQL 9", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(["PG_VERSION"], Directory.EnumerateFileSystemEntries(directory.Cluster).Select(Path.GetFileName));
    }

    [Fact]
    public async Task A_data_directory_deeper_than_a_socket_address_still_serves()
    {
        using var directory = new TemporaryDataDirectory();
        var deep = Path.Combine(directory.Path, new string('d', 80), "it's \"a\" 目录 $HOME");
        string socket;
        await using (var server = await LocalPostgres.StartAsync(deep, directory.Told.Enqueue, Cancellation))
        {
            Assert.Equal(1, await Sql.RunAsync(server.ServingConnectionString, "select 1"));
            socket = new NpgsqlConnectionStringBuilder(server.ServingConnectionString).Host!;
        }

        Assert.False(Directory.Exists(socket));
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task Secrets_and_what_lies_beside_the_cluster_stay_closed_to_others()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no file modes.");
        using var directory = new TemporaryDataDirectory();
        var key = Path.Combine(directory.Path, "issuer.key");
        await using (new FileStream(key, DataDirectory.Private(FileMode.CreateNew)))
        {
        }

        await using var server = await directory.StartAsync();
        const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        var secrets = Directory.GetFiles(Path.Combine(directory.Path, "secrets"));
        Assert.Equal(["disclosure", "disclosure_owner", "postgres"], secrets.Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.All(secrets.Append(key), file => Assert.Equal(OwnerOnly, File.GetUnixFileMode(file)));
        Assert.All(
            new[] { "secrets", "pgdata", "socket", "log" },
            folder => Assert.Equal(OwnerOnly | UnixFileMode.UserExecute, File.GetUnixFileMode(Path.Combine(directory.Path, folder))));
        Assert.False(File.GetUnixFileMode(directory.Path).HasFlag(UnixFileMode.OtherRead));
        if (Environment.IsPrivilegedProcess)
        {
            var account = await ServerAccount.FindAsync(Cancellation);
            Assert.False((await account.RunAsync(["cat", key], Cancellation)).Succeeded);
            Assert.False((await account.RunAsync(["ls", Path.Combine(directory.Path, "secrets")], Cancellation)).Succeeded);
        }
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task The_server_runs_in_a_session_of_its_own()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Sessions are read from /proc.");
        using var directory = new TemporaryDataDirectory();
        await using var server = await directory.StartAsync();
        Assert.NotEqual(await SessionOf(Environment.ProcessId), await SessionOf(Postmaster.Of(directory.Cluster)!.Number));
    }

    private static async Task<string> SessionOf(int number) =>
        (await File.ReadAllTextAsync($"/proc/{number}/stat", Cancellation)).Split(") ").Last().Split(' ')[3];
}
