using DisclosureApi.Http;
using DisclosureApi.Store;
using Npgsql;

namespace DisclosureApi.Access.Recording;

/// <summary>One use of the audit trail, under way.</summary>
/// <param name="Number">Its place among all uses, from 1 without a gap.</param>
public sealed record AuditAccess(long Number)
{
    /// <summary>How many events were read for it, or redone.</summary>
    public long Events { get; set; }

    /// <summary>The use that this request is.</summary>
    public static AuditAccess Of(HttpContext context) => context.Features.Get<AuditAccess>() ?? throw new InvalidOperationException("This endpoint does not record its uses.");
}

/// <summary>
/// Who reads the audit trail is seen as well: each use is noted down before anything is read, and what came of it when it
/// ends. The rows can only be added; a use without an end was cut off, and may have read as much as it asked for.
/// </summary>
public sealed class AccessLog(NpgsqlDataSource database, Actors actors)
{
    public async Task<AuditAccess> BeginAsync(HttpContext context, string operation, CancellationToken cancellation)
    {
        var (caller, request) = (Caller.Of(context)!, context.Request);
        await using var command = database.CreateCommand("select disclosure_access($1, $2, $3, $4, $5)");
        foreach (var value in (string[])
            [
                await actors.IdOfAsync(caller.Issuer, caller.Subject, cancellation), caller.Client, Faults.RequestId(context), operation,
                $"{request.Method} {request.Path}{Written(request.Query)}",
            ])
        {
            command.Parameters.Add(new() { Value = value });
        }
        return new AuditAccess((long)(await command.ExecuteScalarAsync(cancellation))!);
    }

    /// <summary>The parameters as they were understood, written in one way, so that a person's name among them is found when it has to go.</summary>
    private static QueryString Written(IQueryCollection query) => QueryString.Create(query.Select(asked => KeyValuePair.Create(asked.Key.ToLowerInvariant(), asked.Value)));

    /// <summary>Is not given up when the client leaves.</summary>
    public async Task EndAsync(AuditAccess access, int status)
    {
        await using var command = database.CreateCommand("insert into audit_readings (access, status, events) values ($1, $2, $3)");
        command.Parameters.Add(new() { Value = access.Number });
        command.Parameters.Add(new() { Value = status });
        command.Parameters.Add(new() { Value = access.Events });
        await command.ExecuteNonQueryAsync(CancellationToken.None);
    }
}
