using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using Disclosure.Tests;
using DisclosureApi.Http.Guarding;
using Microsoft.Extensions.Configuration;

namespace DisclosureApi.Tests.Http.Guarding;

/// <summary>What stands before every room: headers for browsers, proxies that are believed, clients that are not waited for.</summary>
public sealed partial class GuardTests(Api api) : IClassFixture<Api>
{
    private const string Report = $"/v1/agencies/{Samples.Agency}/reports/2023";

    public static TheoryData<string, string> Answers => new()
    {
        { "GET", "/v1/rules" },
        { "HEAD", "/v1/formats" },
        { "GET", "/v1/nothing" },
        { "GET", Report },
        { "PUT", $"{Report}/draft" },
        { "OPTIONS", "/v1/rules" },
        { "DELETE", "/v1/rules" },
        { "GET", "/" },
        { "GET", "/docs/index.html" },
        { "GET", "/openapi/v1.json" },
        { "GET", "/problems" },
        { "GET", "/health/live" },
        { "GET", "/v1/formats/2023/blank" },
    };

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task Every_answer_tells_browsers_to_trust_it_no_further_than_needed(string method, string path)
    {
        var answer = await api.Anon.SendAsync(new HttpMethod(method), path, null);

        Assert.Equal("nosniff", answer.Header("X-Content-Type-Options"));
        Assert.Equal("no-referrer", answer.Header("Referrer-Policy"));
        var policy = answer.Header("Content-Security-Policy")!;
        Assert.StartsWith("default-src 'none';", policy);
        Assert.Contains("frame-ancestors 'none'", policy);
        Assert.Equal(policy.Contains("script-src", StringComparison.Ordinal), path.StartsWith("/docs/", StringComparison.Ordinal) || path == "/");
        Assert.Null(answer.Header("Server"));
        Assert.Null(answer.Header("X-Powered-By"));
        Assert.Null(answer.Header("Strict-Transport-Security"));
    }

    [Fact]
    public async Task What_is_answered_from_memory_and_what_has_not_changed_carry_them_too()
    {
        var life = await api.ReportAsync(2023);
        await life.PublishAsync((await life.FileAsync()).Expect(201));
        await api.Anon.GetAsync(Report);

        var remembered = (await api.Anon.GetAsync(Report)).Expect(200);

        Assert.Equal("nosniff", remembered.Header("X-Content-Type-Options"));
        Assert.Equal("nosniff", (await api.Anon.GetAsync(Report, ("If-None-Match", remembered.ETag))).Expect(304).Header("X-Content-Type-Options"));
        Assert.Equal("default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
            (await api.Anon.GetAsync($"{Report}/document", ("Accept", "text/html"))).Expect(200).Header("Content-Security-Policy"));
    }

    [Fact]
    public async Task Only_a_proxy_that_is_configured_says_who_asks_and_by_which_scheme()
    {
        var believing = api.Of(null, await api.AnotherHostAsync("--Proxies:0=127.0.0.0/8", "--RateLimits:Address=3"));
        var doubting = api.Of(null, await api.AnotherHostAsync("--RateLimits:Address=3"));

        for (var i = 0; i < 5; i++)
        {
            // A caller who makes up an address before the proxy's own word is not believed: the last that is no proxy counts.
            var answer = (await believing.GetAsync("/v1/rules", ("X-Forwarded-For", $"198.51.100.{i}, 203.0.113.{i}"), ("X-Forwarded-Proto", "https, https"))).Expect(200);
            Assert.Equal("\"address\";r=2", answer.Header("RateLimit"));
            Assert.Equal("max-age=31536000", answer.Header("Strict-Transport-Security"));
        }
        for (var i = 0; i < 3; i++)
        {
            var answer = (await doubting.GetAsync("/v1/rules", ("X-Forwarded-For", $"198.51.100.{i}"), ("X-Forwarded-Proto", "https"))).Expect(200);
            Assert.Null(answer.Header("Strict-Transport-Security"));
        }
        (await doubting.GetAsync("/v1/rules", ("X-Forwarded-For", "198.51.100.9"))).ExpectProblem(429, "too-many-requests");
    }

    [Theory]
    [InlineData("10.0.0.0/99")]
    [InlineData("proxy.example.gov.cn")]
    public void A_proxy_that_is_no_address_stops_the_start(string proxy) =>
        Assert.Contains("Proxies", Assert.Throws<InvalidOperationException>(() => Settings.Read([$"--Proxies:0={proxy}"])).Message);

    [Fact]
    public async Task A_body_that_drips_is_not_waited_for()
    {
        using var client = new TcpClient();
        await client.ConnectAsync(api.Url.Host, api.Url.Port, TestContext.Current.CancellationToken);
        var stream = client.GetStream();
        await stream.WriteAsync("POST /v1/validations HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100000\r\n\r\n{"u8.ToArray(), TestContext.Current.CancellationToken);

        var answer = await ReadAsync(stream);

        Assert.StartsWith("HTTP/1.1 408 ", answer);
        Assert.Contains("/problems/too-slow", answer);
    }

