using DisclosureApi.Http;

namespace DisclosureApi.Bulk;

/// <summary>All published reports of a year as files.</summary>
public static class BulkApi
{
    public static void Add(IServiceCollection services)
    {
        services.AddSingleton<PublicPoint>();
        services.AddSingleton<ExportRows>();
        services.AddSingleton<Measures>();
    }

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapMethods("/v1/exports", ["GET", "HEAD"], GetCatalogue.HandleAsync).Describe(GetCatalogue.Contract).AllowAnonymous();
        app.MapMethods("/v1/exports/{year:int}", ["GET", "HEAD"], GetExport.HandleAsync).Describe(GetExport.Contract).AllowAnonymous();
        app.MapMethods("/v1/exports/{year:int}/manifest", ["GET", "HEAD"], GetManifest.HandleAsync).Describe(GetManifest.Contract).AllowAnonymous();
    }
}
