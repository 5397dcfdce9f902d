using DisclosureApi.Access;
using DisclosureApi.Benchmarks.Measuring;

namespace DisclosureApi.Benchmarks.Hosts;

/// <summary>An office clerk who saves the draft of one report again and again, each time with a few other numbers.</summary>
internal sealed class DraftWriter : IClient
{
    private static readonly byte[][] Filings = [.. Enumerable.Range(1, 8).Select(BenchmarkHost.Filing)];
    private readonly HttpClient _http;
    private readonly string _address;
    private (string Name, string Value) _precondition = ("If-None-Match", "*");
    private int _saved;

    private DraftWriter(HttpClient http, string address) => (_http, _address) = (http, address);

    /// <param name="number">Of an agency that is not registered yet.</param>
    public static async Task<DraftWriter> OpenAsync(BenchmarkHost host, int number)
    {
        var code = await host.RegisterAsync(number);
        var writer = new DraftWriter(host.As(Role.Submitter, code), $"/v1/agencies/{code}/reports/{BenchmarkHost.Year}/draft");
        await writer.StepAsync();
        return writer;
    }

    public async Task StepAsync()
    {
        var etag = await BenchmarkHost.SendAsync(_http, HttpMethod.Put, _address, Filings[_saved++ % Filings.Length], _precondition);
        _precondition = ("If-Match", etag);
    }

    public ValueTask DisposeAsync()
    {
        _http.Dispose();
        return ValueTask.CompletedTask;
    }
}
