using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace DisclosureApi.Tests.Webhooks;

/// <summary>What a receiver was sent.</summary>
internal sealed record Received(IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    public string Id => Headers["webhook-id"];

    public JsonNode Event { get; } = JsonNode.Parse(Body)!;

    public long Position => Event["position"]!.GetValue<long>();

    public string Agency => Event["data"]!["agency"]!.ToString();

    /// <summary>
    /// Whether one of the signatures was made with this secret, after the text of Standard Webhooks: HMAC (RFC 2104) written
    /// out with nothing but SHA-256, so that no piece of what signs is asked whether it signed rightly.
    /// </summary>
    public bool IsSignedWith(string secret)
    {
        Assert.StartsWith("whsec_", secret);
        var key = Convert.FromBase64String(secret["whsec_".Length..]);
        Array.Resize(ref key, 64);
        byte[] signed = [.. Encoding.UTF8.GetBytes($"{Id}.{Headers["webhook-timestamp"]}."), .. Body];
        var inner = SHA256.HashData([.. key.Select(part => (byte)(part ^ 0x36)), .. signed]);
        var expected = Convert.ToBase64String(SHA256.HashData([.. key.Select(part => (byte)(part ^ 0x5c)), .. inner]));
        var age = DateTimeOffset.UtcNow.ToUnixTimeSeconds() - long.Parse(Headers["webhook-timestamp"], CultureInfo.InvariantCulture);
        return Math.Abs(age) < 300 && Headers["webhook-signature"].Split(' ').Contains($"v1,{expected}", StringComparer.Ordinal);
    }
}

/// <summary>Someone who is sent changes: a web server on this machine that keeps what it gets and answers as it is told to.</summary>
internal sealed class Receiver : IAsyncDisposable
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(60);
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<Received> _all = new();

    private Receiver(WebApplication app) => _app = app;

    /// <summary>What it does with the nth that it gets, counted from 1.</summary>
    public Func<int, HttpContext, Task> Answer { get; set; } = (_, _) => Task.CompletedTask;

    public Uri Url => new(new Uri(_app.Urls.First()), "/hook");

    public IReadOnlyList<Received> All => [.. _all];

    public static async Task<Receiver> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var receiver = new Receiver(builder.Build());
        receiver._app.Run(receiver.TakeAsync);
        await receiver._app.StartAsync();
        return receiver;
    }

    public void AnswerWith(params int[] statuses) => Answer = (number, context) =>
    {
        context.Response.StatusCode = number <= statuses.Length ? statuses[number - 1] : 204;
        return Task.CompletedTask;
    };

    /// <summary>Waits until what has come is as it should be.</summary>
    public async Task<IReadOnlyList<Received>> UntilAsync(Func<IReadOnlyList<Received>, bool> holds)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (!holds(All))
        {
            Assert.True(TimeProvider.System.GetElapsedTime(began) < _patience, $"Time is up; {All.Count} came: {string.Join(", ", All.Select(one => one.Event["type"]))}");
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }
        return All;
    }

    public Task<IReadOnlyList<Received>> UntilAsync(int count) => UntilAsync(all => all.Count >= count);

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private async Task TakeAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        var headers = context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        int number;
        lock (_all)
        {
            _all.Enqueue(new Received(headers, body.ToArray()));
            number = _all.Count;
        }
        await Answer(number, context);
    }
}
