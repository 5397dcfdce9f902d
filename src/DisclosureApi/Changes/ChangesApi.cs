using DisclosureApi.Http;
using DisclosureApi.Store.Following;

namespace DisclosureApi.Changes;

/// <summary>What anyone may see happen, for those who keep a copy or want to hear of it.</summary>
public static class ChangesApi
{
    public static void Add(IServiceCollection services)
    {
        services.AddSingleton<ChangeReader>();
        services.AddSingleton<PublicationReader>();
        services.AddSingleton(provider => new Listeners(provider.GetRequiredService<Settings>().Listeners));
        services.AddSingleton<ChangeHub>();
        services.AddHostedService(provider => provider.GetRequiredService<ChangeHub>());
    }

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapMethods("/v1/changes", ["GET", "HEAD"], ListChanges.HandleAsync).Describe(ListChanges.Contract).AllowAnonymous();
        app.MapMethods("/v1/changes.atom", ["GET", "HEAD"], GetFeed.HandleAsync).Describe(GetFeed.Contract).AllowAnonymous();
    }
}
