using System.Net;
using System.Text.Json.Nodes;
using DisclosureApi.Tests.Contract;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

[assembly: AssemblyFixture(typeof(ContractHost))]

namespace DisclosureApi.Tests.Contract;

/// <summary>The real host without a database: what it promises can be read before anything is stored.</summary>
public sealed class ContractHost : IAsyncLifetime
{
    private WebApplication? _app;

    private readonly string _key = Path.Combine(Path.GetTempPath(), $"ledger-{Guid.NewGuid():N}.key");

    public HttpClient Client { get; private set; } = null!;

    /// <summary>The contract as it is served.</summary>
    public string Text { get; private set; } = "";

    public JsonObject Document => (JsonObject)JsonNode.Parse(Text)!;

    /// <summary>Every operation with its path and method.</summary>
    public IEnumerable<(string Path, string Method, JsonObject Operation)> Operations =>
        from path in (JsonObject)Document["paths"]!
        from operation in (JsonObject)path.Value!
        select (path.Key, operation.Key, (JsonObject)operation.Value!);

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        // Nothing listens at either address, and nothing here asks them.
        const string nowhere = "Host=127.0.0.1;Port=1;Username=nobody;Database=none;Timeout=1";
        _app = ApiHost.Build(builder, new Settings("", nowhere, null, "http://127.0.0.1:1", "disclosure-api") { LedgerKeyFile = _key, Webhooks = new($"{_key}.webhooks", LocalTargets: false, MostOfClient: 1) }, nowhere);
        await _app.StartAsync(TestContext.Current.CancellationToken);
        Client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri(_app.Urls.Single()) };
        Text = await TextAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>On a machine that is busy, making the document may take longer than a request may: it is made all the same, and found by who comes again.</summary>
    private async Task<string> TextAsync(CancellationToken cancellation)
    {
        while (true)
        {
            using var answer = await Client.GetAsync(new Uri("/openapi/v1.json", UriKind.Relative), cancellation);
            if (answer.StatusCode != HttpStatusCode.ServiceUnavailable)
            {
                return await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync(cancellation);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app!.DisposeAsync();
        File.Delete(_key);
        File.Delete($"{_key}.webhooks");
    }
}
