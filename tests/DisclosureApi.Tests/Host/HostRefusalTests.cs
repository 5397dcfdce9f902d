using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using DisclosureApi.Store.Local;
using DisclosureApi.Tests.Store;

namespace DisclosureApi.Tests.Host;

/// <summary>Starts that cannot succeed end with a sentence that says why, and leave nothing running.</summary>
public sealed class HostRefusalTests(TestServer server)
{
    [Fact]
    public async Task A_second_host_on_the_same_data_directory_is_refused_and_the_first_serves_on()
    {
        using var directory = new TemporaryDataDirectory();
        using var first = await HostProcess.ServeAsync(directory.Path);
        using var second = HostProcess.Run(HostProcess.Arguments(directory.Path));

        await RefusedAsync(second, "in use by another running host");
        (await first.As(null).GetAsync("/health/ready")).Expect(200);
    }

    [Fact]
    public async Task A_port_in_use_is_told_and_no_database_is_left_running()
    {
        using var directory = new TemporaryDataDirectory();
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        using var host = HostProcess.Run($"--urls=http://{taken.LocalEndpoint}", $"--LocalPostgres:DataDirectory={directory.Path}");

        await RefusedAsync(host, "address already in use");
        Assert.Null(Postmaster.Of(directory.Cluster));
    }

    [Theory]
    [InlineData("--urls=nonsense")]
    [InlineData("--urls=http://127.0.0.1:99999")]
    [InlineData("-x=1")]
    [InlineData("--Access:Authority=nonsense")]
    [InlineData("--ConnectionStrings:Disclosure=nonsense")]
    [InlineData("--ConnectionStrings:Disclosure=Host=127.0.0.1;Port=1;Username=nobody;Database=nothing")]
    public async Task A_setting_that_cannot_be_is_told(string setting)
    {
        using var directory = new TemporaryDataDirectory();
        var database = await server.CreateDatabaseAsync($"host_{Guid.NewGuid():N}");
        using var host = HostProcess.Run([.. HostProcess.Arguments(directory.Path), $"--ConnectionStrings:Disclosure={database.Serving}", setting]);

        await RefusedAsync(host, "DisclosureApi cannot start: ");
        Assert.False(Directory.Exists(directory.Cluster));
    }

    [Fact]
    public async Task An_issuers_key_that_is_none_is_told_with_its_place()
    {
        using var directory = new TemporaryDataDirectory();
        var key = Path.Combine(directory.Path, "issuer.key");
        await File.WriteAllTextAsync(key, "rubbish", TestContext.Current.CancellationToken);
        using var host = HostProcess.Run(HostProcess.Arguments(directory.Path));
        await RefusedAsync(host, key);
        Assert.Null(Postmaster.Of(directory.Cluster));

        using var token = HostProcess.Run("token", "--role", "registrar", $"--LocalPostgres:DataDirectory={directory.Path}");
        Assert.NotEqual(0, await token.ExitAsync());
        Assert.Contains(key, token.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ledger.key", "rubbish")]
    [InlineData("webhooks.key", "rubbish")]
    [InlineData("ledger.key", "public")]
    [InlineData("webhooks.key", "other curve")]
    public async Task A_key_that_cannot_sign_is_told_with_its_place_and_no_database_is_left_running(string name, string content)
    {
        using var directory = new TemporaryDataDirectory();
        using var key = ECDsa.Create(content == "other curve" ? ECCurve.NamedCurves.nistP384 : ECCurve.NamedCurves.nistP256);
        var place = Path.Combine(directory.Path, name);
        await File.WriteAllTextAsync(place, content switch { "public" => key.ExportSubjectPublicKeyInfoPem(), "other curve" => key.ExportPkcs8PrivateKeyPem(), _ => content }, TestContext.Current.CancellationToken);
        using var host = HostProcess.Run(HostProcess.Arguments(directory.Path));

        await RefusedAsync(host, place);

        Assert.Null(Postmaster.Of(directory.Cluster));
    }

    [Theory]
    [InlineData("chek")]
    [InlineData("--Drafts:ForgottenAfterDays", "30", "serve")]
    public async Task A_word_that_is_no_command_starts_nothing(params string[] words)
    {
        using var directory = new TemporaryDataDirectory();
        using var host = HostProcess.Run([.. words, .. HostProcess.Arguments(directory.Path)]);

        await RefusedAsync(host, $"\"{words[^1]}\" is neither a command nor a setting.");

        Assert.Empty(Directory.GetFileSystemEntries(directory.Path));
    }

    [Fact]
    public async Task A_data_directory_that_is_a_file_is_told()
    {
        using var directory = new TemporaryDataDirectory();
        var file = Path.Combine(directory.Path, "file");
        await File.WriteAllTextAsync(file, "", TestContext.Current.CancellationToken);
        using var host = HostProcess.Run(HostProcess.Arguments(file));
        await RefusedAsync(host, file);
    }

    private static async Task RefusedAsync(HostProcess host, string sentence)
    {
        Assert.Equal(1, await host.ExitAsync());
        Assert.Contains(sentence, host.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", host.Errors + host.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("serves http", host.Output, StringComparison.Ordinal);
    }
}
