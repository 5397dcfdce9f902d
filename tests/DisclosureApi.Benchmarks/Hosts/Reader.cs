using System.Net;
using DisclosureApi.Benchmarks.Measuring;

namespace DisclosureApi.Benchmarks.Hosts;

/// <summary>Someone without a token who reads one address again and again.</summary>
/// <param name="etag">What the reader has already and asks with; null for one who asks for the whole.</param>
internal sealed class Reader(Uri server, string address, string? etag) : IClient
{
    private readonly HttpClient _http = new() { BaseAddress = server };

    public async Task StepAsync()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        if (etag is not null)
        {
            request.Headers.TryAddWithoutValidation("If-None-Match", etag);
        }
        using var response = await _http.SendAsync(request);
        await response.Content.CopyToAsync(Stream.Null);
        if (response.StatusCode != (etag is null ? HttpStatusCode.OK : HttpStatusCode.NotModified))
        {
            throw new InvalidOperationException($"GET {address}: {(int)response.StatusCode}");
        }
    }

    public ValueTask DisposeAsync()
    {
        _http.Dispose();
        return ValueTask.CompletedTask;
    }
}
