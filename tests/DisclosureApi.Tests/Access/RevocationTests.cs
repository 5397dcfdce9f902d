using System.IdentityModel.Tokens.Jwt;
using Disclosure.Tests;
using DisclosureApi.Access;
using DisclosureApi.Access.Revoking;

namespace DisclosureApi.Tests.Access;

/// <summary>A token that was stolen need not be waited out.</summary>
public sealed class RevocationTests(Api api, TestServer server) : IClassFixture<Api>
{
    [Theory]
    [InlineData("--token", "one token")]
    [InlineData("--token", "the token itself")]
    [InlineData("--subject", "a person's tokens")]
    [InlineData("--client", "an application's tokens")]
    [InlineData("--key", "a key's tokens")]
    public async Task What_was_revoked_is_refused_within_seconds_and_nothing_else_is(string option, string what)
    {
        // Each case has a host and an issuer's key of its own, so that a revoked key is not the others'.
        await using var own = new Api(server);
        await own.InitializeAsync();
        var (mine, others) = (own.As(Role.Submitter, [Samples.Agency], "stolen"), own.As(Role.Reviewer, [Samples.Office], "another"));
        (await mine.GetAsync("/v1/work")).Expect(200);
        var token = new JwtSecurityTokenHandler().ReadJwtToken(mine.Token);
        var value = option switch { "--token" => what == "one token" ? token.Id : mine.Token!, "--subject" => "stolen", "--client" => "tests", _ => token.Header.Kid };

        string[] words = ["revoke", option, value, "--reason", what, $"--ConnectionStrings:DisclosureOwner={own.Database.Owner}"];
        Assert.Equal(0, await RevokeCommand.Create(words).Parse(words[1..]).InvokeAsync(cancellationToken: TestContext.Current.CancellationToken));

        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while ((await mine.GetAsync("/v1/work")).Status != 401)
        {
            await Task.Delay(50, patience.Token);
        }
        (await mine.GetAsync("/v1/work")).ExpectProblem(401, "unauthenticated");
        (await others.GetAsync("/v1/work")).Expect(option is "--client" or "--key" ? 401 : 200);
        (await own.Anon.GetAsync("/v1/rules")).Expect(200);
        Assert.Equal(what, await own.Database.ScalarAsync<string>("select reason from revocations"));
        Assert.DoesNotContain(mine.Token, await own.Database.TextsAsync("select value from revocations"));
    }

    [Fact]
    public async Task A_revocation_names_something()
    {
        string[] words = ["revoke", "--reason", "none", $"--ConnectionStrings:DisclosureOwner={api.Database.Owner}"];

        Assert.Equal(1, await RevokeCommand.Create(words).Parse(words[1..]).InvokeAsync(cancellationToken: TestContext.Current.CancellationToken));
    }
}
