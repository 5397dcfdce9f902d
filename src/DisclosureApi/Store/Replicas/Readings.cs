using DisclosureApi.Http;
using Microsoft.Extensions.Primitives;
using Npgsql;

namespace DisclosureApi.Store.Replicas;

/// <summary>Requests without a token are answered from a replica where there is one. Whoever shows a token may have written, and reads where he writes.</summary>
public static class Readings
{
    public static void UseReplicas(this WebApplication app)
    {
        if (app.Services.GetRequiredService<ReplicaSet>().Any)
        {
            app.Use(next => context => context.Request.Headers.Authorization.Count > 0 || IsStep(context) ? next(context) : ReadAsync(context, next));
        }
    }

    private static async Task ReadAsync(HttpContext context, RequestDelegate next)
    {
        var reading = new Reading();
        Reading.Now = reading;
        if (!HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method))
        {
            // A body is there once.
            await next(context);
            return;
        }
        KeyValuePair<string, StringValues>[] headers = [.. context.Response.Headers];
        try
        {
            await next(context);
        }
        catch (Exception fault) when (reading.Server is not null && IsOfServer(fault) && !context.Response.HasStarted && !context.RequestAborted.IsCancellationRequested)
        {
            reading.Server.Suspect();
            reading.Forget();
            context.Response.Clear();
            foreach (var (name, value) in headers)
            {
                context.Response.Headers[name] = value;
            }
            await next(context);
        }
    }

    /// <summary>Whether the request writes, as some may without a token.</summary>
    private static bool IsStep(HttpContext context) => context.GetEndpoint()?.Metadata.GetMetadata<OperationContract>() is { IsStep: true };

    /// <summary>The way to the server broke, or the server gave the reading up for what it had to replay.</summary>
    private static bool IsOfServer(Exception fault) => fault is NpgsqlException and not PostgresException or PostgresException { IsTransient: true } or IOException or TimeoutException;
}
