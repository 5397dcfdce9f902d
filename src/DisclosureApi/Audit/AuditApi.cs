using DisclosureApi.Access;
using DisclosureApi.Access.Recording;
using DisclosureApi.Http;

namespace DisclosureApi.Audit;

/// <summary>The trail for auditors: every event, every report as it was at any moment, and who looked.</summary>
public static class AuditApi
{
    private const string Report = "/v1/audit/reports/{code}/{year:int}";

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapMethods("/v1/audit/events", ["GET", "HEAD"], ListEvents.HandleAsync).Describe(ListEvents.Contract).Needs(Role.Auditor).Recorded();
        app.MapMethods($"{Report}/events", ["GET", "HEAD"], ListReportEvents.HandleAsync).Describe(ListReportEvents.Contract).Needs(Role.Auditor).Recorded();
        app.MapMethods($"{Report}/state", ["GET", "HEAD"], GetReportState.HandleAsync).Describe(GetReportState.Contract).Needs(Role.Auditor).Recorded();
        app.MapMethods("/v1/audit/accesses", ["GET", "HEAD"], ListAccesses.HandleAsync).Describe(ListAccesses.Contract).Needs(Role.Auditor).Recorded();
    }
}
