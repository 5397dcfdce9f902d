using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Disclosure.Tests;
using DisclosureApi.Access;
using DisclosureApi.Tests.Webhooks;
using DisclosureApi.Webhooks.Targets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Xunit.Sdk;

namespace DisclosureApi.Tests;

/// <summary>The real host on a database of its own, over real HTTP, and the people who use it.</summary>
public sealed class Api : IAsyncLifetime
{
    private readonly TestServer? _server;
    private readonly IReadOnlyList<string> _settings = [];
    private readonly string _directory = Path.Combine(Path.GetTempPath(), $"disclosure-api-{Guid.NewGuid():N}");
    private readonly List<WebApplication> _apps = [];
    private readonly TimeProvider _clock = TimeProvider.System;
    private EmbeddedIssuer? _issuer;
    private Task? _prepared;

    public Api(TestServer server) => _server = server;

    private Api(TestDatabase database, IReadOnlyList<string> settings, TimeProvider clock) => (Database, _settings, _clock) = (database, settings, clock);

    /// <summary>The host on a database that the test has made, with settings of the test's.</summary>
    public static Task<Api> OnAsync(TestDatabase database, params IReadOnlyList<string> settings) => OnAsync(database, TimeProvider.System, settings);

    /// <summary>The same by a clock of the test's, which everyone who shows a token goes by as well.</summary>
    public static async Task<Api> OnAsync(TestDatabase database, TimeProvider clock, params IReadOnlyList<string> settings)
    {
        var api = new Api(database, settings, clock);
        await api.InitializeAsync();
        return api;
    }

    public TestDatabase Database { get; private set; } = null!;

    public Uri Url { get; private set; } = null!;

    /// <summary>What the host serves, so that a table of routes can be held against it.</summary>
    public IEnumerable<RouteEndpoint> Endpoints => _apps[0].Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>();

    public IServiceProvider Services => _apps[0].Services;

    /// <summary>The embedded issuer's name for its key, and the key itself, for tokens made by hand.</summary>
    public string KeyId => _issuer!.KeyId;

    public string KeyPem => File.ReadAllText(Path.Combine(_directory, "issuer.key"));

    /// <summary>Someone without a token.</summary>
    public Client Anon => Of(null);

    public Client Submitter => As(Role.Submitter, [Samples.Agency]);

    public Client SecrecyReviewer => As(Role.SecrecyReviewer, [Samples.Agency]);

    public Client Reviewer => As(Role.Reviewer, [Samples.Office]);

    public Client Archivist => As(Role.Archivist, [Samples.Office]);

    public Client Registrar => As(Role.Registrar, []);

    public async ValueTask InitializeAsync()
    {
        Database ??= await _server!.CreateDatabaseAsync($"api_{Guid.NewGuid():N}");
        _issuer = EmbeddedIssuer.Open(_directory);
        Url = await AnotherHostAsync();
    }

    /// <summary>Starts one more host on the same database and tells its address.</summary>
    public async Task<Uri> AnotherHostAsync(params IReadOnlyList<string> settings)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = ["--urls=http://127.0.0.1:0", "--Logging:LogLevel:Default=None"] });
        builder.Services.AddSingleton<Resolver>(Names.NobodyKnows).AddSingleton(_clock);
        var app = ApiHost.Build(builder, Settings.Read([$"--LocalPostgres:DataDirectory={_directory}", "--RateLimits:ErrorReports=1000000", .. _settings, .. settings]), Database.Serving);
        _apps.Add(app);
        await app.StartAsync();
        return new Uri(app.Urls.First());
    }

    /// <summary>Ends the host at this address in order, while the others go on.</summary>
    public async Task StopHostAsync(Uri host)
    {
        var app = _apps.Single(app => new Uri(app.Urls.First()) == host);
        _apps.Remove(app);
        await app.StopAsync();
        await app.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var app in _apps)
        {
            await app.StopAsync();
            await app.DisposeAsync();
        }
        _issuer?.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    public Client As(Role role, IReadOnlyList<string> agencies, string? subject = null) =>
        Of(_issuer!.Token(role, agencies, subject ?? role.Name, "tests", "disclosure-api", _clock.GetUtcNow()));

    public Client Of(string? token, Uri? host = null)
    {
        var http = new HttpClient { BaseAddress = host ?? Url };
        if (token is not null)
        {
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }
        return new Client(http);
    }

    /// <summary>What the tests of a class stand on is made once.</summary>
    public Task OnceAsync(Func<Task> prepare) => _prepared ??= prepare();

    /// <summary>A made-up agency's report of this year, at the beginning of its life.</summary>
    public async Task<ReportLife> ReportAsync(int year, string code = Samples.Agency)
    {
        await RegisterAsync(code);
        return new ReportLife(this, code, year);
    }

    /// <summary>Registers a made-up department under the made-up office.</summary>
    public async Task RegisterAsync(string code = Samples.Agency, string supervisor = Samples.Office)
    {
        var answer = await Registrar.PutAsync($"/v1/agencies/{code}", Bodies.Agency(code, supervisor), Headers.Create);
        Assert.True((int)answer.Status is 201 or 200 or 412, answer.Text);
    }
}

