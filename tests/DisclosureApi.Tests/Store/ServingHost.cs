using System.Text.Json.Nodes;
using Disclosure.Agencies;
using Disclosure.Tests;
using DisclosureApi.Store;
using DisclosureApi.Store.Replicas;
using DisclosureApi.Tests.Webhooks;
using DisclosureApi.Webhooks.Targets;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace DisclosureApi.Tests.Store;

/// <summary>The real host on a database that a test has made, for tests that look at what lies below HTTP as well.</summary>
internal sealed class ServingHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly string _directory;
    private readonly HttpClient _http;

    private ServingHost(WebApplication app, string directory)
    {
        (_app, _directory) = (app, directory);
        _http = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
    }

    public EventStore Store => _app.Services.GetRequiredService<EventStore>();

    /// <summary>Someone without a token.</summary>
    public HttpClient Http => _http;

    public AgencyRegister Register => _app.Services.GetRequiredService<AgencyRegister>();

    public ReadDatabase Readings => _app.Services.GetRequiredService<ReadDatabase>();

    /// <param name="settings">What an operator has set.</param>
    public static async Task<ServingHost> StartAsync(TestDatabase database, params string[] settings)
    {
        var directory = Directory.CreateTempSubdirectory("disclosure-host-").FullName;
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = ["--urls=http://127.0.0.1:0", "--Logging:LogLevel:Default=None"] });
        builder.Services.AddSingleton<Resolver>(Names.NobodyKnows);
        var app = ApiHost.Build(builder, Settings.Read([$"--LocalPostgres:DataDirectory={directory}", .. settings]), database.Serving);
        await app.StartAsync();
        return new ServingHost(app, directory);
    }

    public async Task<string> GetAsync(string path)
    {
        using var response = await _http.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(response.IsSuccessStatusCode, text);
        return text;
    }

    /// <summary>All items of a list, page after page.</summary>
    public async Task<List<JsonNode>> ItemsAsync(string first)
    {
        var items = new List<JsonNode>();
        for (string? address = first; address is not null;)
        {
            var page = JsonNode.Parse(await GetAsync(address))!;
            items.AddRange(page["items"]!.AsArray().Select(item => item!));
            address = page["next"]?.ToString();
        }
        return items;
    }

    /// <summary>Registers a made-up agency, or gives it this name.</summary>
    public async Task<AppendResult> RegisterAsync(string code, string name = Samples.AgencyName)
    {
        var current = await Register.FindAsync(code, TestContext.Current.CancellationToken);
        var wanted = new Agency(
            code, name, "990102", AgencyLevel.County, AgencyKind.Department, Samples.Office, null, new DateOnly(2019, 1, 1), null, []);
        var append = new Append(
            Agency.Stream(code), "agency", current?.Version ?? 0, AgencyDecider.Put(current?.Agency, wanted), Provenance("p_registrar"), null,
            placed => AgencyRegister.Changes([.. placed.Select(stored => stored.Recorded)]));
        return await Store.AppendAsync(append, TestContext.Current.CancellationToken);
    }

    public static Provenance Provenance(string actor) => new(actor, "submitter", Samples.Agency, "tests", "request-1");

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _app.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }
}
