using DisclosureApi.Store.Local;
using DisclosureApi.Tests.Host;
using DisclosureApi.Tests.Store;
using Npgsql;

namespace DisclosureApi.Tests.Operations;

/// <summary><c>check</c> tells what is wrong before it hurts, a line each, and changes nothing.</summary>
public sealed class CheckTests(TestServer server)
{
    private static readonly string[] _names =
        ["settings", "disk", "key", "witness", "authority", "collector", "database", "schema", "rights", "clock", "archive", "size", "ledger", "verification", "webhooks"];

    [Fact]
    public async Task All_is_well_on_a_database_that_a_host_has_served_from()
    {
        using var directory = new TemporaryDataDirectory();
        var database = await ServedAsync(directory);

        var (exit, lines) = await CheckAsync(directory, database);

        Assert.Equal(0, exit);
        Assert.Equal(_names, lines.Select(line => line[7..].Split(' ')[0]));
        Assert.All(lines, line => Assert.Matches("^(OK    |WARN  ) ", line));
    }

    [Theory]
    [InlineData("rights", "superuser", "")]
    [InlineData("rights", "delete on mt_events", "grant delete on mt_events to disclosure")]
    [InlineData("rights", "lacks insert on originals", "revoke insert on originals from disclosure")]
    [InlineData("schema", "ConnectionStrings:DisclosureOwner", "delete from schema_version where version = (select max(version) from schema_version)")]
    [InlineData("verification", "Position 3 is odd", "insert into ledger_verifications (actor) values ('nobody'); insert into ledger_verification_results (number, size, fault) select max(number), 0, 'Position 3 is odd.' from ledger_verifications")]
    public async Task What_is_wrong_with_the_database_is_told_with_how_to_mend_it(string name, string told, string harm)
    {
        using var directory = new TemporaryDataDirectory();
        var database = await ServedAsync(directory);
        if (harm.Length > 0)
        {
            await database.RunAsync(harm);
        }

        var (exit, lines) = await CheckAsync(directory, harm.Length > 0 ? database : database with { Serving = database.Superuser });

        Assert.Equal(1, exit);
        var fault = Assert.Single(lines, line => line.StartsWith("FAULT", StringComparison.Ordinal));
        Assert.StartsWith($"FAULT  {name} ", fault, StringComparison.Ordinal);
        Assert.Contains(told, fault, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("rubbish", "cannot be read as a private key")]
    [InlineData(null, "chmod 600")]
    public async Task A_key_that_is_none_or_that_others_can_read_is_told(string? content, string told)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Modes of files are those of Unix.");
        using var directory = new TemporaryDataDirectory();
        var database = await ServedAsync(directory);
        var key = Path.Combine(directory.Path, "ledger.key");
        if (content is null && !OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(key, UnixFileMode.UserRead | UnixFileMode.GroupRead);
        }
        else
        {
            await File.WriteAllTextAsync(key, content ?? "", TestContext.Current.CancellationToken);
        }

        var (exit, lines) = await CheckAsync(directory, database);

        Assert.Equal(1, exit);
        Assert.Contains(lines, line => line.StartsWith("FAULT  key", StringComparison.Ordinal) && line.Contains(told, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_database_that_cannot_be_reached_is_told_by_its_setting_and_without_its_password()
    {
        using var directory = new TemporaryDataDirectory();
        using var check = HostProcess.Run("check", $"--LocalPostgres:DataDirectory={directory.Path}", "--ConnectionStrings:Disclosure=Host=127.0.0.1;Port=1;Username=x;Password=hunter2secret;Database=d");

        Assert.Equal(1, await check.ExitAsync());

        Assert.Contains("FAULT  database       ConnectionStrings:Disclosure leads to no database", check.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2secret", check.Output + check.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_embedded_database_is_looked_at_beside_its_host_and_without_one_and_is_never_made()
    {
        using var directory = new TemporaryDataDirectory();
        using (var nothing = HostProcess.Run("check", $"--LocalPostgres:DataDirectory={directory.Path}"))
        {
            Assert.Equal(0, await nothing.ExitAsync());
            Assert.Empty(Directory.GetFileSystemEntries(directory.Path));
        }
        using (var host = await HostProcess.ServeAsync(directory.Path))
        {
            using var beside = HostProcess.Run("check", $"--LocalPostgres:DataDirectory={directory.Path}");
            Assert.True(await beside.ExitAsync() == 0, beside.Output + beside.Errors);
            (await host.As(null).GetAsync("/health/ready")).Expect(200);
            await host.SignalAsync("TERM");
            Assert.Equal(0, await host.ExitAsync());
        }
        using var alone = HostProcess.Run("check", $"--LocalPostgres:DataDirectory={directory.Path}");
        Assert.True(await alone.ExitAsync() == 0, alone.Output + alone.Errors);
        Assert.Contains("OK     rights", alone.Output, StringComparison.Ordinal);
        Assert.Null(Postmaster.Of(directory.Cluster));
    }

    private async Task<TestDatabase> ServedAsync(TemporaryDataDirectory directory)
    {
        var database = await server.CreateDatabaseAsync($"check_{Guid.NewGuid():N}");
        using var host = await HostProcess.ServeAsync(directory.Path, Arguments(directory, database));
        await host.SignalAsync("TERM");
        Assert.Equal(0, await host.ExitAsync());
        NpgsqlConnection.ClearAllPools();
        return database;
    }

    private static string[] Arguments(TemporaryDataDirectory directory, TestDatabase database) =>
        [$"--ConnectionStrings:Disclosure={database.Serving}", $"--Ledger:Witness={Path.Combine(directory.Path, "witness")}"];

    private static async Task<(int Exit, List<string> Lines)> CheckAsync(TemporaryDataDirectory directory, TestDatabase database)
    {
        using var check = HostProcess.Run(["check", $"--LocalPostgres:DataDirectory={directory.Path}", .. Arguments(directory, database)]);
        var exit = await check.ExitAsync();
        Assert.Equal("", check.Errors);
        return (exit, [.. check.Output.Split('\n').Where(line => line.Length > 0)]);
    }
}
