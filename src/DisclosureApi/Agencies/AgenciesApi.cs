using DisclosureApi.Access;
using DisclosureApi.Agencies.Import;
using DisclosureApi.Agencies.Steps;
using DisclosureApi.Http;

namespace DisclosureApi.Agencies;

/// <summary>The register: which bodies owe reports, who supervises them, and since when.</summary>
public static class AgenciesApi
{
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapMethods("/v1/agencies", ["GET", "HEAD"], ListAgencies.HandleAsync).Describe(ListAgencies.Contract).AllowAnonymous();
        app.MapPost("/v1/agencies", PostAgencies.HandleAsync).Describe(PostAgencies.Contract).Needs(Role.Registrar);
        app.MapMethods("/v1/agencies/{code}", ["GET", "HEAD"], GetAgency.HandleAsync).Describe(GetAgency.Contract).AllowAnonymous();
        app.MapPut("/v1/agencies/{code}", PutAgency.HandleAsync).Describe(PutAgency.Contract).Needs(Role.Registrar);
        app.MapMethods("/v1/agencies/{code}/history", ["GET", "HEAD"], GetHistory.HandleAsync).Describe(GetHistory.Contract).AllowAnonymous();
        app.MapMethods("/v1/agencies/{code}/tree", ["GET", "HEAD"], GetTree.HandleAsync).Describe(GetTree.Contract).AllowAnonymous();
        app.MapPost("/v1/agencies/{code}/renaming", PostRenaming.HandleAsync).Describe(PostRenaming.Contract).Needs(Role.Registrar);
        app.MapPost("/v1/agencies/{code}/merger", Endings.MergeAsync).Describe(Endings.Merger).Needs(Role.Registrar);
        app.MapPost("/v1/agencies/{code}/dissolution", Endings.DissolveAsync).Describe(Endings.Dissolution).Needs(Role.Registrar);
        app.MapPost("/v1/agencies/{code}/restoration", Endings.RestoreAsync).Describe(Endings.Restoration).Needs(Role.Registrar);
        app.MapPost("/v1/agencies/{code}/duty", PostDuty.HandleAsync).Describe(PostDuty.Contract).Needs(Role.Registrar);
        app.MapMethods("/v1/regions", ["GET", "HEAD"], GetRegions.ListAll).Describe(GetRegions.List).AllowAnonymous();
        app.MapMethods("/v1/regions/{region}", ["GET", "HEAD"], GetRegions.Find).Describe(GetRegions.One).AllowAnonymous();
        app.MapMethods("/v1/roster/{year:int}", ["GET", "HEAD"], GetRoster.HandleAsync).Describe(GetRoster.Contract).AllowAnonymous();
    }
}
