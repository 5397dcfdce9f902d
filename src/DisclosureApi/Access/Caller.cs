using System.Security.Claims;
using Disclosure.Agencies;
using DisclosureApi.Http;
using DisclosureApi.Store;

namespace DisclosureApi.Access;

/// <summary>Who is asking, as the token says.</summary>
/// <param name="Agencies">Codes of the bodies whose affairs the token may touch; empty for national roles.</param>
public sealed record Caller(string Issuer, string Subject, string Client, IReadOnlySet<string> Scopes, IReadOnlySet<string> Agencies)
{
    /// <summary>The caller of this request; null when nobody has shown a valid token.</summary>
    public static Caller? Of(HttpContext context) => context.User.Identity is { IsAuthenticated: true } ? From(context.User) : null;

    private static Caller From(ClaimsPrincipal user) => new(
        user.FindFirstValue("iss")!,
        user.FindFirstValue("sub")!,
        user.FindFirstValue("client_id")!,
        user.FindAll("scope").SelectMany(claim => claim.Value.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToHashSet(StringComparer.Ordinal),
        user.FindAll("agency").Select(claim => claim.Value).ToHashSet(StringComparer.Ordinal));

    /// <summary>The first of these roles in which the caller may act on this agency's reports; null when there is none.</summary>
    public Role? ActsOn(Agency agency, params ReadOnlySpan<Role> roles)
    {
        foreach (var role in roles)
        {
            var needed = role.ActsWithinAgency ? agency.Code : agency.Supervisor;
            if (Scopes.Contains(role.Scope) && needed is not null && Agencies.Contains(needed))
            {
                return role;
            }
        }
        return null;
    }

    /// <summary>Whose drafts the database shows to this caller, whatever it is asked.</summary>
    public Sight Sight => new(Agencies);

    /// <summary>What the events of this request say of who did it.</summary>
    /// <param name="agency">Code of the body acted for; null for a national role.</param>
    public async Task<Provenance> ProvenanceAsync(Actors actors, HttpContext context, Role role, string? agency, CancellationToken cancellation) =>
        new(await actors.IdOfAsync(Issuer, Subject, cancellation), role.Name, agency, Client, Faults.RequestId(context));
}
