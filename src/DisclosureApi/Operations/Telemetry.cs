using System.Diagnostics;
using System.Reflection;
using DisclosureApi.Store.Measuring;
using Microsoft.AspNetCore.Http.Features;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace DisclosureApi.Operations;

/// <summary>
/// Traces, metrics and logs to a collector, by OTLP, where the operator names one: OTEL_EXPORTER_OTLP_ENDPOINT, and what
/// else OpenTelemetry's specification says of OTEL_… settings. Without it nothing of this is there.
/// </summary>
internal sealed class Telemetry : IHostedService, IDisposable
{
    public const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /// <summary>ASP.NET Core, Kestrel, Npgsql and the runtime measure themselves.</summary>
    private static readonly string[] _meters =
    [
        Instruments.Meter, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "Microsoft.AspNetCore.Routing", "Microsoft.AspNetCore.Diagnostics",
        "Npgsql", "System.Net.Http", "System.Runtime",
    ];

    private static readonly string[] _sources = ["Microsoft.AspNetCore", "Npgsql", "System.Net.Http"];

    private readonly TracerProvider _traces;
    private readonly MeterProvider _metrics;

    public Telemetry(IConfiguration configuration)
    {
        _traces = Sdk.CreateTracerProviderBuilder()
            .ConfigureServices(services => services.AddSingleton(configuration))
            .ConfigureResource(resource => Describe(resource, configuration))
            .AddSource(_sources)
            .AddOtlpExporter()
            .Build();
        _metrics = Sdk.CreateMeterProviderBuilder()
            .ConfigureServices(services => services.AddSingleton(configuration))
            .ConfigureResource(resource => Describe(resource, configuration))
            .AddMeter(_meters)
            .AddOtlpExporter()
            .Build();
    }

    /// <summary>Comes before the other hosted services, so that it hears of all they do.</summary>
    public static void Add(WebApplicationBuilder builder)
    {
        if (!IsOn(builder.Configuration))
        {
            return;
        }
        builder.Services.AddHostedService<Telemetry>();
        builder.Logging.AddOpenTelemetry(logs =>
        {
            logs.IncludeScopes = true;
            var resource = ResourceBuilder.CreateDefault();
            Describe(resource, builder.Configuration);
            logs.SetResourceBuilder(resource).AddOtlpExporter();
        });
    }

    /// <summary>Names a request's span by its route, as OpenTelemetry's conventions have it; the framework tells the rest.</summary>
    public static void UseRouteNames(WebApplication app)
    {
        if (!IsOn(app.Configuration))
        {
            return;
        }
        // What is answered from memory is answered before routes are looked for; its span and its measures name its route all the same.
        app.UseRouting();
        app.Use(async (context, next) =>
        {
            var (span, route) = (context.Features.Get<IHttpActivityFeature>()?.Activity, (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText);
            await next(context);
            if (span is { IsAllDataRequested: true })
            {
                span.DisplayName = route is null ? context.Request.Method : $"{context.Request.Method} {route}";
                span.SetTag("http.route", route).SetTag("http.response.status_code", context.Response.StatusCode);
                if (context.Response.StatusCode >= StatusCodes.Status500InternalServerError)
                {
                    span.SetStatus(ActivityStatusCode.Error);
                }
            }
        });
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Sends what has gathered.</summary>
    public void Dispose()
    {
        _traces.Dispose();
        _metrics.Dispose();
    }

    private static bool IsOn(IConfiguration configuration) => !string.IsNullOrEmpty(configuration[Endpoint]);

    private static void Describe(ResourceBuilder resource, IConfiguration configuration) => resource.AddService(
        configuration["OTEL_SERVICE_NAME"] ?? "disclosure-api",
        serviceVersion: Assembly.GetExecutingAssembly().GetName().Version?.ToString(3));
}
