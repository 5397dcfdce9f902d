using DisclosureApi.Http;

namespace DisclosureApi.Statistics;

/// <summary>Numbers across bodies and years.</summary>
public static class StatisticsApi
{
    public static void Add(IServiceCollection services)
    {
        services.AddSingleton<FigureSums>();
        services.AddSingleton<DueCounts>();
    }

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapMethods("/v1/statistics", ["GET", "HEAD"], GetStatistics.HandleAsync).Describe(GetStatistics.Contract).AllowAnonymous();
        app.MapMethods("/v1/statistics/indicators", ["GET", "HEAD"], GetIndicators.Handle).Describe(GetIndicators.Contract).AllowAnonymous();
    }
}
