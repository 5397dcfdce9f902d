using System.Buffers.Text;
using System.Text.Json.Nodes;
using Disclosure.Tests;
using DisclosureApi.Access;
using DisclosureApi.Tests.Store;

namespace DisclosureApi.Tests.Host;

/// <summary>The program's other words than serving.</summary>
public sealed class TokenCommandTests
{
    [Fact]
    public async Task The_token_stands_alone_and_needs_no_start_before_it()
    {
        using var directory = new TemporaryDataDirectory();
        var missing = Path.Combine(directory.Path, "not", "yet");
        var claims = Claims(await SayAsync(missing, "--role", "submitter", "--agency", Samples.Agency, "--agency", Samples.OtherAgency));

        Assert.Equal(("submitter", "reports:submit", "command-line"),
            (claims["sub"]!.GetValue<string>(), claims["scope"]!.GetValue<string>(), claims["client_id"]!.GetValue<string>()));
        Assert.Equal([Samples.Agency, Samples.OtherAgency], claims["agency"]!.AsArray().Select(code => code!.GetValue<string>()));
        Assert.Equal(["issuer.key"], Directory.GetFileSystemEntries(missing).Select(Path.GetFileName));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(missing, "issuer.key")));
        }
    }

    [Fact]
    public async Task Every_role_has_a_token_under_a_name_of_its_own()
    {
        using var directory = new TemporaryDataDirectory();
        var tokens = await Task.WhenAll(Role.All.Select(role => SayAsync(directory.Path, "--role", role.Name)));
        Assert.Equal(Role.All.Select(role => (role.Name, role.Scope)),
            tokens.Select(Claims).Select(claims => (claims["sub"]!.GetValue<string>(), claims["scope"]!.GetValue<string>())));

        var named = Claims(await SayAsync(directory.Path, "--role", "reviewer", "--subject", "王 小明", "--client", "portal"));
        Assert.Equal(("王 小明", "portal"), (named["sub"]!.GetValue<string>(), named["client_id"]!.GetValue<string>()));
    }

    [Theory]
    [InlineData("king", "--role", "king")]
    [InlineData("--role")]
    [InlineData("--role", "--role")]
    [InlineData("11990102000001038K", "--role", "submitter", "--agency", "11990102000001038K")]
    [InlineData("unified social credit code", "--role", "submitter", "--agency", "")]
    [InlineData("--subject", "--role", "submitter", "--subject")]
    public async Task A_wrong_word_is_refused_with_its_reason(string told, params string[] words)
    {
        using var directory = new TemporaryDataDirectory();
        using var program = HostProcess.Run(["token", $"--LocalPostgres:DataDirectory={directory.Path}", .. words]);
        Assert.NotEqual(0, await program.ExitAsync());
        Assert.Contains(told, program.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("eyJ", program.Output, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(directory.Path));
    }

    [Theory]
    [InlineData("--help", "token")]
    [InlineData("-h", "token")]
    [InlineData("--version", "1.0.0")]
    [InlineData("token --help", "--agency")]
    public async Task Help_and_version_are_told_and_nothing_is_started(string words, string told)
    {
        using var program = HostProcess.Run(words.Split(' '));
        Assert.Equal((0, ""), (await program.ExitAsync(), program.Errors));
        Assert.Contains(told, program.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("serves", program.Output, StringComparison.Ordinal);
    }

    private static async Task<string> SayAsync(string dataDirectory, params string[] words)
    {
        using var program = HostProcess.Run(["token", .. words, $"--LocalPostgres:DataDirectory={dataDirectory}"]);
        Assert.Equal((0, ""), (await program.ExitAsync(), program.Errors));
        return Assert.Single(program.Output.Split('\n'));
    }

    private static JsonObject Claims(string token) => JsonNode.Parse(Base64Url.DecodeFromChars(token.Split('.')[1]))!.AsObject();
}
