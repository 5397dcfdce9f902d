using System.Text;
using System.Text.RegularExpressions;
using Disclosure.Tests;
using DisclosureApi.Access;
using DisclosureApi.Tests.Host;
using DisclosureApi.Tests.Store;

namespace DisclosureApi.Tests.Operations;

/// <summary>What a collector hears of a host that was given one.</summary>
public sealed partial class TelemetryTests(TestServer server)
{
    private static readonly string[] _expected =
    [
        "disclosure.append.duration", "disclosure.append.batch.size", "disclosure.append.queue", "disclosure.events", "disclosure.ledger.lag", "disclosure.ledger.behind",
        "disclosure.projection.lag", "disclosure.projection.silence", "disclosure.cache.requests", "disclosure.cache.entries", "disclosure.cache.size", "disclosure.database.size",
        "disclosure.database.growth", "disclosure.database.table.size", "disclosure.disk.free", "disclosure.webhooks.pending", "disclosure.webhooks.oldest", "disclosure.webhooks.failing", "disclosure.webhooks.disabled", "http.server.request.duration", "kestrel.active_connections", "db.client.", "dotnet.gc.",
    ];

    [Fact]
    public async Task A_collector_hears_of_routes_appends_lags_memory_and_disk_and_traces_a_request_to_its_statements()
    {
        using var directory = new TemporaryDataDirectory();
        await using var collector = await Collector.StartAsync();
        var database = await server.CreateDatabaseAsync($"telemetry_{Guid.NewGuid():N}");
        using var host = await HostProcess.ServeAsync(directory.Path,
            $"--ConnectionStrings:Disclosure={database.Serving}", $"--OTEL_EXPORTER_OTLP_ENDPOINT={collector.Url}", "--OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf",
            "--OTEL_METRIC_EXPORT_INTERVAL=250", "--OTEL_BSP_SCHEDULE_DELAY=100");
        var registrar = host.As(HostProcess.Token(directory.Path, Role.Registrar));
        (await registrar.PutAsync($"/v1/agencies/{Samples.Agency}", Bodies.Agency(Samples.Agency), Headers.Create, ("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"))).Expect(201);
        (await host.As(null).GetAsync($"/v1/agencies/{Samples.Agency}/reports/2023")).Expect(404);

        await host.UntilAsync(() => _expected.All(name => collector.Taken("metrics").Contains(name, StringComparison.Ordinal)));
        await host.UntilAsync(() => collector.Taken("metrics").Contains("/v1/agencies/{code}/reports/{year:int}", StringComparison.Ordinal));
        var trace = Encoding.Latin1.GetString(Convert.FromHexString("4bf92f3577b34da6a3ce929d0e0e4736"));
        await host.UntilAsync(() => collector.Taken("traces").Split(trace).Length > 2 && collector.Taken("traces").Contains("PUT /v1/agencies/{code}", StringComparison.Ordinal));
        Assert.Contains("disclosure-api", collector.Taken("traces"), StringComparison.Ordinal);
        Assert.DoesNotContain(registrar.Token!, collector.Taken("traces") + collector.Taken("logs"), StringComparison.Ordinal);

        // An operator finds the events of a traced request by the trace's id.
        Assert.Equal("4bf92f3577b34da6a3ce929d0e0e4736", await database.ScalarAsync<string>("select correlation_id from mt_events where seq_id = 1"));
        await host.SignalAsync("TERM");
        Assert.Equal(0, await host.ExitAsync());
    }

    [Fact]
    public async Task The_collector_s_names_are_those_that_the_operators_guide_explains()
    {
        var guide = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "openapi", "OPERATIONS.md"), TestContext.Current.CancellationToken);
        var sources = Directory.GetFiles(Path.Combine(Repository.Root, "src", "DisclosureApi"), "*.cs", SearchOption.AllDirectories).Select(File.ReadAllText);

        var names = sources.SelectMany(text => Metric().Matches(text)).Select(match => match.Groups["name"].Value).Distinct()
            .Where(name => !name.StartsWith("disclosure.change.", StringComparison.Ordinal) && name != DisclosureApi.Webhooks.Delivering.CloudEvent.TestType).ToList();

        Assert.NotEmpty(names);
        Assert.All(names, name => Assert.Contains($"`{name}`", guide, StringComparison.Ordinal));
    }

    [GeneratedRegex("\"(?<name>disclosure(\\.[a-z]+)+)\"", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Metric();
}
