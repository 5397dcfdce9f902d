using DisclosureApi.Store;
using DisclosureApi.Store.Local;
using Npgsql;

namespace DisclosureApi.Tests.Store;

/// <summary>What an earlier start left behind, in order or not, never stands in the way of the next.</summary>
public sealed class LocalPostgresRecoveryTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_committed_row_survives_a_killed_server_whose_end_is_told_to_the_host()
    {
        using var directory = new TemporaryDataDirectory();
        await using (var killed = await directory.StartAsync())
        {
            await Sql.RunAsync(killed.OwnerConnectionString, "create table kept (n int); insert into kept values (7)");
            directory.KillServer();
            await killed.Exited.WaitAsync(TimeSpan.FromSeconds(10), Cancellation);
        }

        Assert.NotNull(Postmaster.Of(directory.Cluster));
        await using var next = await directory.StartAsync();
        Assert.Equal(7, await Sql.RunAsync(next.OwnerConnectionString, "select n from kept"));
        Assert.Contains(directory.Told, sentence => sentence.Contains("recovers", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_session_that_outlives_its_killed_server_does_not_stop_the_next_start()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux shows which cluster a process serves.");
        using var directory = new TemporaryDataDirectory();
        await using (var killed = await directory.StartAsync())
        {
            await using var source = NpgsqlDataSource.Create(killed.OwnerConnectionString);
            await using var connection = await source.OpenConnectionAsync(Cancellation);
            // A stopped process cannot notice that its server is gone.
            await Signal("STOP", connection.ProcessID);
            await Signal("KILL", Postmaster.Of(directory.Cluster)!.Number);
            await killed.Exited.WaitAsync(TimeSpan.FromSeconds(10), Cancellation);
        }

        await using var next = await directory.StartAsync();
        Assert.Equal(1, await Sql.RunAsync(next.OwnerConnectionString, "select 1"));
    }

    [Fact]
    public async Task A_server_whose_host_is_gone_is_stopped_in_order_and_started_anew()
    {
        using var directory = new TemporaryDataDirectory();
        await using (var first = await directory.StartAsync())
        {
            await Sql.RunAsync(first.OwnerConnectionString, "create table kept (n int); insert into kept values (7)");
        }

        var left = await StartWithoutHostAsync(directory);
        await using var next = await directory.StartAsync();
        Assert.False(left.IsRunning);
        Assert.NotEqual(left.Number, Postmaster.Of(directory.Cluster)!.Number);
        Assert.Equal(7, await Sql.RunAsync(next.OwnerConnectionString, "select n from kept"));
        Assert.Contains(directory.Told, sentence => sentence.Contains("host that is gone", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_process_number_given_to_another_process_since_the_crash_is_left_in_peace()
    {
        using var directory = new TemporaryDataDirectory();
        await using (await directory.StartAsync())
        {
        }

        await File.WriteAllTextAsync(
            Path.Combine(directory.Cluster, "postmaster.pid"),
            $"{Environment.ProcessId}\n{directory.Cluster}\n{DateTimeOffset.UtcNow.AddDays(-1).ToUnixTimeSeconds()}\n", Cancellation);
        await using var next = await directory.StartAsync();
        Assert.Equal(1, await Sql.RunAsync(next.ServingConnectionString, "select 1"));
    }

    [Fact]
    public async Task A_first_start_cut_short_is_completed_by_the_next()
    {
        using var directory = new TemporaryDataDirectory();
        Directory.CreateDirectory(directory.Cluster);
        var half = Directory.CreateDirectory(Path.Combine(directory.Path, "pgdata.new-0123abcd"));
        await File.WriteAllTextAsync(Path.Combine(half.FullName, "PG_VERSION"), "15\n", Cancellation);
        await using (var first = await directory.StartAsync())
        {
            await Sql.RunAsync(first.SuperuserConnectionString, "drop database disclosure");
            await Sql.RunAsync(first.SuperuserConnectionString, "drop role disclosure");
            File.Delete(Path.Combine(directory.Path, "secrets", "disclosure_owner"));
        }

        Assert.False(Directory.Exists(half.FullName));
        await using var second = await directory.StartAsync();
        Assert.Equal(1, await Sql.RunAsync(second.OwnerConnectionString, "select 1"));
        Assert.Equal(1, await Sql.RunAsync(second.ServingConnectionString, "select 1"));
    }

    [Fact]
    public async Task A_cluster_without_its_own_secret_is_refused_with_the_way_to_mend_it()
    {
        using var directory = new TemporaryDataDirectory();
        await using (await directory.StartAsync())
        {
        }

        var secret = Path.Combine(directory.Path, "secrets", "postgres");
        await File.WriteAllTextAsync(secret, "of another cluster", Cancellation);
        var wrong = await Assert.ThrowsAsync<LocalPostgresException>(directory.StartAsync);
        Assert.Contains("refuses the superuser's password", wrong.Message, StringComparison.Ordinal);
        Assert.Null(Postmaster.Of(directory.Cluster));

        File.Delete(secret);
        var missing = await Assert.ThrowsAsync<LocalPostgresException>(directory.StartAsync);
        Assert.Contains("Put back the secrets folder", missing.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cancelled_first_start_leaves_nothing_running_and_the_directory_free()
    {
        using var directory = new TemporaryDataDirectory();
        using var soon = new CancellationTokenSource(TimeSpan.FromMilliseconds(150));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => LocalPostgres.StartAsync(directory.Path, directory.Told.Enqueue, soon.Token));
        await using var next = await directory.StartAsync();
        Assert.Equal(1, await Sql.RunAsync(next.ServingConnectionString, "select 1"));
    }

    private static async Task<Postmaster> StartWithoutHostAsync(TemporaryDataDirectory directory)
    {
        var account = await ServerAccount.FindAsync(Cancellation);
        var binaries = await new BinarySearch().FindAsync(null, account, directory.Told.Enqueue, Cancellation);
        var started = await account.RunAsync(
            [binaries.PgCtl, "start", "-w", "-D", directory.Cluster, "-l", Path.Combine(directory.Path, "log", "left.log")], Cancellation);
        Assert.True(started.Succeeded, started.Said);
        return Postmaster.Of(directory.Cluster)!;
    }

    private static async Task Signal(string name, int number) =>
        Assert.True((await Command.RunAsync(["kill", "-" + name, $"{number}"], Cancellation)).Succeeded);
}
