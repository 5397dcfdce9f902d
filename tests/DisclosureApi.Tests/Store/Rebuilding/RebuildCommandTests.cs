using System.Diagnostics;
using Disclosure.Tests;
using DisclosureApi.Store;
using Npgsql;

namespace DisclosureApi.Tests.Store.Rebuilding;

/// <summary>The command as an operator runs it: a process of its own, beside a host and without one.</summary>
public sealed class RebuildCommandTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_uses_the_PostgreSQL_of_the_host_that_runs_on_the_directory_and_else_starts_its_own()
    {
        using var directory = new TemporaryDataDirectory();
        await using (var postgres = await directory.StartAsync())
        {
            await Database.PrepareAsync(postgres.OwnerConnectionString, "disclosure", Cancellation);
            await using var host = await ServingHost.StartAsync(new TestDatabase(postgres.ServingConnectionString, postgres.OwnerConnectionString, postgres.SuperuserConnectionString));
            await host.RegisterAsync(Samples.Agency);
            await host.RegisterAsync(Samples.Agency, "云州市桂山区科技局");
            await Sql.RunAsync(postgres.OwnerConnectionString, "truncate agencies");

            var beside = await RunAsync($"--LocalPostgres:DataDirectory={directory.Path}");

            Assert.True(beside.ExitCode == 0, beside.Said);
            Assert.Contains("it goes on serving", beside.Said);
            Assert.Contains("from 2 events, as of position 2", beside.Said);
            Assert.Contains("云州市桂山区科技局", await host.GetAsync($"/v1/agencies/{Samples.Agency}"));
        }

        var alone = await RunAsync($"--LocalPostgres:DataDirectory={directory.Path}");

        Assert.True(alone.ExitCode == 0, alone.Said);
        Assert.Contains("from 2 events, as of position 2", alone.Said);
        await using var again = await directory.StartAsync();
        Assert.Equal(2L, await Sql.RunAsync(again.ServingConnectionString, "select count(*) from rebuilds"));
    }

    [Fact]
    public async Task A_signal_ends_it_in_order_and_leaves_everything_as_it_was()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such signals.");
        using var directory = new TemporaryDataDirectory();
        await using var postgres = await directory.StartAsync();
        await Database.PrepareAsync(postgres.OwnerConnectionString, "disclosure", Cancellation);
        // Someone who reads keeps the rebuild waiting just before its end.
        await using var owner = NpgsqlDataSource.Create(postgres.OwnerConnectionString);
        await using var connection = await owner.OpenConnectionAsync(Cancellation);
        await using var transaction = await connection.BeginTransactionAsync(Cancellation);
        await using var hold = new NpgsqlCommand("select count(*) from reports", connection);
        await hold.ExecuteScalarAsync(Cancellation);
        using var process = Start($"--LocalPostgres:DataDirectory={directory.Path}");
        while (await process.StandardOutput.ReadLineAsync(Cancellation) is { } line && !line.Contains("wait for a moment", StringComparison.Ordinal))
        {
            Assert.NotEmpty(line);
        }

        using var signal = Process.Start("kill", ["-INT", process.Id.ToString()]);
        await process.WaitForExitAsync(Cancellation);

        Assert.Equal(1, process.ExitCode);
        Assert.Contains("as they were", await process.StandardError.ReadToEndAsync(Cancellation));
        Assert.Equal(0L, await Sql.RunAsync(postgres.OwnerConnectionString, "select count(*) from pg_class where relname like '%rebuilt%'"));
    }

    [Fact]
    public async Task A_database_of_ones_own_needs_the_role_that_owns_the_tables()
    {
        var refused = await RunAsync("--ConnectionStrings:Disclosure=Host=localhost;Username=disclosure");

        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("Give ConnectionStrings:DisclosureOwner", refused.Said);
    }

    private static async Task<(int ExitCode, string Said)> RunAsync(string setting)
    {
        using var process = Start(setting);
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(Cancellation), process.StandardError.ReadToEndAsync(Cancellation));
        await process.WaitForExitAsync(Cancellation);
        return (process.ExitCode, await output + await errors);
    }

    private static Process Start(string setting) => Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "DisclosureApi.dll"), "rebuild", setting])
    {
        UseShellExecute = false,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!;
}
