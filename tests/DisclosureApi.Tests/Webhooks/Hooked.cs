using System.Text.Json.Nodes;
using Disclosure.Tests;
using DisclosureApi.Access;
using DisclosureApi.Webhooks;
using DisclosureApi.Webhooks.Targets;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace DisclosureApi.Tests.Webhooks;

/// <summary>Hosts on a database of their own that deliver to receivers on this machine, without the waits of real life.</summary>
internal sealed class Hooked : IAsyncDisposable
{
    private static int _bodies = 300_000;
    private readonly string _directory = Directory.CreateTempSubdirectory("disclosure-hooks-").FullName;
    private readonly List<(WebApplication App, Uri Url)> _hosts = [];
    private readonly EmbeddedIssuer _issuer;

    private Hooked(TestDatabase database) => (Database, _issuer) = (database, EmbeddedIssuer.Open(_directory));

    public TestDatabase Database { get; }

    /// <summary>An application that subscribes.</summary>
    public Client Subscriber => As("reader");

    public Client Registrar => Of(Role.Registrar, "registrar", "tests");

    public static async Task<Hooked> StartAsync(TestServer server, WebhookSettings? settings = null, Resolver? resolver = null)
    {
        var hooked = new Hooked(await server.CreateDatabaseAsync($"hooks_{Guid.NewGuid():N}"));
        await hooked.AnotherAsync(settings, resolver);
        return hooked;
    }

    /// <summary>Addresses on this machine are taken, and what fails is tried again at once.</summary>
    public static WebhookSettings Hasty(int attempts = 10) => new(null, LocalTargets: true, WebhookSettings.UsualMost)
    {
        Waits = [.. Enumerable.Repeat(TimeSpan.FromMilliseconds(20), attempts - 1)],
    };

    public async Task<Uri> AnotherAsync(WebhookSettings? settings = null, Resolver? resolver = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = ["--urls=http://127.0.0.1:0", "--Logging:LogLevel:Default=None"] });
        builder.Services.AddSingleton(resolver ?? Names.NobodyKnows);
        var app = ApiHost.Build(builder, Settings.Read([$"--LocalPostgres:DataDirectory={_directory}"]) with { Webhooks = settings ?? Hasty() }, Database.Serving);
        await app.StartAsync();
        _hosts.Add((app, new Uri(app.Urls.First())));
        return _hosts[^1].Url;
    }

    public async Task StopAsync(Uri url)
    {
        var host = _hosts.Single(host => host.Url == url);
        _hosts.Remove(host);
        await host.App.DisposeAsync();
    }

    public Client As(string application, string subject = "reader") => Of(Role.Subscriber, subject, application);

    /// <summary>Subscribes a receiver, and tells the subscription with its secret.</summary>
    public async Task<JsonNode> SubscribeAsync(Receiver receiver, object? filter = null, long? after = null) =>
        (await Subscriber.PostAsync("/v1/webhooks", Bodies.Json(new { url = receiver.Url.ToString(), filter, after }))).Expect(201).Json;

    /// <summary>A change: somebody is registered.</summary>
    public async Task<string> HappenAsync(string region = "990102")
    {
        var code = Samples.CodeOf(Interlocked.Increment(ref _bodies));
        var entry = JsonNode.Parse(Bodies.AgencyJson(code, name: $"云州市第{_bodies}局"))!;
        entry["region"] = region;
        (await Registrar.PutAsync($"/v1/agencies/{code}", Bodies.Json(entry.ToJsonString()), Headers.Create)).Expect(201);
        return code;
    }

    public async Task<List<string>> HappenAsync(int times)
    {
        var codes = new List<string>();
        for (var i = 0; i < times; i++)
        {
            codes.Add(await HappenAsync());
        }
        return codes;
    }

    /// <summary>Asks for something until it is as it should be.</summary>
    public async Task<JsonNode> UntilAsync(string path, Func<JsonNode, bool> holds)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var found = (await Subscriber.GetAsync(path)).Expect(200).Json;
            if (holds(found))
            {
                return found;
            }
            Assert.True(TimeProvider.System.GetElapsedTime(began) < TimeSpan.FromSeconds(60), found.ToJsonString());
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var (app, _) in _hosts)
        {
            await app.DisposeAsync();
        }
        _issuer.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    private Client Of(Role role, string subject, string application)
    {
        var http = new HttpClient { BaseAddress = _hosts[0].Url };
        http.DefaultRequestHeaders.Authorization = new("Bearer", _issuer.Token(role, [], subject, application, "disclosure-api", TimeProvider.System.GetUtcNow()));
        return new Client(http);
    }
}

/// <summary>Where parts of a subscription stand.</summary>
internal static class HookedExtensions
{
    public static string Self(this JsonNode webhook) => webhook["links"]!["self"]!.ToString();

    public static string Deliveries(this JsonNode webhook) => webhook["links"]!["deliveries"]!.ToString();

    public static string Secret(this JsonNode webhook) => webhook["secret"]!.ToString();
}
