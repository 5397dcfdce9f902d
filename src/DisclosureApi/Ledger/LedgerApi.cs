using DisclosureApi.Access;
using DisclosureApi.Access.Recording;
using DisclosureApi.Http;
using DisclosureApi.Ledger.Evidence;
using DisclosureApi.Ledger.Receipts;
using DisclosureApi.Ledger.Verifying;

namespace DisclosureApi.Ledger;

/// <summary>The proof that nothing was rewritten: one tree over all events, signed, and open to everyone.</summary>
public static class LedgerApi
{
    private const string Report = "/v1/agencies/{code}/reports/{year:int}";

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapMethods("/v1/ledger/checkpoint", ["GET", "HEAD"], GetCheckpoint.HandleAsync).Describe(GetCheckpoint.Contract).AllowAnonymous();
        app.MapMethods("/v1/ledger/checkpoints", ["GET", "HEAD"], ListCheckpoints.HandleAsync).Describe(ListCheckpoints.Contract).AllowAnonymous();
        app.MapMethods("/v1/ledger/keys", ["GET", "HEAD"], GetKeys.HandleAsync).Describe(GetKeys.Contract).AllowAnonymous();
        app.MapMethods("/v1/ledger/tile/{level}/{**tile}", ["GET", "HEAD"], GetTile.HandleAsync).Describe(GetTile.Contract).AllowAnonymous();
        app.MapMethods("/v1/ledger/inclusion/{position:long}", ["GET", "HEAD"], GetInclusion.HandleAsync).Describe(GetInclusion.Contract).AllowAnonymous();
        app.MapMethods("/v1/ledger/consistency/{older:long}", ["GET", "HEAD"], GetConsistency.HandleAsync).Describe(GetConsistency.Contract).AllowAnonymous();
        app.MapMethods($"{Report}/proof", ["GET", "HEAD"], GetProof.HandleAsync).Describe(GetProof.Contract).AllowAnonymous();
        app.MapMethods($"{Report}/evidence", ["GET", "HEAD"], GetEvidence.HandleAsync).Describe(GetEvidence.Contract).AllowAnonymous();
        app.MapMethods("/v1/audit/verification", ["GET", "HEAD"], VerificationRequests.ReadAsync).Describe(VerificationRequests.Read).Needs(Role.Auditor).Recorded();
        app.MapPost("/v1/audit/verification", VerificationRequests.StartAsync).Describe(VerificationRequests.Start).Needs(Role.Auditor).Recorded();
        app.MapMethods("/v1/audit/reports/{code}/{year:int}/evidence", ["GET", "HEAD"], GetAuditEvidence.HandleAsync).Describe(GetAuditEvidence.Contract).Needs(Role.Auditor).Recorded();
    }
}
