using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DisclosureApi.Benchmarks.Hosts;

/// <summary>The least that can answer: Kestrel and one handler with the bytes in its hand. It runs in a process of its own.</summary>
internal static class BareHandler
{
    public const string Verb = "bare";
    private const string ETag = "\"bare\"";

    public static Task<ServerProcess> StartAsync(int bytes) =>
        ServerProcess.StartAsync("DisclosureApi.Benchmarks.dll", [Verb, bytes.ToString(CultureInfo.InvariantCulture)]);

    public static async Task<int> ServeAsync(int bytes)
    {
        var body = new byte[bytes];
        body.AsSpan().Fill((byte)' ');
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        await using var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        app.Run(context => AnswerAsync(context, body));
        await app.StartAsync();
        Console.WriteLine($"The bare handler serves {app.Urls.First()}");
        await app.WaitForShutdownAsync();
        return 0;
    }

    private static async Task AnswerAsync(HttpContext context, byte[] body)
    {
        var response = context.Response;
        response.Headers.ETag = ETag;
        response.Headers.CacheControl = "public, no-cache";
        if (context.Request.Headers.IfNoneMatch == ETag)
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }
        response.ContentType = "application/json";
        response.ContentLength = body.Length;
        await response.Body.WriteAsync(body, context.RequestAborted);
    }
}