/// <summary>Someone who asks the API.</summary>
public sealed class Client(HttpClient http)
{
    /// <summary>The token it shows; null when it has none.</summary>
    public string? Token => http.DefaultRequestHeaders.Authorization?.Parameter;

    public Task<Reply> GetAsync(string path, params (string Name, string Value)[] headers) => SendAsync(HttpMethod.Get, path, null, headers);

    public Task<Reply> PutAsync(string path, HttpContent content, params (string Name, string Value)[] headers) => SendAsync(HttpMethod.Put, path, content, headers);

    public Task<Reply> PostAsync(string path, HttpContent content, params (string Name, string Value)[] headers) => SendAsync(HttpMethod.Post, path, content, headers);

    public Task<Reply> DeleteAsync(string path, params (string Name, string Value)[] headers) => SendAsync(HttpMethod.Delete, path, null, headers);

    /// <summary>A step takes an Idempotency-Key; where a test does not care which, it is a new one.</summary>
    public Task<Reply> SendAsync(HttpMethod method, string path, HttpContent? content, params (string Name, string Value)[] headers) => SendAsItIsAsync(
        method, path, content, method == HttpMethod.Post && headers.All(header => header.Name != Headers.Key) ? [.. headers, (Headers.Key, $"\"{Guid.NewGuid()}\"")] : headers);

    /// <summary>The bytes of what is no text.</summary>
    public async Task<(int Status, byte[] Bytes)> BytesAsync(string path)
    {
        using var response = await http.GetAsync(path, TestContext.Current.CancellationToken);
        return ((int)response.StatusCode, await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
    }

    public async Task<Reply> SendAsItIsAsync(HttpMethod method, string path, HttpContent? content, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }
        using var response = await http.SendAsync(request, TestContext.Current.CancellationToken);
        return new Reply(response, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }
}

/// <summary>What the API answered.</summary>
public sealed class Reply(HttpResponseMessage response, string text)
{
    public int Status { get; } = (int)response.StatusCode;

    public string Text => text;

    public string? MediaType { get; } = response.Content.Headers.ContentType?.MediaType;

    public string ETag { get; } = response.Headers.ETag?.ToString() ?? "";

    public JsonNode Json => JsonNode.Parse(text)!;

    public string Request { get; } = $"{response.RequestMessage!.Method} {response.RequestMessage.RequestUri!.PathAndQuery}";

    /// <summary>The last part of a problem's type.</summary>
    public string Problem => MediaType == "application/problem+json" ? Json["type"]!.GetValue<string>()["/problems/".Length..] : $"no problem but {Status}: {text}";

    /// <summary>Everything a client can see but the time of the answer and how many requests it has left.</summary>
    public string Everything => string.Join('\n',
        [$"{Status}", .. response.Headers.Concat(response.Content.Headers).Where(header => header.Key is not ("Date" or "RateLimit"))
            .Select(header => $"{header.Key}: {string.Join(", ", header.Value)}").Order(StringComparer.Ordinal), "", text]);

    public string? Header(string name) => response.Headers.TryGetValues(name, out var values) || response.Content.Headers.TryGetValues(name, out values)
        ? string.Join(", ", values)
        : null;

    public Reply Expect(int status)
    {
        if (Status == status)
        {
            return this;
        }
        var told = $"{response.RequestMessage!.Method} {response.RequestMessage.RequestUri}: {Status} instead of {status}: {text}";
        throw Status == 503 ? new UnavailableException(told) : new XunitException(told);
    }

    public Reply ExpectProblem(int status, string problem)
    {
        Expect(status);
        Assert.Equal(problem, Problem);
        Assert.Equal(status, Json["status"]!.GetValue<int>());
        return this;
    }
}

/// <summary>A host that said that it cannot answer now, where a test wanted something else.</summary>
public sealed class UnavailableException(string told) : XunitException(told);
