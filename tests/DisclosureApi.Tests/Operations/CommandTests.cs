using System.Security.Cryptography;
using DisclosureApi.Tests.Host;
using DisclosureApi.Tests.Store;

namespace DisclosureApi.Tests.Operations;

/// <summary>Commands that cannot do what they were asked to say so in a sentence, and never take another database for the one that was meant.</summary>
public sealed class CommandTests
{
    private const string Serving = "--ConnectionStrings:Disclosure=Host=127.0.0.1;Port=1;Username=disclosure";

    [Theory]
    [InlineData("revoke --subject thief --reason stolen")]
    [InlineData("epoch --reason lost")]
    [InlineData("rebuild")]
    [InlineData("generate --agencies 3 --years 1")]
    public async Task Without_the_owners_way_to_the_configured_database_none_is_made_beside_it(string words)
    {
        using var directory = new TemporaryDataDirectory();

        await RefusedAsync(directory, "Give ConnectionStrings:DisclosureOwner", [.. words.Split(' '), Serving]);

        Assert.Empty(Directory.GetFileSystemEntries(directory.Path));
    }

    [Theory]
    [InlineData("revoke --subject thief --reason stolen")]
    [InlineData("epoch --reason lost")]
    [InlineData("rebuild")]
    public async Task Where_there_is_no_database_none_is_made_to_do_it_in(string words)
    {
        using var directory = new TemporaryDataDirectory();

        await RefusedAsync(directory, $"There is no database in {directory.Path}", words.Split(' '));

        Assert.Empty(Directory.GetFileSystemEntries(directory.Path));
    }

    [Theory]
    [InlineData("revoke --subject thief --reason stolen")]
    [InlineData("epoch --reason lost")]
    [InlineData("rebuild")]
    [InlineData("generate")]
    [InlineData("token --role auditor")]
    public async Task Settings_that_cannot_be_are_told_all_at_once(string words)
    {
        using var directory = new TemporaryDataDirectory();

        await RefusedAsync(directory, "RateLimits:Address is \"many\"", [.. words.Split(' '), "--RateLimits:Address=many", "--Webhooks:MostOfClient=few"]);
        await RefusedAsync(directory, "Webhooks:MostOfClient is \"few\"", [.. words.Split(' '), "--RateLimits:Address=many", "--Webhooks:MostOfClient=few"]);
    }

    [Theory]
    [InlineData("--agencies must be a whole number between 1 and 300000.", "generate", "--agencies", "many")]
    [InlineData("--years must be a whole number", "generate", "--years", "0")]
    [InlineData("--reason must say why.", "epoch", "--reason", " ")]
    [InlineData("--reason must say why.", "revoke", "--subject", "thief", "--reason", "")]
    [InlineData("hosts believe the tokens of https://login.example.org", "token", "--role", "auditor", "--Access:Authority=https://login.example.org")]
    public async Task What_is_asked_for_wrongly_is_told(string told, params string[] words)
    {
        using var directory = new TemporaryDataDirectory();
        await RefusedAsync(directory, told, words);
    }

    [Fact]
    public async Task Check_tells_of_a_ledgers_key_that_cannot_sign()
    {
        using var directory = new TemporaryDataDirectory();
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        await File.WriteAllTextAsync(Path.Combine(directory.Path, "ledger.key"), key.ExportSubjectPublicKeyInfoPem(), TestContext.Current.CancellationToken);
        using var check = HostProcess.Run("check", $"--LocalPostgres:DataDirectory={directory.Path}");

        Assert.Equal(1, await check.ExitAsync());

        Assert.Contains("FAULT  key ", check.Output, StringComparison.Ordinal);
    }

    private static async Task RefusedAsync(TemporaryDataDirectory directory, string told, string[] words)
    {
        using var command = HostProcess.Run([.. words, $"--LocalPostgres:DataDirectory={directory.Path}"]);
        Assert.Equal(1, await command.ExitAsync());
        Assert.Contains(told, command.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", command.Errors + command.Output, StringComparison.Ordinal);
    }
}
