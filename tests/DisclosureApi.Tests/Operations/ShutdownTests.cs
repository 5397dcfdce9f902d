using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using Disclosure.Tests;
using DisclosureApi.Access;
using DisclosureApi.Tests.Host;
using DisclosureApi.Tests.Store;

namespace DisclosureApi.Tests.Operations;

/// <summary>A host that is told to end finishes what it has begun, and loses nothing that it acknowledged.</summary>
public sealed class ShutdownTests(TestServer server)
{
    [Fact]
    public async Task While_it_drains_a_host_says_so_and_serves_and_then_ends_in_order()
    {
        using var directory = new TemporaryDataDirectory();
        var database = await server.CreateDatabaseAsync($"drain_{Guid.NewGuid():N}");
        using var host = await HostProcess.ServeAsync(directory.Path, $"--ConnectionStrings:Disclosure={database.Serving}", "--Shutdown:DrainSeconds=3");

        await host.SignalAsync("TERM");

        Reply ready;
        do
        {
            ready = await host.As(null).GetAsync("/health/ready");
        }
        while (ready.Status == 200);
        Assert.Equal("draining", ready.ExpectProblem(503, "not-ready").Json["failing"]![0]!.ToString());
        (await host.As(null).GetAsync("/health/live")).Expect(200);
        (await host.As(null).GetAsync("/v1/formats")).Expect(200);
        Assert.Equal(0, await host.ExitAsync());
        Assert.Equal("", host.Errors);
    }

    [Fact]
    public async Task A_host_that_ends_because_of_a_fault_does_not_end_as_one_that_was_told_to()
    {
        using var directory = new TemporaryDataDirectory();
        var database = await server.CreateDatabaseAsync($"fault_{Guid.NewGuid():N}");
        using var host = await HostProcess.ServeAsync(directory.Path, $"--ConnectionStrings:Disclosure={database.Serving}");

        await database.RunAsync("alter table schema_version alter column version type text");

        Assert.Equal(1, await host.ExitAsync());
        Assert.Contains("\"Critical\"", host.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_request_under_way_is_answered_and_new_ones_are_refused()
    {
        using var directory = new TemporaryDataDirectory();
        var database = await server.CreateDatabaseAsync($"flight_{Guid.NewGuid():N}");
        using var host = await HostProcess.ServeAsync(directory.Path, $"--ConnectionStrings:Disclosure={database.Serving}");
        using var http = new HttpClient { BaseAddress = host.Url };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", HostProcess.Token(directory.Path, Role.Registrar));
        var body = new SlowBody(Bodies.AgencyJson(Samples.Agency));
        using var request = new HttpRequestMessage(HttpMethod.Put, $"/v1/agencies/{Samples.Agency}") { Content = body, Headers = { { "If-None-Match", "*" } } };
        var answer = http.SendAsync(request, TestContext.Current.CancellationToken);
        await body.Begun;

        await host.SignalAsync("TERM");
        await host.UntilAsync(async () => await IsRefusedAsync(host.Url));
        body.Finish();

        using var response = await answer;
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        Assert.Equal(0, await host.ExitAsync());
        Assert.Equal(1L, await database.ScalarAsync<long>("select count(*) from mt_events"));
    }

    [Fact]
    public async Task What_stood_in_line_for_the_store_is_stored_or_never_acknowledged()
    {
        using var directory = new TemporaryDataDirectory();
        var database = await server.CreateDatabaseAsync($"group_{Guid.NewGuid():N}");
        using var host = await HostProcess.ServeAsync(directory.Path, $"--ConnectionStrings:Disclosure={database.Serving}");
        var token = HostProcess.Token(directory.Path, Role.Registrar);
        var acknowledged = new ConcurrentBag<string>();
        var (next, lost) = (0, 0);
        var writers = Enumerable.Range(0, 16).Select(_ => Task.Run(async () =>
        {
            var registrar = host.As(token);
            try
            {
                while (true)
                {
                    var code = Samples.CodeOf(50_000 + Interlocked.Increment(ref next));
                    (await registrar.PutAsync($"/v1/agencies/{code}", Bodies.Agency(code), Headers.Create)).Expect(201);
                    acknowledged.Add(code);
                }
            }
            catch (HttpRequestException)
            {
                Interlocked.Increment(ref lost);
            }
        })).ToList();
        await host.UntilAsync(() => acknowledged.Count > 50);

        await host.SignalAsync("TERM");
        await Task.WhenAll(writers);

        Assert.Equal(0, await host.ExitAsync());
        Assert.Equal("", host.Errors);
        var stored = await database.TextsAsync("select code from agencies");
        Assert.Empty(acknowledged.Except(stored));
        Assert.Equal(stored.Count, await database.ScalarAsync<long>("select count(*) from mt_events"));
        Assert.Equal(16, lost);
        // Kept-alive connections are closed between requests, so nobody is left in doubt but who wrote into a closing one.
        Assert.InRange(stored.Count - acknowledged.Count, 0, 16);
    }

    private static async Task<bool> IsRefusedAsync(Uri url)
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(url.Host, url.Port);
            return false;
        }
        catch (SocketException)
        {
            return true;
        }
    }

    /// <summary>A body whose second half comes when it is told to.</summary>
    private sealed class SlowBody : HttpContent
    {
        private readonly byte[] _bytes;
        private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _rest = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public SlowBody(string json)
        {
            _bytes = System.Text.Encoding.UTF8.GetBytes(json);
            Headers.ContentType = new MediaTypeHeaderValue("application/json");
        }

        public Task Begun => _begun.Task;

        public void Finish() => _rest.SetResult();

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.WriteAsync(_bytes.AsMemory(0, 20));
            await stream.FlushAsync();
            _begun.SetResult();
            await _rest.Task;
            await stream.WriteAsync(_bytes.AsMemory(20));
        }

        protected override bool TryComputeLength(out long length)
        {
            length = _bytes.Length;
            return true;
        }
    }
}