    [Fact]
    public async Task Headers_that_are_too_many_or_too_long_are_refused_before_they_are_read()
    {
        using var client = new TcpClient();
        await client.ConnectAsync(api.Url.Host, api.Url.Port, TestContext.Current.CancellationToken);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"GET /v1/rules HTTP/1.1\r\nHost: x\r\nX-Long: {new string('a', 40_000)}\r\n\r\n"), TestContext.Current.CancellationToken);

        Assert.StartsWith("HTTP/1.1 431 ", await ReadAsync(stream));
    }

    [Fact]
    public async Task A_reading_that_the_database_keeps_waiting_is_given_up_and_answers_again_afterwards()
    {
        await api.RegisterAsync();
        await using var owner = new Npgsql.NpgsqlConnection(api.Database.Owner);
        await owner.OpenAsync(TestContext.Current.CancellationToken);
        await using (var stalled = await owner.BeginTransactionAsync(TestContext.Current.CancellationToken))
        {
            await using var hold = new Npgsql.NpgsqlCommand("lock table agencies in access exclusive mode", owner);
            await hold.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
            var began = TimeProvider.System.GetTimestamp();

            var refused = (await api.Anon.GetAsync($"/v1/agencies/{Samples.Agency}")).ExpectProblem(503, "unavailable");

            Assert.NotNull(refused.Header("Retry-After"));
            Assert.InRange(TimeProvider.System.GetElapsedTime(began).TotalSeconds, 1, 30);
        }
        (await api.Anon.GetAsync($"/v1/agencies/{Samples.Agency}")).Expect(200);
    }

    [Fact]
    public async Task Where_to_tell_of_a_weakness_stands_where_it_is_looked_for()
    {
        (await api.Anon.GetAsync("/.well-known/security.txt")).ExpectProblem(404, "not-found");
        var host = await api.AnotherHostAsync("--Security:Contact:0=mailto:security@example.gov.cn", "--Security:Contact:1=https://example.gov.cn/report", "--Security:Policy=https://example.gov.cn/policy", "--Security:Expires=2027-06-30");

        var text = (await api.Of(null, host).GetAsync("/.well-known/security.txt")).Expect(200);

        Assert.Equal("text/plain", text.MediaType);
        Assert.Equal(
            "Contact: mailto:security@example.gov.cn\nContact: https://example.gov.cn/report\nExpires: 2027-06-30T00:00:00Z\nPreferred-Languages: zh, en\nPolicy: https://example.gov.cn/policy\n", text.Text);
    }

    [Fact]
    public void Without_a_day_of_its_own_it_holds_for_half_a_year()
    {
        var contact = SecurityContact.Read(new ConfigurationBuilder().AddCommandLine(["--Security:Contact=tel:+86-10-00000000"]).Build())!;

        Assert.Contains("Expires: 2024-06-29T00:00:00Z", Encoding.UTF8.GetString(contact.Text(new DateTimeOffset(2024, 1, 1, 0, 0, 0, TimeSpan.Zero))));
    }

    [Theory]
    [InlineData("--Security:Contact=security@example.gov.cn")]
    [InlineData("--Security:Contact=http://example.gov.cn")]
    public void A_contact_that_is_no_address_stops_the_start(string setting) => Assert.Throws<InvalidOperationException>(() => Settings.Read([setting]));

    [Fact]
    public void Only_places_that_the_operator_names_are_asked_and_targets_of_webhooks_through_their_one_door() => Assert.Equal(
        ["BearerTokens.cs", "HostChecks.cs", "TargetClient.cs", "Witness.cs"],
        Sources().Where(file => Asking().IsMatch(File.ReadAllText(file))).Select(Path.GetFileName).Order(StringComparer.Ordinal));

    [Fact]
    public void Every_pattern_has_a_limit() => Assert.All(
        Sources().SelectMany(file => Pattern().Matches(File.ReadAllText(file))), pattern => Assert.Matches("NonBacktracking|, *(matchTimeoutMilliseconds: *)?[0-9_]+\\)\\]", pattern.Value));

    private static IEnumerable<string> Sources() => Directory.GetFiles(Path.Combine(Repository.Root, "src"), "*.cs", SearchOption.AllDirectories)
        .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal));

    [GeneratedRegex(@"new (HttpClient|HttpMessageInvoker|Socket|HttpDocumentRetriever|TcpClient|WebClient|ClientWebSocket)\b|HttpClient \w+ = new\(", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Asking();

    [GeneratedRegex(@"(\[GeneratedRegex\(.*|new Regex\(.*)", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Pattern();

    private static async Task<string> ReadAsync(NetworkStream stream)
    {
        var answer = new StringBuilder();
        var buffer = new byte[4096];
        int read;
        while ((read = await stream.ReadAsync(buffer, TestContext.Current.CancellationToken)) > 0)
        {
            answer.Append(Encoding.UTF8.GetString(buffer, 0, read));
        }
        return answer.ToString();
    }
}
