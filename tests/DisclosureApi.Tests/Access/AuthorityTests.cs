using Disclosure.Tests;
using DisclosureApi.Access;
using DisclosureApi.Operations.Checks;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;

namespace DisclosureApi.Tests.Access;

/// <summary>A configured authority: its tokens are believed, and the embedded issuer's no longer.</summary>
public sealed class AuthorityTests(TestServer server) : IAsyncLifetime
{
    private const string Draft = $"/v1/agencies/{Samples.Agency}/reports/2023/draft";

    private static readonly Dictionary<string, Func<Authority, string>> _refused = new(StringComparer.Ordinal)
    {
        ["RS512"] = of => of.Token("RS512", of.RsaKey).Sign(of.Rs512),
        ["PS256"] = of => of.Token("PS256", of.RsaKey).Sign(of.Ps256),
        ["HS256 with the public key"] = of => of.Token("HS256", of.RsaKey).Sign(of.Hs256),
        ["RS256 under the name of the other key"] = of => of.Token("RS256", of.EllipticKey).Sign(of.Rs256),
        ["an unknown key id"] = of => of.Token("RS256", "unknown").Sign(of.Rs256),
        ["a broken signature"] = of => of.Token("RS256", of.RsaKey).Sign(bytes => of.Rs256([.. bytes, 0])),
        ["an ID token"] = of => of.Token("RS256", of.RsaKey).WithHeader("typ", "JWT").Sign(of.Rs256),
        ["the issuer in another spelling"] = of => of.Token("ES256", of.EllipticKey).With("iss", $"{of.Issuer}/").Sign(of.Elliptic),
    };

    private readonly string _directory = Path.Combine(Path.GetTempPath(), $"disclosure-api-{Guid.NewGuid():N}");
    private readonly List<WebApplication> _hosts = [];
    private Authority _authority = null!;
    private TestDatabase _database = null!;

    public static TheoryData<string> Refused => [.. _refused.Keys];

    public async ValueTask InitializeAsync()
    {
        _authority = await Authority.StartAsync();
        _database = await server.CreateDatabaseAsync($"authority_{Guid.NewGuid():N}");
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var host in _hosts)
        {
            await host.DisposeAsync();
        }
        await _authority.DisposeAsync();
        Assert.False(File.Exists(Path.Combine(_directory, "issuer.key")), "A host with an authority makes no key of its own for tokens.");
        if (Directory.Exists(_directory))
        {
            Directory.Delete(_directory, recursive: true);
        }
    }

    [Fact]
    public async Task Its_tokens_of_both_algorithms_are_believed()
    {
        var url = await StartAsync(_authority.Issuer);
        foreach (var token in (string[])[
            _authority.Token("RS256", _authority.RsaKey).Sign(_authority.Rs256), _authority.Token("ES256", _authority.EllipticKey).Sign(_authority.Elliptic)])
        {
            (await Client(url, token).GetAsync(Draft)).ExpectProblem(404, "not-found");
        }
    }

    [Fact]
    public async Task A_new_key_is_heard_of_within_seconds_and_the_one_taken_back_is_forgotten()
    {
        var url = await StartAsync(_authority.Issuer);
        var before = _authority.Token("ES256", _authority.EllipticKey).Sign(_authority.Elliptic);
        (await Client(url, before).GetAsync(Draft)).ExpectProblem(404, "not-found");

        _authority.Rotate();
        var after = _authority.Token("ES256", _authority.EllipticKey).Sign(_authority.Elliptic);
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while ((await Client(url, after).GetAsync(Draft)).Status == 401)
        {
            await Task.Delay(100, patience.Token);
        }

        (await Client(url, after).GetAsync(Draft)).ExpectProblem(404, "not-found");
        (await Client(url, before).GetAsync(Draft)).ExpectProblem(401, "unauthenticated");
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task Its_other_tokens_are_refused(string wrong) =>
        (await Client(await StartAsync(_authority.Issuer), _refused[wrong](_authority)).GetAsync(Draft)).ExpectProblem(401, "unauthenticated");

    [Fact]
    public async Task The_embedded_issuer_is_off()
    {
        var elsewhere = Directory.CreateTempSubdirectory("disclosure-issuer-");
        using var issuer = EmbeddedIssuer.Open(elsewhere.FullName);
        var token = issuer.Token(Role.Submitter, [Samples.Agency], "submitter", "tests", "disclosure-api", DateTimeOffset.UtcNow);
        elsewhere.Delete(recursive: true);

        (await Client(await StartAsync(_authority.Issuer), token).GetAsync(Draft)).ExpectProblem(401, "unauthenticated");
    }

    [Fact]
    public async Task An_authority_that_cannot_be_reached_is_told_as_what_it_is_and_only_to_who_shows_a_token()
    {
        var url = await StartAsync("http://127.0.0.1:1");
        var unavailable = (await Client(url, _authority.Token("RS256", _authority.RsaKey).Sign(_authority.Rs256)).GetAsync(Draft)).ExpectProblem(503, "unavailable");
        Assert.NotNull(unavailable.Header("Retry-After"));
        (await Client(url, null).GetAsync(Draft)).ExpectProblem(401, "unauthenticated");
        (await Client(url, null).GetAsync("/v1/rules")).Expect(200);
    }

    [Theory]
    [InlineData("no address")]
    [InlineData("http://authority.example")]
    [InlineData("ftp://127.0.0.1")]
    public void An_authority_that_can_never_be_believed_stops_the_start_and_not_the_first_request(string authority)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("Access:Authority", authority)]).Build();
        var refused = Assert.Throws<InvalidOperationException>(() => SettingChecks.Require(SettingChecks.OfHost(configuration)));
        Assert.Contains("Access:Authority", refused.Message, StringComparison.Ordinal);
    }

    private async Task<Uri> StartAsync(string authority)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = ["--urls=http://127.0.0.1:0", "--Logging:LogLevel:Default=None"] });
        var settings = Settings.Read([$"--LocalPostgres:DataDirectory={_directory}", $"--Access:Authority={authority}"]);
        var host = ApiHost.Build(builder, settings, _database.Serving);
        _hosts.Add(host);
        await host.StartAsync();
        return new Uri(host.Urls.First());
    }

    private static Client Client(Uri url, string? token)
    {
        var http = new HttpClient { BaseAddress = url };
        http.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", token is null ? null : $"Bearer {token}");
        return new Client(http);
    }
}
