using System.Net;
using DisclosureApi.Access;
using DisclosureApi.Http;
using DisclosureApi.Webhooks.Delivering;
using DisclosureApi.Webhooks.Requests;
using DisclosureApi.Webhooks.Targets;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace DisclosureApi.Webhooks;

/// <summary>What is public, sent to an address of one's own as it happens. Whoever has a token may subscribe, and sees his own subscriptions alone.</summary>
public static class WebhooksApi
{
    public const string Path = "/v1/webhooks";
    private const string One = $"{Path}/{{webhook:guid}}";

    public static void Add(IServiceCollection services)
    {
        services.TryAddSingleton<Resolver>(Dns.GetHostAddressesAsync);
        services.AddSingleton<WebhookSecrets>();
        services.AddSingleton<Subscriptions>();
        services.AddSingleton<DeliveryLog>();
        services.AddSingleton<WebhookDesk>();
        services.AddSingleton<TargetClient>();
        services.AddSingleton<Sender>();
        services.AddSingleton<Queue>();
        services.AddSingleton<Outcomes>();
        services.AddSingleton<Delivery>();
        services.AddHostedService<Standing>();
        services.AddSingleton<Deliverer>().AddHostedService(provider => provider.GetRequiredService<Deliverer>());
    }

    public static void Map(IEndpointRouteBuilder app)
    {
        Role[] anyone = [.. Role.All];
        app.MapPost(Path, PostWebhook.HandleAsync).Describe(PostWebhook.Contract).Needs(anyone);
        app.MapMethods(Path, ["GET", "HEAD"], ListWebhooks.HandleAsync).Describe(ListWebhooks.Contract).Needs(anyone);
        app.MapMethods(One, ["GET", "HEAD"], GetWebhook.HandleAsync).Describe(GetWebhook.Contract).Needs(anyone);
        app.MapPatch(One, PatchWebhook.HandleAsync).Describe(PatchWebhook.Contract).Needs(anyone);
        app.MapDelete(One, DeleteWebhook.HandleAsync).Describe(DeleteWebhook.Contract).Needs(anyone);
        app.MapPost($"{One}/rotation", PostRotation.HandleAsync).Describe(PostRotation.Contract).Needs(anyone);
        app.MapPost($"{One}/test", PostTest.HandleAsync).Describe(PostTest.Contract).Needs(anyone);
        app.MapPost($"{One}/replay", PostReplay.HandleAsync).Describe(PostReplay.Contract).Needs(anyone);
        app.MapMethods($"{One}/deliveries", ["GET", "HEAD"], ListDeliveries.HandleAsync).Describe(ListDeliveries.Contract).Needs(anyone);
        app.MapMethods($"{One}/deliveries/{{delivery:guid}}", ["GET", "HEAD"], GetDelivery.HandleAsync).Describe(GetDelivery.Contract).Needs(anyone);
        app.MapPost($"{One}/deliveries/{{delivery:guid}}/replay", PostDeliveryReplay.HandleAsync).Describe(PostDeliveryReplay.Contract).Needs(anyone);
    }
}
