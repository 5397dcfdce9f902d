using DisclosureApi.Http;

namespace DisclosureApi.Searching;

/// <summary>Reports by what they say.</summary>
public static class SearchApi
{
    public static void Map(IEndpointRouteBuilder app) =>
        app.MapMethods("/v1/search", ["GET", "HEAD"], GetSearch.HandleAsync).Describe(GetSearch.Contract).AllowAnonymous();
}
