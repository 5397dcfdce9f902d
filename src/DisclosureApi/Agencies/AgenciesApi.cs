using DisclosureApi.Access;
using DisclosureApi.Http;

namespace DisclosureApi.Agencies;

/// <summary>The register: which bodies owe reports, who supervises them, and since when.</summary>
public static class AgenciesApi
{
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapMethods("/v1/agencies", ["GET", "HEAD"], ListAgencies.HandleAsync).Describe(ListAgencies.Contract).AllowAnonymous();
        app.MapMethods("/v1/agencies/{code}", ["GET", "HEAD"], GetAgency.HandleAsync).Describe(GetAgency.Contract).AllowAnonymous();
        app.MapPut("/v1/agencies/{code}", PutAgency.HandleAsync).Describe(PutAgency.Contract).Needs(Role.Registrar);
    }
}
