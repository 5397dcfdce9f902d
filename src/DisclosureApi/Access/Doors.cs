using Microsoft.AspNetCore.Authorization;

namespace DisclosureApi.Access;

/// <summary>Which roles an endpoint opens to. Every endpoint says it, or that anyone may come in; the host does not start otherwise.</summary>
public sealed record Doors(IReadOnlyList<Role> Roles);

public static class DoorsExtensions
{
    /// <summary>Opens the endpoint to callers whose token has the scope of one of these roles; whose data it is about, the handler asks.</summary>
    public static RouteHandlerBuilder Needs(this RouteHandlerBuilder endpoint, params Role[] roles) => endpoint
        .WithMetadata(new Doors(roles))
        .RequireAuthorization(policy => policy
            .RequireAuthenticatedUser()
            .RequireAssertion(context => roles.Any(role => HasScope(context, role.Scope))));

    /// <summary>Deny by default: an endpoint that says nothing of who may come in is a mistake that must not be served.</summary>
    public static void RequireDoors(this IEndpointRouteBuilder app)
    {
        var open = app.DataSources
            .SelectMany(source => source.Endpoints)
            .Where(endpoint => endpoint.Metadata.GetMetadata<Doors>() is null && endpoint.Metadata.GetMetadata<IAllowAnonymous>() is null)
            .Select(endpoint => endpoint.DisplayName)
            .ToList();
        if (open.Count > 0)
        {
            throw new InvalidOperationException($"These endpoints say nothing of who may come in: {string.Join(", ", open)}.");
        }
    }

    private static bool HasScope(AuthorizationHandlerContext context, string scope) =>
        context.User.FindAll("scope").Any(claim => claim.Value.Split(' ').Contains(scope, StringComparer.Ordinal));
}
