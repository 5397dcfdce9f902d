using DisclosureApi.Http;
using DisclosureApi.Statistics.Spreads;
using DisclosureApi.Statistics.Sums;
using DisclosureApi.Statistics.Timeliness;

namespace DisclosureApi.Statistics;

/// <summary>Numbers across bodies and years.</summary>
public static class StatisticsApi
{
    public static void Add(IServiceCollection services)
    {
        services.AddSingleton<FigureSums>().AddHostedService<SumsKeeper>();
        services.AddSingleton<DueCounts>().AddSingleton<Deliveries>();
        services.AddSingleton<BodyFigures>();
    }

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapMethods("/v1/statistics", ["GET", "HEAD"], GetStatistics.HandleAsync).Describe(GetStatistics.Contract).AllowAnonymous();
        app.MapMethods("/v1/statistics/distribution", ["GET", "HEAD"], GetDistribution.HandleAsync).Describe(GetDistribution.Contract).AllowAnonymous();
        app.MapMethods("/v1/statistics/ranking", ["GET", "HEAD"], GetRanking.HandleAsync).Describe(GetRanking.Contract).AllowAnonymous();
        app.MapMethods("/v1/statistics/comparison", ["GET", "HEAD"], GetComparison.HandleAsync).Describe(GetComparison.Contract).AllowAnonymous();
        app.MapMethods("/v1/timeliness/{year:int}", ["GET", "HEAD"], GetTimeliness.HandleAsync).Describe(GetTimeliness.Contract).AllowAnonymous();
        app.MapMethods("/v1/statistics/indicators", ["GET", "HEAD"], GetIndicators.Handle).Describe(GetIndicators.Contract).AllowAnonymous();
    }
}
